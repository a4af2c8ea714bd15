"""Which questions the wizard may ask, in order, and when each still matters.

A guard answers "could this question still change the result?". An answer that is
missing or "not sure" could be anything, so a guard asks with `could_be`, and a question
goes away only when the answers before it make it pointless. What the answers mean in law
is decided in `careers.law` alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

UNSURE = "unsure"
PREFER_NOT = "prefer_not"
YES_NO = ("y", "n")

UNLIMITED = {"PR", "SPECIAL_PR", "LTR", "SPOUSE_JP", "SPOUSE_PR", "JAPANESE"}
# Statuses that a blanket permission is listed for, so that hours and permissions count.
BLANKET_STATUSES = {"STUDENT", "DEPENDENT", "DA_JOBSEARCH", "DA_OFFER"}
HOLDERS = {"DA_INTERN_9", "DA_SUMMER_12"}
PAID = {"wage", "flat_allowance"}
UNPAID = {"none", "actual_costs"}
REGULAR_LEVELS = {"undergrad", "master", "doctor", "junior-college", "kosen"}


@dataclass(frozen=True)
class Limits:
    """The limits on the day of work, of the law and of the office, as the guards need them."""

    weekly: Decimal
    daily: Decimal
    summer_job_days: Decimal
    unpaid_passes_in_vacation: bool = False


@dataclass(frozen=True)
class Known:
    """What is known so far; a key that is missing or "not sure" could be anything."""

    values: Mapping[str, Any]
    limits: Limits

    def open(self, key: str) -> bool:
        return self.values.get(key) in (None, UNSURE, PREFER_NOT)

    def surely(self, key: str, *options: str) -> bool:
        return self.values.get(key) in options

    def could_be(self, key: str, *options: str) -> bool:
        return self.open(key) or self.surely(key, *options)

    def could_exceed(self, key: str, limit: Decimal) -> bool:
        return self.open(key) or self.values[key] > limit

    def could_keep(self, key: str, limit: Decimal) -> bool:
        return self.open(key) or self.values[key] <= limit

    @property
    def could_be_paid(self) -> bool:
        return self.could_be("pay_kind", *PAID)

    @property
    def could_have_other_work(self) -> bool:
        return self.could_exceed("other_weekly_work_hours", Decimal(0))


@dataclass(frozen=True)
class Field:
    """One answer: a choice, a number, a day or a prefecture."""

    key: str
    kind: str
    choices: tuple[str, ...] = ()
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    places: int = 0


@dataclass(frozen=True)
class Step:
    """One page of the wizard; `ledger` names the part of "check your answers" it belongs to."""

    code: str
    ledger: str
    fields: tuple[Field, ...]
    asked: Callable[[Known], bool]


def _choice(key: str, *choices: str) -> tuple[Field]:
    return (Field(key, "choice", choices),)


def _number(key: str, low: int, high: int, places: int = 0) -> Field:
    return Field(key, "number", low=Decimal(low), high=Decimal(high), places=places)


def _always(known: Known) -> bool:
    return True


def _status_decides(known: Known) -> bool:
    """No work limit, or no status to judge by: nothing else can change the result."""
    status = known.values.get("status_of_residence")
    return (
        status in UNLIMITED
        or status in (UNSURE, PREFER_NOT, "UNKNOWN")
        or known.values.get("institution") == UNSURE
    )


def _japan(known: Known) -> bool:
    return known.could_be("institution", "japan") and not _status_decides(known)


def _from_abroad(known: Known) -> bool:
    return known.could_be("institution", "foreign") and not _status_decides(known)


def _abroad(known: Known) -> bool:
    """From abroad with the status still to be chosen: a holder of No. 9 or 12 has hers."""
    holder = known.surely("status_of_residence", *HOLDERS)
    return _from_abroad(known) and not holder and not known.surely("venue", "fueiho")


def _asks_venue(known: Known) -> bool:
    return _still_enrolled(known) or _from_abroad(known)


def _could_be_student(known: Known) -> bool:
    return known.could_be("status_of_residence", "STUDENT")


def _asks_enrolment(known: Known) -> bool:
    return _japan(known) and _could_be_student(known)


def _still_enrolled(known: Known) -> bool:
    """The Student status carries the placement only while she is enrolled."""
    gone = known.surely("enrolment", "graduated", "withdrawn", "leave")
    return _japan(known) and not (_could_be_student(known) and gone)


def _open_venue(known: Known) -> bool:
    return _still_enrolled(known) and not known.surely("venue", "fueiho")


def _teaching_assistant(known: Known) -> bool:
    return (
        _open_venue(known)
        and _could_be_student(known)
        and known.could_be("venue", "own_university_ta_ra")
        and not known.surely("venue", "ordinary")
    )


def _surely_exempt(known: Known) -> bool:
    """Teaching or research assistant at the own university, regular student."""
    return (
        known.surely("status_of_residence", "STUDENT")
        and known.surely("venue", "own_university_ta_ra")
        and known.surely("exchange_student", "n")
        and known.surely("level", *REGULAR_LEVELS)
    )


def _on_leave(known: Known) -> bool:
    return (
        _japan(known)
        and known.surely("status_of_residence", "STUDENT")
        and known.surely("enrolment", "leave")
    )


def _asks_pay(known: Known) -> bool:
    placed = _open_venue(known) and not _surely_exempt(known)
    return placed or _on_leave(known) or _abroad(known)


def _hours_count(known: Known) -> bool:
    """In Japan: unpaid hours against the office's limit, paid ones against the law's."""
    if not _open_venue(known) or _surely_exempt(known):
        return False
    by_status = known.could_be("status_of_residence", *BLANKET_STATUSES)
    return by_status or known.could_be("pay_kind", *UNPAID)


def _course_fits(known: Known) -> bool:
    """From abroad, paid work outside a degree course is not possible whatever else is true."""
    paid = known.surely("pay_kind", *PAID)
    return _abroad(known) and not (paid and known.surely("foreign_degree_course", "n"))


def _asks_dates(known: Known) -> bool:
    paid_cultural = _open_venue(known) and known.surely("status_of_residence", "CULTURAL")
    return _hours_count(known) or paid_cultural or _course_fits(known)


def _without_dates(known: Known) -> bool:
    return known.open("starts_on") or known.open("ends_on")


def _asks_duration(known: Known) -> bool:
    return _course_fits(known) and _without_dates(known)


def _asks_vacation(known: Known) -> bool:
    """The vacation has its own limit on Student status; the office may let unpaid work pass."""
    unpaid = known.limits.unpaid_passes_in_vacation and known.could_be("pay_kind", *UNPAID)
    matters = _could_be_student(known) or unpaid
    return _hours_count(known) and matters and _without_dates(known)


def _asks_term_hours(known: Known) -> bool:
    return (
        _hours_count(known)
        and _could_be_student(known)
        and known.could_be_paid
        and known.could_be("in_long_vacation", "partial")
    )


def _could_be_inside(known: Known) -> bool:
    weekly, daily = known.limits.weekly, known.limits.daily
    plain = known.could_keep("hours_per_week", weekly)
    if not _could_be_student(known):
        return plain
    whole = known.could_be("in_long_vacation", "y") and known.could_keep("hours_per_day", daily)
    part = (
        known.could_be("in_long_vacation", "partial")
        and known.could_keep("term_hours_per_week", weekly)
        and known.could_keep("hours_per_day", daily)
    )
    other_status = known.open("status_of_residence")
    return whole or part or (plain and (other_status or known.could_be("in_long_vacation", "n")))


def _could_be_outside(known: Known) -> bool:
    weekly, daily = known.limits.weekly, known.limits.daily
    plain = known.could_exceed("hours_per_week", weekly)
    if not _could_be_student(known):
        return plain
    whole = known.could_be("in_long_vacation", "y") and known.could_exceed("hours_per_day", daily)
    part = known.could_be("in_long_vacation", "partial") and (
        known.could_exceed("term_hours_per_week", weekly)
        or known.could_exceed("hours_per_day", daily)
    )
    other_status = known.open("status_of_residence")
    return whole or part or (plain and (other_status or known.could_be("in_long_vacation", "n")))


def _blanket_status(known: Known) -> bool:
    return _open_venue(known) and known.could_be("status_of_residence", *BLANKET_STATUSES)


def _asks_other_work(known: Known) -> bool:
    holder = known.surely("status_of_residence", *HOLDERS) and not known.surely("venue", "fueiho")
    return _blanket_status(known) or (holder and known.surely("institution", "foreign"))


def _paid_inside(known: Known) -> bool:
    return (
        _blanket_status(known)
        and not _surely_exempt(known)
        and known.could_be_paid
        and _could_be_inside(known)
    )


def _paid_outside(known: Known) -> bool:
    return (
        _blanket_status(known)
        and not _surely_exempt(known)
        and known.could_be_paid
        and _could_be_outside(known)
    )


def _asks_blanket(known: Known) -> bool:
    other_job = _blanket_status(known) and known.could_have_other_work
    return _paid_inside(known) or other_job


def _asks_exchange(known: Known) -> bool:
    """Who looks for a job or waits for one has finished; the question is for the others."""
    return _paid_outside(known) and known.could_be("status_of_residence", "STUDENT", "DEPENDENT")


def _regular_outside(known: Known) -> bool:
    return _paid_outside(known) and not known.surely("exchange_student", "y")


def _asks_covers(known: Known) -> bool:
    blanket = _paid_inside(known) and known.could_be("has_blanket_permission", "y")
    individual = _regular_outside(known) and known.could_be("has_individual_permission", "y")
    return blanket or individual


def _class_counts(known: Known) -> bool:
    """Over the limit without a permission that covers it: is she in a published class?"""
    covered = known.surely("has_individual_permission", "y") and known.surely(
        "permission_covers_period", "y"
    )
    return _could_be_student(known) and _regular_outside(known) and not covered


def _asks_final_year(known: Known) -> bool:
    return _class_counts(known) and known.could_be("level", "undergrad", "master", "doctor")


def _asks_credits(known: Known) -> bool:
    return (
        _class_counts(known)
        and known.could_be("level", "undergrad")
        and known.could_be("final_year", "y")
    )


def _asks_credit_bearing(known: Known) -> bool:
    return _open_venue(known) or _course_fits(known)


def _asks_degree_course(known: Known) -> bool:
    return _abroad(known) and known.could_be_paid


def _degree_course(known: Known) -> bool:
    return _asks_degree_course(known) and not known.surely("foreign_degree_course", "n")


def _asks_course_length(known: Known) -> bool:
    return _degree_course(known) and known.could_be("credit_bearing", "y")


def _asks_recess(known: Known) -> bool:
    without_credit = known.could_be("credit_bearing", "n")
    short = known.could_keep("duration_days", known.limits.summer_job_days)
    return _degree_course(known) and (without_credit or short)


STATUSES = (
    "STUDENT",
    "DEPENDENT",
    "DA_JOBSEARCH",
    "DA_OFFER",
    "DA_INTERN_9",
    "DA_SUMMER_12",
    "DA_OTHER",
    "CULTURAL",
    "TEMP_VISITOR",
    "WORK_ESHI",
    "WORK_OTHER",
    "PR",
    "SPECIAL_PR",
    "LTR",
    "SPOUSE_JP",
    "SPOUSE_PR",
    "JAPANESE",
    "NONE_ABROAD",
)
LEVELS = (
    "undergrad",
    "master",
    "doctor",
    "junior-college",
    "kosen",
    "vocational",
    "research-student",
)

LAW_STEPS = (
    Step("institution", "you", _choice("institution", "japan", "foreign"), _always),
    Step("status", "you", _choice("status_of_residence", *STATUSES), _always),
    Step(
        "enrolment",
        "you",
        _choice("enrolment", "enrolled", "leave", "graduated", "withdrawn"),
        _asks_enrolment,
    ),
    Step(
        "venue",
        "placement",
        _choice("venue", "ordinary", "own_university_ta_ra", "fueiho"),
        _asks_venue,
    ),
    # Asked here for teaching and research assistants, later for all who pass the limit.
    Step("assistant_exchange", "you", _choice("exchange_student", *YES_NO), _teaching_assistant),
    Step("assistant_level", "you", _choice("level", *LEVELS), _teaching_assistant),
    Step(
        "pay",
        "placement",
        _choice("pay_kind", "wage", "flat_allowance", "actual_costs", "none"),
        _asks_pay,
    ),
    Step("degree_course", "you", _choice("foreign_degree_course", *YES_NO), _asks_degree_course),
    Step("credit", "placement", _choice("credit_bearing", *YES_NO), _asks_credit_bearing),
    Step(
        "dates",
        "placement",
        (Field("starts_on", "day"), Field("ends_on", "day")),
        _asks_dates,
    ),
    Step("duration", "placement", (_number("duration_days", 1, 3650),), _asks_duration),
    Step(
        "vacation",
        "placement",
        _choice("in_long_vacation", "y", "partial", "n"),
        _asks_vacation,
    ),
    Step(
        "hours",
        "placement",
        (_number("hours_per_week", 0, 168, 2), _number("hours_per_day", 0, 24, 2)),
        _hours_count,
    ),
    Step("term_hours", "placement", (_number("term_hours_per_week", 0, 168, 2),), _asks_term_hours),
    Step(
        "course_length",
        "you",
        (_number("foreign_programme_years", 1, 10, 1),),
        _asks_course_length,
    ),
    Step(
        "earlier_days",
        "you",
        (_number("foreign_prior_intern_days", 0, 3650),),
        _asks_course_length,
    ),
    Step("recess", "placement", _choice("foreign_in_recess", *YES_NO), _asks_recess),
    Step("other_work", "work", (_number("other_weekly_work_hours", 0, 168, 2),), _asks_other_work),
    Step("blanket", "work", _choice("has_blanket_permission", *YES_NO), _asks_blanket),
    Step("exchange", "you", _choice("exchange_student", *YES_NO), _asks_exchange),
    Step("individual", "work", _choice("has_individual_permission", *YES_NO), _regular_outside),
    Step("covers", "work", _choice("permission_covers_period", *YES_NO), _asks_covers),
    Step("level", "you", _choice("level", *LEVELS), _class_counts),
    Step("final_year", "you", _choice("final_year", *YES_NO), _asks_final_year),
    Step(
        "credits",
        "you",
        (_number("credits_earned", 0, 999, 1), _number("credits_required", 1, 999, 1)),
        _asks_credits,
    ),
)
# Not a question of law: asked when the result sends the student to an immigration office.
OFFICE_STEP = Step("prefecture", "you", (Field("prefecture", "prefecture"),), _always)

STEPS = (*LAW_STEPS, OFFICE_STEP)
FIELDS: dict[str, Field] = {field.key: field for step in STEPS for field in step.fields}
