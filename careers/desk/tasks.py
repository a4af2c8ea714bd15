"""What waits for a person. Each room registers its own; the home pages show them together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from careers.people.models import User


@dataclass(frozen=True)
class Task:
    """One thing to do. owner: who acts, in words; due: None where no day is set.

    `title`, `text` and `action` may be lazy translations.
    """

    due: date | None
    title: str
    url: str
    owner: str
    text: str = ""
    action: str = ""


@dataclass(frozen=True)
class Room:
    """tasks: gives a person's tasks; count: the same number by one counting query."""

    name: str
    tasks: Callable[[User], Iterable[Task]]
    count: Callable[[User], int]


_rooms: dict[str, Room] = {}


def register(
    name: str, *, tasks: Callable[[User], Iterable[Task]], count: Callable[[User], int]
) -> None:
    """Let a room (its app label) put tasks on the home pages; call it in AppConfig.ready."""
    _rooms[name] = Room(name, tasks, count)


def tasks_of(user: User) -> list[Task]:
    """Give everything that waits for a person, the earliest day first, undated last."""
    found = [task for room in _rooms.values() for task in room.tasks(user)]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max, str(task.title)))


def count_of(user: User) -> int:
    """Count what waits for a person: one query a room, for the bubble in the spine."""
    if not user.is_authenticated:
        return 0
    return sum(room.count(user) for room in _rooms.values())
