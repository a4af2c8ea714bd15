"""Words of one language that were changed after those of the other: what the translator needs."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.dateparse import parse_datetime

from careers.record import log
from careers.record.models import Event
from internships.board import content, versions
from internships.board.models import Posting
from internships.board.transitions import UNDONE
from internships.board.words import age_gap
from internships.board.workflow.readiness import WORDS_OF

_OTHER = {"ja": "en", "en": "ja"}
# A log keeps thousandths of a second, a column keeps millionths.
_SAME = timedelta(milliseconds=2)


@dataclass(frozen=True)
class Behind:
    """older: the language that has not followed; lines: what changed since in the newer one.

    waits: the newer words are those of a pending version.
    """

    older: str
    lines: list[versions.Line]
    waits: bool

    def line_of(self, name: str) -> versions.Line | None:
        """Give what changed in the newer words that stand beside the field."""
        newer = f"{name[:-2]}{_OTHER[self.older]}"
        return next((line for line in self.lines if line.name == newer), None)


def behind(posting: Posting) -> Behind | None:
    """Give the language that lacks a change of the other; None where both say the same age.

    Words that were never in the older language are no matter of age: one language is enough.
    """
    shown = content.with_pending(posting)
    if not (shown.has_japanese and shown.has_english) or not (older := _older(posting)):
        return None
    newer = _OTHER[older]
    lines = versions.compare(_words_when_written(posting, older), _words(shown, newer))
    waits = any(line.name in (posting.pending or {}) for line in lines)
    return Behind(older, lines, waits) if lines else None


def newer_words(posting: Posting) -> list[versions.Line]:
    """Give what the public page says in one language and not yet in the other.

    Nothing of a change that waits, and of each line only `after` is for everybody to see.
    """
    if not age_gap(posting):
        return []
    public = copy(posting)
    public.pending = None
    found = behind(public)
    lines = found.lines if found else []
    return [line for line in lines if any(piece.kind for piece in line.after)]


def _older(posting: Posting) -> str | None:
    waiting = posting.pending or {}
    written = {one for one, names in WORDS_OF.items() if not waiting.keys().isdisjoint(names)}
    if written:
        return _OTHER[written.pop()] if len(written) == 1 else None
    japanese, english = posting.words_changed_ja_at, posting.words_changed_en_at
    if not japanese or not english or japanese == english:
        return None
    return "en" if english < japanese else "ja"


def _words(posting: Posting, language: str) -> dict[str, str]:
    return {name: getattr(posting, name) for name in WORDS_OF[language]}


def _words_when_written(posting: Posting, older: str) -> dict[str, str]:
    """Give the newer language's words as they were when the older ones were written.

    The log tells them, walking back to the deed that made the older ones as old as they are.
    """
    words = _words(posting, _OTHER[older])
    since = getattr(posting, f"words_changed_{older}_at")
    if since is None:
        return words
    for event in log.history(posting).filter(at__gte=since - _SAME):
        if _wrote(event, older, since):
            break
        before = versions.content_of(event, event.before)
        words |= {name: value for name, value in before.items() if name in words}
    return words


def _wrote(event: Event, older: str, since: datetime) -> bool:
    if event.verb == UNDONE:
        return False
    if event.verb == versions.IMPORTED:  # logs the words of its file, not their age
        return not set(WORDS_OF[older]).isdisjoint(event.before or {})
    marks = [(event.after or {}).get(f"words_changed_{one}_at") for one in WORDS_OF]
    return any(mark and abs(parse_datetime(mark) - since) < _SAME for mark in marks)
