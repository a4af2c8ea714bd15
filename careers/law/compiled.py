"""Conditions as plain functions: the same answers as `Predicate.holds`, several times faster.

The objects of `predicates` stay the only form in which a rule is written; a test compares both.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import count

from .facts import UNKNOWN
from .predicates import All, Any, Is, Named, Not, Predicate, Values

Holds = Callable[[Values], bool | None]


@lru_cache(maxsize=10_000)
def compiled(predicate: Predicate) -> Holds:
    """Give a function of values that answers as the predicate does."""
    writer = _Writer()
    source = f"lambda v: {writer.write(predicate)}"
    # The source holds nothing but names and codes of our own rules.
    function: Holds = eval(source, {"UNKNOWN": UNKNOWN, **writer.others})
    return function


class _Writer:
    """Writes a predicate as one expression; each part's answer gets a name of its own."""

    def __init__(self) -> None:
        self.numbers = count()
        self.others: dict[str, Holds] = {}

    def write(self, predicate: Predicate) -> str:
        if isinstance(predicate, Is):
            value = f"v[{predicate.field!r}]"
            return f"(None if {value} is UNKNOWN else {value} in {predicate.codes!r})"
        if isinstance(predicate, Named):
            return self.write(predicate.part)
        if isinstance(predicate, Not):
            name = self._name()
            part = self.write(predicate.part)
            return f"(None if ({name} := {part}) is None else not {name})"
        if isinstance(predicate, All):
            return self._group(predicate.parts, "False if {} is False else", "True")
        if isinstance(predicate, Any):
            return self._group(predicate.parts, "True if {} else", "False")
        name = self._name()
        self.others[name] = predicate.holds
        return f"{name}(v)"

    def _group(self, parts: tuple[Predicate, ...], settled: str, otherwise: str) -> str:
        """Stop at the first part that settles it; a part not known leaves the whole not known."""
        names = [self._name() for _part in parts]
        asked = [
            settled.format(f"({name} := {self.write(part)})")
            for name, part in zip(names, parts, strict=True)
        ]
        unknown = " or ".join(f"{name} is None" for name in names) or "False"
        return f"({' '.join(asked)} None if {unknown} else {otherwise})"

    def _name(self) -> str:
        return f"x{next(self.numbers)}"
