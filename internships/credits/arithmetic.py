"""How hours become credits. Plain functions: no database, no words."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

WEEK = 5
SATURDAY = 5


@dataclass(frozen=True)
class Credits:
    """What a rule gives for so many hours, and each limit on the way."""

    hours: Decimal
    hours_per_credit: int
    faculty_max: int
    course_max: int
    cap_left: int
    cap_total: int = 0

    @property
    def by_hours(self) -> int:
        return int(self.hours // self.hours_per_credit)

    @property
    def credits(self) -> int:
        """Give the smallest of all limits, never less than none."""
        return max(0, min(self.by_hours, self.faculty_max, self.course_max, self.cap_left))


def class_days(first: date, last: date, holidays: Container[date]) -> int:
    """Count the weekdays from the first to the last day, public holidays left out."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(day.weekday() < SATURDAY and day not in holidays for day in days)


def host_hours(
    first: date,
    last: date,
    daily_hours: Decimal,
    days_per_week: Decimal,
    holidays: Container[date],
) -> Decimal:
    """Give the hours at the host: weekdays without public holidays, times the hours of a day.

    Of fewer than five days a week the same share of the weekdays counts, in whole days rounded
    down: a proposal that never promises more than the plan holds. The student may correct it.
    """
    share = min(days_per_week, Decimal(WEEK)) / WEEK
    days = (class_days(first, last, holidays) * share).to_integral_value(ROUND_DOWN)
    return days * daily_hours
