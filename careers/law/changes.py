"""What would change an answer: single facts that alter the outcome, proved by assessing again."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from .decide import Assessment, assess
from .editions import RULEBOOK, Edition, Rulebook
from .facts import FIELDS, UNKNOWN, Facts, Value, effective_values
from .outcomes import OUTCOMES
from .policy import Policy
from .possibilities import candidates

# What a person can plan comes before what she is.
_PLANNED: Final = (
    "hours_per_week",
    "hours_per_day",
    "term_hours_per_week",
    "other_weekly_work_hours",
    "in_long_vacation",
    "pay_kind",
    "duration_days",
    "foreign_in_recess",
    "credit_bearing",
    "has_blanket_permission",
    "has_individual_permission",
    "permission_covers_period",
)
_BETTER: Final = ("clear", "held", "route", "need", "confirm", "unknown", "stop")


@dataclass(frozen=True)
class Change:
    """One fact, the values it could have instead, and the outcome they all lead to.

    For a number there is one value, the nearest; `direction` is 'down' or 'up' then.
    """

    field: str
    values: tuple[Value, ...]
    outcome: str
    direction: str = ""


@lru_cache(maxsize=2_000)
def what_would_change(
    facts: Facts, on: date, policy: Policy | None = None, book: Rulebook = RULEBOOK
) -> tuple[Change, ...]:
    """Give each change of a single fact that alters the outcome, the useful ones first.

    Facts not known are left to the `unknown` of the answer. Raises NoEdition.
    """
    before = assess(facts, on, policy, book)
    edition = book.edition_for(on)
    changes = [
        change
        for name in FIELDS
        if name != "paid" and _stands(facts, name)
        for change in _changes(name, facts, before, on, edition, book)
    ]
    return tuple(sorted(changes, key=lambda change: _usefulness(change, before)))


def _stands(facts: Facts, name: str) -> bool:
    value = facts.effective(name)
    return value is not UNKNOWN and value is not None


def _changes(
    name: str, facts: Facts, before: Assessment, on: date, edition: Edition, book: Rulebook
) -> list[Change]:
    values = {**edition.parameters, **effective_values(facts)}
    now = facts.effective(name)
    outcomes: dict[tuple[str, str], list[Value]] = {}
    for value in candidates(name, values, edition.limits):
        if value == now:
            continue
        after = assess(replace(facts, **{name: value}), on, before.policy, book)  # type: ignore[arg-type]
        if after.outcome != before.outcome and not after.unknown:
            outcomes.setdefault((after.outcome, _direction(value, now)), []).append(value)
    return [
        Change(name, _told(found, now), outcome, direction)
        for (outcome, direction), found in outcomes.items()
    ]


def _is_number(value: Value) -> bool:
    return isinstance(value, Decimal | int) and not isinstance(value, bool)


def _direction(value: Value, now: Value) -> str:
    if not _is_number(value):
        return ""
    return "down" if Decimal(value) < Decimal(now) else "up"  # type: ignore[arg-type]


def _told(found: list[Value], now: Value) -> tuple[Value, ...]:
    """Give the nearest of numbers, or all of codes."""
    if not _is_number(now):
        return tuple(found)
    return (min(found, key=lambda value: abs(Decimal(value) - Decimal(now))),)  # type: ignore[arg-type]


def _usefulness(change: Change, before: Assessment) -> tuple[bool, int, int, int]:
    after, now = _rank(change.outcome), _rank(before.outcome)
    planned = change.field in _PLANNED
    place = _PLANNED.index(change.field) if planned else len(_PLANNED)
    return (after >= now, 0 if planned else 1, after, place)


def _rank(outcome: str) -> int:
    return _BETTER.index(OUTCOMES[outcome].look)
