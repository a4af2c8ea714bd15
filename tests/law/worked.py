"""The worked cases that go with the law: those of the reference, and ours."""

from pathlib import Path

from internships.eligibility.case_files import read_rows

FOLDER = Path(__file__).parents[2] / "careers/law/worked_cases"
REFERENCE, OFFICE = FOLDER / "reference.csv", FOLDER / "office.csv"
ROWS = [row for file in (REFERENCE, OFFICE) for row in read_rows(file)]
