"""What waits for a person. Each room registers its own; the home pages show them together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

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

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()


@dataclass(frozen=True)
class Counter:
    """How many things of a kind there are, and where: a line on the home page of the staff."""

    words: str
    number: int
    url: str


Tasks = Callable[[User], Iterable[Task]]
Counters = Callable[[User], Iterable[Counter]]
Lists = Callable[[User], Iterable[tuple[str, str]]]


def _nothing(user: User) -> tuple:
    return ()


@dataclass(frozen=True)
class Room:
    """tasks: gives a person's tasks, of many the nearest MOST; rows: the rows behind them, one
    a task, to be counted; waiting: what she waits for from others; counters: what there is for
    her work; lists: the words and address of each page that has them all."""

    name: str
    tasks: Tasks
    rows: Callable[[User], Iterable[QuerySet]] = _nothing
    waiting: Tasks = _nothing
    counters: Counters = _nothing
    lists: Lists = _nothing


# A home page shows so many, the nearest days first; the room's own list has them all.
MOST = 20
_rooms: dict[str, Room] = {}


def register(
    name: str,
    *,
    tasks: Tasks = _nothing,
    rows: Callable[[User], Iterable[QuerySet]] = _nothing,
    waiting: Tasks = _nothing,
    counters: Counters = _nothing,
    lists: Lists = _nothing,
) -> None:
    """Let a room (its app label) put tasks on the home pages; call it in AppConfig.ready."""
    _rooms[name] = Room(name, tasks, rows, waiting, counters, lists)


def tasks_of(user: User) -> list[Task]:
    """Give what waits for a person, the earliest day first, undated last: at most MOST."""
    by_room = [list(room.tasks(user)) for room in _rooms.values()]
    found = _by_day(task for tasks in by_room for task in tasks)
    # The spine of the same page need not count again; nor anybody where no room has more.
    cut = any(len(tasks) == MOST for tasks in by_room)
    user.tasks_found = _count(user) if cut else len(found)
    return found[:MOST]


def waiting_for_others(user: User) -> list[Task]:
    """Give what a person waits for: the owner of each is who acts."""
    return _by_day(task for room in _rooms.values() for task in room.waiting(user))


def lists_of(user: User) -> list[tuple[str, str]]:
    """Give words and address of the pages that have all her tasks."""
    return [one for room in _rooms.values() for one in room.lists(user)]


def counters_of(user: User) -> list[Counter]:
    return [counter for room in _rooms.values() for counter in room.counters(user)]


def _by_day(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max, str(task.title)))


def count_of(user: User) -> int:
    """Count what waits for a person: one query for all rooms, for the bubble in the spine."""
    if not user.is_authenticated:
        return 0
    found = getattr(user, "tasks_found", None)
    return _count(user) if found is None else found


def _count(user: User) -> int:
    return _rows_in_all(rows for room in _rooms.values() for rows in room.rows(user))


def _rows_in_all(querysets: Iterable[QuerySet]) -> int:
    keys = [rows.values_list("pk") for rows in querysets]
    return keys[0].union(*keys[1:], all=True).count() if keys else 0
