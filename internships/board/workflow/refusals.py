"""What a verb answers where it does not do what was asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from careers.record.models import Event
from internships.board.models import Posting


class TooLate(Exception):
    """Somebody was faster. `event` is the last deed, None where the log knows none."""

    def __init__(self, event: Event | None):
        super().__init__(event and event.verb)
        self.event = event


class Conflict(TooLate):
    """Somebody changed the posting while it was being edited: `posting` as it is now,
    `events` what was done since, oldest first."""

    def __init__(self, posting: Posting, events: list[Event]):
        super().__init__(events[-1])
        self.posting, self.events = posting, events


class Refused(Exception):
    """The posting is not ready for this; `reasons` are words for people."""

    def __init__(self, *reasons: str | Promise):
        super().__init__(*reasons)
        self.reasons = reasons


class ReasonNeeded(Refused):
    """Allowed, but only by somebody who writes down why; `codes` are the doubts."""

    def __init__(self, codes: list[str]):
        super().__init__(_("Write why it may go on the board all the same."))
        self.codes = codes
