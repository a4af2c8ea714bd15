"""The academic calendar as the law needs it: which days are long vacation, and which we know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import jpholiday

from careers.law.dates import ONE_DAY, Period, academic_year_ends, in_long_vacation
from careers.people.kept import kept_until_changed
from careers.people.models import CalendarPeriod

Span = Period
A_WHOLE_YEAR = timedelta(days=364)


@dataclass(frozen=True)
class AcademicCalendar:
    """Long vacations, the spans the calendar says anything about, academic years; ends included."""

    vacations: tuple[Span, ...]
    coverage: tuple[Span, ...]
    years: tuple[Span, ...] = ()

    def covers(self, starts_on: date, ends_on: date) -> bool:
        return any(first <= starts_on and ends_on <= last for first, last in self.coverage)

    def in_long_vacation(self, starts_on: date, ends_on: date) -> str:
        """Give y (every day in one long vacation), partial or n.

        Days outside the coverage count as term; ask `covers` and say so.
        """
        return in_long_vacation(starts_on, ends_on, self.vacations)

    def year_end(self, day: date) -> date:
        """Give the last day of the academic year of a day: 31 March, unless the terms say else."""
        ends = (last for first, last in self.years if first <= day <= last)
        return next(ends, academic_year_ends(day))


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that overlap or follow each other without a gap."""
    result: list[Span] = []
    for first, last in sorted(spans):
        if result and first <= result[-1][1] + ONE_DAY:
            result[-1] = (result[-1][0], max(result[-1][1], last))
        else:
            result.append((first, last))
    return tuple(result)


@kept_until_changed("calendar")
def academic_calendar() -> AcademicCalendar:
    """Read the calendar: one query, and none while it stays as it is."""
    fields = ("academic_year", "kind", "starts_on", "ends_on")
    periods = list(CalendarPeriod.objects.values_list(*fields))
    vacation = CalendarPeriod.Kind.LONG_VACATION
    return AcademicCalendar(
        vacations=joined((first, last) for _, kind, first, last in periods if kind == vacation),
        coverage=joined((first, last) for _, _, first, last in periods),
        years=_whole_years(periods),
    )


def _whole_years(periods: list[tuple[int, str, date, date]]) -> tuple[Span, ...]:
    """Give the academic years whose terms are all there; half a calendar says nothing of them."""
    terms: dict[int, list[Span]] = {}
    for year, kind, first, last in periods:
        if kind == CalendarPeriod.Kind.TERM:
            terms.setdefault(year, []).append((first, last))
    years = (joined(spans) for spans in terms.values())
    return tuple(
        spans[0] for spans in years if len(spans) == 1 and spans[0][1] - spans[0][0] >= A_WHOLE_YEAR
    )


def holidays(first: date, last: date) -> dict[date, str]:
    """Give the public holidays of Japan between two days, both included, by their names."""
    return dict(jpholiday.between(first, last))
