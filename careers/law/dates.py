"""Facts that follow from dates, and the latest safe day to file."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

import jpholiday

Period = tuple[date, date]
ACADEMIC_YEAR_BEGINS = (4, 1)


def is_holiday(day: date) -> bool:
    """Tell whether a day is a national holiday in Japan."""
    return bool(jpholiday.is_holiday(day))


def latest_safe_filing_date(
    start: date, lead_days: int, holiday: Callable[[date], bool] = is_holiday
) -> date:
    """Give the last day to file: lead days before the start, or the working day before that.

    The lead is an office setting (Policy.bureau_lead_days). Source: PERM-TIME.
    """
    day = start - timedelta(days=lead_days)
    while day.weekday() >= 5 or holiday(day):
        day -= timedelta(days=1)
    return day


def duration_days(starts: date, ends: date) -> int:
    """Count the days of a placement, both ends included. Raises ValueError if it ends first."""
    if ends < starts:
        raise ValueError("the last day is before the first day")
    return (ends - starts).days + 1


def in_long_vacation(
    starts: date, ends: date, vacations: Iterable[Period], coverage: Period | None
) -> tuple[str, bool]:
    """Place a placement against the long vacations: y, n or partial, and whether it is known.

    vacations: first and last day of each; coverage: the days the calendar speaks of, or None.
    Days outside it are treated as term and make the second answer False.
    y needs every day inside one and the same vacation. Source: STU-VAC-8.
    """
    duration_days(starts, ends)
    periods = _within(vacations, coverage)
    known = coverage is not None and coverage[0] <= starts and ends <= coverage[1]
    if any(first <= starts and ends <= last for first, last in periods):
        return "y", known
    if any(first <= ends and starts <= last for first, last in periods):
        return "partial", known
    return "n", known


def final_year(graduation: date, last_day: date) -> bool:
    """Tell whether the course ends by the end of the academic year of the last day of work."""
    return graduation <= academic_year_ends(last_day)


def academic_year_ends(day: date) -> date:
    """Give 31 March of the academic year (from 1 April) that holds the day."""
    begins = date(day.year, *ACADEMIC_YEAR_BEGINS)
    year = day.year + 1 if day >= begins else day.year
    return date(year, *ACADEMIC_YEAR_BEGINS) - timedelta(days=1)


def permission_covers(until: date | None, last_day: date) -> bool:
    """Tell whether a permission is valid to the last day or later."""
    return until is not None and until >= last_day


def _within(vacations: Iterable[Period], coverage: Period | None) -> Sequence[Period]:
    if coverage is None:
        return ()
    return [
        (max(first, coverage[0]), min(last, coverage[1]))
        for first, last in vacations
        if first <= coverage[1] and last >= coverage[0]
    ]
