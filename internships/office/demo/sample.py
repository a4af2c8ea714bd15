"""The files of the sample university."""

import csv
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "sample"


def rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
