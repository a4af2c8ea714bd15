"""What the verbs of a posting answer beyond what those of every room do."""

from django.utils.translation import gettext_lazy as _

from careers.record.models import Event
from careers.record.refusals import Refused, TooLate
from internships.board.models import Posting


class Conflict(TooLate):
    """Somebody changed the posting while it was being edited: `posting` as it is now,
    `events` what was done since, oldest first."""

    def __init__(self, posting: Posting, events: list[Event]):
        super().__init__(events[-1])
        self.posting, self.events = posting, events


class ReasonNeeded(Refused):
    """Allowed, but only by somebody who writes down why; `codes` are the doubts."""

    def __init__(self, codes: list[str]):
        super().__init__(_("Write why it may go on the board all the same."))
        self.codes = codes
