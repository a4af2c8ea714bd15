"""Postings from a file: the sample file, run again, broken files, broken lines."""

import csv
import io
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from careers.desk import letters
from careers.desk.models import Letter
from careers.people.office import office_settings
from careers.record.models import Event
from internships.board import content, versions, workflow
from internships.board.importing import Stopped, Unreadable, import_table, read_table
from internships.board.importing.cells import COLUMNS
from internships.board.models import MinimumWage, Organisation, Posting
from tests.factories import make_organisation, make_posting

SAMPLE = Path("internships/office/sample/postings.csv")
LINE = {
    "ref": "I26-9001",
    "title_ja": "港の調査",
    "title_en": "Port survey",
    "organisation_ja": "株式会社みなと",
    "organisation_en": "Minato Inc.",
    "industry": "transport",
    "programme_type": "2",
    "description_ja": "港で調べます。",
    "prefecture": "13",
    "work_style": "onsite",
    "starts_on": "2027-02-15",
    "ends_on": "2027-02-18",
    "weekly_hours": "24",
    "daily_hours": "6",
    "days_per_week": "4",
    "pay_kind": "wage",
    "pay_yen": "1300",
    "pay_unit": "hour",
    "japanese_level": "N2",
    "english_level": "none",
    "faculties": "any",
    "study_years": "B3;B4",
    "credit_bearing": "n",
    "accepts_from_abroad": "n",
    "openings": "3",
    "opens_at": "2026-11-01T09:00:00+09:00",
    "closes_at": "2027-01-22T17:00:00+09:00",
    "apply_method": "email",
    "apply_to": "saiyo@minato.example.jp",
    "source": "employer",
    "venue": "ordinary",
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reader_of_english():
    with translation.override("en"):
        yield


def as_csv(*lines, encoding="utf-8"):
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(lines)
    return file.getvalue().encode(encoding)


def as_excel(headers, *rows):
    book = openpyxl.Workbook()
    for row in (headers, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def take(*lines, **options):
    """Import lines that differ from a good one in what they name."""
    return import_table(read_table(as_csv(*(LINE | line for line in lines))), **options)


def all_rows():
    return {
        model: list(model.objects.order_by("pk").values())
        for model in (Posting, Organisation, Event)
    }


def test_the_sample_file_gives_157_published_and_3_held(capsys):
    call_command("import_postings", SAMPLE, "--publish", "--lang=en")

    assert "160 created, 0 updated, 0 unchanged, 0 refused.\n157 published, 3 held." in (
        capsys.readouterr().out
    )
    assert Posting.objects.filter(state="published").count() == 157
    held = Posting.objects.filter(state="in_review").order_by("ref")
    assert [(posting.ref, posting.problems[0]) for posting in held] == [
        ("I26-0115", "P_FUEIHO"),
        ("I26-0154", "P_FUEIHO"),
        ("I26-0157", "P_FUEIHO"),
    ]
    assert Posting.objects.open(timezone.now()).count() == 91 - 3
    assert Organisation.objects.count() == 97


def test_running_twice_changes_no_row_and_logs_no_event():
    table = read_table(SAMPLE.read_bytes())
    import_table(table, publish=True)
    before = all_rows()

    summary = import_table(table, publish=True)

    assert {result.action for result in summary.results} == {"unchanged"}
    assert all_rows() == before


def test_running_twice_without_numbers_changes_nothing_either():
    lines = [{"ref": ""}, {"ref": ""}, {"ref": "", "title_ja": "別の調査"}]
    take(*lines)
    before = all_rows()

    summary = take(*lines)

    assert [result.action for result in summary.results] == ["unchanged"] * 3
    assert all_rows() == before


def test_a_line_without_number_finds_its_posting_after_a_correction_by_hand():
    take({"ref": ""})
    Posting.objects.update(title_ja="手で直した題名", ends_on=date(2027, 2, 19))

    summary = take({"ref": "", "openings": "5"}, force=True)

    posting = Posting.objects.get()
    assert summary.results[0].action == "updated"
    assert (posting.title_ja, posting.openings) == ("手で直した題名", 5)


def test_a_posting_written_by_hand_is_found_by_its_number():
    host = make_organisation(name_ja="株式会社みなと")
    make_posting(ref="I26-9001", organisation=host, title_ja="港の調査", title_en="")

    summary = take({}, publish=True)

    assert summary.results[0].action == "updated"
    assert Posting.objects.get().title_en == "Port survey"


def test_the_report_that_cannot_be_written_stops_before_anything_is_done(tmp_path):
    with pytest.raises(CommandError, match="cannot be written") as stopped:
        call_command("import_postings", SAMPLE, "--report", tmp_path / "no" / "r.csv", "--lang=en")

    assert stopped.value.returncode == 2
    assert not Posting.objects.exists()


def test_a_report_that_fails_after_the_import_says_that_the_import_is_done(tmp_path, capsys):
    (tmp_path / "r.csv.part").mkdir()

    with pytest.raises(CommandError, match="The import is done, but its report") as failed:
        call_command("import_postings", SAMPLE, "--report", tmp_path / "r.csv", "--lang=en")

    assert failed.value.returncode == 1
    assert "160 created" in capsys.readouterr().out
    assert Posting.objects.count() == 160


def test_the_report_gives_back_every_column_as_understood(tmp_path):
    report = tmp_path / "report.csv"

    call_command("import_postings", SAMPLE, "--report", report, "--lang=en")

    with (
        SAMPLE.open(encoding="utf-8", newline="") as sent,
        report.open(encoding="utf-8", newline="") as told,
    ):
        sent, told = list(csv.DictReader(sent)), list(csv.DictReader(told))
    assert list(told[0]) == ["row", "excel_row", *COLUMNS, "problems", "action", "note"]
    assert [{name: line[name] for name in COLUMNS} for line in told] == sent
    assert (told[0]["row"], told[0]["excel_row"], told[0]["action"]) == ("1", "2", "created")
    assert told[1]["problems"] == "P_OVER28"


def test_a_trial_run_writes_nothing(capsys):
    before = all_rows()

    call_command("import_postings", SAMPLE, "--publish", "--dry-run", "--lang=en")

    assert "157 published" in capsys.readouterr().out
    assert all_rows() == before


def test_a_failure_in_the_middle_leaves_nothing_behind():
    with pytest.raises(ZeroDivisionError):
        import_table(_BreaksAfterTheFirstLine(read_table(as_csv(LINE, LINE | {"ref": "I26-9002"}))))

    assert not Posting.objects.exists()
    assert not Organisation.objects.exists()
    assert not Event.objects.exists()


class _BreaksAfterTheFirstLine:
    def __init__(self, table):
        self._lines = table.lines
        self._walks = 0

    @property
    def lines(self):
        self._walks += 1
        yield self._lines[0]
        # The first walk reads the cells, the second one saves.
        if self._walks > 1:
            raise ZeroDivisionError
        yield from self._lines[1:]


def test_without_publishing_everything_waits_for_review():
    take({})

    posting = Posting.objects.get()
    assert (posting.state, posting.published_at) == ("in_review", None)
    assert list(Event.objects.order_by("pk").values_list("verb", "actor")) == [
        ("imported", None),
        ("imported", None),
    ]


def test_what_waited_for_review_is_published_by_a_later_run():
    take({})

    summary = take({}, publish=True)

    assert summary.results[0].action == "updated"
    assert Posting.objects.get().state == "published"
    assert Event.objects.filter(verb="published").count() == 1


def test_a_posting_that_the_office_closed_stays_closed():
    take({}, publish=True)
    Posting.objects.update(state="withdrawn", withdrawn_at=timezone.now())

    take({}, publish=True)

    assert Posting.objects.get().state == "withdrawn"


def test_a_change_in_the_file_changes_that_field_and_keeps_what_was_edited_by_hand():
    take({}, publish=True)
    Posting.objects.update(title_ja="手で直した題名")

    summary = take({"openings": "5"}, publish=True)

    posting = Posting.objects.get()
    assert summary.results[0].action == "updated"
    assert (posting.openings, posting.title_ja, posting.state) == (5, "手で直した題名", "published")
    event = Event.objects.filter(verb="imported", object_kind="board.Posting").first()
    assert (event.before, event.after) == ({"openings": "3"}, {"openings": "5"})


# ── What is on the board already ────────────────────────────────────────────────────────────


def pending():
    return Posting.objects.get().pending


def test_a_change_of_what_is_on_the_board_waits_beside_it(person):
    advisor = person("advisor")
    take({}, publish=True)

    summary = take({"openings": "5", "title_ja": "港の新しい調査"}, by=advisor)

    posting = Posting.objects.get()
    assert (summary.results[0].action, summary.waiting) == ("updated", 1)
    assert (posting.state, posting.openings, posting.title_ja) == ("published", 3, "港の調査")
    assert (posting.pending, posting.pending_state, posting.pending_by) == (
        {"title_ja": "港の新しい調査", "openings": 5},
        "in_review",
        advisor,
    )
    (line, other) = versions.compare(content.of(posting), content.of(content.with_pending(posting)))
    assert (line.name, other.name) == ("title_ja", "openings")


def test_a_change_that_waits_is_written_once_and_approved_like_any_other(person):
    take({}, publish=True)
    take({"openings": "5"})
    before = all_rows()

    summary = take({"openings": "5"})
    assert (summary.results[0].action, summary.waiting) == ("unchanged", 0)
    assert all_rows() == before
    posting = Posting.objects.get()
    workflow.approve_change(posting, by=person("advisor"), seen=workflow.version(posting))
    before = all_rows()
    take({"openings": "5"})

    assert all_rows() == before
    assert (Posting.objects.get().openings, pending()) == (5, None)
    assert [version.changed for version in versions.versions_of(posting)] == [["openings"], []]


def test_a_change_that_was_dropped_does_not_come_back_with_the_same_file(person):
    take({}, publish=True)
    take({"openings": "5"})
    workflow.drop_change(Posting.objects.get(), by=person("advisor"))

    take({"openings": "5"})
    assert pending() is None
    take({"openings": "6"})

    assert pending() == {"openings": 6}


def test_what_a_file_takes_back_does_not_wait_any_longer():
    take({}, publish=True)
    take({"openings": "5", "pay_yen": "1400"})

    take({"openings": "5"})
    assert pending() == {"openings": 5}
    take({})

    assert pending() is None


def test_a_file_adds_to_what_a_colleague_wrote_and_leaves_her_words(person):
    office_settings_with_second_person()
    take({}, publish=True)
    posting = Posting.objects.get()
    values = {"title_en": "Harbour survey", "openings": 4}
    workflow.edit(posting, values, by=person("advisor"), seen=workflow.version(posting))

    take({"pay_yen": "1400"}, publish=True)
    assert pending() == {"title_en": "Harbour survey", "openings": 4, "pay_yen": 1400}
    take({"pay_yen": "1300"}, publish=True)

    assert pending() == {"title_en": "Harbour survey", "openings": 4}


def office_settings_with_second_person():
    settings = office_settings()
    settings.second_person_publishes = True
    settings.save()


def test_with_publish_it_is_changed_at_once_and_the_version_before_is_kept():
    take({}, publish=True)
    Posting.objects.update(title_ja="手で直した題名")

    summary = take({"openings": "5", "title_ja": "港の新しい調査"}, publish=True)

    posting = Posting.objects.get()
    new, old = versions.versions_of(posting)
    assert (summary.waiting, posting.state, posting.pending) == (0, "published", None)
    assert (new.values["openings"], old.values["openings"]) == (5, 3)
    assert (new.values["title_ja"], old.values["title_ja"]) == ("港の新しい調査", "手で直した題名")


@pytest.mark.parametrize(
    ("line", "waits"),
    [
        ({"closes_at": ""}, {"closes_at": None}),
        ({"closes_at": "2026-10-01"}, {"closes_at": "2026-10-01T23:59:00+09:00"}),
        ({"pay_yen": "much"}, {"pay_yen": None}),
        ({"weekly_hours": "45"}, {"weekly_hours": "45.00"}),
    ],
)
def test_what_may_not_go_on_the_board_waits_even_with_publish(line, waits):
    take({}, publish=True)

    summary = take(line, publish=True)

    posting = Posting.objects.get()
    assert (summary.results[0].held, posting.state, posting.pending) == (True, "published", waits)


def test_the_change_of_a_host_waits_too_and_leads_back_to_it_as_a_version(person):
    take({}, publish=True)
    first = Organisation.objects.get()
    other = {"organisation_ja": "株式会社やま", "organisation_en": "Yama"}

    take(other)
    posting = Posting.objects.get()
    assert posting.organisation == first
    assert list(posting.pending) == ["organisation_id"]
    workflow.drop_change(posting, by=person("advisor"))
    take(other | {"organisation_en": "Yama Inc."}, publish=True)

    new, old = versions.versions_of(Posting.objects.get())
    assert str(Organisation.objects.get(pk=new.values["organisation_id"])) == "Yama Inc."
    assert old.values["organisation_id"] == first.pk


def test_a_host_corrected_by_hand_stays_when_the_file_changes_something_else():
    take({}, publish=True)
    other = make_organisation()
    Posting.objects.update(organisation=other)

    take({"openings": "5"}, publish=True)

    posting = Posting.objects.get()
    assert (posting.organisation, posting.openings) == (other, 5)


def test_a_published_posting_that_turns_out_restricted_leaves_the_board():
    take({}, publish=True)
    take({"openings": "5"})

    take({"venue": "fueiho", "openings": "5"}, publish=True, force=True)

    posting = Posting.objects.get()
    assert (posting.state, posting.venue, posting.openings) == ("in_review", "fueiho", 5)
    assert posting.pending is None


def test_a_new_closing_date_cancels_the_letters_about_the_old_one(student):
    take({}, publish=True)
    posting = Posting.objects.get()
    with transaction.atomic():
        letters.write("posting_closing", student.user, posting, context={"ref": posting.ref})

    take({"closes_at": "2027-01-29T17:00:00+09:00"}, publish=True)

    assert Letter.objects.get().state == "cancelled"


def test_unchanged_lines_write_nothing_at_all():
    table = read_table(SAMPLE.read_bytes())
    import_table(table, publish=True)

    with CaptureQueriesContext(connection) as queries:
        import_table(table, publish=True)

    words = {query["sql"].split()[0] for query in queries}
    assert words <= {"SELECT", "SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"}


def test_a_line_that_the_database_refuses_takes_its_host_along_and_the_next_makes_it():
    # More different words than one search column takes.
    fields = ("description_ja", "description_en", "requirements_ja", "requirements_en")
    starts = (0x20000, 0x2A700, 0x4E00, 0x25000)
    endless = {
        name: "".join(chr(start + n) for n in range(20_000))
        for name, start in zip(fields, starts, strict=True)
    }

    summary = take(endless, {"ref": "I26-9002", "title_ja": "次の調査"})

    assert [result.action for result in summary.results] == ["refused", "created"]
    assert "The database refused the line" in summary.results[0].notes[0]
    assert Organisation.objects.get().postings.get().ref == "I26-9002"


def test_a_host_is_one_host_however_its_name_is_written():
    take(
        {},
        {"ref": "I26-9002", "organisation_ja": "株式会社 みなと", "organisation_kana": "ミナト"},
        {"ref": "I26-9003", "organisation_ja": "", "organisation_en": "ＭＩＮＡＴＯ inc."},
    )

    host = Organisation.objects.get()
    assert (host.name_ja, host.name_en, host.name_kana) == (
        "株式会社みなと",
        "Minato Inc.",
        "ミナト",
    )


def test_full_width_digits_are_understood():
    take(
        {
            "weekly_hours": "２４．５",
            "pay_yen": "１，３００円",
            "starts_on": "２０２７/２/１５",
            "ends_on": "2027年2月18日",
            "openings": "３名",
            "closes_at": "２０２７－０１－２２",
        }
    )

    posting = Posting.objects.get()
    assert (posting.weekly_hours, posting.pay_yen, posting.openings) == (Decimal("24.5"), 1300, 3)
    assert (posting.starts_on, posting.ends_on) == (date(2027, 2, 15), date(2027, 2, 18))
    assert timezone.localtime(posting.closes_at).isoformat() == "2027-01-22T23:59:00+09:00"


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ({}, []),
        ({"venue": "fueiho"}, ["P_FUEIHO"]),
        ({"pay_yen": "1226"}, []),
        ({"pay_yen": "1225"}, ["P_BELOW_MIN_WAGE"]),
        ({"pay_yen": "7356", "pay_unit": "day"}, []),
        ({"pay_yen": "7355", "pay_unit": "day"}, ["P_BELOW_MIN_WAGE"]),
        ({"pay_yen": "127504", "pay_unit": "month"}, []),
        ({"pay_yen": "127503", "pay_unit": "month"}, ["P_BELOW_MIN_WAGE"]),
        ({"weekly_hours": "28"}, []),
        ({"weekly_hours": "28.25"}, ["P_OVER28"]),
        ({"weekly_hours": "40", "daily_hours": "8"}, ["P_OVER28"]),
        ({"weekly_hours": "40.5"}, ["P_LABOUR_HOURS", "P_OVER28"]),
        ({"daily_hours": "8.25"}, ["P_LABOUR_HOURS"]),
        ({"title_ja": "港のインターンシップ"}, ["P_TYPE_NAME"]),
        ({"title_en": "Port internship"}, ["P_TYPE_NAME"]),
        ({"title_en": "International internal affairs"}, []),
        ({"title_ja": "港のインターンシップ", "programme_type": "3"}, []),
        ({"ends_on": "2027-02-30"}, ["P_IMPOSSIBLE_DATE"]),
        ({"ends_on": "2027-02-14"}, ["P_DATE_ORDER"]),
        ({"ends_on": ""}, ["P_DATE_MISSING"]),
        ({"starts_on": "2026-11-22", "ends_on": "2026-11-30"}, ["P_DEADLINE_LATE"]),
        (
            {"starts_on": "2026-11-21", "ends_on": "2026-11-30", "closes_at": "2026-11-20"},
            ["P_PAST_DATE"],
        ),
        ({"closes_at": ""}, ["P_DEADLINE_MISSING"]),
        ({"closes_at": "2027-02-14"}, []),
        ({"closes_at": "2027-02-15"}, ["P_DEADLINE_LATE"]),
        ({"weekly_hours": ""}, []),
        ({"weekly_hours": "", "days_per_week": ""}, ["P_HOURS_MISSING"]),
        ({"pay_kind": "", "pay_yen": ""}, ["P_PAY_MISSING"]),
        ({"pay_yen": ""}, ["P_PAY_VAGUE"]),
        ({"pay_kind": "flat_allowance"}, ["P_ALLOWANCE_IS_PAY"]),
        ({"prefecture": ""}, ["P_PLACE_MISSING"]),
        ({"prefecture": "", "work_style": "remote"}, []),
        ({"city_ja": "大阪府大阪市"}, ["P_PLACE_MISMATCH"]),
        ({"city_ja": "東京都大田区"}, []),
        ({"description_ja": ""}, ["P_DESC_MISSING"]),
        ({"faculties": ""}, ["P_TARGET_MISSING"]),
        ({"study_years": ""}, ["P_TARGET_MISSING"]),
        ({"japanese_level": ""}, ["P_LANG_MISSING"]),
        ({"openings": "若干名"}, ["P_OPENINGS_VAGUE"]),
        ({"apply_to": ""}, ["P_CONTACT_MISSING"]),
        ({"apply_to": "saiyo＠minato"}, ["P_CONTACT_BAD"]),
        ({"apply_method": "url", "apply_to": "javascript:alert(1)"}, ["P_CONTACT_BAD"]),
        ({"apply_method": "office", "apply_to": "03-1234-5678"}, ["P_CONTACT_PHONE_ONLY"]),
        ({"apply_method": "office", "apply_to": ""}, []),
    ],
)
def test_each_line_carries_its_problems(line, problems):
    MinimumWage.objects.create(prefecture="13", yen_per_hour=1226, effective_from="2025-10-03")

    summary = take(line)

    assert (summary.results[0].action, summary.results[0].problems) == ("created", problems)


def test_a_day_that_does_not_exist_and_a_wrong_order_leave_the_field_empty():
    take(
        {"starts_on": "2027-02-30"},
        {"ref": "I26-9002", "starts_on": "2027-03-19", "ends_on": "2027-03-08"},
    )

    first, second = Posting.objects.order_by("ref")
    assert (first.starts_on, first.ends_on) == (None, date(2027, 2, 18))
    assert (second.starts_on, second.ends_on) == (date(2027, 3, 19), None)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ({"pay_yen": "-1300"}, "pay_yen: “-1300” is not between 0 and 100000000."),
        ({"weekly_hours": "168.5"}, "weekly_hours: “168.5” is not between 0 and 168."),
        ({"weekly_hours": "NaN"}, "weekly_hours: “NaN” is not a number."),
        ({"daily_hours": "25"}, "daily_hours: “25” is not between 0 and 24."),
        ({"openings": "2.5"}, "openings: “2.5” is not a whole number."),
        ({"starts_on": "soon"}, "starts_on: “soon” is no date like 2027-02-15."),
        ({"starts_on": "2027-02-29"}, "starts_on: “2027-02-29” is a date that does not exist."),
        (
            {"closes_at": "2027-01-22 25:00"},
            "closes_at: “2027-01-22 25:00” has no time like 17:00.",
        ),
        ({"prefecture": "48"}, "prefecture: “48” is no prefecture."),
        ({"venue": "pub"}, "venue: “pub” is none of: ordinary, fueiho."),
        ({"ref": "../admin"}, "ref: “../admin” cannot be a number of a posting."),
        (
            {"title_en": "x" * 10_000},
            "title_en: 10000 characters are too many; at most 300 fit.",
        ),
    ],
)
def test_a_cell_that_cannot_be_used_stays_empty_says_why_and_holds_the_posting(line, note):
    summary = take(line, publish=True)

    result = summary.results[0]
    assert (result.action, result.notes, result.posting.state) == ("created", [note], "in_review")


def test_any_text_is_kept_as_text():
    words = "<script>alert('x')</script> 🐟 \u202eمرحبا 𠮷 " + "長い文。" * 2500

    take({"description_ja": words, "title_ja": "<b>港</b>🐟\x00\x07"})

    posting = Posting.objects.get()
    assert (posting.description_ja, posting.title_ja) == (words.strip(), "<b>港</b>🐟")


def test_lines_without_host_or_title_are_refused_and_the_others_go_in(tmp_path, capsys):
    file = tmp_path / "sent.csv"
    nameless = {"organisation_ja": " ", "organisation_en": ""}
    untitled = {"title_ja": "", "title_en": "x" * 301}
    file.write_bytes(as_csv(LINE | nameless, LINE | untitled, LINE, LINE))

    with pytest.raises(CommandError) as stopped:
        call_command("import_postings", file, "--lang=en")

    assert (stopped.value.returncode, str(stopped.value)) == (1, "3 lines were refused.")
    told = capsys.readouterr().out
    assert "Line 2 refused: The line names no organisation." in told
    assert "Line 3 refused: title_en: 301 characters are too many; at most 300 fit." in told
    assert "Line 5 refused: Line 4 has the same number I26-9001." in told
    assert Posting.objects.count() == 1


def test_a_line_with_more_cells_than_headers_is_refused():
    content = as_csv(LINE).rstrip(b"\r\n") + b",stray\r\n"

    summary = import_table(read_table(content))

    assert summary.results[0].notes == ["The line has more cells than there are headers."]
    assert not Posting.objects.exists()


def test_a_file_of_excel_for_japan_is_read():
    summary = import_table(read_table(as_csv(LINE, encoding="cp932")))

    assert summary.results[0].posting.title_ja == "港の調査"


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


def test_a_file_that_would_empty_the_board_stops_and_asks():
    lines = [{"ref": f"I26-900{n}", "title_ja": f"港の調査{n}"} for n in range(4)]
    take(*lines, publish=True)
    over = {"closes_at": "2026-11-20"}
    before = all_rows()

    take(*(line | over for line in lines[:2]), publish=True)
    with pytest.raises(Stopped, match="2 of 2"):
        take(*(line | over for line in lines), publish=True)

    assert Posting.objects.open(timezone.now()).count() == 2
    take(*(line | over for line in lines), publish=True, force=True)
    assert not Posting.objects.open(timezone.now()).exists()
    assert len(all_rows()[Posting]) == len(before[Posting])


def test_messages_come_in_the_language_of_the_terminal(monkeypatch):
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")

    from internships.board.management.commands.import_postings import language_of_terminal

    assert language_of_terminal() == "ja"


def test_a_later_day_alone_changes_nothing(frozen_moment):
    take({}, publish=True)
    before = all_rows()
    frozen_moment.shift(timedelta(days=200))

    summary = take({}, publish=True)

    assert (summary.results[0].action, summary.results[0].problems) == (
        "unchanged",
        ["P_PAST_DATE"],
    )
    assert all_rows() == before


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


def test_messages_come_in_japanese_too(tmp_path, capsys):
    file = tmp_path / "sent.csv"
    file.write_bytes(as_csv(LINE | {"organisation_ja": "", "organisation_en": ""}))

    with pytest.raises(CommandError, match="1行を受け付けませんでした。"):
        call_command("import_postings", file, "--lang=ja")

    assert "2行目を受け付けませんでした:受入先の名称がありません。" in capsys.readouterr().out
