"""Facts that follow from dates, working days, and the latest safe day to file."""

from collections.abc import Iterable
from datetime import date, timedelta

import jpholiday

Period = tuple[date, date]
ONE_DAY = timedelta(days=1)
ACADEMIC_YEAR_BEGINS = (4, 1)


def is_working_day(day: date) -> bool:
    """Tell whether public offices are open: no weekend, no holiday, not 29 December to 3 January.

    Source of the New Year days: Act on Holidays of Administrative Organs, article 1.
    """
    new_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not new_year and not jpholiday.is_holiday(day)


def working_day_on_or_before(day: date) -> date:
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def working_days_before(day: date, number: int) -> date:
    for _number in range(number):
        day = working_day_on_or_before(day - ONE_DAY)
    return day


def working_days_after(day: date, number: int) -> date:
    for _number in range(number):
        day += ONE_DAY
        while not is_working_day(day):
            day += ONE_DAY
    return day


def latest_safe_filing_date(start: date, lead_days: int) -> date:
    """Give the last day to file: lead days before the start, or the working day before that.

    The lead is an office setting (Policy.bureau_lead_days). Source: PERM-TIME.
    """
    return working_day_on_or_before(start - timedelta(days=lead_days))


def duration_days(starts: date, ends: date) -> int:
    """Count the days of a placement, both ends included. Raises ValueError if it ends first."""
    if ends < starts:
        raise ValueError("the last day is before the first day")
    return (ends - starts).days + 1


def in_long_vacation(starts: date, ends: date, vacations: Iterable[Period]) -> str:
    """Place a placement against the long vacations: y, n or partial.

    vacations: first and last day of each. y needs every day inside one and the same vacation.
    Days that no calendar speaks of are treated as term. Source: STU-VAC-8.
    """
    periods = list(vacations)
    if any(first <= starts and ends <= last for first, last in periods):
        return "y"
    return "partial" if any(first <= ends and starts <= last for first, last in periods) else "n"


def final_year(graduation: date, year_ends: date) -> bool:
    """Tell whether the course ends by the end of the academic year of the last day of work."""
    return graduation <= year_ends


def academic_year_ends(day: date) -> date:
    """Give 31 March of the academic year (from 1 April) that holds the day."""
    begins = date(day.year, *ACADEMIC_YEAR_BEGINS)
    year = day.year + 1 if day >= begins else day.year
    return date(year, *ACADEMIC_YEAR_BEGINS) - ONE_DAY


def permission_covers(until: date | None, last_day: date) -> bool:
    """Tell whether a permission is valid to the last day or later."""
    return until is not None and until >= last_day
