"""A CSV or Excel file to numbered lines of text cells, under the headers we know."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import zip_longest
from pathlib import Path

import openpyxl
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils.exceptions import InvalidFileException

from internships.board.importing.cells import COLUMNS, plain, told

# Titles and notes may stand above the headers of a sheet, but not endlessly.
HEADER_WITHIN = 20
# What we write beside the columns ourselves; sent back, it says nothing new.
OUR_OWN = ("row", "excel_row", "problems", "action", "note", "state", "views")
# An Excel file is a packed one; a small one may unpack to more than the machine holds.
UNPACKED = 200 * 1024 * 1024
# How an .xls begins, and every Excel file with a password.
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# Stands where a program wrote a formula and nobody has opened the file in Excel since.
NOT_CALCULATED = "#NOT-CALCULATED"
NEEDED = {"organisation_ja", "organisation_en"}, {"title_ja", "title_en"}


class Unreadable(Exception):
    """The file as a whole cannot be read; the message is for people."""


@dataclass(frozen=True)
class Line:
    """`cells` has every column of the file that we know, and none that the file does not have."""

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
    above = text.splitlines()[:HEADER_WITHIN]
    delimiter = max(",\t;", key=lambda mark: max(_known_in(line.split(mark)) for line in above))
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
    if content.startswith(OLD_EXCEL):
        raise Unreadable(
            _(
                "This is an old Excel file (.xls) or one with a password. "
                "Save it as .xlsx without a password."
            )
        )
    # Excel in Japan writes cp932, its "Unicode text" is UTF-16; everything newer writes UTF-8.
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp932"]
    for encoding in encodings:
        text = _as(encoding, content)
        # A stray NUL in good UTF-8 is dropped later; elsewhere it means a picture or the like.
        if text is not None and (encoding == "utf-8-sig" or "\0" not in text):
            break
    else:
        raise Unreadable(_("This is neither a CSV file nor an Excel file (.xlsx)."))
    # cp932 makes signs of everything, also of the encodings of old servers and of mail.
    if "\x1b$" in text or (encoding == "cp932" and _as("euc_jp", content) is not None):
        raise Unreadable(_("The Japanese letters of this file cannot be read. Save it as UTF-8."))
    return text


def _as(encoding: str, content: bytes) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _excel_rows(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > UNPACKED:
                raise Unreadable(_("This Excel file is too large when it is unpacked."))
            has_formulas = _has_formulas(parts)
        book = _book(content)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Unreadable(_("This is not an Excel file (.xlsx) that can be read.")) from error
    written = _book(content, data_only=False) if has_formulas else book
    for sheet in book.worksheets:
        rows = [
            (number, [_cell_text(value, formula) for value, formula in zip(*both, strict=True)])
            for number, both in enumerate(_beside(sheet, written[sheet.title]), start=1)
            # A sheet may be a million empty rows long.
            if any(value is not None for values in both for value in values)
        ]
        if _header_at(rows) is not None:
            return rows
    return []


def _book(content: bytes, *, data_only: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)


def _has_formulas(parts: zipfile.ZipFile) -> bool:
    for name in parts.namelist():
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        with parts.open(name) as part:
            before = b""
            while piece := part.read(1024**2):
                if b"<f>" in before + piece or b"<f " in before + piece:
                    return True
                before = piece[-2:]
    return False


def _beside(sheet, written) -> Iterator[tuple[tuple, tuple]]:
    """Give each row with its values, and as it was written: with formulas, where it has any."""
    values = sheet.iter_rows(values_only=True)
    if written is sheet:
        return ((row, row) for row in values)
    return zip(values, written.iter_rows(values_only=True), strict=True)


def _cell_text(value: object, written: object) -> str:
    if value is None:
        return "" if written is None else NOT_CALCULATED
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
    filled = zip_longest(headers, row[: len(headers)], fillvalue="")
    cells = {name: cell for name, cell in filled if name in COLUMNS}
    return Line(count, number, cells, _fault(cells, row[len(headers) :]))


def _fault(cells: dict[str, str], beyond: list[str]) -> str | Promise:
    if any(cell.strip() for cell in beyond):
        return gettext_lazy("The line has more cells than there are headers.")
    for column, text in cells.items():
        if text == NOT_CALCULATED:
            words = gettext_lazy(
                "%(column)s holds a formula without its result: "
                "open the file in Excel, save it and send it again."
            )
            return told(words, column=column)
        if text.strip() in ERROR_CODES:
            words = gettext_lazy("%(column)s holds the error %(error)s of a spreadsheet.")
            return told(words, column=column, error=text.strip())
    return ""


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
