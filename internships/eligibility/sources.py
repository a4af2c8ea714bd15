"""What answers a question before the student does: her record, the posting, the calendar."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from careers.law import duration_days
from careers.people.calendar import academic_calendar
from careers.people.facts import facts_of, is_old
from careers.people.models import StatusOfResidence, Student
from internships.board.models import Posting
from internships.eligibility.questions import PREFER_NOT
from internships.eligibility.walk import CALENDAR, POSTING, RECORD, Source


def yes_no(value: bool) -> str:
    return "y" if value else "n"


def from_record(student: Student) -> Source:
    """Give what the office holds of a student; what it does not know, or no longer, is asked."""
    facts = {
        "institution": "japan",
        "enrolment": student.enrolment,
        "exchange_student": yes_no(student.exchange),
        "level": student.level,
    }
    if not is_old(student):
        facts |= _stay(student)
    if student.credits_required:
        facts["credits_earned"] = _number(student.credits_earned)
        facts["credits_required"] = _number(student.credits_required)
    return Source(RECORD, facts, student.facts_confirmed_on)


def said_once(student: Student) -> Source | None:
    """Give what she said of her stay so long ago that she is asked whether it is still so."""
    if not is_old(student):
        return None
    held = derivation(student, old=True)({})["has_blanket_permission"][0]
    facts = _stay(student) | {"has_blanket_permission": held}
    return Source(RECORD, facts, student.facts_confirmed_on)


def _stay(student: Student) -> dict[str, Any]:
    return {
        "status_of_residence": _status(student),
        "prefecture": student.home_prefecture or None,
    }


def _number(value) -> Decimal | None:
    return None if value is None else Decimal(value)


def _status(student: Student) -> str | None:
    if student.status_of_residence == StatusOfResidence.PREFER_NOT:
        return PREFER_NOT
    if student.status_of_residence == StatusOfResidence.UNKNOWN:
        return None
    return student.status_of_residence


def from_posting(posting: Posting) -> Source:
    return Source(
        POSTING,
        {
            "venue": posting.venue,
            "pay_kind": posting.pay_kind or None,
            "credit_bearing": yes_no(posting.credit_bearing),
            "starts_on": posting.starts_on,
            "ends_on": posting.ends_on,
            "hours_per_week": posting.weekly_hours,
            "hours_per_day": posting.daily_hours,
        },
    )


def derivation(student: Student | None, *, old: bool = False):
    """Give the function that tells what follows from the answers so far, and from where.

    old: also from what she said of her permission too long ago.
    """
    permission_counts = student is not None and (old or not is_old(student))

    def derive(values: Mapping[str, Any]) -> dict[str, tuple[Any, str]]:
        first, last = days_of(values)
        derived: dict[str, tuple[Any, str]] = {}
        if first and last:
            derived |= _from_days(first, last)
        if student is not None:
            from_record = _from_record_and_days(student, first, last, values)
            derived |= from_record if permission_counts else _without_permission(from_record)
        return derived

    return derive


def days_of(values: Mapping[str, Any]) -> tuple[date | None, date | None]:
    first, last = values.get("starts_on"), values.get("ends_on")
    return (
        first if isinstance(first, date) else None,
        last if isinstance(last, date) else None,
    )


def _from_days(first: date, last: date) -> dict[str, tuple[Any, str]]:
    return {
        "duration_days": (Decimal(duration_days(first, last)), CALENDAR),
        "in_long_vacation": (academic_calendar().in_long_vacation(first, last), CALENDAR),
    }


def _without_permission(derived: dict[str, tuple[Any, str]]) -> dict[str, tuple[Any, str]]:
    told = ("has_blanket_permission", "permission_covers_period")
    return {key: value for key, value in derived.items() if key not in told}


def _from_record_and_days(student, first, last, values) -> dict[str, tuple[Any, str]]:
    known = facts_of(student, first, last).facts
    derived = {
        key: (yes_no(known[key]), RECORD)
        for key in ("final_year", "has_blanket_permission", "permission_covers_period")
        if key in known
    }
    derived["other_weekly_work_hours"] = (known["other_weekly_work_hours"], RECORD)
    # The record knows the end of the blanket permission alone, and only as she told it.
    named_host = values.get("has_individual_permission") not in (None, "n")
    if named_host or values.get("has_blanket_permission") != "y":
        derived.pop("permission_covers_period", None)
    return derived
