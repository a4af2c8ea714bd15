"""The demo clock: the sample was written for one week and is moved, whole, to the present one."""

from datetime import date, datetime, timedelta

from internships.office.models import DemoClock

# The sample's "today". It is a Sunday: a move by whole weeks keeps every weekday.
SAMPLE_DAY = date(2026, 11, 22)
WEEK = timedelta(weeks=1)
OLD_AFTER = timedelta(weeks=2)


def shift_to(today: date) -> timedelta:
    """Give the whole weeks that bring the sample's Sunday into the week (from Sunday) of today."""
    return (today - SAMPLE_DAY) // WEEK * WEEK


def moved_date(text: str, shift: timedelta) -> date | None:
    return date.fromisoformat(text) + shift if text else None


def moved_moment(text: str, shift: timedelta) -> str:
    return (datetime.fromisoformat(text) + shift).isoformat() if text else ""


def age(today: date) -> timedelta | None:
    """Give how long ago the demo was built; None where this is no demo."""
    clock = DemoClock.objects.first()
    return today - clock.built_on if clock else None


def is_old(today: date) -> bool:
    since = age(today)
    return since is not None and since > OLD_AFTER
