"""The findings, in the order in which they decide.

`DECIDING`: the first whose condition holds gives the outcome. `ADDING`: each whose
condition holds adds flags and papers; these may also look at what has been decided
(`decided`, `step`, `outcome`, `kind`). `step` is the step of the written procedure.
"""

from typing import Final

from .adding import ADDING
from .everybody import FACTS_MISSING, FLAGGED, FOR_EVERYBODY
from .finding import Finding
from .from_abroad import FROM_ABROAD
from .in_japan import IN_JAPAN

DECIDING: Final = (*FOR_EVERYBODY, *FROM_ABROAD, *IN_JAPAN)

__all__ = ["ADDING", "DECIDING", "FACTS_MISSING", "FLAGGED", "Finding"]
