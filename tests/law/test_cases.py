"""The worked cases: those of the reference, and ours, worked out by hand from the written rules."""

import csv
from datetime import date
from pathlib import Path

import pytest

from careers.law import Facts, assess
from internships.eligibility.case_files import differences
from tests.law.worked import REFERENCE, ROWS

SHARED = Path(__file__).parents[3] / "shared/law/cases.csv"
ON = date(2026, 11, 22)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_worked_case_is_assessed_as_expected(row):
    answer = assess(Facts.parse(row.cells), ON)

    assert list(differences(row, answer)) == []


@pytest.mark.skipif(not SHARED.exists(), reason="the reference does not lie beside this copy")
def test_our_copy_of_the_reference_cases_is_complete():
    with SHARED.open(encoding="utf-8") as shared, REFERENCE.open(encoding="utf-8") as ours:
        assert list(csv.DictReader(ours)) == list(csv.DictReader(shared))
