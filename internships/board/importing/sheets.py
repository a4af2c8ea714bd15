"""A CSV or Excel file to numbered lines of text cells, under the headers we know."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils.exceptions import InvalidFileException

from internships.board.importing.cells import COLUMNS, plain

# Titles and notes may stand above the headers of a sheet, but not endlessly.
HEADER_WITHIN = 20
# What we write beside the columns ourselves; sent back, it says nothing new.
OUR_OWN = ("row", "excel_row", "problems", "action", "note", "state", "views")
# An Excel file is a packed one; a small one may unpack to more than the machine holds.
UNPACKED = 200 * 1024 * 1024
NEEDED = {"organisation_ja", "organisation_en"}, {"title_ja", "title_en"}


class Unreadable(Exception):
    """The file as a whole cannot be read; the message is for people."""


@dataclass(frozen=True)
class Line:
    row: int
    excel_row: int
    cells: dict[str, str]
    fault: str | Promise = ""


@dataclass(frozen=True)
class Table:
    lines: list[Line]
    unknown_headers: list[str] = field(default_factory=list)


def read_table(content: bytes) -> Table:
    """Give the lines of a CSV or XLSX file, told apart by content. Raises Unreadable."""
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    rows = _excel_rows(content) if content.startswith(b"PK") else _csv_rows(content)
    return _under_headers(rows)


def read_file(path: Path) -> Table:
    try:
        return read_table(path.read_bytes())
    except OSError as error:
        raise Unreadable(
            _("%(file)s cannot be opened: %(why)s") % {"file": path, "why": error.strerror}
        ) from error


def _csv_rows(content: bytes) -> list[tuple[int, list[str]]]:
    text = _decoded(content)
    delimiter = max(",\t;", key=lambda mark: _known_in(text.partition("\n")[0].split(mark)))
    # A strict reader: an open quotation mark would otherwise swallow the lines after it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        rows.extend((number, row) for number, row in enumerate(reader, start=1))
    except csv.Error as error:
        raise Unreadable(
            _("The CSV file cannot be read after line %(line)s: a quotation mark is out of place.")
            % {"line": reader.line_num}
        ) from error
    return rows


def _decoded(content: bytes) -> str:
    # Excel in Japan writes cp932; everything newer writes UTF-8.
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # A stray NUL in good UTF-8 is dropped later; in cp932 it means a picture or the like.
        if encoding != "cp932" or "\0" not in text:
            return text
    raise Unreadable(_("This is neither a CSV file nor an Excel file (.xlsx)."))


def _excel_rows(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            too_large = sum(part.file_size for part in parts.infolist()) > UNPACKED
        if too_large:
            raise Unreadable(_("This Excel file is too large when it is unpacked."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Unreadable(_("This is not an Excel file (.xlsx) that can be read.")) from error
    for sheet in book.worksheets:
        rows = [
            (number, [_cell_text(value) for value in row])
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            # A sheet may be a million empty rows long.
            if any(value is not None for value in row)
        ]
        if _header_at(rows) is not None:
            return rows
    return []


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "y" if value else "n"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _under_headers(rows: list[tuple[int, list[str]]]) -> Table:
    at = _header_at(rows)
    if at is None:
        raise Unreadable(
            _(
                "No line of headers was found: the file needs the columns of the postings file, "
                "among them the organisation and the title."
            )
        )
    headers = [_header(text) for text in rows[at][1]]
    doubled = {name for name in headers if name in COLUMNS and headers.count(name) > 1}
    if doubled:
        raise Unreadable(_("The column %(name)s stands there twice.") % {"name": min(doubled)})
    filled = [(number, row) for number, row in rows[at + 1 :] if any(cell.strip() for cell in row)]
    if not filled:
        raise Unreadable(_("The file has headers but no line below them."))
    lines = [
        _line(count, number, row, headers) for count, (number, row) in enumerate(filled, start=1)
    ]
    return Table(lines, [name for name in headers if name and name not in (*COLUMNS, *OUR_OWN)])


def _line(count: int, number: int, row: list[str], headers: list[str]) -> Line:
    cells = {name: cell for name, cell in zip(headers, row, strict=False) if name in COLUMNS}
    too_many = any(cell.strip() for cell in row[len(headers) :])
    fault = gettext_lazy("The line has more cells than there are headers.") if too_many else ""
    return Line(count, number, cells, fault)


def _header(text: str) -> str:
    return plain(text).lower().replace(" ", "_")


def _known_in(cells: list[str]) -> int:
    return sum(_header(cell.strip('"\ufeff\r')) in COLUMNS for cell in cells)


def _header_at(rows: list[tuple[int, list[str]]]) -> int | None:
    for index, (_number, row) in enumerate(rows[:HEADER_WITHIN]):
        names = {_header(text) for text in row}
        if all(names & group for group in NEEDED):
            return index
    return None
