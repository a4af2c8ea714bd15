"""A posting's facts in the reader's words: the main thing, and a note beside it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from careers.desk.dates import is_japanese, plain_day, short_day, span
from careers.law import RULEBOOK, edition_for
from careers.people.calendar import academic_calendar
from careers.people.models import in_language
from internships.board.models import Posting

_ON_BOARD = {
    "scheduled": pgettext_lazy("of a posting", "scheduled"),
    "open": pgettext_lazy("of a posting", "open"),
    "closed": pgettext_lazy("of a posting", "closed"),
}
STUDY_YEARS = {
    "B1": gettext_lazy("1st year"),
    "B2": gettext_lazy("2nd year"),
    "B3": gettext_lazy("3rd year"),
    "B4": gettext_lazy("4th year"),
    "M1": gettext_lazy("master's 1st year"),
    "M2": gettext_lazy("master's 2nd year"),
    "D1": gettext_lazy("doctoral 1st year"),
    "D2": gettext_lazy("doctoral 2nd year"),
    "D3": gettext_lazy("doctoral 3rd year"),
}


class Words(NamedTuple):
    main: str
    note: str = ""


WAGES = {
    "hour": gettext_lazy("¥%(yen)s an hour"),
    "day": gettext_lazy("¥%(yen)s a day"),
    "month": gettext_lazy("¥%(yen)s a month"),
    "total": gettext_lazy("¥%(yen)s in all"),
}
ALLOWANCES = {
    "hour": pgettext_lazy("allowance", "¥%(yen)s an hour"),
    "day": pgettext_lazy("allowance", "¥%(yen)s a day"),
    "month": pgettext_lazy("allowance", "¥%(yen)s a month"),
    "total": pgettext_lazy("allowance", "¥%(yen)s in all"),
}
IN_VACATION = {
    "y": gettext_lazy("in a long vacation"),
    "partial": gettext_lazy("partly in a long vacation"),
    "n": gettext_lazy("in term"),
}


def not_stated() -> Words:
    return Words(_("Not stated"))


def pay(posting: Posting) -> Words:
    kind = posting.pay_kind
    if kind == "none":
        return Words(_("Unpaid"))
    if kind == "actual_costs":
        return Words(_("Unpaid"), _("costs paid back by receipt"))
    if kind == "flat_allowance":
        return Words(_amount(posting, ALLOWANCES), _("fixed allowance"))
    if kind == "wage":
        return Words(_amount(posting, WAGES))
    return not_stated()


def _amount(posting: Posting, units: dict) -> str:
    if posting.pay_yen is None:
        return _("Paid, amount not stated")
    words = units.get(posting.pay_unit, units["total"])
    return words % {"yen": number_format(posting.pay_yen, force_grouping=True)}


def hours(posting: Posting) -> Words:
    if posting.weekly_hours is None:
        return not_stated()
    main = _("%(hours)s hours") % {"hours": plain(posting.weekly_hours)}
    if posting.daily_hours is None or posting.days_per_week is None:
        return Words(main)
    days = posting.days_per_week
    note = ngettext("%(hours)s h × %(days)s day", "%(hours)s h × %(days)s days", 1 + (days != 1))
    return Words(main, note % {"hours": plain(posting.daily_hours), "days": plain(days)})


def dates(posting: Posting) -> Words:
    first, last = posting.starts_on, posting.ends_on
    main = plain_day(first) if first and first == last else span(first, last)
    return Words(main, season(posting)) if main else not_stated()


def short_dates(posting: Posting) -> Words:
    """As `dates`, without the year where nobody can mistake it."""
    first, last = posting.starts_on, posting.ends_on
    if not first or not last or last - timezone.localdate() > timedelta(days=300):
        return dates(posting)
    days = [short_day(first)] if first == last else [short_day(first), short_day(last)]
    return Words(pgettext("between two days", " – ").join(days), season(posting))


def season(posting: Posting) -> str:
    """Say whether it lies in a long vacation; days that no calendar covers count as term."""
    if posting.starts_on is None or posting.ends_on is None:
        return ""
    inside = academic_calendar().in_long_vacation(posting.starts_on, posting.ends_on)
    return str(IN_VACATION[inside])


def languages(posting: Posting) -> Words:
    japanese, english = posting.japanese_level, posting.english_level
    if not japanese and not english:
        return not_stated()
    in_english = {"daily": _("everyday English"), "business": _("business English")}.get(
        english, ""
    )
    if japanese in ("", "none"):
        no_japanese = _("no Japanese needed") if japanese else ""
        return (
            Words(_capital(in_english), no_japanese) if in_english else Words(_("No level asked"))
        )
    return Words(_("Japanese %(level)s") % {"level": japanese}, in_english)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def place(posting: Posting) -> Words:
    style = posting.get_work_style_display()
    named = place_name(posting)
    if not named:
        return Words(style) if style else not_stated()
    return Words(named, style)


def place_name(posting: Posting) -> str:
    city = in_language(posting.city_ja, posting.city_en)
    if is_japanese():
        return posting.prefecture_name + city
    return ", ".join(filter(None, [city, posting.prefecture_name]))


def openings(posting: Posting) -> Words:
    return Words(str(posting.openings)) if posting.openings else not_stated()


def years(posting: Posting) -> str:
    """B3, B4 and M1 as a student says them; all or none named means every year."""
    named = [year for year in STUDY_YEARS if year in posting.study_years]
    if not named or named == list(STUDY_YEARS):
        return _("Every year may apply")
    return pgettext("in a list", ", ").join(str(STUDY_YEARS[year]) for year in named)


def credit(posting: Posting) -> Words:
    if not posting.credit_bearing:
        return Words(_("No credit"))
    main = _("Gives credit")
    if posting.course_code:
        main = _("Gives credit, course %(code)s") % {"code": posting.course_code}
    return Words(main, _("Approval is a separate step from any permission."))


def costs(posting: Posting) -> Words:
    return Words(_("Paid back by receipt")) if posting.pay_kind == "actual_costs" else not_stated()


def from_abroad(posting: Posting) -> Words:
    if posting.accepts_from_abroad is None:
        return not_stated()
    return Words(
        pgettext("may apply", "Yes") if posting.accepts_from_abroad else pgettext("may apply", "No")
    )


def notices(posting: Posting) -> list[str]:
    """Say what makes extra-activity permission a question, whoever reads (paid, or over 28)."""
    said = []
    if posting.is_paid:
        said.append(_("Paid: most limited statuses of residence need extra-activity permission."))
    elif not posting.pay_kind:
        said.append(_("The posting does not say what it pays: paid work may need a permission."))
    limit = _limit_on(posting.starts_on or timezone.localdate())
    if posting.weekly_hours is None:
        said.append(
            _("The posting does not say the weekly hours: over %(limit)s may need a permission.")
            % {"limit": limit}
        )
    elif posting.weekly_hours > limit:
        said.append(
            _(
                "Over %(limit)s hours a week: treated as needing extra-activity permission,"
                " paid or not."
            )
            % {"limit": limit}
        )
    return said


def _limit_on(day: date) -> Decimal:
    """The weekly hours above which the office flags everything, on a day of work."""
    return edition_for(max(day, RULEBOOK.editions[0].starts)).parameters["office_week_hours"]


def age_gap(posting: Posting) -> tuple[str, int] | None:
    """Give which language's text is older and by how many days, where it is by a day or more."""
    japanese, english = posting.words_changed_ja_at, posting.words_changed_en_at
    if not (posting.has_japanese and posting.has_english and japanese and english):
        return None
    days = abs(japanese - english).days
    return ("en" if english < japanese else "ja", days) if days else None


def state(posting: Posting) -> str:
    """Say where it stands now: of what was published the clock decides that."""
    if posting.state != Posting.State.PUBLISHED:
        return posting.get_state_display()
    now = timezone.now()
    if posting.is_open(now):
        return str(_ON_BOARD["open"])
    return str(_ON_BOARD["closed" if posting.is_closed(now) else "scheduled"])


def time_left(moment: datetime) -> str:
    days = (timezone.localdate(moment) - timezone.localdate()).days
    if days == 0:
        return _("closes today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def plain(number: Decimal) -> str:
    """27.5 and 28, not 27.50 and 28.00."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
