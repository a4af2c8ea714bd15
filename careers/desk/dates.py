"""Dates as the office writes them, in the reader's language."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language


def is_japanese() -> bool:
    return (get_language() or "ja").startswith("ja")


def as_day(moment: date | datetime) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _written(moment: date | datetime, *, ja: str, en: str) -> str:
    language = get_language()
    japanese = (language or "ja").startswith("ja")
    return _formatted(as_day(moment), ja if japanese else en, language)


@lru_cache(maxsize=4096)
def _formatted(day: date, pattern: str, language: str | None) -> str:
    """A list says the same few days again and again, always the same way in one language."""
    return date_format(day, pattern)


def long_day(moment) -> str:
    """Mon 15 Feb 2027; 2027年2月15日（月）"""
    return _written(moment, ja="Y年n月j日（D）", en="D j M Y")


def near_day(moment) -> str:
    """Mon 15 Feb; 2月15日（月）"""
    return _written(moment, ja="n月j日（D）", en="D j M")


def short_day(moment) -> str:
    """15 Feb; 2/15"""
    return _written(moment, ja="n/j", en="j M")


def plain_day(moment) -> str:
    """15 Feb 2027; 2027年2月15日"""
    return _written(moment, ja="Y年n月j日", en="j M Y")


def month_and_weekday(moment) -> str:
    """Feb, Mon; 2月(月)"""
    return _written(moment, ja="n月(D)", en="M, D")


def span(first: date | None, last: date | None) -> str:
    """15 Feb – 12 Mar 2027; an open end stays open, nothing known gives an empty text."""
    if first and last:
        return _closed_span(as_day(first), as_day(last))
    if first:
        return f"{plain_day(first)}～" if is_japanese() else f"from {plain_day(first)}"
    if last:
        return f"～{plain_day(last)}" if is_japanese() else f"to {plain_day(last)}"
    return ""


def _closed_span(first: date, last: date) -> str:
    """Year and month once each where both days share them."""
    if first == last:
        return plain_day(first)
    same_year = first.year == last.year
    same_month = same_year and first.month == last.month
    if is_japanese():
        end = "j日" if same_month else "n月j日" if same_year else "Y年n月j日"
        return f"{plain_day(first)}～{date_format(last, end)}"
    start = "j" if same_month else "j M" if same_year else "j M Y"
    return f"{date_format(first, start)} – {plain_day(last)}"
