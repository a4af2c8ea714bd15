"""The worked cases with what is expected of each and what the rules say now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from careers import law
from careers.law import Facts, FactsError, assess
from internships.eligibility.case_files import EXPECTED, differences, read_rows
from internships.office.models import WorkedCase as OwnCase

FOLDER = Path(law.__file__).parent / "worked_cases"


@dataclass(frozen=True)
class WorkedCase:
    name: str
    note: str
    query: str
    expected: str
    actual: str
    differs: tuple[tuple[str, str, str], ...]
    own: OwnCase | None = None


def worked_cases(on: date) -> list[WorkedCase]:
    """Ask the rules of a day about every worked case, shipped and of our staff alike.

    Those that differ come first, then those of our staff.
    """
    return sorted([*_of_staff(on), *_shipped(on)], key=lambda case: not case.differs)


@lru_cache
def _shipped(on: date) -> tuple[WorkedCase, ...]:
    rows = [row for file in sorted(FOLDER.glob("*.csv"), reverse=True) for row in read_rows(file)]
    return tuple(_case(row, on) for row in rows)


def _of_staff(on: date) -> Iterator[WorkedCase]:
    """A case with a day of its own is asked by the rules of that day, whatever is looked at."""
    for own in OwnCase.objects.filter(withdrawn_at=None).select_related("added_by"):
        actual = _answer(own, own.on or on)
        yield WorkedCase(
            name=str(own),
            note=own.note,
            query=_query(own.facts | ({"on": own.on.isoformat()} if own.on else {})),
            expected=own.expected,
            actual=actual,
            differs=(("outcome", own.expected, actual),) if actual != own.expected else (),
            own=own,
        )


def _answer(own: OwnCase, on: date) -> str:
    """A fact that the rules no longer know is a difference to look at, not an error."""
    try:
        return assess(Facts.from_dict(own.facts), on).outcome
    except FactsError:
        return ""


def _query(given: dict[str, str]) -> str:
    return urlencode(given)


def _case(row, on: date) -> WorkedCase:
    facts = Facts.parse(row.cells)
    answer = assess(facts, on)
    given = {name: word for name, word in facts.to_dict().items() if word}
    return WorkedCase(
        name=row.name,
        note=row.cells.get("note", ""),
        query=_query(given),
        expected=row.cells["expected_outcome"],
        actual=answer.outcome,
        differs=tuple((EXPECTED[column], *told) for column, *told in differences(row, answer)),
    )
