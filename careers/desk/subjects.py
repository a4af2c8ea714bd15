"""What an enquiry may be about. Rooms to the right register theirs, so desk need not know them."""

from collections.abc import Callable
from dataclasses import dataclass

from careers.people.models import User


@dataclass(frozen=True)
class Subject:
    """A thing as a page names it: its kind, its key, words for people, and where it is.

    topic: what a question about it is usually about.
    """

    kind: str
    key: str
    label: str
    url: str
    topic: str = ""


Find = Callable[[User | None, str], Subject | None]
_FINDERS: dict[str, Find] = {}


def register(kind: str, find: Find) -> None:
    """Let enquiries be about things of a kind. `find` gives None for what the person
    may not see; the person is None for a visitor."""
    _FINDERS[kind] = find


def find(person: User | None, kind: str, key: str) -> Subject | None:
    finder = _FINDERS.get(kind)
    return finder(person, key) if finder and key else None
