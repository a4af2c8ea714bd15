"""Files that are read, and files of which it is said why they are not."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from internships.board.importing import Unreadable, import_table, read_table
from internships.board.models import Posting
from tests.board.importing import LINE, as_csv, as_excel

pytestmark = pytest.mark.django_db


def test_a_line_with_more_cells_than_headers_is_refused():
    content = as_csv(LINE).rstrip(b"\r\n") + b",stray\r\n"

    summary = import_table(read_table(content))

    assert summary.results[0].notes == ["The line has more cells than there are headers."]
    assert not Posting.objects.exists()


def test_a_file_of_excel_for_japan_is_read():
    summary = import_table(read_table(as_csv(LINE, encoding="cp932")))

    assert summary.results[0].posting.title_ja == "港の調査"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_what_excel_writes_is_read_in_each_of_its_encodings(encoding):
    (line,) = read_table(as_csv(LINE, encoding=encoding)).lines

    assert line.cells["title_ja"] == "港の調査"


@pytest.mark.parametrize(
    ("encoding", "reason"),
    [
        ("utf-16-le", "neither a CSV"),
        ("euc_jp", "Save it as UTF-8"),
        ("iso2022_jp", "Save it as UTF-8"),
    ],
)
def test_a_text_in_another_encoding_says_so(encoding, reason):
    with pytest.raises(Unreadable, match=reason):
        read_table(as_csv(LINE, encoding=encoding))


def test_an_excel_sheet_with_titles_above_the_headers_is_read():
    headers = ["title_ja", "organisation_ja", "starts_on", "ends_on", "pay_yen", "prefecture"]
    content = as_excel(
        ["求人一覧"],
        headers,
        ["港の調査", "株式会社みなと", date(2027, 2, 15), "2027/2/18", 1300.0, 1],
        [None, "  "],
    )

    (result,) = import_table(read_table(content)).results

    posting = result.posting
    assert (result.line.row, result.line.excel_row) == (1, 3)
    assert (posting.starts_on, posting.pay_yen, posting.prefecture) == (
        date(2027, 2, 15),
        1300,
        "01",
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b" \r\n", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is neither a CSV file nor an Excel file (.xlsx)."),
        (b"PK\x03\x04 broken", "This is not an Excel file (.xlsx) that can be read."),
        (b"<html><body>404</body></html>", "No line of headers was found"),
        (as_csv(), "The file has headers but no line below them."),
        (b"ref,title_ja,organisation_ja,ref\n1,a,b,2\n", "The column ref stands there twice."),
        (
            'title_ja,organisation_ja\n"港,みなと\n次,みなと\n'.encode(),
            "The CSV file cannot be read after line 3: a quotation mark is out of place.",
        ),
    ],
)
def test_a_file_that_is_no_list_of_postings_says_so(tmp_path, content, reason):
    file = tmp_path / "sent.csv"
    file.write_bytes(content)

    with pytest.raises(
        CommandError, match=reason.replace("(", r"\(").replace(")", r"\)")
    ) as stopped:
        call_command("import_postings", file, "--lang=en")

    assert stopped.value.returncode == 2


def test_a_file_that_is_not_there_says_so():
    with pytest.raises(CommandError, match="cannot be opened") as stopped:
        call_command("import_postings", "/nowhere/sent.csv", "--lang=en")

    assert stopped.value.returncode == 2


@pytest.mark.parametrize("delimiter", ",;\t")
@pytest.mark.parametrize("above", ["sep={0}\r\n", "募集一覧{0}{0}\n{0}\n"])
def test_lines_above_the_headers_do_not_hide_what_stands_between_cells(delimiter, above):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows([LINE.keys(), LINE.values()])
    text = above.format(delimiter) + file.getvalue()

    table = read_table(text.encode())

    assert [line.cells for line in table.lines] == [LINE]


def test_an_old_excel_file_or_one_with_a_password_says_so():
    with pytest.raises(Unreadable, match="without a password"):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_a_formula_without_its_result_and_an_error_are_refused_with_the_column():
    good = [LINE["title_ja"], LINE["organisation_ja"], "1300"]
    content = as_excel(
        ["title_ja", "organisation_ja", "pay_yen"],
        good,
        ['=CONCATENATE("港","調査")', "=A2", None],
        ["別の調査", "株式会社やま", "#REF!"],
    )

    summary = import_table(read_table(content))

    assert [result.action for result in summary.results] == ["created", "refused", "refused"]
    assert summary.results[1].notes == [
        "title_ja holds a formula without its result: "
        "open the file in Excel, save it and send it again."
    ]
    assert summary.results[2].why.endswith("pay_yen holds the error #REF! of a spreadsheet.")


def test_the_result_of_a_formula_is_read():
    content = as_excel(["title_ja", "organisation_ja"], ["=A9", "株式会社みなと"])
    calculated = with_result(content, "港の調査")

    (line,) = read_table(calculated).lines

    assert line.cells["title_ja"] == "港の調査"


def with_result(content, result):
    """Give an Excel file as Excel saves it: the formula in A2 with its result beside it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            part = part.replace('<c r="A2"><f>', '<c r="A2" t="str"><f>')
            part = re.sub(r"</f><v ?/?>(</v>)?", f"</f><v>{result}</v>", part)
            new.writestr(name, part)
    return made.getvalue()


def test_a_file_of_twenty_thousand_lines_is_read():
    lines = read_table(as_csv(*[LINE] * 20_000)).lines

    assert (len(lines), lines[-1].excel_row) == (20_000, 20_001)
