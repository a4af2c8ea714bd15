"""The worked cases of the law, each answered question by question in the wizard."""

import csv
from datetime import date
from pathlib import Path

import pytest

from internships.eligibility import decide
from internships.eligibility.answers import collect
from internships.eligibility.questions import FIELDS, STEPS, UNSURE
from internships.eligibility.walk import walk

CASES = Path(__file__).resolve().parents[3] / "shared" / "law" / "cases.csv"
ON = date(2027, 2, 15)
DEFAULTS = {
    "institution": "japan",
    "enrolment": "enrolled",
    "exchange_student": "n",
    "final_year": "n",
    "in_long_vacation": "n",
    "other_weekly_work_hours": "0",
    "credit_bearing": "n",
    "venue": "ordinary",
    "has_blanket_permission": "n",
    "has_individual_permission": "n",
    "permission_covers_period": "y",
    "foreign_degree_course": "y",
    "foreign_prior_intern_days": "0",
    "foreign_in_recess": "n",
    "prefecture": "13",
    "level": "undergrad",
    "starts_on": UNSURE,
}


def cases():
    if not CASES.exists():
        return []
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def replies(case):
    """What a person in this case would answer to every question she could be asked."""
    known = DEFAULTS | {key: case[key] for key in FIELDS if case.get(key)}
    known.setdefault("pay_kind", "wage" if case["paid"] == "y" else "none")
    if known["status_of_residence"] == "UNKNOWN":
        known["status_of_residence"] = UNSURE
    if case["credits_pct"]:
        known |= {"credits_earned": case["credits_pct"], "credits_required": "100"}
    return known


def answer_in_turn(known):
    """Answer the question the wizard shows, and no other, until it asks no more."""
    written = {}
    for _turn in STEPS:
        found = walk(
            written,
            limits=decide.limits(ON),
            needs_office=lambda values: decide.needs_office(values, ON),
        )
        if found.complete:
            return found
        step = found.current.step
        written |= collect({one.key: [known.get(one.key, "")] for one in step.fields})
        assert all(one.key in written or one.key == "ends_on" for one in step.fields), step.code
    raise AssertionError("the wizard does not come to an end")


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["case_id"])
def test_the_wizard_comes_to_the_outcome_of_the_case(case):
    found = answer_in_turn(replies(case))

    result = decide.decide(found.values, ON)

    assert result.outcome == case["expected_outcome"]
    assert set(result.documents) == set(case["expected_documents"].split(";")) - {""}
    whole = {"pay_kind", "hours_per_week", "hours_per_day", "in_long_vacation"}
    asked_all = whole <= set(found.values) or case["in_long_vacation"] != "y"
    asked_all = asked_all and {"pay_kind", "hours_per_week"} <= set(found.values)
    if asked_all and case["institution"] == "japan":
        assert result.flagged == (case["expected_flagged"] == "y")
        assert set(result.flags) == set(case["expected_flags"].split(";")) - {""}
        assert result.kind == case["expected_permission_kind"]


@pytest.mark.skipif(not CASES.exists(), reason="the worked cases lie beside the repository")
@pytest.mark.django_db
def test_the_cases_reach_every_question_and_every_outcome_they_name():
    walks = [answer_in_turn(replies(case)) for case in cases()]

    asked = {one.step.code for found in walks for one in found.asked}
    outcomes = {decide.decide(found.values, ON).outcome for found in walks}
    assert outcomes == {case["expected_outcome"] for case in cases()}
    assert {step.code for step in STEPS} - asked <= {"recess", "term_hours", "duration"}
