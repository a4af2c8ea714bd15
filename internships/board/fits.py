"""The board for one student: what fits her status, and what asks her for no new permission.

Of each posting only a small legal signature matters: pay, place, the classes of its hours and
where its days lie. The database sorts postings by signature; the law is asked once for each,
about one posting that stands for all of its kind.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from itertools import combinations, pairwise
from typing import NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Func, IntegerField, Q, Value, When
from django.db.models.lookups import In
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.law import OUTCOMES, RULEBOOK
from careers.law.dates import ONE_DAY
from careers.law.predicates import AtLeast, Compare
from careers.people.calendar import academic_calendar
from careers.people.facts import counted_jobs
from careers.people.models import Student
from careers.people.office import policy
from internships.board.models import Posting, PostingQuerySet
from internships.board.seasons import inside_a_vacation, touches_a_vacation
from internships.board.verdicts import outcomes_for

FITS, NO_NEW_PERMISSION = "fits", "no-permission"
CHOICES = {
    FITS: _("Fits my status"),
    NO_NEW_PERMISSION: _("No new permission for me"),
}
# All of a posting that the law looks at.
_LEGAL = (
    *("pay_kind", "venue", "weekly_hours", "daily_hours"),
    *("starts_on", "ends_on", "credit_bearing"),
)
# Her work is less from the day after a job ends; a week that begins in it counts till then.
_AFTER_A_JOB = (ONE_DAY, timedelta(days=7))


@dataclass(frozen=True)
class Cut:
    """Where one stretch ends and the next begins; `including` puts the cut into the next one."""

    at: Decimal | date
    including: bool

    # Of two cuts at one place the one that includes it comes first.
    def __lt__(self, other):
        return (self.at, not self.including) < (other.at, not other.including)


@dataclass(frozen=True)
class Part:
    """One part of a signature: a whole number from 0, below `size`."""

    expression: Case
    size: int


class Kind(NamedTuple):
    """All postings of one signature; one of them stands for all."""

    signature: int
    ids: list[int]
    posting: Posting


Memory = dict[tuple, list[Kind]]
# Students have few different bounds; whoever works many jobs may have her own.
MOST_REMEMBERED = 100


class ForMe:
    """What each open posting means for a student, by signature; asked only when it matters."""

    def __init__(
        self, student: Student, on_the_board: PostingQuerySet, memory: Memory | None = None
    ):
        """memory: where what holds for all students with the same bounds is kept."""
        self.student = student
        self.on_the_board = on_the_board
        self._memory: Memory = {} if memory is None else memory

    @cached_property
    def key(self) -> str:
        """Give the same letters as long as nothing about the student and the office is different.

        A digest, so that what is kept by it tells nothing of her.
        """
        rows = [self.student, *self._jobs]
        values = [[field.value_from_object(row) for field in row._meta.fields] for row in rows]
        return sha256(repr((values, policy(), timezone.localdate())).encode()).hexdigest()

    def condition(self, choices: Iterable[str]) -> Q:
        """Keep the postings that every choice keeps."""
        kept = [kind.signature for kind in self._kinds if self._fits(kind, choices)]
        return Q(In(self.signature, kept or [-1]))

    def kept(self, choices: Iterable[str]) -> list[int]:
        """Give the keys of the postings that every choice keeps."""
        return [pk for kind in self._kinds if self._fits(kind, choices) for pk in kind.ids]

    def _fits(self, kind: Kind, choices: Iterable[str]) -> bool:
        return all(_keeps(choice, self._outcomes[kind.posting.pk]) for choice in choices)

    @cached_property
    def _outcomes(self) -> dict[int, str]:
        return outcomes_for(self.student, [kind.posting for kind in self._kinds])

    @cached_property
    def _kinds(self) -> list[Kind]:
        key = (academic_calendar().vacations, *self._bounds.values())
        if key not in self._memory:
            if len(self._memory) >= MOST_REMEMBERED:
                self._memory.clear()
            signed = self.on_the_board.order_by().annotate(signature=self.signature)
            first = {f"first_{name}": _of_the_first(name) for name in _LEGAL}
            rows = signed.values("signature").annotate(ids=ArrayAgg("pk"), **first)
            self._memory[key] = [
                Kind(signature, ids, Posting(pk=ids[0], **dict(zip(_LEGAL, values, strict=True))))
                for signature, ids, *values in rows.values_list("signature", "ids", *first)
            ]
        return self._memory[key]

    @cached_property
    def signature(self):
        """Give one number that holds all parts."""
        whole, weight = Value(0), 1
        for part in self._parts():
            whole = whole + part.expression * Value(weight)
            weight *= part.size
        return whole

    def _parts(self) -> Iterator[Part]:
        # Credit and length decide only for students of universities abroad, who have no record.
        yield _code(
            "pay_kind", [kind for kind, _words in Posting._meta.get_field("pay_kind").choices]
        )
        yield _code("venue", [kind for kind, _words in Posting._meta.get_field("venue").choices])
        yield _season()
        yield from (_class(field, cuts) for field, cuts in self._bounds.items())

    @cached_property
    def _bounds(self) -> dict[str, frozenset[Cut]]:
        """Give where the law, or her own work and stay, part one stretch from the next."""
        return {
            "weekly_hours": frozenset(self._cuts("hours_per_week", "term_hours_per_week")),
            "daily_hours": frozenset(self._cuts("hours_per_day")),
            "starts_on": frozenset(self._first_days()),
            "ends_on": frozenset(self._last_days()),
        }

    def _cuts(self, *facts: str) -> set[Cut]:
        """Give the limits at which hours are compared, less what her other jobs take of them."""
        return {
            Cut(edition.parameters[compare.limit] - other, including=isinstance(compare, AtLeast))
            for edition in RULEBOOK.editions
            for fact in facts
            for compare in edition.limits.get(fact, ())
            for other in self._taken_by_jobs(compare)
        }

    def _taken_by_jobs(self, compare: Compare) -> set[Decimal]:
        if "other_weekly_work_hours" not in compare.amounts:
            return {Decimal(0)}
        hours = [job.weekly_hours for job in self._jobs]
        sizes = range(len(hours) + 1)
        return {sum(some, Decimal(0)) for size in sizes for some in combinations(hours, size)}

    @cached_property
    def _jobs(self):
        return counted_jobs(self.student)

    def _first_days(self) -> set[Cut]:
        """Give the first days from which the rules or her other work are different."""
        days = {job.starts_on for job in self._jobs if job.starts_on}
        days |= {job.ends_on + after for job in self._jobs if job.ends_on for after in _AFTER_A_JOB}
        return {Cut(day, including=True) for day in days | _days_of_new_decisions()}

    def _last_days(self) -> set[Cut]:
        """Give the last days from which her course, permission or other work is different."""
        days = {job.starts_on for job in self._jobs if job.starts_on}
        if self.student.blanket_permission_until:
            days.add(self.student.blanket_permission_until + ONE_DAY)
        return {Cut(day, including=True) for day in days | self._final_year_begins()}

    def _final_year_begins(self) -> set[date]:
        """Give the days on which an academic year begins that holds her graduation, or is past."""
        graduation = self.student.expected_graduation
        if graduation is None:
            return set()
        year_end = academic_calendar().year_end
        bounds = {
            day for first, last in academic_calendar().years for day in (first, last + ONE_DAY)
        }
        bounds |= {date(graduation.year + more, 4, 1) for more in (-1, 0, 1)}
        return {
            day
            for day in bounds
            if (graduation <= year_end(day)) != (graduation <= year_end(day - ONE_DAY))
        }


def _days_of_new_decisions() -> set[date]:
    """Give the first days of editions that decide otherwise than the one before."""
    days = {RULEBOOK.editions[0].starts}
    for before, edition in pairwise(RULEBOOK.editions):
        limits = {c.limit for f in edition.deciding for c in f.when.limits()}
        same = all(before.parameters.get(n) == edition.parameters.get(n) for n in limits)
        if before.deciding != edition.deciding or not same:
            days.add(edition.starts)
    return days


def _keeps(choice: str, outcome: str) -> bool:
    if not outcome:
        return False
    meant = OUTCOMES[outcome]
    return meant.fits == "yes" if choice == FITS else meant.no_new_permission is True


def _of_the_first(name: str) -> Func:
    """Give a field of the posting that comes first among those of one signature.

    All arrays of a row are filled in one pass, so that what comes first belongs together.
    """
    return Func(
        ArrayAgg(name), template="(%(expressions)s)[1]", output_field=Posting._meta.get_field(name)
    )


def _code(field: str, codes: list[str]) -> Part:
    whens = [When(**{field: code}, then=Value(place)) for place, code in enumerate(codes, start=1)]
    return Part(_case(whens), len(codes) + 1)


def _class(field: str, cuts: frozenset[Cut]) -> Part:
    """Number the stretches between cuts; an empty field is 0."""
    whens = [When(**{f"{field}__isnull": True}, then=Value(0))]
    for place, cut in enumerate(sorted(cuts), start=1):
        below = "lt" if cut.including else "lte"
        whens.append(When(**{f"{field}__{below}": cut.at}, then=Value(place)))
    return Part(_case(whens, otherwise=len(cuts) + 1), len(cuts) + 2)


def _season() -> Part:
    """As AcademicCalendar.in_long_vacation: inside one, touching one, in none; days not known."""
    whens = [
        When(Q(starts_on=None) | Q(ends_on=None), then=Value(3)),
        When(inside_a_vacation(), then=Value(2)),
        When(touches_a_vacation(), then=Value(1)),
    ]
    return Part(_case(whens), 4)


def _case(whens: list[When], otherwise: int = 0) -> Case:
    return Case(*whens, default=Value(otherwise), output_field=IntegerField())
