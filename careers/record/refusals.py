"""What a verb of any room answers where it does not do what was asked."""

from django.utils.functional import Promise

from careers.record.models import Event


class TooLate(Exception):
    """Somebody was faster. `event` is the last deed, None where the log knows none."""

    def __init__(self, event: Event | None):
        super().__init__(event and event.verb)
        self.event = event


class Refused(Exception):
    """Not ready for this; `reasons` are words for people."""

    def __init__(self, *reasons: str | Promise):
        super().__init__(*reasons)
        self.reasons = reasons

    def __str__(self):
        return " ".join(map(str, self.reasons))
