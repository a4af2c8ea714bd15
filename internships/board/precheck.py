"""Who could take this? What a posting would mean for each group of students, before it is out.

A guide for writing, never about one person: the law is asked about a representative of each
group, and groups under five are not counted out.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from careers.desk.flags import CANNOT_TELL, flag_of
from careers.law import (
    OUTCOMES,
    Assessment,
    NoEdition,
    PartialFacts,
    assess,
    edition_for,
    merge,
)
from careers.people.calendar import academic_calendar
from careers.people.models import StatusOfResidence, Student
from careers.people.office import policy
from internships.board.facts import facts_of
from internships.board.models import Posting

FEWEST = 5
NEARLY_ALL = Decimal(100)
_UNLIMITED = ("JAPANESE", "PR", "SPECIAL_PR", "LTR", "SPOUSE_JP", "SPOUSE_PR")
_WORK = ("WORK_ESHI", "WORK_OTHER", "DA_OTHER", "DA_INTERN_9", "DA_SUMMER_12")
_LISTED_LEVELS = ("master", "doctor")


@dataclass(frozen=True)
class Group:
    """A group of students, its representative in the words of the law, and who belongs to it."""

    key: str
    words: str | Promise
    facts: dict[str, Any]
    who: Callable[[date, Decimal], Q] | None


def _of_status(*statuses: str) -> Callable[[date, Decimal], Q]:
    return lambda year_end, credits: Q(status_of_residence__in=statuses)


def _own_student(**more) -> Q:
    return Q(status_of_residence="STUDENT", exchange=False, **more)


def _finishing(year_end: date, credits: Decimal) -> Q:
    enough = Q(credits_required__lte=F("credits_earned") * 100 / credits, credits_required__gt=0)
    return enough & _own_student(level="undergrad", expected_graduation__lte=year_end)


def _graduate(year_end: date, credits: Decimal) -> Q:
    return _own_student(level__in=_LISTED_LEVELS, expected_graduation__lte=year_end)


def _other(year_end: date, credits: Decimal) -> Q:
    # Negated by key: what is not known of somebody (no date, no credits) makes her no member.
    listed = Student.objects.filter(_finishing(year_end, credits) | _graduate(year_end, credits))
    return _own_student() & ~Q(pk__in=listed.order_by().values("pk"))


_STUDENT = {"institution": "japan", "status_of_residence": "STUDENT", "exchange_student": False}
_ABROAD = {
    "institution": "foreign",
    "status_of_residence": "NONE_ABROAD",
    "foreign_degree_course": True,
    "foreign_programme_years": Decimal(4),
    "foreign_prior_intern_days": 0,
    "foreign_in_recess": False,
    # Their own university's credit; the credit of this one is not theirs.
    "credit_bearing": True,
}
GROUPS = (
    Group(
        "unlimited",
        _("Japanese nationals, permanent residents, spouses"),
        {"institution": "japan", "status_of_residence": "PR"},
        _of_status(*_UNLIMITED),
    ),
    Group(
        "finishing",
        _("Student, final year, %(credits)s%% of credits or more"),
        {**_STUDENT, "level": "undergrad", "final_year": True, "credits_pct": NEARLY_ALL},
        _finishing,
    ),
    Group(
        "graduate",
        _("Student, final-year master's or doctoral"),
        {**_STUDENT, "level": "master", "final_year": True},
        _graduate,
    ),
    Group(
        "other",
        _("Student, all other years and courses"),
        {**_STUDENT, "level": "undergrad", "final_year": False, "credits_pct": Decimal(0)},
        _other,
    ),
    Group(
        "exchange",
        _("Exchange students"),
        {**_STUDENT, "exchange_student": True, "level": "undergrad", "final_year": False},
        lambda year_end, credits: Q(status_of_residence="STUDENT", exchange=True),
    ),
    Group(
        "dependent",
        _("Dependent"),
        {"institution": "japan", "status_of_residence": "DEPENDENT"},
        _of_status("DEPENDENT"),
    ),
    Group(
        "designated",
        _("Job search or job offer (Designated Activities)"),
        {"institution": "japan", "status_of_residence": "DA_JOBSEARCH"},
        _of_status("DA_JOBSEARCH", "DA_OFFER"),
    ),
    Group(
        "cultural",
        _("Cultural Activities"),
        {"institution": "japan", "status_of_residence": "CULTURAL"},
        _of_status("CULTURAL"),
    ),
    Group("abroad", _("Students of a university abroad"), _ABROAD, None),
    Group(
        "visitor",
        _("Temporary Visitor"),
        {"institution": "japan", "status_of_residence": "TEMP_VISITOR"},
        _of_status("TEMP_VISITOR"),
    ),
    Group(
        "work",
        _("Work statuses, other Designated Activities"),
        {"institution": "japan", "status_of_residence": "WORK_OTHER"},
        _of_status(*_WORK),
    ),
    Group(
        "unknown",
        _("Status not on record"),
        {"institution": "japan", "status_of_residence": "UNKNOWN"},
        _of_status(StatusOfResidence.UNKNOWN, StatusOfResidence.PREFER_NOT),
    ),
)
# As said of a group; what is not here is said as on a posting.
_WORDS = {
    "V_NO_RESTRICTION": _("No restriction"),
    "V_NOT_NEEDED": _("No permission needed"),
    "V_NEED_BLANKET": _("Blanket permission: one already held is enough"),
    "V_NEED_INDIVIDUAL": _("Individual: class that can apply"),
    "V_NEED_INDIVIDUAL_CASE": _("Individual: case by case"),
    "V_CHECK_SCOPE": _("Depends on the status"),
    "V_STATUS_DA9": _("Own route: No. 9, if part of their course"),
    "V_STATUS_DA12": _("Own route: No. 12"),
    "V_STATUS_CULTURAL": _("Own route: Cultural Activities"),
    "V_STATUS_TEMP_VISITOR": _("Own route: Temporary Visitor"),
}
MISSING = {
    "pay_kind": _("what the student receives"),
    "hours_per_week": _("hours in the largest week"),
    "term_hours_per_week": _("hours in the largest week"),
    "hours_per_day": _("hours a day"),
    "in_long_vacation": _("first and last day"),
    "duration_days": _("first and last day"),
}


@dataclass(frozen=True)
class Line:
    """One group in the panel. count: None where nobody is enrolled here by definition."""

    words: str
    kind: str
    verdict: str
    count: int | None

    @property
    def is_small(self) -> bool:
        return self.count is not None and self.count < FEWEST


@dataclass(frozen=True)
class Precheck:
    lines: list[Line]
    missing: list[str]
    edition: date
    fewer: "Fewer | None"


@dataclass(frozen=True)
class Fewer:
    """What the weekly limit would change: groups by what they would need, and how many people."""

    hours: int
    changes: list[tuple[str, list[str]]]
    people: int


def precheck(posting: Posting) -> Precheck | None:
    """Assess the posting for every group; None for days before the first rules.

    Queries: one for the numbers, and the calendar and the settings once a request.
    """
    on = posting.starts_on or timezone.localdate()
    try:
        edition = edition_for(on)
    except NoEdition:
        return None
    limits = edition.parameters
    calendar = academic_calendar()
    counts = _counts(calendar.year_end(posting.ends_on or on), limits["nearly_all_credits_pct"])
    stated = facts_of(posting, calendar)
    found = {group.key: _assess(group, stated, on) for group in GROUPS}
    return Precheck(
        lines=[_line(group, found[group.key], counts, limits) for group in GROUPS],
        missing=_missing(found.values()),
        edition=edition.starts,
        fewer=_fewer(found, stated, on, counts, limits),
    )


def _assess(group: Group, stated: PartialFacts, on: date) -> Assessment:
    raw = {name: _known(value) for name, value in group.facts.items()}
    return assess(merge(stated, PartialFacts("group", raw)).facts, on, policy())


def _known(value):
    return None if value == "UNKNOWN" else value


def _counts(year_end: date, credits: Decimal) -> dict[str, int]:
    """Count the enrolled students of each group in one query."""
    enrolled = Student.objects.filter(enrolment=Student.Enrolment.ENROLLED)
    return enrolled.aggregate(
        **{
            group.key: Count("pk", filter=group.who(year_end, credits))
            for group in GROUPS
            if group.who
        }
    )


def _line(group: Group, found: Assessment, counts, limits) -> Line:
    if _is_open(found):
        kind, words = CANNOT_TELL.kind, CANNOT_TELL.words
    else:
        kind = OUTCOMES[found.outcome].look
        words = _WORDS.get(found.outcome, flag_of(found.outcome).words)
    return Line(_named(group, limits), kind, words, counts.get(group.key))


def _named(group: Group, limits) -> str:
    words = str(group.words)
    return words % {"credits": f"{limits['nearly_all_credits_pct']:f}"} if "%" in words else words


def _is_open(found: Assessment) -> bool:
    """Whether the posting does not say what the answer hangs on."""
    return bool(found.possible) and any(name in MISSING for name in found.unknown)


def _missing(found) -> list[str]:
    names = dict.fromkeys(name for one in found if _is_open(one) for name in one.unknown)
    return list(dict.fromkeys(str(MISSING[name]) for name in names if name in MISSING))


def _fewer(found, stated: PartialFacts, on: date, counts, limits) -> Fewer | None:
    """Ask again as if the hours kept to the weekly limit, and tell what would be different."""
    limit, day = limits["week_hours"], limits["vacation_day_hours"]
    shorter = _shortened(stated, limit, day)
    if shorter is None:
        return None
    again = {group.key: _assess(group, shorter, on) for group in GROUPS}
    changed = [
        group
        for group in GROUPS
        if again[group.key].outcome != found[group.key].outcome and not again[group.key].possible
    ]
    if not changed:
        return None
    by_words: dict[str, list[str]] = {}
    for group in changed:
        words = _line(group, again[group.key], counts, limits).verdict
        by_words.setdefault(str(words), []).append(_named(group, limits))
    sizes = [counts.get(group.key, 0) for group in changed]
    # A sum that held a small group would tell its size.
    people = sum(size for size in sizes if size >= FEWEST)
    return Fewer(int(limit), list(by_words.items()), people)


def _shortened(stated: PartialFacts, limit: Decimal, day: Decimal) -> PartialFacts | None:
    values = dict(stated.values)
    most = {"hours_per_week": limit, "term_hours_per_week": limit, "hours_per_day": day}
    weekly = values["hours_per_week"]
    if not isinstance(weekly, Decimal) or weekly <= limit:
        return None
    for name, at_most in most.items():
        if isinstance(values[name], Decimal):
            values[name] = min(values[name], at_most)
    return replace(stated, values=values)
