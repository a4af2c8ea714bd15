"""The worked cases with what is expected of each and what the rules say now."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from careers import law
from careers.law import Facts, assess
from internships.eligibility.case_files import EXPECTED, differences, read_rows

FOLDER = Path(law.__file__).parent / "worked_cases"


@dataclass(frozen=True)
class WorkedCase:
    name: str
    note: str
    query: str
    expected: str
    actual: str
    differs: tuple[tuple[str, str, str], ...]


@lru_cache
def worked_cases(on: date) -> tuple[WorkedCase, ...]:
    """Ask the rules of a day about every worked case; those that differ come first."""
    rows = [row for file in sorted(FOLDER.glob("*.csv"), reverse=True) for row in read_rows(file)]
    return tuple(sorted((_case(row, on) for row in rows), key=lambda case: not case.differs))


def _case(row, on: date) -> WorkedCase:
    facts = Facts.parse(row.cells)
    answer = assess(facts, on)
    given = {name: word for name, word in facts.to_dict().items() if word}
    return WorkedCase(
        name=row.name,
        note=row.cells.get("note", ""),
        query="&".join(f"{name}={word}" for name, word in given.items()),
        expected=row.cells["expected_outcome"],
        actual=answer.outcome,
        differs=tuple((EXPECTED[column], *told) for column, *told in differences(row, answer)),
    )
