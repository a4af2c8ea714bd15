"""Slips of the pen in the rules: each gives a rulebook that the worked cases must refuse."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from careers.law import RULEBOOK, Facts, Policy, Rulebook, assess, sentence
from careers.law.findings import ADDING, DECIDING, FLAGGED, Finding
from careers.law.parameters import PARAMETERS
from careers.law.predicates import Not, Predicate
from internships.eligibility.case_files import differences

ON = date(2026, 11, 22)
UNITS = {"nearly_all_credits_pct": Decimal("0.01"), "half_of_a_year_days": Decimal("0.5")}


def mutants() -> Iterator[tuple[str, Rulebook]]:
    """Give each mutant with a name that says where the slip is and what it made."""
    for part, findings in (("deciding", DECIDING), ("adding", ADDING)):
        for place, finding in enumerate(findings):
            if not finding.only_explains:
                for name, changed in _of_finding(finding):
                    together = (*findings[:place], *changed, *findings[place + 1 :])
                    yield f"{finding.id}: {name}", replace(RULEBOOK, **{part: together})
    yield from _of_conditions()
    yield from _of_numbers()


def is_killed(book: Rulebook, cases: list[tuple[object, Facts, Policy]]) -> bool:
    return any(_differs(row, facts, policy, book) for row, facts, policy in cases)


def _differs(row, facts, policy, book) -> bool:
    try:
        return any(True for _ in differences(row, assess(facts, ON, policy, book)))
    except LookupError:
        return True


def _of_finding(finding: Finding) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    yield "dropped", ()
    yield "negated", (replace(finding, when=Not(finding.when)),)
    if finding.outcome:
        other = "V_BUREAU" if finding.outcome == "V_COVERED" else "V_COVERED"
        yield "other outcome", (replace(finding, outcome=other),)


def _of_conditions() -> Iterator[tuple[str, Rulebook]]:
    """A condition that several findings share is one object: a slip in it shows in all."""
    nodes: dict[int, tuple[str, Predicate]] = {}
    explaining = {id(f) for f in ADDING if f.only_explains}
    for finding in (*DECIDING, *ADDING):
        if id(finding) not in explaining:
            for node in finding.when.nodes():
                nodes.setdefault(id(node), (finding.id, node))
    for node in FLAGGED.nodes():
        nodes.setdefault(id(node), ("flagged", node))
    for where, node in nodes.values():
        for mutant in node.mutants():
            yield (
                f"{where}: {sentence(node, 'en')} -> {sentence(mutant, 'en')}",
                _with(node, mutant),
            )


def _with(old: Predicate, new: Predicate) -> Rulebook:
    def changed(findings):
        return tuple(replace(f, when=f.when.substitute(old, new)) for f in findings)

    return replace(
        RULEBOOK,
        deciding=changed(DECIDING),
        adding=changed(ADDING),
        flagged=FLAGGED.substitute(old, new),
    )


def _of_numbers() -> Iterator[tuple[str, Rulebook]]:
    """Only limits of conditions; numbers that only texts tell are proved by the texts' tests."""
    used = {c.limit for f in (*DECIDING, *ADDING) for c in f.when.limits()}
    for place, parameter in enumerate(PARAMETERS):
        if parameter.name not in used or not parameter.valid_on(ON):
            continue
        unit = UNITS.get(parameter.name, Decimal("0.25" if "hours" in parameter.name else 1))
        for step in (unit, -unit):
            moved = replace(parameter, value=parameter.value + step)
            numbers = (*PARAMETERS[:place], moved, *PARAMETERS[place + 1 :])
            yield f"{parameter.name} {step:+}", replace(RULEBOOK, parameters=numbers)
