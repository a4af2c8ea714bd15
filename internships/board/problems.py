"""What is wrong or worth knowing about a posting's facts: codes, in the order they are shown."""

import re
from collections.abc import Iterable, Mapping, Set
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from careers.prefectures import PREFECTURES
from internships.board.models import MinimumWage, highest_on_days

# In the order in which problems are told.
WORDS: dict[str, str | Promise] = {
    "P_DUP": _("same host, plan and dates as another one"),
    "P_FUEIHO": _("restricted (amusement) business: do not place students"),
    "P_BELOW_MIN_WAGE": _("the wage is below the minimum wage of the prefecture"),
    "P_UNPAID_WORK": _("unpaid, although the description is productive work under orders"),
    "P_LABOUR_HOURS": _("more than 8 hours a day or 40 hours a week"),
    "P_OVER28": _("more than 28 hours a week: counts for the permission, paid or not"),
    "P_TYPE_NAME": _("called an internship, but only type 3 and 4 may be"),
    "P_TYPE_RULE": _("does not meet what three ministries agreed for its type"),
    "P_DECLARED": _("the organisation says that a ground to decline its postings applies"),
    "P_IMPOSSIBLE_DATE": _("a date that does not exist"),
    "P_DATE_ORDER": _("the end is before the beginning"),
    "P_PAST_DATE": _("starts before today"),
    "P_WEEKDAY": _("date and weekday disagree"),
    "P_ERA": _("a year of an era that has ended"),
    "P_DATE_VAGUE": _("first or last day only roughly given"),
    "P_DATE_MISSING": _("first or last day not given"),
    "P_DEADLINE_MISSING": _("no closing date"),
    "P_DEADLINE_VAGUE": _("closing date only roughly given"),
    "P_DEADLINE_LATE": _("closes on or after the first day"),
    "P_HOURS_MISSING": _("hours a week not given"),
    "P_HOURS_APPROX": _("hours a week only roughly given"),
    "P_PAY_MISSING": _("what the student receives is not given"),
    "P_PAY_VAGUE": _("amount of pay not given"),
    "P_PAY_RANGE": _("pay given as a range: the lower end is entered"),
    "P_ALLOWANCE_IS_PAY": _("a fixed allowance: counts as pay for the permission"),
    "P_FEE": _("the student has to pay"),
    "P_PLACE_MISSING": _("place of work not given"),
    "P_PLACE_MISMATCH": _("prefecture and city disagree"),
    "P_ORG_MISSING": _("organisation not given"),
    "P_TITLE_MISSING": _("title not given"),
    "P_DESC_MISSING": _("description not given"),
    "P_TARGET_MISSING": _("faculties or study years not given"),
    "P_LANG_MISSING": _("level of Japanese or English not given"),
    "P_OPENINGS_VAGUE": _("number of places not given"),
    "P_CONTACT_MISSING": _("how to apply is not given"),
    "P_CONTACT_BAD": _("the address to apply to does not work"),
    "P_CONTACT_PHONE_ONLY": _("only a telephone or fax number to apply to"),
    "P_DISCRIMINATION": _("limited by sex or nationality"),
    "P_PRIVACY": _("asks for My Number or family register data"),
}
ORDER = tuple(WORDS)
# Not of a posting but of its organisation, and not stored with either.
STOPPED = _("The office has stopped postings of this organisation.")
# What keeps a posting off the board until somebody has settled it: unlawful, contradictory,
# or without a fact that the verdict or an applicant needs.
_BLOCKING = """
    P_DUP P_FUEIHO P_BELOW_MIN_WAGE P_UNPAID_WORK P_LABOUR_HOURS P_TYPE_NAME P_IMPOSSIBLE_DATE
    P_DATE_ORDER P_WEEKDAY P_ERA P_DATE_VAGUE P_DATE_MISSING P_DEADLINE_MISSING P_DEADLINE_VAGUE
    P_HOURS_MISSING P_HOURS_APPROX P_PAY_MISSING P_PAY_VAGUE P_FEE P_PLACE_MISMATCH P_DESC_MISSING
    P_CONTACT_MISSING P_CONTACT_BAD P_DISCRIMINATION P_PRIVACY"""
BLOCKING = frozenset(_BLOCKING.split())
# What `find_problems` can raise; every other code was read in a file and stays until the fact
# it speaks of is written anew.
_FOUND = """
    P_FUEIHO P_BELOW_MIN_WAGE P_LABOUR_HOURS P_OVER28 P_TYPE_NAME P_DATE_ORDER P_PAST_DATE
    P_DATE_MISSING P_DEADLINE_MISSING P_DEADLINE_LATE P_HOURS_MISSING P_PAY_MISSING P_PAY_VAGUE
    P_ALLOWANCE_IS_PAY P_PLACE_MISSING P_PLACE_MISMATCH P_TITLE_MISSING P_DESC_MISSING
    P_TARGET_MISSING P_LANG_MISSING P_OPENINGS_VAGUE P_CONTACT_MISSING P_CONTACT_PHONE_ONLY"""
FOUND = frozenset(_FOUND.split())
OF_DAYS = frozenset({"P_IMPOSSIBLE_DATE", "P_WEEKDAY", "P_ERA", "P_DATE_VAGUE"})
SETTLED_BY: dict[str, Set[str]] = {
    "starts_on": OF_DAYS,
    "ends_on": OF_DAYS,
    "closes_at": {"P_IMPOSSIBLE_DATE", "P_DEADLINE_VAGUE"},
    "weekly_hours": {"P_HOURS_APPROX"},
    "pay_yen": {"P_PAY_RANGE"},
    "apply_to": {"P_CONTACT_BAD"},
}
# What the calendar decides and not the posting; worth saying, never a change by itself.
OF_TODAY = frozenset({"P_PAST_DATE"})
# Worth knowing and shown as such on the page; there is nothing to mend.
ONLY_TOLD = OF_TODAY | {"P_OVER28", "P_ALLOWANCE_IS_PAY"}
# What a newer table decides, so that a posting saved before it may have it unawares.
OF_TABLES = frozenset({"P_BELOW_MIN_WAGE"})

CALLED_INTERNSHIP = re.compile(r"インターン|\bintern(ship)?s?\b", re.IGNORECASE)
_PHONE = re.compile(r"[\d()+\-\s]{9,}")


def in_order(codes: set[str]) -> list[str]:
    return [code for code in ORDER if code in codes]


def to_mend(codes: Iterable[str]) -> list[str | Promise]:
    return [WORDS[code] for code in in_order(set(codes) - ONLY_TOLD)]


def find_problems(facts: Mapping[str, Any], *, wages: "WageTable", today: date) -> set[str]:
    """Give the codes that the facts of one posting raise; keys as the columns of the file."""
    return {
        *_of_law(facts, wages, today),
        *_of_dates(facts, today),
        *_of_what_is_missing(facts),
        *_of_contact(facts),
    }


class WageTable:
    """The hourly minimum wages, read once, when somebody first asks."""

    @cached_property
    def _rows(self) -> list[MinimumWage]:
        return list(MinimumWage.objects.order_by("-effective_from"))

    def on(self, prefecture: str, first: date, last: date | None = None) -> int | None:
        """Give the yen an hour of `highest_on_days`."""
        rows = (row for row in self._rows if row.prefecture == prefecture)
        highest = highest_on_days(rows, first, last or first)
        return highest and highest.yen_per_hour


def yen_per_hour(facts: Mapping[str, Any]) -> Decimal | None:
    """Give what a wage comes to in an hour, or None where that cannot be said."""
    if facts["pay_kind"] != "wage" or facts["pay_yen"] is None:
        return None
    hours = {
        "hour": Decimal(1),
        "day": facts["daily_hours"],
        "month": facts["weekly_hours"] and facts["weekly_hours"] * 52 / 12,
    }.get(facts["pay_unit"])
    return Decimal(facts["pay_yen"]) / hours if hours else None


def _of_law(facts, wages, today):
    weekly, daily = facts["weekly_hours"] or 0, facts["daily_hours"] or 0
    titles = f"{facts['title_ja']} {facts['title_en']}"
    if facts["venue"] == "fueiho":
        yield "P_FUEIHO"
    if is_below(facts, wages, today):
        yield "P_BELOW_MIN_WAGE"
    if weekly > 40 or daily > 8:
        yield "P_LABOUR_HOURS"
    if weekly > 28:
        yield "P_OVER28"
    if facts["programme_type"] in (1, 2) and CALLED_INTERNSHIP.search(titles):
        yield "P_TYPE_NAME"
    if facts["pay_kind"] == "flat_allowance":
        yield "P_ALLOWANCE_IS_PAY"


def is_below(facts: Mapping[str, Any], wages: "WageTable", today: date) -> bool:
    """Whether a wage lies below the minimum on any day of work, as far as both are known."""
    wage = yen_per_hour(facts)
    if wage is None:
        return False
    least = wages.on(facts["prefecture"], facts["starts_on"] or today, facts["ends_on"])
    return least is not None and wage < least


def _of_dates(facts, today):
    first, last, closes = facts["starts_on"], facts["ends_on"], facts["closes_at"]
    if not first or not last:
        yield "P_DATE_MISSING"
    elif last < first:
        yield "P_DATE_ORDER"
    if first and first < today:
        yield "P_PAST_DATE"
    if not closes:
        yield "P_DEADLINE_MISSING"
    elif first and timezone.localdate(closes) >= first:
        yield "P_DEADLINE_LATE"
    if closes and facts["opens_at"] and closes <= facts["opens_at"]:
        yield "P_DATE_ORDER"


def _of_what_is_missing(facts):
    if facts["weekly_hours"] is None:
        yield "P_HOURS_MISSING"
    if not facts["pay_kind"]:
        yield "P_PAY_MISSING"
    elif facts["pay_kind"] == "wage" and facts["pay_yen"] is None:
        yield "P_PAY_VAGUE"
    if not facts["prefecture"] and facts["work_style"] != "remote":
        yield "P_PLACE_MISSING"
    elif _city_elsewhere(facts):
        yield "P_PLACE_MISMATCH"
    if not facts["title_ja"] and not facts["title_en"]:
        yield "P_TITLE_MISSING"
    if not facts["description_ja"] and not facts["description_en"]:
        yield "P_DESC_MISSING"
    if not facts["faculties"] or not facts["study_years"]:
        yield "P_TARGET_MISSING"
    if not facts["japanese_level"] or not facts["english_level"]:
        yield "P_LANG_MISSING"
    if not facts["openings"]:
        yield "P_OPENINGS_VAGUE"


def _city_elsewhere(facts) -> bool:
    """True where the city is written with the name of another prefecture before it."""
    if not facts["prefecture"]:
        return False
    named = [code for code, names in PREFECTURES.items() if facts["city_ja"].startswith(names[0])]
    return bool(named) and facts["prefecture"] not in named


def _of_contact(facts):
    method, address = facts["apply_method"], facts["apply_to"]
    if not method or (method != "office" and not address):
        yield "P_CONTACT_MISSING"
    elif method == "office" and _PHONE.fullmatch(address):
        yield "P_CONTACT_PHONE_ONLY"
