"""The date ribbon: a line of months with what happens on it, placed in per cent of its width."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format


@dataclass(frozen=True)
class Span:
    left: float
    width: float


@dataclass(frozen=True)
class Vacation(Span):
    first: date
    last: date


@dataclass(frozen=True)
class Mark:
    kind: str
    at: float
    words: str
    day: date
    row: int

    @property
    def anchor(self):
        return "end" if self.at > 70 else "start"


@dataclass(frozen=True)
class Ribbon:
    months: list[tuple[float, str]]
    work: Span | None
    vacations: list[Vacation]
    marks: list[Mark]


def make_ribbon(
    *,
    today: date,
    work: tuple[date | None, date | None],
    marks: Iterable[tuple[str, str, date | None]],
    vacations: Iterable[tuple[date, date]] = (),
) -> Ribbon | None:
    """Lay the days out. marks: (kind, words, day). None where there is nothing to show."""
    known = [(kind, words, day) for kind, words, day in marks if day]
    days = [day for day in (*work, *(day for _kind, _words, day in known)) if day]
    if not days:
        return None
    scale = _Scale(min(today, *days), max(days) + timedelta(days=10))
    start, end = work
    return Ribbon(
        months=list(scale.months()),
        work=scale.span(start, end) if start and end else None,
        vacations=[
            Vacation(span.left, span.width, first, last)
            for first, last in vacations
            if (span := scale.span(first, last))
        ],
        marks=[
            Mark(kind, scale.at(day), words, day, row)
            for row, (kind, words, day) in enumerate(sorted(known, key=lambda mark: mark[2]))
        ],
    )


class _Scale:
    def __init__(self, first: date, last: date):
        self.first, self.days = first, (last - first).days + 1

    def at(self, day: date) -> float:
        return round((day - self.first).days * 100 / self.days, 2)

    def span(self, first: date, last: date) -> Span | None:
        """The part of first..last (both counted) that lies on the line."""
        left = max(self.at(first), 0)
        right = min(self.at(last + timedelta(days=1)), 100)
        return Span(left, round(right - left, 2)) if right > left else None

    def months(self):
        """First days of months; where there are many, every second or third is named."""
        firsts = [
            day
            for day in (self.first + timedelta(days=n) for n in range(self.days))
            if day.day == 1
        ]
        step = len(firsts) // 8 + 1
        for day in firsts[::step]:
            yield self.at(day), date_format(day, "M")
