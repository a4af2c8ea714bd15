"""Facts not known are tried with each of their possible values.

Numbers have endless values but few classes: only the limits they are compared with part
them, so one value on either side of each limit stands for all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .editions import Edition, limits_by_field
from .facts import FIELDS, UNKNOWN, Value
from .findings import Finding
from .predicates import Compare, Predicate

Values = dict[str, Any]
Limits = Mapping[str, tuple[Compare, ...]]


@dataclass(frozen=True)
class Leaf:
    """Where a path of possibilities ends: the finding that decides, and the values tried."""

    finding: Finding
    values: Values


@dataclass(frozen=True)
class Branch:
    """A fact that is not known, with what follows from each of its values."""

    field: str
    ways: tuple["Leaf | Branch", ...]


Tree = Leaf | Branch
Shape = str | tuple[str, tuple[Any, ...]]


def explore(values: Values, edition: Edition, start: int = 0) -> Tree:
    """Find the deciding finding, going every way at each fact that is not known."""
    for place in range(start, len(edition.deciding)):
        finding = edition.deciding[place]
        held = finding.holds(values)
        if held:
            return Leaf(finding, values)
        if held is None:
            name = next(finding.when.undecided(values))
            ways = candidates(name, values, edition.limits)
            return Branch(
                name,
                tuple(explore({**values, name: value}, edition, place) for value in ways),
            )
    raise LookupError("no finding decides")


def leaves(tree: Tree) -> Iterator[Leaf]:
    if isinstance(tree, Leaf):
        yield tree
    else:
        for way in tree.ways:
            yield from leaves(way)


def deciding_fields(tree: Tree) -> tuple[str, ...]:
    """Give the facts not known on which the outcome hangs, in the order they are met."""
    found: dict[str, None] = {}
    _shape(tree, found)
    return tuple(name for name in FIELDS if name in found)


def surely(predicate: Predicate, values: Values) -> bool:
    """Tell whether the predicate holds whatever the facts not known are."""
    return all(_answers(predicate, values, limits_by_field([predicate])))


def possibly(predicate: Predicate, values: Values) -> bool:
    """Tell whether the predicate holds for at least one value of the facts not known."""
    return any(_answers(predicate, values, limits_by_field([predicate])))


def candidates(name: str, values: Values, limits: Limits) -> list[Value]:
    """Give one value for each class of equivalent values of a fact."""
    field = FIELDS[name]
    if field.kind == "yes_no":
        return [True, False]
    if field.kind == "choice":
        return list(field.codes)
    numbers: set[Decimal] = {Decimal(0), field.maximum}
    for compare in limits.get(name, ()):
        cut = _cut(name, compare, values)
        if cut is not None:
            cut -= cut % field.unit
            numbers |= {cut - field.unit, cut, cut + field.unit}
    low, high = _bounds(name, values)
    inside = sorted(number for number in numbers if low <= number <= high)
    return [int(number) for number in inside] if field.kind == "days" else list(inside)


def _answers(predicate: Predicate, values: Values, limits: Limits) -> Iterator[bool]:
    held = predicate.holds(values)
    if held is not None:
        yield held
        return
    name = next(predicate.undecided(values))
    for value in candidates(name, values, limits):
        yield from _answers(predicate, {**values, name: value}, limits)


def _cut(name: str, compare: Compare, values: Values) -> Decimal | None:
    """Give the value of the field at which the comparison turns, the others as they are."""
    others = sum((_known(values, other) for other in compare.amounts if other != name), Decimal(0))
    if name == compare.times:
        limit: Decimal = values[compare.limit]
        return others / limit
    bound: Decimal = values[compare.limit]
    if compare.times:
        if not isinstance(values[compare.times], Decimal):
            return None
        bound *= values[compare.times]
    return bound - others


def _known(values: Values, name: str) -> Decimal:
    value = values[name]
    return Decimal(0) if value is UNKNOWN or value is None else Decimal(value)


def _bounds(name: str, values: Values) -> tuple[Decimal, Decimal]:
    """Give the range of a fact: the largest week of all is not below a week in term."""
    low, high = Decimal(0), FIELDS[name].maximum
    if name == "term_hours_per_week" and isinstance(values["hours_per_week"], Decimal):
        high = values["hours_per_week"]
    if name == "hours_per_week" and values["in_long_vacation"] == "partial":
        low = _known(values, "term_hours_per_week")
    return low, high


def _shape(tree: Tree, found: dict[str, None]) -> Shape:
    """Give the tree without the branches that change nothing, noting those that do."""
    if isinstance(tree, Leaf):
        return tree.finding.outcome
    inner: list[dict[str, None]] = [{} for _ in tree.ways]
    shapes = [_shape(way, notes) for way, notes in zip(tree.ways, inner, strict=True)]
    for notes in inner:
        found.update(notes)
    if all(shape == shapes[0] for shape in shapes):
        return shapes[0]
    found[tree.field] = None
    return tree.field, tuple(shapes)
