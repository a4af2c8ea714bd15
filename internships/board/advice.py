"""What the editor says beside a field: notes with their source. Nothing here blocks anything."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.desk.dates import plain_day
from careers.people.calendar import academic_calendar
from careers.prefectures import prefecture_name
from internships.board.models import MinimumWage
from internships.board.problems import CALLED_INTERNSHIP, yen_per_hour
from internships.board.words import plain

FOUR_TYPES = gettext_lazy("three ministries, 13 June 2022, for programmes from fiscal 2023")
LABOUR_LAW = gettext_lazy("labour law, as universities quote it")
# Days of type 3 and type 4 in the agreement of the three ministries (TYP-3REQ, TYP-4RES).
TYPE_3_DAYS, TYPE_4_DAYS = 5, 60
_DOCTORAL = frozenset({"D1", "D2", "D3"})


class Advice(NamedTuple):
    words: str
    source: str | Promise = ""
    kind: str = "confirm"
    # Published with a reason only.
    asks_why: bool = False


def advice_for(facts: Mapping[str, Any]) -> dict[str, list[Advice]]:
    """Give the notes by field. The facts are those of a posting; what is missing is None or ""."""
    found: dict[str, list[Advice]] = defaultdict(list)
    for give in (_of_pay, _of_hours, _of_dates, _of_type, _of_name, _of_venue, _of_credit):
        for field, advice in give(facts):
            found[field].append(advice)
    return dict(found)


def breaks_its_type(facts: Mapping[str, Any]) -> bool:
    """Whether the facts are against what the ministries agreed for its type."""
    return any(advice.asks_why for _field, advice in _of_type(facts))


def _against(words: str) -> Advice:
    return Advice(words, FOUR_TYPES, asks_why=True)


def _of_pay(facts):
    if facts["pay_kind"] == "flat_allowance":
        yield (
            "pay_kind",
            Advice(
                _("A fixed allowance counts as pay when permission is decided."),
                _("secondary sources; no official line was found"),
                "plain",
            ),
        )
    first = facts["starts_on"] or timezone.localdate()
    last = max(first, facts["ends_on"] or first)
    place = facts["prefecture"]
    least = place and MinimumWage.objects.on_days(place, first, last)
    if facts["pay_kind"] in ("", "wage", "flat_allowance") and least:
        yield "pay_yen", Advice(_wage_words(least, first, last), "", "plain")
        wage = yen_per_hour(facts)
        if wage is not None and wage < least.yen_per_hour:
            yield "pay_yen", _below(wage, least)


def _wage_words(least: MinimumWage, first: date, last: date) -> str:
    words = {
        "place": prefecture_name(least.prefecture),
        "yen": number_format(least.yen_per_hour, force_grouping=True),
        "year": least.fiscal_year,
        "next": least.fiscal_year + 1,
        "day": plain_day(least.effective_from),
    }
    # New tables take effect in the autumn of their year.
    if last >= date(least.fiscal_year + 1, 10, 1):
        return _("%(place)s minimum: ¥%(yen)s (fiscal %(year)s table; %(next)s not loaded)") % words
    if least.effective_from > first:
        return _("%(place)s minimum: ¥%(yen)s from %(day)s (fiscal %(year)s table)") % words
    return _("%(place)s minimum: ¥%(yen)s (fiscal %(year)s table)") % words


def _below(wage: Decimal, least: MinimumWage) -> Advice:
    return Advice(
        _("This comes to ¥%(wage)s an hour, below the minimum wage that workers must get.")
        % {"wage": number_format(int(wage), force_grouping=True)},
        _("minimum wage table of fiscal %(year)s") % {"year": least.fiscal_year},
    )


def _of_hours(facts):
    weekly, daily, days = facts["weekly_hours"], facts["daily_hours"], facts["days_per_week"]
    if None not in (weekly, daily, days) and daily * days != weekly:
        sums = {"daily": daily, "days": days, "sum": daily * days, "weekly": weekly}
        sums = {name: plain(Decimal(value)) for name, value in sums.items()}
        yield (
            "weekly_hours",
            Advice(_("%(daily)s h × %(days)s days = %(sum)s h, not %(weekly)s h.") % sums),
        )
    if weekly is not None and weekly > 28:
        yield (
            "weekly_hours",
            Advice(
                _("Over 28 hours: treated as needing extra-activity permission, paid or not."),
                _("rule of this office"),
                "plain",
            ),
        )
    if (weekly or 0) > 40 or (daily or 0) > 8:
        field = "weekly_hours" if (weekly or 0) > 40 else "daily_hours"
        yield field, Advice(_("Workers: at most 8 hours a day and 40 a week."), LABOUR_LAW)


def _of_dates(facts):
    first, closes = facts["starts_on"], facts["closes_at"]
    if facts.get("is_over") and closes and closes <= timezone.now():
        return  # it ran its time: nobody has to do anything about that
    if first and first < timezone.localdate():
        yield "starts_on", Advice(_("The first day has passed."))
    if first and closes and timezone.localdate(closes) >= first:
        yield "closes_at", Advice(_("It closes on or after the first day of work."))
    if closes and closes <= timezone.now():
        yield "closes_at", Advice(_("The closing date has passed: it is not on the board."))


def _of_type(facts):
    kind = facts["programme_type"]
    days = _days(facts)
    if kind == 3:
        yield from (("programme_type", advice) for advice in _of_type_3(facts, days))
    elif kind == 4:
        if days is not None and days < TYPE_4_DAYS:
            yield "programme_type", _against(_("Type 4 lasts two months or more."))
        unpaid = facts["pay_kind"] in ("none", "actual_costs")
        if unpaid or not facts["credit_bearing"] or set(facts["study_years"]) - _DOCTORAL:
            yield (
                "programme_type",
                _against(_("Type 4 is for doctoral students, paid and for credit.")),
            )


def _of_type_3(facts, days):
    if days is not None and days < TYPE_3_DAYS:
        yield _against(_("Type 3 lasts five days or more."))
    if facts["work_style"] in ("hybrid", "remote"):
        words = _("Type 3: more than half of the days are spent at the workplace.")
        yield Advice(words, FOUR_TYPES, asks_why=facts["work_style"] == "remote")
    if not facts["pay_kind"]:
        yield Advice(
            _("Type 3: the posting says what it pays, or that it pays nothing."), FOUR_TYPES
        )
    if facts["credit_bearing"]:
        return
    years = set(facts["study_years"])
    # Doctoral students, like regular courses, are not bound to the long vacations.
    inside = None if years and years <= _DOCTORAL else _in_vacation(facts)
    if inside is not None and inside != "y":
        yield _against(_("Outside a long vacation, type 3 needs a regular course: none is set."))
    early = {"B1", "B2"} & years
    if early:
        yield _against(_("Type 3 is for undergraduate years 3 and 4 and master's students."))


def _of_name(facts):
    if facts["programme_type"] not in (1, 2):
        return
    for field in ("title_ja", "title_en"):
        if CALLED_INTERNSHIP.search(facts[field] or ""):
            yield field, Advice(_("Only types 3 and 4 may be called internship."), FOUR_TYPES)


def _of_venue(facts):
    if facts["venue"] == "fueiho":
        yield (
            "venue",
            Advice(
                _("Students may not work there, whatever the task. It can never be published."),
                _("Enforcement Regulation, Article 19(5)"),
                "stop",
            ),
        )


def _of_credit(facts):
    if facts["course_code"] and not facts["credit_bearing"]:
        yield "course_code", Advice(_("A course is written, but “gives credit” is not set."))


def _days(facts) -> int | None:
    first, last = facts["starts_on"], facts["ends_on"]
    return (last - first).days + 1 if first and last else None


def _in_vacation(facts) -> str | None:
    if _days(facts) is None:
        return None
    return academic_calendar().in_long_vacation(facts["starts_on"], facts["ends_on"])
