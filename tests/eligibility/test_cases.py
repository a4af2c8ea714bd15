"""The worked cases of the law, each answered question by question in the wizard."""

import csv
from datetime import date
from pathlib import Path
from random import Random

import pytest

from internships.eligibility import decide
from internships.eligibility.answers import collect, read
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
            rules=decide.rules(ON),
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


ABROAD = {
    "institution": "foreign",
    "status_of_residence": "NONE_ABROAD",
    "pay_kind": "wage",
    "duration_days": "60",
    "foreign_programme_years": "4",
}
STUDENT = {
    "institution": "japan",
    "status_of_residence": "STUDENT",
    "pay_kind": "wage",
    "hours_per_week": "40",
    "hours_per_day": "8",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "step", "outcome"),
    [
        (
            ABROAD | {"status_of_residence": "DA_INTERN_9", "other_weekly_work_hours": "0"},
            "other_work",
            "V_WITHIN_STATUS",
        ),
        (
            ABROAD | {"credit_bearing": "n", "foreign_in_recess": "y"},
            "recess",
            "V_STATUS_DA12",
        ),
        (ABROAD | {"credit_bearing": "y"}, "duration", "V_STATUS_DA9"),
        (
            STUDENT | {"in_long_vacation": "partial", "term_hours_per_week": "20"},
            "term_hours",
            "V_NEED_BLANKET",
        ),
    ],
)
def test_what_the_cases_leave_out_is_reached_too(answers, step, outcome):
    found = answer_in_turn(DEFAULTS | answers)

    assert step in {one.step.code for one in found.asked}
    assert decide.decide(found.values, ON).outcome == outcome


def random_person(seed):
    """A person who knows the answer to every question there is."""
    chance = Random(seed)
    known = {key: one_answer(field, chance) for key, field in FIELDS.items()}
    known |= {"starts_on": UNSURE, "credits_required": "100"}
    known["hours_per_day"] = str(chance.choice([4, 8, 9]))
    known["hours_per_week"] = str(int(known["hours_per_day"]) * chance.choice([3, 5, 7]))
    known["term_hours_per_week"] = str(min(int(known["hours_per_week"]), chance.choice([20, 30])))
    known["other_weekly_work_hours"] = str(chance.choice([0, 0, 5, 20]))
    return known


def one_answer(field, chance):
    if field.kind == "choice":
        return chance.choice(field.choices)
    if field.kind == "prefecture":
        return "13"
    if field.kind == "day":
        return UNSURE
    return str(chance.choice([field.low, 28, 60, 90, 92, 365]) if field.high > 100 else 4)


# Where the wizard stops early, the papers of the office's own desk may still come.
BESIDE_THE_LAW = {"O_CREDIT_APPROVAL", "O_EXPENSE_RULE"}


@pytest.mark.django_db
def test_a_question_left_out_could_not_have_changed_the_outcome():
    """Asked only what the wizard asks, a person comes where all her answers would lead her."""
    for seed in range(1500):
        known = random_person(seed)
        found = walk(
            known,
            rules=decide.rules(ON),
            needs_office=lambda values: decide.needs_office(values, ON),
        )
        assert found.complete

        asked = decide.decide(found.values, ON)
        everything = {key: read(FIELDS[key], value).value for key, value in known.items()}
        whole = decide.decide(everything, ON)

        assert asked.unknown == (), (seed, known)
        assert asked.outcome == whole.outcome, (seed, known)
        left_out = set(whole.documents) ^ set(asked.documents)
        assert left_out <= BESIDE_THE_LAW, (seed, known)
