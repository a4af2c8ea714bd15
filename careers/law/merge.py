"""Put facts from several places together; the later ones win, and each keeps its origin."""

from collections.abc import Mapping
from dataclasses import dataclass

from .facts import FIELDS, Facts, FactsError, Problem, Value


@dataclass(frozen=True)
class PartialFacts:
    """Some facts and where they come from, such as 'profile', 'posting' or 'answer'."""

    origin: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Merged:
    """The facts together, and the origin of each that is given."""

    facts: Facts
    origins: Mapping[str, str]


def merge(*parts: PartialFacts) -> Merged:
    """Put partial facts together. None in a part is a blank and hides nothing.

    An origin that says how it pays (`pay_kind` or `paid`) takes both from earlier ones.
    """
    values: dict[str, Value] = {}
    origins: dict[str, str] = {}
    for part in parts:
        if strange := [name for name in part.values if name not in FIELDS]:
            raise FactsError(Problem(name, "not_a_fact", "") for name in strange)
        given = {name: value for name, value in part.values.items() if value is not None}
        if "paid" in given or "pay_kind" in given:
            for name in ("paid", "pay_kind"):
                values.pop(name, None)
                origins.pop(name, None)
        values.update(given)
        origins.update(dict.fromkeys(given, part.origin))
    return Merged(Facts(**values), origins)  # type: ignore[arg-type]
