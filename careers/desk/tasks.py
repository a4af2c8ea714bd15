"""What waits for a person. Each room registers its own; the home pages show them together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connection
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
    asked = _question(frozenset(user.roles), timezone.localdate())
    if asked is None:
        asked = _compiled(user)
    sql, values = asked
    with connection.cursor() as cursor:
        cursor.execute(sql, [user.pk if value == NOBODY else value for value in values])
        return cursor.fetchone()[0]


# Stands in a kept question where the key of the person goes.
NOBODY = -7_490_023
Question = tuple[str, tuple]


@lru_cache(maxsize=64)
def _question(roles: frozenset[str], today: date) -> Question | None:
    """Give the query that counts, for anybody with these roles; None where it hangs on the moment.

    To put together what all rooms ask takes the database layer longer than the database needs
    for the answer, and every page of a signed-in person asks.
    """
    asked = _compiled(User(pk=NOBODY, roles=list(roles)))
    return None if any(isinstance(value, datetime) for value in asked[1]) else asked


def _compiled(user: User) -> Question:
    found = [rows for room in _rooms.values() for rows in room.rows(user)]
    # The order matters only where not all are wanted.
    keys = [(rows if rows.query.is_sliced else rows.order_by()).values_list("pk") for rows in found]
    try:
        sql, values = keys[0].union(*keys[1:], all=True).query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 0", ()
    return f"SELECT COUNT(*) FROM ({sql}) AS waiting", tuple(values)
