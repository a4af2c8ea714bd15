"""Conditions as small objects: evaluated, negated, printed, searched for limits, mutated.

A predicate looks at `values`: effective facts, policy, parameters and, once a finding
has decided, its `decided`, `step`, `outcome` and `kind`. It answers True, False, or
None where a value that matters is not known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any as Anything

from .facts import UNKNOWN

Values = Mapping[str, Anything]


@dataclass(frozen=True)
class Predicate:
    def holds(self, values: Values) -> bool | None:
        raise NotImplementedError

    def fields(self) -> Iterator[str]:
        """Give the names looked at, in reading order."""
        raise NotImplementedError

    def limits(self) -> "Iterator[Compare]":
        """Give the comparisons with a limit: where equivalent facts part."""
        yield from ()

    def told(self, values: Values) -> tuple[bool | None, tuple[str, ...]]:
        """Give the answer, and the names that make it so, in one pass."""
        return self.holds(values), tuple(self.fields())

    def support(self, values: Values) -> tuple[str, ...]:
        """Give the names that make the predicate answer as it does."""
        return self.told(values)[1]

    def inner(self) -> "tuple[Predicate, ...]":
        """Give the predicates this one is made of."""
        return ()

    def nodes(self) -> "Iterator[Predicate]":
        """Give this predicate and all within it."""
        yield self
        for part in self.inner():
            yield from part.nodes()

    def mutants(self) -> "Iterator[Predicate]":
        """Give what a slip of the pen here, not further within, could have made of this one."""
        yield from ()

    def substitute(self, old: "Predicate", new: "Predicate") -> "Predicate":
        """Give this predicate with one object within it replaced wherever it stands."""
        return new if self is old else self

    def undecided(self, values: Values) -> Iterator[str]:
        """Give the names not known on which the answer hangs; none where there is an answer."""
        yield from (name for name in self.fields() if values[name] is UNKNOWN)

    def __and__(self, other: "Predicate") -> "Predicate":
        return All(self, other)


@dataclass(frozen=True)
class Is(Predicate):
    """The field has one of the codes (or is the yes or no named)."""

    field: str
    codes: tuple[str | bool, ...]

    def __init__(self, field: str, *codes: str | bool) -> None:
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "codes", codes)

    def holds(self, values: Values) -> bool | None:
        value = values[self.field]
        return None if value is UNKNOWN else value in self.codes

    def told(self, values: Values) -> tuple[bool | None, tuple[str, ...]]:
        return self.holds(values), (self.field,)

    def fields(self) -> Iterator[str]:
        yield self.field

    def mutants(self) -> Iterator[Predicate]:
        for code in self.codes:
            if len(self.codes) > 1:
                yield Is(self.field, *(other for other in self.codes if other != code))


def Yes(field: str) -> Is:
    return Is(field, True)


@dataclass(frozen=True)
class Compare(Predicate):
    """A sum of amounts against a limit: a parameter, or so many of it for each unit of a field."""

    amounts: tuple[str, ...]
    limit: str
    times: str = ""

    def fields(self) -> Iterator[str]:
        yield from self.amounts
        if self.times:
            yield self.times

    def limits(self) -> "Iterator[Compare]":
        yield self

    def holds(self, values: Values) -> bool | None:
        total: Decimal | int = 0
        for name in self.amounts:
            amount = values[name]
            if amount is UNKNOWN:
                return None
            if amount is None:
                # A blank (credits not shown, length of course not given) passes no limit.
                return False
            total += amount
        if not self.times:
            return self.passes(total, values[self.limit])
        times = values[self.times]
        if times is UNKNOWN:
            return None
        return False if times is None else self.passes(total, values[self.limit] * times)

    def passes(self, total: Decimal | int, bound: Decimal) -> bool:
        raise NotImplementedError


@dataclass(frozen=True)
class Over(Compare):
    """The sum is over the limit; exactly the limit is not over it."""

    def passes(self, total: Decimal | int, bound: Decimal) -> bool:
        return total > bound

    def mutants(self) -> Iterator[Predicate]:
        yield AtLeast(self.amounts, self.limit, self.times)
        for name in self.amounts[1:]:
            yield replace(self, amounts=tuple(a for a in self.amounts if a != name))


@dataclass(frozen=True)
class AtLeast(Compare):
    """The sum is the limit or more."""

    def passes(self, total: Decimal | int, bound: Decimal) -> bool:
        return total >= bound

    def mutants(self) -> Iterator[Predicate]:
        yield Over(self.amounts, self.limit, self.times)


def over(limit: str, *amounts: str, times: str = "") -> Over:
    return Over(amounts, limit, times)


def at_least(limit: str, *amounts: str) -> AtLeast:
    return AtLeast(amounts, limit)


@dataclass(frozen=True)
class _Group(Predicate):
    parts: tuple[Predicate, ...]

    def __init__(self, *parts: Predicate) -> None:
        object.__setattr__(self, "parts", parts)

    def fields(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.fields()

    def limits(self) -> Iterator[Compare]:
        for part in self.parts:
            yield from part.limits()

    def undecided(self, values: Values) -> Iterator[str]:
        if self.holds(values) is None:
            for part in self.parts:
                if part.holds(values) is None:
                    yield from part.undecided(values)

    def inner(self) -> tuple[Predicate, ...]:
        return self.parts

    def mutants(self) -> Iterator[Predicate]:
        for place, part in enumerate(self.parts):
            before, after = self.parts[:place], self.parts[place + 1 :]
            if len(self.parts) > 1:
                yield type(self)(*before, *after)
            yield type(self)(*before, Not(part), *after)

    def substitute(self, old: Predicate, new: Predicate) -> Predicate:
        if self is old:
            return new
        return type(self)(*(part.substitute(old, new) for part in self.parts))


@dataclass(frozen=True, init=False)
class All(_Group):
    def holds(self, values: Values) -> bool | None:
        result: bool | None = True
        for part in self.parts:
            held = part.holds(values)
            if held is False:
                return False
            if held is None:
                result = None
        return result

    def told(self, values: Values) -> tuple[bool | None, tuple[str, ...]]:
        result: bool | None = True
        names: list[str] = []
        for part in self.parts:
            held, of_part = part.told(values)
            if held is False:
                return False, of_part
            if held is None:
                result = None
            names += of_part
        return result, tuple(names)


@dataclass(frozen=True, init=False)
class Any(_Group):
    def holds(self, values: Values) -> bool | None:
        result: bool | None = False
        for part in self.parts:
            held = part.holds(values)
            if held:
                return True
            if held is None:
                result = None
        return result

    def told(self, values: Values) -> tuple[bool | None, tuple[str, ...]]:
        result: bool | None = False
        names: list[str] = []
        for part in self.parts:
            held, of_part = part.told(values)
            if held:
                return True, of_part
            if held is None:
                result = None
            names += of_part
        return result, tuple(names)


@dataclass(frozen=True)
class Not(Predicate):
    part: Predicate

    def holds(self, values: Values) -> bool | None:
        held = self.part.holds(values)
        return None if held is None else not held

    def fields(self) -> Iterator[str]:
        yield from self.part.fields()

    def limits(self) -> Iterator[Compare]:
        yield from self.part.limits()

    def told(self, values: Values) -> tuple[bool | None, tuple[str, ...]]:
        held, names = self.part.told(values)
        return (None if held is None else not held), names

    def undecided(self, values: Values) -> Iterator[str]:
        yield from self.part.undecided(values)

    def inner(self) -> tuple[Predicate, ...]:
        return (self.part,)

    def mutants(self) -> Iterator[Predicate]:
        yield self.part

    def substitute(self, old: Predicate, new: Predicate) -> Predicate:
        return new if self is old else Not(self.part.substitute(old, new))


@dataclass(frozen=True)
class Named(Predicate):
    """A condition with a name of its own, told in one phrase (texts: `condition.<name>`)."""

    name: str
    part: Predicate

    def holds(self, values: Values) -> bool | None:
        return self.part.holds(values)

    def fields(self) -> Iterator[str]:
        yield from self.part.fields()

    def limits(self) -> Iterator[Compare]:
        yield from self.part.limits()

    def told(self, values: Values) -> tuple[bool | None, tuple[str, ...]]:
        return self.part.told(values)

    def undecided(self, values: Values) -> Iterator[str]:
        yield from self.part.undecided(values)

    def inner(self) -> tuple[Predicate, ...]:
        return (self.part,)

    def substitute(self, old: Predicate, new: Predicate) -> Predicate:
        return new if self is old else Named(self.name, self.part.substitute(old, new))
