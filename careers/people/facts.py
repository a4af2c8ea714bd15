"""What the university knows of a student, in the words of the law."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from careers.law import UNKNOWN, PartialFacts
from careers.law.dates import final_year, permission_covers
from careers.people.calendar import academic_calendar
from careers.people.models import Job, StatusOfResidence, Student

HOURS_IN_A_WEEK = Decimal(168)
SIX_DAYS = timedelta(days=6)


ORIGIN = "record"


@dataclass(frozen=True)
class StudentFacts:
    """Part of the facts of a placement, with origins for the page.

    facts: what is known, in the values of the law; the status may also be "UNKNOWN".
    unsure: facts that have a value which nobody knows; the law tries each.
    origins: "record" (what the office holds) or "derived" (from the record and the dates).
    """

    facts: dict[str, Any] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    origins: dict[str, str] = field(default_factory=dict)

    def for_the_law(self) -> PartialFacts:
        """Give all of it to merge with a posting or answers: a gap is "not sure", not a default."""
        known = {
            name: UNKNOWN if value == "UNKNOWN" else value for name, value in self.facts.items()
        }
        return PartialFacts(ORIGIN, known | dict.fromkeys(self.unsure, UNKNOWN))


def facts_of(
    student: Student, starts_on: date | None = None, ends_on: date | None = None
) -> StudentFacts:
    """Give the facts of the law that follow from a student's record and two dates.

    The dates are the first and last day of the placement; without them only what
    does not depend on them is known. One query for the jobs of a student, once.
    """
    record = {
        "institution": "japan",
        "status_of_residence": _status(student),
        "enrolment": student.enrolment,
        "exchange_student": student.exchange,
        "level": student.level,
        "credits_pct": student.credits_percent,
    }
    derived = {
        "final_year": _final_year(student, ends_on),
        "has_blanket_permission": _has_blanket_permission(student),
        "permission_covers_period": _permission_covers(student, ends_on),
        "other_weekly_work_hours": _other_weekly_hours(student, starts_on, ends_on),
    }
    known = {name: value for name, value in (record | derived).items() if value is not None}
    return StudentFacts(
        facts=known,
        unsure=frozenset(
            (record.keys() | derived.keys()) - known.keys() - _beside_the_point(student)
        ),
        origins={name: "derived" if name in derived else "record" for name in known},
    )


def is_old(student: Student) -> bool:
    """Tell whether what she said of her stay was confirmed too long ago to answer for her."""
    said, is_japanese = student.facts_confirmed_on, student.status_of_residence == "JAPANESE"
    if said is None or is_japanese:  # a nationality does not run out
        return False
    return said < timezone.localdate() - settings.STAY_ASKED_AGAIN_AFTER


def _beside_the_point(student: Student) -> set[str]:
    """A gap that is no doubt: no credits are needed, or no permission is held to cover anything."""
    gaps = set()
    if student.credits_required == 0:
        gaps.add("credits_pct")
    if not _has_blanket_permission(student):
        gaps.add("permission_covers_period")
    return gaps


def _status(student: Student) -> str:
    """A student may keep her status to herself; the law then treats it as not known."""
    kept_back = student.status_of_residence == StatusOfResidence.PREFER_NOT
    return "UNKNOWN" if kept_back else student.status_of_residence


def _final_year(student: Student, ends_on: date | None) -> bool | None:
    """The course ends not later than the academic year of the last day of the placement."""
    if student.expected_graduation is None or ends_on is None:
        return None
    return final_year(student.expected_graduation, academic_calendar().year_end(ends_on))


def _has_blanket_permission(student: Student) -> bool:
    until = student.blanket_permission_until
    return until is not None and until >= timezone.localdate()


def _permission_covers(student: Student, ends_on: date | None) -> bool | None:
    if not _has_blanket_permission(student) or ends_on is None:
        return None
    return permission_covers(student.blanket_permission_until, ends_on)


def _other_weekly_hours(student: Student, starts_on: date | None, ends_on: date | None) -> Decimal:
    """Without dates every job that still goes on or is to come counts: the safe side."""
    first = starts_on or timezone.localdate()
    return fullest_week(counted_jobs(student), first, ends_on or date.max)


def counted_jobs(student: Student) -> list[Job]:
    """Give the paid jobs that count towards the weekly limit."""
    return [job for job in student.other_jobs if not job.is_own_university_tara]


def fullest_week(jobs: Iterable[Job], first: date, last: date) -> Decimal:
    """Give the most weekly hours that fall on any 7 days in a row between two days.

    A job is known by its hours a week, not by its shifts, so a job that touches the 7 days
    counts with all of them (RULES STU-COUNT: "whatever day it starts on"; the safe side).
    An open first or last day means: since ever, until further notice.
    """
    spans = [
        (max(job.starts_on or first, first), min(job.ends_on or last, last), job.weekly_hours)
        for job in jobs
    ]
    running = [span for span in spans if span[0] <= span[1]]
    # The fullest 7 days can be moved so that they end on the day some job begins.
    sums = (
        sum(hours for begins, ends, hours in running if begins <= day and day - SIX_DAYS <= ends)
        for day in {begins for begins, _ends, _hours in running}
    )
    return min(max(sums, default=Decimal(0)), HOURS_IN_A_WEEK)
