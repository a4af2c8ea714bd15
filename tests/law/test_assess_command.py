import csv
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from tests.law.worked import REFERENCE

ROOT = Path(__file__).parents[2]
HEADER = ["case_id", "institution", "status_of_residence", "pay_kind", "hours_per_week"]
PERMANENT = ["A", "japan", "PR", "wage", "40"]


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run():
    """Run the command here; pytest-django refuses it any database."""

    def run_command(*arguments):
        out, errors = io.StringIO(), io.StringIO()
        try:
            call_command("assess", *map(str, arguments), stdout=out, stderr=errors)
            code = 0
        except SystemExit as stopped:
            code = stopped.code
        except CommandError:
            code = 2
        return Done(code, out.getvalue(), errors.getvalue())

    return run_command


def write_csv(path, *rows, encoding="utf-8"):
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows(rows)
    return path


def write_xlsx(path, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_the_reference_cases_pass_in_a_process_without_a_database():
    done = subprocess.run(
        [sys.executable, "manage.py", "assess", str(REFERENCE), "--check"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
            "SECRET_KEY": "x",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.splitlines()[-1] == "70 passed, 0 failed"
    assert done.returncode == 0
    assert done.stderr == ""


def test_the_answers_are_printed_as_a_table(run, tmp_path):
    done = run(write_csv(tmp_path / "a.csv", HEADER, PERMANENT))

    assert done.stdout.splitlines() == [
        "case_id,outcome,flagged,kind,flags,documents",
        "A,V_NO_RESTRICTION,n,NONE,,O_STATUS_COPY",
    ]
    assert done.returncode == 0


def test_a_difference_names_its_case_and_column(run, tmp_path):
    header = [*HEADER, "expected_outcome", "expected_flagged"]
    file = write_csv(tmp_path / "a.csv", header, [*PERMANENT, "V_COVERED", "n"])

    done = run(file, "--check")

    assert done.stdout.splitlines() == [
        "A: expected_outcome: expected 'V_COVERED', got 'V_NO_RESTRICTION'",
        "0 passed, 1 failed",
    ]
    assert done.returncode == 1


def test_a_bad_row_is_one_line_with_its_number_and_the_others_are_assessed(run, tmp_path):
    bad = ["B", "japan", "PR", "wage", "169"]
    file = write_csv(tmp_path / "a.csv", HEADER, PERMANENT, bad, ["", "", "", "", ""], PERMANENT)

    done = run(file)

    assert done.stderr.splitlines() == [
        "row 3: hours_per_week: This number is not possible here. ('169')"
    ]
    assert len(done.stdout.splitlines()) == 3
    assert done.returncode == 1


def test_a_bad_row_fails_a_check(run, tmp_path):
    header = [*HEADER, "expected_outcome"]
    file = write_csv(tmp_path / "a.csv", header, ["A", "japan", "XX", "", "", "V_BUREAU"])

    done = run(file, "--check")

    assert done.stdout.splitlines()[-1] == "0 passed, 1 failed"
    assert done.stdout.startswith("row 2: status_of_residence:")


def test_a_row_with_too_many_cells_is_a_bad_row(run, tmp_path):
    done = run(write_csv(tmp_path / "a.csv", HEADER, [*PERMANENT, "extra"]))

    assert done.stderr.splitlines() == ["row 2: more cells than columns"]


def test_a_question_mark_is_not_sure(run, tmp_path):
    file = write_csv(tmp_path / "a.csv", HEADER, ["A", "japan", "STUDENT", "none", "?"])

    assert "A,V_BUREAU,y,CONFIRM,,O_BUREAU_CONFIRMATION" in run(file).stdout


def test_japanese_headers_and_words_are_understood_in_a_workbook(run, tmp_path):
    file = write_xlsx(
        tmp_path / "a.xlsx",
        [
            "番号",
            "在籍する大学",
            "在留資格",
            "報酬の\n種類",
            "１週間の時間",
            "包括許可",
            "期待する判定",
        ],
        ["甲", "日本の大学", "留学", "賃金・給与", 27.5, "はい", "V_COVERED"],
        ["乙", "日本の大学", "永住者", "無報酬", 40, "いいえ", "V_NO_RESTRICTION"],
    )

    done = run(file, "--check")

    assert done.stdout.splitlines() == ["2 passed, 0 failed"]


def test_a_file_in_the_japanese_windows_encoding_is_read(run, tmp_path):
    file = write_csv(
        tmp_path / "a.csv", ["在籍する大学", "在留資格"], ["日本の大学", "永住者"], encoding="cp932"
    )

    assert "row 2,V_NO_RESTRICTION" in run(file).stdout


def test_another_day_may_be_asked_for(run, tmp_path):
    file = write_csv(tmp_path / "a.csv", HEADER, PERMANENT)

    assert run(file, "--on", "2019-04-01").returncode == 0
    early = run(file, "--on", "2019-03-31")
    assert early.stderr.startswith("row 2: no edition for this date: 2019-03-31")
    assert run(file, "--on", "2019-02-30").returncode == 2


def test_a_row_may_carry_its_own_day(run, tmp_path):
    file = write_csv(tmp_path / "a.csv", [*HEADER, "on"], [*PERMANENT, "2019-03-31"])

    assert run(file).stderr.startswith("row 2: no edition for this date")
    assert run(file, "--on", "2026-11-22").returncode == 0


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"PK\x03\x04nonsense", b"\xff\xfe\x00", b"a,b\n1,2\n", b"paid\n"]
)
def test_a_file_that_holds_no_cases_is_refused_in_one_line(run, tmp_path, content):
    file = tmp_path / "a.csv"
    file.write_bytes(content)

    done = run(file)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_said_to_be_missing(run, tmp_path):
    done = run(tmp_path / "none.csv")

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_workbook_with_a_broken_sheet_is_refused_in_one_line(run, tmp_path):
    whole = write_xlsx(tmp_path / "whole.xlsx", HEADER, PERMANENT)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = b"<broken" if "sheet1" in name else source.read(name)
            target.writestr(name, content)

    done = run(broken)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
