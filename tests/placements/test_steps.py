"""The road after a result: steps, days and where the student stands."""

from datetime import date

import pytest

from careers.desk.filing import filing_date
from careers.desk.flags import FLAGS
from internships.placements import gate, steps

START = date(2027, 2, 15)


def codes(outcome, file_by=date(2026, 12, 17)):
    return [step.code for step in steps.steps_of(outcome, START, file_by)]


@pytest.mark.parametrize(
    ("outcome", "road"),
    [
        ("V_COVERED", ["papers", "gate", "first_day"]),
        ("V_NEED_BLANKET", ["papers", "check", "file", "gate", "first_day"]),
        ("V_FLAG_CONFIRM", ["ask", "answer", "gate", "first_day"]),
        ("V_BUREAU", ["talk", "answer", "gate", "first_day"]),
        ("V_STATUS_DA9", ["contract", "file", "status", "gate", "first_day"]),
        ("V_PROHIBITED", ["change_plan"]),
    ],
)
def test_each_kind_of_outcome_has_its_road(outcome, road):
    assert codes(outcome) == road


def test_every_outcome_has_a_road_and_a_gate_that_says_what_it_needs():
    assert set(gate.NEEDS) == set(FLAGS)
    assert all(codes(outcome) for outcome in FLAGS)


@pytest.mark.parametrize(
    ("start", "day"),
    [
        (date(2027, 2, 15), date(2026, 12, 17)),  # a Thursday
        (date(2027, 2, 18), date(2026, 12, 18)),  # Sunday before: the Friday
        (date(2027, 3, 3), date(2026, 12, 28)),  # offices close from 29 December to 3 January
    ],
)
def test_the_filing_date_is_the_last_working_day_with_the_lead_time(start, day):
    assert filing_date("V_NEED_BLANKET", start, 60) == day


@pytest.mark.parametrize("outcome", ["V_COVERED", "V_BUREAU", "V_CHECK_SCOPE", "V_PROHIBITED"])
def test_what_is_not_filed_has_no_filing_date(outcome):
    assert filing_date(outcome, START, 60) is None


def test_without_a_first_day_there_is_no_filing_date():
    assert filing_date("V_NEED_BLANKET", None, 60) is None


def test_a_filing_date_of_today_is_not_late_and_one_of_yesterday_is():
    assert codes("V_NEED_BLANKET", date(2026, 11, 22))[0] == "papers"
    assert codes("V_NEED_BLANKET", date(2026, 11, 21))[0] == "late"


def test_the_student_stands_at_the_first_step_that_is_not_done():
    plan = steps.steps_of("V_NEED_BLANKET", START, date(2026, 12, 17))

    shown = steps.road(plan, checked_on=date(2026, 11, 22))

    states = [step["state"] for step in shown]
    assert states == ["done", "now", "todo", "todo", "gate", "todo"]


def test_an_open_gate_has_everything_before_it_done():
    plan = steps.steps_of("V_NEED_BLANKET", START, date(2026, 12, 17))

    shown = steps.road(plan, checked_on=date(2026, 11, 22), gate_open=True)

    assert [step["state"] for step in shown] == ["done"] * 4 + ["open", "todo"]
