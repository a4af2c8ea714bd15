"""What an import does, or would do, line by line."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from internships.board.importing.sheets import Line
from internships.board.models import Posting
from internships.board.problems import BLOCKING

ACTIONS = ("created", "updated", "unchanged", "refused")


@dataclass
class Result:
    """What became of one line."""

    line: Line
    values: dict[str, Any]
    action: str = "refused"
    # The action before the database had its say: it may refuse what a trial run did not write.
    planned: str = "refused"
    problems: list[str] = field(default_factory=list)
    notes: list[str | Promise] = field(default_factory=list)
    posting: Posting | None = None
    # By column, what a posting that was there said before and what the file says instead.
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    # What it changes is kept beside what stands on the board until somebody approves it.
    waits: bool = False
    goes_up: bool = False
    # It was on the board and may not be there any more.
    leaves_board: bool = False

    @property
    def why(self) -> str:
        return " / ".join(map(str, self.notes))

    @property
    def held(self) -> bool:
        """Has to be settled by somebody before it may be on the board."""
        return bool(self.notes) or not BLOCKING.isdisjoint(self.problems)


@dataclass
class Summary:
    results: list[Result]

    def count(self, action: str) -> int:
        return sum(result.action == action for result in self.results)

    @property
    def refused(self) -> list[Result]:
        return [result for result in self.results if result.action == "refused"]

    @property
    def published(self) -> int:
        return sum(result.goes_up and result.action != "refused" for result in self.results)

    @property
    def waiting(self) -> int:
        return sum(result.waits for result in self.results)

    @property
    def held(self) -> list[Result]:
        """Give what waits for somebody; what stays on the board as it is does not."""
        return [
            result
            for result in self.results
            if result.posting
            and result.held
            and (result.action, result.posting.state) != ("unchanged", "published")
        ]

    @property
    def digest(self) -> str:
        """Name what is meant: two runs that mean to do the same to the same have the same one."""
        meant = [
            [result.planned, result.waits, result.goes_up, result.changes]
            for result in self.results
        ]
        return hashlib.sha256(json.dumps(meant).encode()).hexdigest()[:32]
