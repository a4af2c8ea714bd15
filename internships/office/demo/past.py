"""Let the people of the sample have done things on earlier days."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.core.mail.backends.dummy import EmailBackend
from django.test.utils import override_settings
from django.utils import timezone

from careers.desk import letters

OFFICE_HOUR = time(10, 12)


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """Run the verbs in the body as of an earlier day; their letters have long gone out.

    Every room asks `timezone.now()` what time it is, so that is the one clock to set back.
    """
    day = timezone.localdate() - timedelta(days=days)
    with moment(timezone.make_aware(datetime.combine(day, OFFICE_HOUR))):
        yield
        if days:
            _send_all()


@contextmanager
def moment(at: datetime) -> Iterator[None]:
    ask = timezone.now
    timezone.now = lambda: at
    try:
        yield
    finally:
        timezone.now = ask


def _send_all() -> None:
    """Nobody of the sample has a mailbox: the letters stand on their page only."""
    silent = f"{EmailBackend.__module__}.{EmailBackend.__qualname__}"
    with override_settings(EMAIL_BACKEND=silent):
        letters.send_due(timezone.now() + timedelta(hours=1))
