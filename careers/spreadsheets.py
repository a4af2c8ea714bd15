"""Tables handed out as CSV or Excel files, line by line: however long, they need little memory."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import FileResponse, Http404, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

BOM = "\ufeff"
KINDS = ("csv", "xlsx")
# A cell that begins so is a formula to a spreadsheet; in Japan the full-width signs are too.
_RUN = r"(?:[\t\r\n]|\s*[=+\-@＝＋－＠])"
_FORMULA = re.compile(f"'*{_RUN}")
_MADE_SAFE = re.compile(f"'+{_RUN}")
# Excel counts as UTF-16 does (𠮷 is two) and refuses a file with more in one cell.
LONGEST_CELL = 32_767
CUT = "〔セルの上限で切れています。全文はCSVで。 Cut: a cell holds no more; see the CSV file.〕"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(cell: Any) -> str:
    """Give the text of a cell; what a spreadsheet would run is made plain text."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def unsafe(text: str) -> str:
    """Give back what `safe` was given."""
    return text[1:] if _MADE_SAFE.match(text) else text


def fitting(text: str) -> str:
    """Give what a cell of Excel can hold; a longer text says at its end that it was cut."""
    if len(text) * 2 <= LONGEST_CELL:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= LONGEST_CELL * 2:
        return text
    # Half a letter at the end drops out.
    return units[: (LONGEST_CELL - len(CUT)) * 2].decode("utf-16-le", errors="ignore") + CUT


def was_cut(text: str) -> bool:
    return text.rstrip().endswith(CUT)


def as_file(kind: str, name: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]):
    """Answer with a file `name`.csv or `name`.xlsx; the rows are read while it is written.

    Raises Http404 for any other kind.
    """
    if kind not in KINDS:
        raise Http404
    made = (_as_csv if kind == "csv" else _as_excel)(headers, rows)
    made["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    made["Cache-Control"] = "private, no-store"
    made["X-Content-Type-Options"] = "nosniff"
    return made


class _Line:
    """A file to csv.writer that keeps nothing: it gives back the line it was told to write."""

    def write(self, line: str) -> str:
        return line


def _as_csv(headers, rows) -> StreamingHttpResponse:
    return StreamingHttpResponse(_csv_lines(headers, rows), content_type="text/csv; charset=utf-8")


def _csv_lines(headers, rows) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BOM + writer.writerow(headers)
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def _as_excel(headers, rows) -> FileResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(headers)
    for row in rows:
        sheet.append([_text_cell(sheet, cell) for cell in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    book.save(file)
    file.seek(0)
    return FileResponse(file, content_type=XLSX)


def _text_cell(sheet, cell) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, fitting(ILLEGAL_CHARACTERS_RE.sub("", safe(cell))))
    made.data_type = "s"  # never a formula, whatever it begins with
    return made
