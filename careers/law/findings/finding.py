"""One rule, as data."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ..compiled import Holds, compiled
from ..facts import FIELDS
from ..parameters import COVERAGE_BEGINS
from ..predicates import Predicate


@dataclass(frozen=True, eq=False)
class Finding:
    """One rule: when it holds, what follows, and on whose word. Compared by identity.

    told_last: among the reasons it stands after the one that decides.
    """

    id: str
    step: str
    when: Predicate
    citations: tuple[str, ...]
    outcome: str = ""
    kind: str = ""
    flags: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    told_last: bool = False
    valid_from: date = COVERAGE_BEGINS
    valid_until: date | None = None
    fields: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", tuple(dict.fromkeys(self.when.fields())))

    @cached_property
    def holds(self) -> Holds:
        """Tell, of values, what `when` tells of them."""
        return compiled(self.when)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Give the facts among the names looked at, in the order of facts."""
        return tuple(name for name in FIELDS if name in self.fields)

    @property
    def only_explains(self) -> bool:
        return not (self.outcome or self.kind or self.flags or self.documents)

    def valid_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)
