"""The latest safe day to file at the bureau: one day and one sentence, wherever they are shown."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.desk.dates import near_day
from careers.law import OUTCOMES
from careers.law.dates import latest_safe_filing_date

# What is left to do once that day has passed.
MOVE_THE_START = gettext_lazy("Move the start, or call the bureau with us")


def filing_date(outcome: str, starts_on: date | None, lead_days: int) -> date | None:
    """Give the day for outcomes that are filed; lead_days: the office's setting."""
    if starts_on is None or not OUTCOMES[outcome].file_by:
        return None
    return latest_safe_filing_date(starts_on, lead_days)


def is_late(file_by: date | None) -> bool:
    return file_by is not None and file_by < timezone.localdate()


def late_words(file_by: date) -> str:
    words = _("The safe date was %(day)s. Move the start, or call the bureau with us.")
    return words % {"day": near_day(file_by)}
