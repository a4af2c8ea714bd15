"""Files of worked cases: rows of facts, and what is expected of each, as CSV or XLSX."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from careers.law import FIELDS, QUESTIONS, Assessment

EXPECTED = {
    "expected_outcome": "outcome",
    "expected_flagged": "flagged",
    "expected_permission_kind": "kind",
    "expected_flags": "flags",
    "expected_documents": "documents",
}
KNOWN = {*FIELDS, *EXPECTED, "case_id", "on", "rule_ids", "note"}

# Headers as offices write them; each is compared after NFKC, without blanks and brackets.
JAPANESE_HEADERS = {
    "事例番号": "case_id", "事例ID": "case_id", "ケースID": "case_id", "番号": "case_id", "ID": "case_id",
    "日付": "on", "活動日": "on", "基準日": "on", "就労日": "on", "開始日": "on",
    "在籍校": "institution", "在籍大学": "institution", "在籍する大学": "institution",
    "大学": "institution", "所属機関": "institution", "在籍機関": "institution", "教育機関": "institution",
    "在留資格": "status_of_residence",
    "学籍": "enrolment", "学籍状況": "enrolment", "在籍状況": "enrolment", "在籍状態": "enrolment",
    "交換留学生": "exchange_student", "交換留学": "exchange_student",
    "課程": "level", "学位課程": "level", "学校種別": "level",
    "最終学年": "final_year", "最終年次": "final_year", "卒業年度": "final_year",
    "修得単位の割合": "credits_pct", "単位修得率": "credits_pct", "修得単位率": "credits_pct",
    "取得単位率": "credits_pct", "単位取得率": "credits_pct", "修得単位割合": "credits_pct",
    "有給": "paid", "報酬の有無": "paid", "有償": "paid", "報酬あり": "paid", "報酬有無": "paid",
    "報酬": "pay_kind", "報酬の種類": "pay_kind", "報酬区分": "pay_kind", "報酬種別": "pay_kind",
    "週の時間": "hours_per_week", "週時間": "hours_per_week", "週当たり時間": "hours_per_week",
    "一週間の時間": "hours_per_week", "1週間の時間": "hours_per_week", "週の時間数": "hours_per_week",
    "1週間の時間数": "hours_per_week", "週あたりの時間": "hours_per_week", "週労働時間": "hours_per_week",
    "一日の時間": "hours_per_day", "1日の時間": "hours_per_day", "日の時間": "hours_per_day",
    "1日の時間数": "hours_per_day", "1日当たり時間": "hours_per_day", "日労働時間": "hours_per_day",
    "1日あたりの時間": "hours_per_day",
    "長期休業": "in_long_vacation", "長期休業期間": "in_long_vacation",
    "長期休業期間中": "in_long_vacation", "長期休暇": "in_long_vacation", "長期休業中": "in_long_vacation",
    "学期中の一週間の時間": "term_hours_per_week", "学期中の週時間": "term_hours_per_week",
    "学期中の週の時間": "term_hours_per_week", "学期中の時間": "term_hours_per_week",
    "ほかの仕事の時間": "other_weekly_work_hours", "他の仕事の時間": "other_weekly_work_hours",
    "他の仕事の週時間": "other_weekly_work_hours", "アルバイト時間": "other_weekly_work_hours",
    "他のアルバイトの週時間": "other_weekly_work_hours", "その他の週労働時間": "other_weekly_work_hours",
    "期間": "duration_days", "日数": "duration_days", "期間日数": "duration_days",
    "実習日数": "duration_days", "期間(日)": "duration_days",
    "単位認定": "credit_bearing", "単位": "credit_bearing", "単位付与": "credit_bearing",
    "場所": "venue", "活動場所": "venue", "活動の場所": "venue", "業種区分": "venue", "就労場所": "venue",
    "包括許可": "has_blanket_permission", "包括許可の有無": "has_blanket_permission",
    "個別許可": "has_individual_permission", "個別許可の有無": "has_individual_permission",
    "許可の期限": "permission_covers_period", "許可が期間を満たす": "permission_covers_period",
    "許可期間": "permission_covers_period", "許可は期間をカバー": "permission_covers_period",
    "学位の課程": "foreign_degree_course", "海外大学学位課程": "foreign_degree_course",
    "外国大学の学位課程": "foreign_degree_course",
    "修業年限": "foreign_programme_years", "海外大学修業年限": "foreign_programme_years",
    "過去のインターンシップの日数": "foreign_prior_intern_days", "過去の実習日数": "foreign_prior_intern_days",
    "過去のインターン日数": "foreign_prior_intern_days",
    "授業のない期間": "foreign_in_recess", "休業期間内": "foreign_in_recess",
    "外国大学の休業期間": "foreign_in_recess", "海外大学休業期間中": "foreign_in_recess",
    "想定判定": "expected_outcome", "期待判定": "expected_outcome", "判定": "expected_outcome",
    "期待結果": "expected_outcome", "期待する判定": "expected_outcome",
    "期待フラグ有無": "expected_flagged", "要確認": "expected_flagged", "許可の要否": "expected_flagged",
    "期待する注意": "expected_flags", "期待フラグ": "expected_flags", "注意": "expected_flags",
    "期待する許可の種類": "expected_permission_kind", "許可の種類": "expected_permission_kind",
    "期待許可種別": "expected_permission_kind",
    "期待する書類": "expected_documents", "期待書類": "expected_documents", "書類": "expected_documents",
    "根拠": "rule_ids", "規則": "rule_ids", "備考": "note", "メモ": "note",
}  # fmt: skip

JAPANESE_WORDS = {
    "はい": "y", "有": "y", "あり": "y", "○": "y", "〇": "y",
    "いいえ": "n", "無": "n", "なし": "n", "×": "n",
    "不明": "?", "分からない": "?", "わからない": "?", "分かりません": "?",
    "日本": "japan", "国内": "japan", "日本の大学": "japan", "国外": "foreign", "海外": "foreign",
    "外国": "foreign", "外国の大学": "foreign", "海外の大学": "foreign",
    "一部": "partial", "通常": "ordinary", "一般": "ordinary", "有給": "wage", "無給": "none",
    "賃金": "wage", "給与": "wage", "実費": "actual_costs", "定額手当": "flat_allowance",
    "手当": "flat_allowance", "風俗営業": "fueiho", "自大学TA・RA": "own_university_ta_ra",
    "TA・RA": "own_university_ta_ra", "TA": "own_university_ta_ra", "RA": "own_university_ta_ra",
    "学士課程": "undergrad", "修士": "master", "博士": "doctor", "短大": "junior-college",
    "高専": "kosen", "専門学校": "vocational", "卒業": "graduated", "修了": "graduated",
    "退学": "withdrawn", "除籍": "withdrawn",
}  # fmt: skip


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; the message says why, in one line."""


@dataclass(frozen=True)
class Row:
    """One data row: its number as a spreadsheet shows it, and its cells by column name."""

    number: int
    cells: dict[str, str]
    problem: str = ""

    @property
    def name(self) -> str:
        return self.cells.get("case_id") or f"row {self.number}"

    def on(self) -> date | None:
        """Give the row's own date. Raises ValueError if it is no date."""
        written = self.cells.get("on", "")
        return date.fromisoformat(written[:10].replace("/", "-")) if written else None


def read_rows(path: Path) -> list[Row]:
    """Read a file of cases. Raises UnreadableFile."""
    table = _table(path)
    header = next(table, [])
    columns = [_column(cell) for cell in header]
    if not set(columns) & set(FIELDS):
        raise UnreadableFile(f"{path}: no column with a known name; is the header missing?")
    twice = {name for name in columns if name and columns.count(name) > 1}
    if twice:
        raise UnreadableFile(f"{path}: column {', '.join(sorted(twice))} stands there twice")
    rows = [_row(number, columns, cells) for number, cells in enumerate(table, start=2)]
    rows = [row for row in rows if any(row.cells.values()) or row.problem]
    if not rows:
        raise UnreadableFile(f"{path}: no rows below the header")
    return rows


def differences(row: Row, answer: Assessment) -> Iterator[tuple[str, str, str]]:
    """Give column, expected and actual value for each column that differs; lists as sets."""
    for column, name in EXPECTED.items():
        if column not in row.cells:
            continue
        expected, actual = row.cells[column], written(getattr(answer, name))
        if _parts(expected) != _parts(actual):
            yield column, expected, actual


def written(value: str | bool | tuple[str, ...]) -> str:
    """Write one part of an answer as the case files do."""
    if isinstance(value, bool):
        return "y" if value else "n"
    return value if isinstance(value, str) else ";".join(value)


def _parts(cell: str) -> set[str]:
    return {part.strip() for part in cell.split(";") if part.strip()}


def _row(number: int, columns: list[str], cells: list[str]) -> Row:
    extra = [cell for cell in cells[len(columns) :] if cell]
    problem = "more cells than columns" if extra else ""
    found = {
        name: _word(name, cell)
        for name, cell in zip(columns, [*cells, *[""] * len(columns)], strict=False)
        if name
    }
    return Row(number, found, problem)


def _column(cell: str) -> str:
    """Give the known name of a header, or ''."""
    folded = _fold(cell)
    if folded.lower() in KNOWN:
        return folded.lower()
    return _HEADERS.get(folded, "")


def _word(name: str, cell: str) -> str:
    """Give a cell in the codes of the case files; Japanese words are turned into them."""
    narrow = unicodedata.normalize("NFKC", cell).strip()
    if name not in FIELDS or not narrow or narrow.isascii():
        return narrow
    return _WORDS.get((name, _fold(narrow)), _FOR_ALL.get(_fold(narrow), narrow))


def _fold(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).split()).strip("()*:")


_HEADERS = {_fold(word): name for word, name in JAPANESE_HEADERS.items()}
_FOR_ALL = {_fold(word): code for word, code in JAPANESE_WORDS.items()}
_WORDS = {
    (question.key, _fold(option.official)): option.code
    for question in QUESTIONS
    for option in question.options
    if option.official
}


def _table(path: Path) -> Iterator[list[str]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror}") from None
    if not content.strip():
        raise UnreadableFile(f"{path}: the file is empty")
    return iter(_sheet(path, content) if content[:2] == b"PK" else _lines(path, content))


def _lines(path: Path, content: bytes) -> Iterable[list[str]]:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            words = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UnreadableFile(f"{path}: neither CSV in UTF-8 or Shift_JIS nor XLSX")
    try:
        return list(csv.reader(io.StringIO(words, newline=""), strict=True))
    except csv.Error as error:
        raise UnreadableFile(f"{path}: not readable as CSV: {error}") from None


def _sheet(path: Path, content: bytes) -> Iterable[list[str]]:
    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        return [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    # openpyxl lets through whatever zip, XML and its own reading of a broken workbook raise.
    except Exception as error:
        raise UnreadableFile(f"{path}: not readable as XLSX ({type(error).__name__})") from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "y" if value else "n"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)
