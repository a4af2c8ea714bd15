import csv
import sys
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate

from careers.law import Assessment, Facts, FactsError, NoEdition, assess, text
from internships.eligibility.case_files import (
    EXPECTED,
    Row,
    UnreadableFile,
    differences,
    read_rows,
    written,
)

COLUMNS = ("outcome", "flagged", "kind", "flags", "documents")


class BadRow(ValueError):
    """A row that cannot be assessed; the message says why, in one line."""


class Command(BaseCommand):
    help = "Assess the cases of a CSV or XLSX file, or check them against what the file expects."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="columns as in the case files; ? is not sure")
        parser.add_argument("--on", type=_date, help="assess all rows as of this day (2026-11-22)")
        parser.add_argument("--check", action="store_true", help="compare with expected_ columns")

    def handle(self, *, file: Path, on: date | None, check: bool, **options: object) -> None:
        try:
            rows = read_rows(file)
        except UnreadableFile as error:
            self._stop(str(error))
        if check and not any(column in EXPECTED for column in rows[0].cells):
            self._stop(f"{file}: no expected_ columns to check against")
        failed = self._check(rows, on) if check else self._print(rows, on)
        if failed:
            sys.exit(1)

    def _check(self, rows: list[Row], on: date | None) -> int:
        failed = 0
        for row in rows:
            try:
                found = list(differences(row, _answer(row, on)))
            except BadRow as error:
                found = []
                failed += 1
                self.stdout.write(str(error))
            failed += bool(found)
            for column, expected, actual in found:
                self.stdout.write(f"{row.name}: {column}: expected {expected!r}, got {actual!r}")
        self.stdout.write(f"{len(rows) - failed} passed, {failed} failed")
        return failed

    def _print(self, rows: list[Row], on: date | None) -> int:
        failed = 0
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(("case_id", *COLUMNS))
        for row in rows:
            try:
                answer = _answer(row, on)
            except BadRow as error:
                failed += 1
                self.stderr.write(str(error))
                continue
            writer.writerow([row.name, *(written(getattr(answer, name)) for name in COLUMNS)])
        return failed

    def _stop(self, message: str) -> None:
        self.stderr.write(message)
        sys.exit(2)


def _answer(row: Row, on: date | None) -> Assessment:
    if row.problem:
        raise BadRow(f"row {row.number}: {row.problem}")
    try:
        return assess(Facts.parse(row.cells), on or row.on() or localdate())
    except FactsError as error:
        told = "; ".join(
            f"{p.field}: {text('problem.' + p.code, 'en')} ({p.value!r})" for p in error.problems
        )
        raise BadRow(f"row {row.number}: {told}") from None
    except NoEdition as error:
        raise BadRow(f"row {row.number}: {error}") from None
    except ValueError:
        raise BadRow(f"row {row.number}: on: not a date ({row.cells['on']!r})") from None


def _told(error: FactsError) -> str:
    return "; ".join(
        f"{problem.field}: {text(f'problem.{problem.code}', 'en')} ({problem.value!r})"
        for problem in error.problems
    )


def _date(word: str) -> date:
    day = parse_date(word)
    if day is None:
        raise ValueError(word)
    return day
