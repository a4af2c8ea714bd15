"""How many open postings each choice of each filter keeps.

The database is asked once, of every choice, which postings it keeps; the answer is held in
memory as one bit a posting and one whole number a choice, until a posting changes. Counting is
then arithmetic on bits: a hundred counts take less time than one query.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache, reduce
from itertools import starmap
from operator import and_, or_
from threading import Lock

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import FloatField, Q
from django.db.models.functions import Cast, Extract
from django.utils import timezone

from careers.people.kept import mark_of
from careers.people.models import Student
from internships.board.filters import FILTERS, Amount, Choices
from internships.board.fits import ForMe, Memory
from internships.board.models import Posting, PostingQuerySet
from internships.board.query import Search

# Beyond this a number says nothing that "more than" does not say as well.
COUNTED_UP_TO = 10_000
# Requests overlap: one that began a little earlier than the tally is answered from it as well.
OVERLAP = timedelta(minutes=5)
# Words that many people look for are looked for once.
KEPT_TEXTS = 512
KEPT_STUDENTS = 2000


@dataclass(frozen=True)
class Version:
    """What a tally hangs on: it is made anew when any of it changes."""

    board: tuple[int, int]
    calendar: tuple[int, int]
    faculties: tuple[int, int]
    synonyms: tuple[int, int]
    today: date


class Tally:
    """All postings that are open at a moment or open later, and what each choice keeps of them."""

    def __init__(self, version: Version, at: datetime):
        self.version, self.since = version, at - OVERLAP
        rows = self.rows()
        times = {
            f"{name}_seconds": ArrayAgg(
                Cast(Extract(name, "epoch", tzinfo=UTC), FloatField()), order_by="pk", default=[]
            )
            for name in ("opens_at", "closes_at")
        }
        kept = {
            f"kept_{number}": ArrayAgg("pk", filter=condition, default=[])
            for number, condition in enumerate(_choices(version.today).values())
        }
        found = rows.aggregate(ids=ArrayAgg("pk", order_by="pk", default=[]), **times, **kept)
        self.places = {pk: place for place, pk in enumerate(found["ids"])}
        self.opens, self.closes = found["opens_at_seconds"], found["closes_at_seconds"]
        self.kept = {
            choice: self.bits(found[f"kept_{number}"])
            for number, choice in enumerate(_choices(version.today))
        }
        # What the filters "for you" found, for all students of the same bounds.
        self.memory: Memory = {}
        self._for_students: dict[tuple[str, str], int] = {}
        # Panels of filters with these counts, as they were laid out.
        self.panels: dict[tuple, str] = {}
        self._open: tuple[float, float, int] = (0, 0, 0)
        self.found = lru_cache(maxsize=KEPT_TEXTS)(self._find)

    def bits_for(self, for_me: ForMe, choice: str) -> int:
        """Give what a choice keeps for one student; asking the law of each kind takes time."""
        key = (for_me.key, choice)
        if key not in self._for_students:
            if len(self._for_students) >= KEPT_STUDENTS:
                self._for_students.clear()
            self._for_students[key] = self.bits(for_me.kept([choice]))
        return self._for_students[key]

    def rows(self) -> PostingQuerySet:
        return Posting.objects.filter(state="published", closes_at__gt=self.since).order_by()

    def bits(self, ids: Iterable[int]) -> int:
        """Give postings as bits; those that are not on the board have none."""
        return _bits_at((self.places[pk] for pk in ids if pk in self.places), len(self.places))

    def open_at(self, at: datetime) -> int:
        """Give the postings open at a moment; worked out again when one opens or closes."""
        now = at.timestamp()
        first, until, bits = self._open
        if not first <= now < until:
            pairs = list(zip(self.opens, self.closes, strict=True))
            shown = (place for place, (first, last) in enumerate(pairs) if first <= now < last)
            bits = _bits_at(shown, len(pairs))
            until = min(
                (time for pair in pairs for time in pair if time > now), default=float("inf")
            )
            self._open = (now, until, bits)
        return bits

    def _find(self, typed: Search) -> int:
        """Ask the database for what has no count of its own: words and typed amounts."""
        rows = self.rows().closing_after(self.since) if typed.text else self.rows()
        found = typed.narrow(rows, self.version.today)
        return self.bits(found.aggregate(ids=ArrayAgg("pk", default=[]))["ids"])


def _bits_at(places: Iterable[int], size: int) -> int:
    """Set one bit a place; in an array, as a whole number would be copied for each of them."""
    array = bytearray(size // 8 + 1)
    for place in places:
        array[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(array, "little")


_tally: Tally | None = None
_lock = Lock()


def tally(at: datetime) -> Tally:
    """Give the tally of the board as it is."""
    global _tally
    topics = ("board", "calendar", "faculties", "synonyms")
    version = Version(*map(mark_of, topics), timezone.localdate(at))
    with _lock:
        if _tally is None or _tally.version != version or at < _tally.since:
            _tally = Tally(version, at)
        return _tally


def _choices(today: date) -> dict[tuple[str, str], Q]:
    """Give the condition of everything that has a count."""
    found = {}
    for name, filter_ in FILTERS.items():
        for value in counted_values(name):
            found[name, value] = filter_.condition((value,), today)
    return found


def counted_values(name: str) -> Iterator[str]:
    filter_ = FILTERS[name]
    if isinstance(filter_, Choices) and not filter_.for_somebody:
        yield from filter_.options
    elif isinstance(filter_, Amount):
        yield from map(str, filter_.usual)


class Counts:
    """The numbers of one search: of each choice, how many there would be with it."""

    def __init__(self, search: Search, at: datetime, student: Student | None = None):
        self.search, self.tally = search, tally(at)
        self.for_me = ForMe(student, self.tally.rows(), self.tally.memory) if student else None
        self.open = self.tally.open_at(at)

    @property
    def total(self) -> int:
        return self.open.bit_count()

    @property
    def found(self) -> int:
        return self._all.bit_count()

    def of(self, name: str, value: str) -> int:
        """Count what a choice keeps beside the other filters in use."""
        return (self._beside(name) & self._bits(name, value)).bit_count()

    def of_search(self, search: Search) -> int:
        """Count what another search finds."""
        return self._kept_by_all(starmap(self._joined, search.chosen)).bit_count()

    @cached_property
    def _chosen(self) -> dict[str, int]:
        return {name: self._joined(name, values) for name, values in self.search.chosen}

    @cached_property
    def _all(self) -> int:
        return self._kept_by_all(self._chosen.values())

    def _beside(self, name: str) -> int:
        """Give what is found without a filter; one whose choices must all be true stays."""
        filter_ = FILTERS[name]
        if name not in self._chosen or (isinstance(filter_, Choices) and filter_.all_of):
            return self._all
        return self._kept_by_all(kept for other, kept in self._chosen.items() if other != name)

    def _kept_by_all(self, bits: Iterable[int]) -> int:
        return reduce(and_, bits, self.open)

    def _joined(self, name: str, values: tuple[str, ...]) -> int:
        filter_ = FILTERS[name]
        if not isinstance(filter_, Choices):
            return self._bits(name, values[0])
        join = and_ if filter_.all_of else or_
        return reduce(join, (self._bits(name, value) for value in values))

    def _bits(self, name: str, value: str) -> int:
        if name == "mine":
            return self._for_me(value)
        kept = self.tally.kept.get((name, value))
        return kept if kept is not None else self.tally.found(Search(((name, (value,)),)))

    def _for_me(self, value: str) -> int:
        return self.tally.bits_for(self.for_me, value) if self.for_me else -1


def counted(number: int) -> str:
    """Say a count; from a certain size on only that it is more."""
    return f"{COUNTED_UP_TO:,}+" if number > COUNTED_UP_TO else f"{number:,}"
