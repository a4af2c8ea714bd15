"""assess: facts, a day and a policy in; outcome, papers and reasons out. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from .editions import RULEBOOK, Edition, Rulebook, what_was_decided
from .facts import FIELDS, UNKNOWN, Facts, effective_values
from .findings import FACTS_MISSING, Finding
from .outcomes import DOCUMENTS, FLAGS, OUTCOMES, STEPS
from .policy import Policy
from .possibilities import (
    Leaf,
    Values,
    deciding_fields,
    explore,
    leaves,
    possibly,
    surely,
)

_PLACE = {code: place for codes in (FLAGS, DOCUMENTS, STEPS) for place, code in enumerate(codes)}
_WITH_DEFAULT = {
    name
    for name, field in FIELDS.items()
    if field.default is not None and field.default is not UNKNOWN
}
_FOR_ALL_PLACEMENTS = ("S_INSURANCE",)


@dataclass(frozen=True)
class Reason:
    """One finding that holds: its id, its citation ids and the facts that caused it."""

    finding: str
    citations: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """The answer for one person and one activity, with everything needed to explain it.

    unknown: facts to find out, because the outcome hangs on them; possible: the outcomes
    they could lead to. assumptions: facts left blank whose default took part.
    """

    outcome: str
    flagged: bool
    kind: str
    flags: tuple[str, ...]
    documents: tuple[str, ...]
    reasons: tuple[Reason, ...]
    steps: tuple[str, ...]
    unknown: tuple[str, ...]
    possible: tuple[str, ...]
    assumptions: tuple[str, ...]
    edition: str
    edition_digest: str
    facts: Facts
    policy: Policy

    @cached_property
    def digest(self) -> str:
        """Give twelve letters that name this result: same facts, policy and edition, same name."""
        written = json.dumps(
            [self.facts.to_dict(), self.policy.to_dict(), self.edition, self.edition_digest],
            sort_keys=True,
        )
        return hashlib.sha256(written.encode()).hexdigest()[:12]

    @property
    def citations(self) -> tuple[str, ...]:
        """Give the citation ids of all reasons, each once."""
        return tuple(dict.fromkeys(c for reason in self.reasons for c in reason.citations))

    def to_dict(self) -> dict[str, Any]:
        """Give a form that JSON can hold."""
        return {
            "outcome": self.outcome,
            "flagged": self.flagged,
            "kind": self.kind,
            "flags": list(self.flags),
            "documents": list(self.documents),
            "reasons": [
                {"finding": r.finding, "citations": list(r.citations), "facts": list(r.facts)}
                for r in self.reasons
            ],
            "steps": list(self.steps),
            "unknown": list(self.unknown),
            "possible": list(self.possible),
            "assumptions": list(self.assumptions),
            "edition": self.edition,
            "edition_digest": self.edition_digest,
            "digest": self.digest,
            "facts": self.facts.to_dict(),
            "policy": self.policy.to_dict(),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Assessment":
        """Read what to_dict wrote."""
        return cls(
            outcome=stored["outcome"],
            flagged=stored["flagged"],
            kind=stored["kind"],
            flags=tuple(stored["flags"]),
            documents=tuple(stored["documents"]),
            reasons=tuple(
                Reason(r["finding"], tuple(r["citations"]), tuple(r["facts"]))
                for r in stored["reasons"]
            ),
            steps=tuple(stored["steps"]),
            unknown=tuple(stored["unknown"]),
            possible=tuple(stored["possible"]),
            assumptions=tuple(stored["assumptions"]),
            edition=stored["edition"],
            edition_digest=stored["edition_digest"],
            facts=Facts.from_dict(stored["facts"]),
            policy=Policy.from_dict(stored["policy"]),
        )


def assess(
    facts: Facts, on: date, policy: Policy | None = None, book: Rulebook = RULEBOOK
) -> Assessment:
    """Decide what the law says of these facts on a day of work.

    Raises NoEdition for a day before the rules begin. Sources: the citations of each reason.
    """
    return _assess(facts, book.edition_for(on), policy or Policy())


@dataclass(frozen=True)
class _Result:
    """What one leaf adds up to."""

    kind: str
    flagged: bool
    holding: tuple[Finding, ...]
    values: Values


@lru_cache(maxsize=20_000)
def _assess(facts: Facts, edition: Edition, policy: Policy) -> Assessment:
    values: Values = {
        **edition.parameters,
        **effective_values(facts),
        "flag_unpaid_over28_in_vacation": policy.flag_unpaid_over28_in_vacation,
    }
    tree = explore(values, edition)
    ends = list(leaves(tree))
    results = [_complete(leaf, edition) for leaf in ends]
    possible = tuple(dict.fromkeys(leaf.finding.outcome for leaf in ends))
    common = _common(results)
    if len(possible) > 1:
        unknown = deciding_fields(tree)
        reasons = (
            Reason(FACTS_MISSING.id, FACTS_MISSING.citations, unknown),
            *_reasons((f for f in common if not f.outcome), results),
        )
        findings: tuple[Finding, ...] = (FACTS_MISSING,)
        kind = FACTS_MISSING.kind
    else:
        unknown = ()
        deciding = dict.fromkeys(leaf.finding for leaf in ends)
        reasons = _reasons((*deciding, *(f for f in common if not f.outcome)), results)
        findings = tuple(common)
        kind = _kind({result.kind for result in results})
    outcome = possible[0] if len(possible) == 1 else FACTS_MISSING.outcome
    steps = [step for finding in findings for step in finding.steps]
    if len(possible) == 1 and not steps:
        steps = list(ends[0].finding.steps)
    if OUTCOMES[outcome].look != "stop":
        steps += _FOR_ALL_PLACEMENTS
    return Assessment(
        outcome=outcome,
        flagged=any(result.flagged for result in results),
        kind=kind,
        flags=_ordered(flag for finding in findings for flag in finding.flags),
        documents=_ordered(code for finding in findings for code in finding.documents),
        reasons=reasons,
        steps=_ordered(steps),
        unknown=unknown,
        possible=possible if len(possible) > 1 else (),
        assumptions=_assumptions(facts, ends[0], edition),
        edition=edition.name,
        edition_digest=edition.digest,
        facts=facts,
        policy=policy,
    )


def _complete(leaf: Leaf, edition: Edition) -> _Result:
    """Add to a leaf's deciding finding all others that hold whatever is still not known."""
    finding = leaf.finding
    values = {**leaf.values, **what_was_decided(finding)}
    kind = finding.kind
    holding = [finding]
    for added in edition.added_to[finding.id]:
        held = added.holds(values)
        if held is False:
            continue
        if added.kind and (held or possibly(added.when, values)):
            kind = added.kind
        if held or surely(added.when, values):
            holding.append(added)
    flagged = edition.is_flagged(values)
    if flagged is None:
        flagged = possibly(edition.flagged, values)
    return _Result(kind, flagged, tuple(holding), values)


def _common(results: list[_Result]) -> list[Finding]:
    """Give the findings that hold in every possibility, and those whose effects all share.

    Different deciding findings with one outcome share what their flags and papers have in common.
    """
    if len(results) == 1:
        return list(results[0].holding)
    shared = [
        finding
        for finding in results[0].holding
        if all(finding in result.holding for result in results[1:])
    ]
    flags = set.intersection(*({c for f in r.holding for c in f.flags} for r in results))
    documents = set.intersection(*({c for f in r.holding for c in f.documents} for r in results))
    steps = set.intersection(*({c for f in r.holding for c in f.steps} for r in results))
    rest = Finding(
        "shared",
        "0",
        FACTS_MISSING.when,
        (),
        outcome="shared",
        flags=tuple(flags),
        documents=tuple(documents),
        steps=tuple(steps),
    )
    return [*shared, rest]


def _reasons(findings: Iterable[Finding], results: list[_Result]) -> tuple[Reason, ...]:
    """Give the reasons in the order they are told: what leads to the answer comes first."""
    ordered = sorted(findings, key=lambda one: (one.told_last, not one.only_explains))
    return tuple(
        Reason(finding.id, finding.citations, _causes(finding, results)) for finding in ordered
    )


def _causes(finding: Finding, results: list[_Result]) -> tuple[str, ...]:
    values = next((r.values for r in results if finding in r.holding), results[0].values)
    support = set(finding.when.support(values))
    return tuple(name for name in finding.facts if name in support)


def _kind(kinds: set[str]) -> str:
    """One kind, or both permissions where it could be either."""
    return kinds.pop() if len(kinds) == 1 else "BLANKET_PLUS_INDIVIDUAL"


def _ordered(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(codes), key=_PLACE.__getitem__))


def _assumptions(facts: Facts, end: Leaf, edition: Edition) -> tuple[str, ...]:
    """Give the blank facts whose default took part in the step that decided."""
    blank = [
        name
        for name in edition.fields_of_step[end.finding.step]
        if name in _WITH_DEFAULT and getattr(facts, name) is None
    ]
    if not blank:
        return ()
    seen: set[str] = set()
    for finding in edition.deciding:
        if finding.step == end.finding.step:
            seen.update(finding.when.support(end.values))
        if finding is end.finding:
            break
    return tuple(name for name in blank if name in seen)
