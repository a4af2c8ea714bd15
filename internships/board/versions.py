"""Earlier versions of a posting, read from its log, and any two of them compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from careers.people.models import User
from careers.record import log
from careers.record.models import Event
from internships.board import content
from internships.board.models import Posting

IMPORTED = "imported"
# A Latin word at once, of Japanese each letter.
_PIECES = re.compile(r"[A-Za-z0-9À-ɏ]+|\s+|.", re.DOTALL)
_LISTS = ("study_years", "faculties")
_YES_OR_NO = ("credit_bearing", "accepts_from_abroad")


@dataclass
class Version:
    """What the posting said from a moment on. `number` counts from 1, `event` made it."""

    number: int
    event: Event
    values: dict[str, Any]
    changed: list[str]

    @property
    def at(self) -> datetime:
        return self.event.at

    @property
    def by(self) -> User | None:
        return self.event.actor

    @property
    def labels(self) -> list[str]:
        return [content.label(name) for name in self.changed]


class Piece(NamedTuple):
    """A run of letters: kept, "del" (only before) or "ins" (only after)."""

    kind: str
    text: str


class Line(NamedTuple):
    """One field that differs, as it was and as it is, with the letters that changed."""

    name: str
    label: str
    language: str
    before: list[Piece]
    after: list[Piece]


def versions_of(posting: Posting) -> list[Version]:
    """Give every version the log knows, newest first, walking back from what stands now."""
    found, values = [], content.of(posting)
    for event in log.history(posting):
        before = content_of(event, event.before)
        if event.verb == "drafted" or (event.verb == IMPORTED and event.before is None):
            found.append(Version(0, event, values, []))
            break
        changed = [name for name in content.CONTENT if name in before]
        if changed:
            found.append(Version(0, event, values, changed))
            values = values | before
    for number, version in enumerate(reversed(found), start=1):
        version.number = number
    return found


def content_at(posting: Posting, event_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give what the posting said, and its pending version, after a deed of the log."""
    values, pending = content.of(posting), posting.pending or {}
    for event in log.history(posting).filter(pk__gt=event_id):
        values |= content_of(event, event.before)
        if "pending" in (event.before or {}):
            pending = event.before["pending"] or {}
    return values, {name: content.read(name, value) for name, value in pending.items()}


def content_of(event: Event, side: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give the fields of a posting out of one side of an event, as the posting holds them."""
    read = _from_file if event.verb == IMPORTED else content.read
    return {
        name: read(name, value) for name, value in (side or {}).items() if name in content.CONTENT
    }


def _from_file(name: str, text: str) -> Any:
    """An import logs the texts of its file."""
    if name in _LISTS:
        return text.split(";") if text else []
    if name in _YES_OR_NO:
        return text == "y" if text or name == "credit_bearing" else None
    if text == "" and not Posting._meta.get_field(name).empty_strings_allowed:
        return None
    return content.read(name, text)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Line]:
    """Give the fields that differ, in the order of a page; both hold what they compare."""
    return [
        _line(name, before[name], after[name])
        for name in content.CONTENT
        if name in after and before[name] != after[name]
    ]


def _line(name: str, before: Any, after: Any) -> Line:
    old, new = (content.as_words(name, value) for value in (before, after))
    is_text = name in content.WORDS and before and after
    pieces = _pieces(old, new) if is_text else ([Piece("del", old)], [Piece("ins", new)])
    return Line(name, content.label(name), content.language(name), *pieces)


def _pieces(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    one, two = _PIECES.findall(old), _PIECES.findall(new)
    before, after = [], []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        same = kind == "equal"
        if i1 < i2:
            before.append(Piece("" if same else "del", "".join(one[i1:i2])))
        if j1 < j2:
            after.append(Piece("" if same else "ins", "".join(two[j1:j2])))
    return before, after
