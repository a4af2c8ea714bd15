"""Hours to credits, against every row of the sample."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from careers.people.calendar import holidays
from internships.credits.arithmetic import Credits, host_hours

SAMPLE = Path(settings.BASE_DIR) / "internships" / "office" / "sample"


def rows(name):
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


RULES = {row["faculty"]: row for row in rows("faculty_credit_rules.csv")}
COURSES = {row["course_code"]: row for row in rows("courses.csv")}
STUDENTS = {row["student_no"]: row for row in rows("students.csv")}
POSTINGS = {row["ref"]: row for row in rows("postings.csv")}
REQUESTS = {row["request_no"]: row for row in rows("credit_requests.csv")}
# Fewer hours, or more, than the days of the calendar give: the requests say otherwise.
OTHER_DAYS = {"CR26-021", "CR26-033"}


def given(row):
    doctoral = row["course_code"] == "DOC801"
    rule = RULES["doctoral" if doctoral else STUDENTS[row["student_no"]]["faculty"]]
    return Credits(
        hours=Decimal(row["planned_hours"]),
        hours_per_credit=int(rule["hours_per_credit"]),
        faculty_max=int(rule["max_credits_per_request"]),
        course_max=int(COURSES[row["course_code"]]["max_credits"]),
        cap_left=int(rule["cap_total_credits"]),
    )


@pytest.mark.parametrize("number", REQUESTS)
def test_each_request_of_the_sample_gets_its_credits(number):
    row = REQUESTS[number]

    assert Decimal(row["host_hours"]) + Decimal(row["guidance_hours"]) == given(row).hours
    assert given(row).hours_per_credit == int(row["hours_per_credit"])
    assert given(row).credits == int(row["credits_by_rule"])


def test_only_the_one_made_wrong_asks_for_more_than_the_rule_gives():
    over = [n for n, row in REQUESTS.items() if int(row["credits_asked"]) > given(row).credits]

    assert over == ["CR26-012"]


@pytest.mark.parametrize(
    "number",
    [
        number
        for number, row in REQUESTS.items()
        if POSTINGS[row["posting_ref"]]["days_per_week"] == "5" and number not in OTHER_DAYS
    ],
)
def test_hours_of_a_full_week_are_weekdays_without_public_holidays(number):
    row = REQUESTS[number]
    first, last = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
    daily = Decimal(POSTINGS[row["posting_ref"]]["daily_hours"])

    hours = host_hours(first, last, daily, Decimal(5), holidays(first, last))

    assert hours == Decimal(row["host_hours"])


@pytest.mark.parametrize(
    ("days", "hours"),
    [("5", 40), ("7", 40), ("4", 32), ("3", 24), ("2.5", 16), ("1", 8), ("0.5", 0)],
)
def test_of_a_shorter_week_whole_days_count(days, hours):
    monday, friday = date(2026, 11, 9), date(2026, 11, 13)

    assert host_hours(monday, friday, Decimal(8), Decimal(days), {}) == hours


@pytest.mark.parametrize(
    ("hours", "credits"), [("29.75", 0), ("30", 1), ("59.99", 1), ("60", 2), ("120", 2)]
)
def test_credits_are_whole_and_end_at_the_limit(hours, credits):
    assert Credits(Decimal(hours), 30, 2, 4, 9).credits == credits


@pytest.mark.parametrize(
    ("limits", "credits"), [((1, 4, 9), 1), ((4, 1, 9), 1), ((4, 4, 1), 1), ((4, 4, -1), 0)]
)
def test_the_smallest_limit_decides(limits, credits):
    assert Credits(Decimal(120), 30, *limits).credits == credits
