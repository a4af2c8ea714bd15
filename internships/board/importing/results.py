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
    problems: list[str] = field(default_factory=list)
    notes: list[str | Promise] = field(default_factory=list)
    posting: Posting | None = None
    # By column, what a posting that was there said before and what the file says instead.
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    # What it changes is kept beside what stands on the board until somebody approves it.
    waits: bool = False
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
    published: int = 0

    def count(self, action: str) -> int:
        return sum(result.action == action for result in self.results)

    @property
    def refused(self) -> list[Result]:
        return [result for result in self.results if result.action == "refused"]

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
        """Name what is done: two runs that do the same to the same have the same one."""
        done = [
            [result.line.row, result.action, result.waits, result.held, result.changes]
            for result in self.results
        ]
        text = json.dumps([self.published, done])
        return hashlib.sha256(text.encode()).hexdigest()[:32]
