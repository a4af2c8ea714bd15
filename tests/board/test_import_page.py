"""The same import in the site: send a file, look, import it once, take back what was refused."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careers.people.models import OfficeSettings
from careers.people.office import office_settings
from careers.record import log
from careers.record.models import Event
from internships.board import uploads, workflow
from internships.board.importing.cells import COLUMNS
from internships.board.models import ImportFile, Organisation, Posting
from internships.board.workflow.row import version
from tests.board.importing import LINE, SAMPLE, all_rows, as_csv, as_excel
from tests.factories import make_user

PAGE = "/internships/import/"
GOOD, NO_TITLE = LINE, LINE | {"ref": "I26-9002", "title_ja": "", "title_en": ""}
pytestmark = pytest.mark.django_db


def send(client, content, *, name="postings.csv", follow=True, **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(PAGE, {"file": file, "form_key": uuid4()} | fields, follow=follow)


def the_file():
    return ImportFile.objects.get()


def text_of(response):
    return b"".join(response).decode()


def test_a_file_is_looked_at_before_anything_is_written(advisor):
    before = all_rows()

    response = send(advisor, as_csv(GOOD, NO_TITLE))

    assert "1 new posting · 0 changed · 0 as they were · 1 line refused" in text_of(response)
    lines = response.context["page"].object_list
    assert [(line.row, line.action) for line in lines] == [(3, "refused"), (2, "new")]
    assert lines[0].why[0] == "The line has no title."
    assert all_rows() == before


def test_the_good_lines_go_in_and_the_sender_is_in_the_log(advisor):
    send(advisor, as_csv(GOOD, NO_TITLE))

    response = advisor.post(the_file().get_absolute_url(), follow=True)

    posting = Posting.objects.get()
    assert (posting.ref, posting.state, posting.posted_by) == (
        "I26-9001",
        "in_review",
        advisor.user,
    )
    assert set(Event.objects.values_list("verb", "actor")) == {("imported", advisor.user.pk)}
    assert log.history(the_file()).get().after == the_file().counts
    assert "Line 3: The line has no title." in text_of(response)


def test_a_ticked_box_puts_good_postings_on_the_board(advisor):
    send(advisor, as_csv(GOOD), publish="on")

    advisor.post(the_file().get_absolute_url())

    posting = Posting.objects.get()
    assert posting.state == "published"
    assert [event.verb for event in log.history(posting)] == ["published", "imported"]
    assert {event.actor for event in log.history(posting)} == {advisor.user}


def test_a_file_sent_before_a_second_person_was_asked_for_waits_for_her(advisor):
    send(advisor, as_csv(GOOD), publish="on")
    office = OfficeSettings.load()
    office.second_person_publishes = True
    office.save()

    advisor.post(the_file().get_absolute_url())

    assert Posting.objects.get().state == "in_review"


@pytest.mark.parametrize(("seconds", "left"), [(0, 2), (1, 1)])
def test_a_file_is_kept_for_two_weeks(advisor, frozen_moment, seconds, left):
    send(advisor, as_csv(GOOD))
    frozen_moment.shift(timedelta(days=14, seconds=seconds))

    uploads.keep(as_csv(GOOD), name="b.csv", publish=False, by=advisor.user, key=uuid4())

    assert ImportFile.objects.count() == left


def test_nobody_publishes_her_own_file_where_a_second_person_has_to(
    advisor, second_person_publishes
):
    send(advisor, as_csv(GOOD), publish="on")
    advisor.post(the_file().get_absolute_url())

    assert Posting.objects.get().state == "in_review"


def test_the_same_form_sent_twice_keeps_one_file_and_imports_it_once(advisor):
    key = uuid4()
    send(advisor, as_csv(GOOD), form_key=key)
    send(advisor, as_csv(GOOD), form_key=key)
    advisor.post(the_file().get_absolute_url())
    before = all_rows()

    response = advisor.post(the_file().get_absolute_url(), follow=True)

    assert all_rows() == before
    assert "1 new posting" in text_of(response)


def test_the_same_file_sent_again_writes_nothing(advisor):
    content = SAMPLE.read_bytes()
    send(advisor, content)
    advisor.post(the_file().get_absolute_url())
    before = all_rows()

    response = send(advisor, content)
    advisor.post(ImportFile.objects.first().get_absolute_url())

    assert "There is nothing to import" in text_of(response)
    assert all_rows() == before
    assert ImportFile.objects.first().counts["unchanged"] == 160


def test_what_breaks_in_the_middle_leaves_nothing_and_the_file_waits(advisor, monkeypatch):
    send(advisor, as_csv(GOOD, NO_TITLE))
    before = all_rows()
    monkeypatch.setattr(ImportFile, "save", lambda *_a, **_k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        uploads.carry_out(the_file(), by=advisor.user)

    assert all_rows() == before
    assert the_file().imported_at is None


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("imported", [False, True])
def test_refused_lines_are_given_back_as_sent_with_the_reason(advisor, kind, imported):
    formula = NO_TITLE | {"description_ja": "=HYPERLINK(1)"}
    send(advisor, as_csv(GOOD, formula))
    if imported:
        advisor.post(the_file().get_absolute_url())

    response = advisor.get(reverse("posting_import_refused", args=[the_file().key, kind]))

    content = response.getvalue()
    headers, *rows = table_in(content)
    assert headers == ["row", "note", *COLUMNS]
    line = dict(zip(headers, rows[0], strict=True))
    assert (len(rows), line["row"], line["note"], line["ref"], line["description_ja"]) == (
        1,
        "3",
        "The line has no title.",
        "I26-9002",
        "'=HYPERLINK(1)",
    )
    assert content.startswith(b"PK" if kind == "xlsx" else b"\xef\xbb\xbf")


def table_in(content):
    if content.startswith(b"PK"):
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
        return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_refused_lines_that_were_mended_go_in(advisor):
    send(advisor, as_csv(GOOD, NO_TITLE))
    advisor.post(the_file().get_absolute_url())
    address = reverse("posting_import_refused", args=[the_file().key, "csv"])
    headers, row = table_in(advisor.get(address).getvalue())
    row[headers.index("title_ja")] = "=直した題名".replace("=", "'=")

    response = send(advisor, as_lines(headers, row))
    advisor.post(ImportFile.objects.first().get_absolute_url())

    assert "Columns that are not used" not in text_of(response)
    assert Posting.objects.get(ref="I26-9002").title_ja == "=直した題名"


def as_lines(*rows):
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def test_refused_lines_of_a_file_with_few_columns_have_no_more_of_them(advisor):
    send(advisor, as_csv(GOOD))
    advisor.post(the_file().get_absolute_url())
    few = "ref,title_ja,organisation_ja,openings\nI26-9001,,株式会社みなと,5\n"
    send(advisor, few.encode())

    address = reverse("posting_import_refused", args=[ImportFile.objects.first().key, "csv"])
    refused = text_of(advisor.get(address).streaming_content)
    send(advisor, refused.replace("I26-9001,,", "I26-9001,港の調査,").encode())
    advisor.post(ImportFile.objects.first().get_absolute_url())

    posting = Posting.objects.get()
    assert (posting.openings, posting.description_ja) == (5, GOOD["description_ja"])


def test_the_reason_comes_in_the_language_of_the_reader(advisor):
    send(advisor, as_csv(NO_TITLE))
    advisor.post(the_file().get_absolute_url())
    advisor.cookies["django_language"] = "ja"

    page = text_of(advisor.get(the_file().get_absolute_url()))

    assert "タイトルがありません。" in page
    assert "no title" not in page


@pytest.mark.parametrize("imported", [False, True])
def test_one_reading_of_a_cell_gives_its_reason_in_both_languages(advisor, imported):
    send(advisor, as_csv(NO_TITLE | {"prefecture": "48"}))
    if imported:
        advisor.post(the_file().get_absolute_url())
    address = reverse("posting_import_refused", args=[the_file().key, "csv"])

    english = table_in(advisor.get(address).getvalue())[1][1]
    advisor.cookies["django_language"] = "ja"
    japanese = table_in(advisor.get(address).getvalue())[1][1]

    assert english == "prefecture: “48” is no prefecture. / The line has no title."
    assert japanese == "prefecture: 「48」という都道府県はありません。 / タイトルがありません。"


def test_excel_is_told_from_the_content_and_not_from_the_name(advisor):
    response = send(advisor, as_excel(list(LINE), list(LINE.values())), name="postings.csv")

    assert "1 new posting" in text_of(response)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"  \n", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is neither a CSV file nor an Excel file (.xlsx)."),
        (b"PK\x03\x04 no book", "This is not an Excel file (.xlsx) that can be read."),
        (b"a,b\n1,2\n", "No line of headers was found"),
        (b"title_ja,organisation_ja\n", "The file has headers but no line below them."),
        (as_csv(*[LINE] * 2001), "The file has 2001 lines. Send at most 2000 at once."),
        (b"x" * (5 * 1024**2 + 1), "This file is 6 MB. Send one of 5 MB or less."),
    ],
    ids=["empty", "blanks", "picture", "no book", "other headers", "headers only", "long", "large"],
)
def test_a_file_that_cannot_be_used_is_told_beside_its_field(advisor, content, words):
    response = send(advisor, content)

    (error,) = response.context["form"].errors["file"]
    assert words in error
    assert not ImportFile.objects.exists()


def test_no_file_at_all_is_told_too(advisor):
    response = advisor.post(PAGE, {})

    assert response.context["form"].errors["file"] == ["Choose a file."]


def test_a_file_that_would_empty_the_board_asks_first(advisor):
    send(advisor, as_csv(GOOD), publish="on")
    advisor.post(the_file().get_absolute_url())

    over = GOOD | {"openings": "9", "closes_at": "2026-11-20"}
    changed = send(advisor, as_csv(over), publish="on")
    address = ImportFile.objects.first().get_absolute_url()
    advisor.post(address)
    stopped = Posting.objects.get().openings
    advisor.post(address, {"force": "1"})

    assert "This would empty the board" in text_of(changed)
    assert (stopped, Posting.objects.get().openings) == (3, 9)


def test_the_preview_says_what_waits_and_what_leaves_the_board(advisor):
    lines = [GOOD | {"ref": f"I26-900{n}", "title_ja": f"港の調査{n}"} for n in range(3)]
    send(advisor, as_csv(*lines), publish="on")
    advisor.post(the_file().get_absolute_url())

    changes = [{"openings": "9"}, {"venue": "fueiho"}, {}]
    changed = [line | change for line, change in zip(lines, changes, strict=True)]
    response = send(advisor, as_csv(*changed))
    advisor.post(ImportFile.objects.first().get_absolute_url())

    told = {line.ref: str(line.action) for line in response.context["page"].object_list}
    assert told == {
        "I26-9000": "change to approve",
        "I26-9001": "leaves the board",
        "I26-9002": "as it was",
    }
    assert "2 changed (1 waits for approval)" in text_of(response)
    states = Posting.objects.order_by("ref").values_list("state", "pending_state")
    assert list(states) == [("published", "in_review"), ("in_review", ""), ("published", "")]
    page = advisor.get(reverse("posting_change", args=["I26-9000"]))
    assert "until this is approved" in text_of(page)


def test_the_preview_says_what_a_line_changes_and_puts_what_stays_last(advisor):
    lines = [GOOD | {"ref": f"I26-900{n}", "title_ja": f"港の調査{n}"} for n in range(3)]
    send(advisor, as_csv(*lines))
    advisor.post(the_file().get_absolute_url())

    lines[2] |= {"openings": "9", "course_code": "INT101", "description_ja": "長い" * 40}
    response = send(advisor, as_csv(*lines))

    assert [(line.ref, line.changes) for line in response.context["page"].object_list] == [
        ("I26-9002", ["course_code: – → INT101", "description_ja", "openings: 3 → 9"]),
        ("I26-9000", []),
        ("I26-9001", []),
    ]


def test_what_was_written_since_the_preview_is_shown_before_it_is_written_over(advisor):
    send(advisor, as_csv(GOOD))
    advisor.post(the_file().get_absolute_url())
    preview = send(advisor, as_csv(GOOD | {"openings": "9"}))
    address, seen = ImportFile.objects.first().get_absolute_url(), preview.context["seen"]
    posting = Posting.objects.get()
    workflow.edit(posting, {"openings": 5}, by=make_user(roles=["advisor"]), seen=version(posting))

    again = advisor.post(address, {"seen": seen}, follow=True)
    kept = Posting.objects.get().openings
    advisor.post(address, {"seen": again.context["seen"]})

    assert "Nothing was imported: something was written since you looked." in text_of(again)
    assert again.context["page"].object_list[0].changes == ["openings: 5 → 9"]
    assert (kept, Posting.objects.get().openings) == (5, 9)


def test_a_preview_holds_while_nobody_writes_anything(advisor):
    seen = send(advisor, as_csv(GOOD, NO_TITLE), publish="on").context["seen"]

    advisor.post(the_file().get_absolute_url(), {"seen": seen})

    assert Posting.objects.get().state == "published"


def test_a_preview_promises_no_publication_once_a_second_person_has_to(advisor):
    send(advisor, as_csv(GOOD), publish="on")
    office = office_settings()
    office.second_person_publishes = True
    office.save()

    preview = advisor.get(the_file().get_absolute_url())
    advisor.post(the_file().get_absolute_url(), {"seen": preview.context["seen"]})

    assert "would go on the board" not in text_of(preview)
    assert Posting.objects.get().state == "in_review"


def test_somebody_elses_file_does_not_exist(advisor, client):
    send(advisor, as_csv(GOOD, NO_TITLE))
    client.force_login(make_user(roles=["advisor"]))

    for address in (
        the_file().get_absolute_url(),
        reverse("posting_import_refused", args=[the_file().key, "csv"]),
    ):
        assert client.get(address).status_code == 404


def test_who_may_not_write_postings_imports_none(person):
    with pytest.raises(PermissionDenied):
        uploads.keep(as_csv(GOOD), name="x", publish=False, by=person("reviewer"), key=uuid4())


def test_a_preview_asks_the_database_no_more_for_a_long_list_of_files(advisor, assert_same_queries):
    assert_same_queries(
        lambda: advisor.get(PAGE),
        lambda: uploads.keep(
            as_csv(GOOD), name="x.csv", publish=False, by=advisor.user, key=uuid4()
        ),
    )
    assert not Organisation.objects.exists()
