"""Editions: which rules, numbers and texts were in force on a day.

An edition begins wherever a parameter or a finding begins or has ended; nothing is deleted,
so an old day is always assessed as it was. The digest covers logic, values and texts.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from .citations import CITATIONS
from .compiled import Holds, compiled
from .facts import FIELDS, UNKNOWN
from .findings import ADDING, DECIDING, FACTS_MISSING, FLAGGED, Finding
from .parameters import COVERAGE_BEGINS, PARAMETERS, Parameter
from .predicates import Compare, Predicate
from .questions import QUESTIONS
from .texts import TEXTS, Text


class NoEdition(ValueError):
    """The day lies before the first edition."""

    def __init__(self, on: date, first: date) -> None:
        self.on, self.first = on, first
        super().__init__(f"no edition for this date: {on} (rules begin on {first})")


_NO_FACTS: Final = dict.fromkeys([*FIELDS, *(p.name for p in PARAMETERS)], UNKNOWN) | {
    "flag_unpaid_over28_in_vacation": UNKNOWN
}


def what_was_decided(finding: Finding) -> dict[str, Any]:
    """Give the names under which adding findings look at the one that decided."""
    return {
        "decided": finding.id,
        "step": finding.step,
        "outcome": finding.outcome,
        "kind": finding.kind,
    }


@dataclass(frozen=True, eq=False)
class Edition:
    """The rules of one stretch of days. Compared and cached by identity."""

    name: str
    starts: date
    ends: date | None
    parameters: Mapping[str, Decimal]
    deciding: tuple[Finding, ...]
    adding: tuple[Finding, ...]
    flagged: Predicate
    texts: Mapping[str, Text]

    @cached_property
    def digest(self) -> str:
        """Give twelve letters that change with any rule, number, citation, question or text."""
        parts = [
            {name: str(value) for name, value in sorted(self.parameters.items())},
            [repr(finding) for finding in (*self.deciding, *self.adding, FACTS_MISSING)],
            repr(self.flagged),
            [repr(question) for question in QUESTIONS],
            [repr(citation) for citation in CITATIONS.values()],
            {key: [text.en, text.ja] for key, text in sorted(self.texts.items())},
        ]
        written = json.dumps(parts, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()[:12]

    @cached_property
    def limits(self) -> dict[str, tuple[Compare, ...]]:
        """Give, for each field, the comparisons of deciding findings it takes part in."""
        return limits_by_field([finding.when for finding in self.deciding])

    @cached_property
    def fields_of_step(self) -> dict[str, tuple[str, ...]]:
        """Give, for each step, the facts its deciding findings look at."""
        found: dict[str, set[str]] = {}
        for finding in self.deciding:
            found.setdefault(finding.step, set()).update(finding.fields)
        return {
            step: tuple(name for name in FIELDS if name in names) for step, names in found.items()
        }

    @cached_property
    def is_flagged(self) -> Holds:
        return compiled(self.flagged)

    @cached_property
    def added_to(self) -> dict[str, tuple[Finding, ...]]:
        """Give, for each deciding finding, the others that some facts may add to it."""
        return {
            finding.id: tuple(
                added
                for added in self.adding
                if added.holds(_NO_FACTS | what_was_decided(finding)) is not False
            )
            for finding in self.deciding
        }

    def finding(self, finding_id: str) -> Finding:
        for finding in (*self.deciding, *self.adding, FACTS_MISSING):
            if finding.id == finding_id:
                return finding
        raise KeyError(finding_id)


def limits_by_field(predicates: list[Predicate]) -> dict[str, tuple[Compare, ...]]:
    found: dict[str, dict[Compare, None]] = {}
    for predicate in predicates:
        for compare in predicate.limits():
            for name in compare.fields():
                found.setdefault(name, {})[compare] = None
    return {name: tuple(compares) for name, compares in found.items()}


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules of all days. `RULEBOOK` is ours; tests make others with `replace`."""

    parameters: tuple[Parameter, ...] = PARAMETERS
    deciding: tuple[Finding, ...] = DECIDING
    adding: tuple[Finding, ...] = ADDING
    flagged: Predicate = FLAGGED
    texts: Mapping[str, Text] = field(default_factory=lambda: TEXTS)

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """Give the first day of each edition, in order."""
        days = {COVERAGE_BEGINS}
        dated: tuple[Parameter | Finding, ...] = (*self.parameters, *self.deciding, *self.adding)
        for rule in dated:
            days.add(rule.valid_from)
            if rule.valid_until:
                days.add(rule.valid_until + timedelta(days=1))
        return tuple(sorted(days))

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        ends = [day - timedelta(days=1) for day in self.changes[1:]]
        return tuple(
            self._edition(starts, until)
            for starts, until in zip(self.changes, [*ends, None], strict=True)
        )

    def edition_for(self, on: date) -> Edition:
        """Give the edition of a day. Raises NoEdition for a day before the first one."""
        for edition in reversed(self.editions):
            if edition.starts <= on:
                return edition
        raise NoEdition(on, self.changes[0])

    def editions_between(self, first: date, last: date) -> tuple[Edition, ...]:
        """Give the editions a placement passes through: two where it spans a change."""
        self.edition_for(first)
        return tuple(
            edition
            for edition in self.editions
            if edition.starts <= last and (edition.ends is None or edition.ends >= first)
        )

    def _edition(self, starts: date, ends: date | None) -> Edition:
        return Edition(
            name=starts.isoformat(),
            starts=starts,
            ends=ends,
            parameters={p.name: p.value for p in self.parameters if p.valid_on(starts)},
            deciding=tuple(f for f in self.deciding if f.valid_on(starts)),
            adding=tuple(f for f in self.adding if f.valid_on(starts)),
            flagged=self.flagged,
            texts=self.texts,
        )


RULEBOOK: Final = Rulebook()


def edition_for(on: date) -> Edition:
    """Give the edition of a day. Raises NoEdition for a day before the first one."""
    return RULEBOOK.edition_for(on)
