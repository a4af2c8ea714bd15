"""Lists of the office as files: what stands in them, for whom, and that it is remembered."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from careers.people.exporting import HEADERS
from careers.people.roles import FIELDS, FieldGroup
from careers.people.workflow import openings_of
from careers.record import log
from careers.record.models import Event
from careers.spreadsheets import CUT, LONGEST_CELL, fitting, was_cut
from internships.board import organisations
from internships.board.models import Agreement
from tests.board.importing import LINE, take
from tests.credits.rows import make_credit
from tests.factories import (
    TODAY,
    make_enquiry,
    make_faculty,
    make_message,
    make_organisation,
    make_posting,
    make_student,
    make_user,
)
from tests.permits.rows import make_case

pytestmark = pytest.mark.django_db


def export(client, name, kind="csv", **query):
    response = client.get(reverse(name, args=[kind]), query)
    assert response.status_code == 200
    content = response.getvalue()
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    else:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


# ── Students ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_students_found_are_taken_out_with_their_studies(signed_in, kind):
    advisor = signed_in("advisor")
    found = make_student(student_no="A1", credits_earned=80)
    make_student(student_no="B1")
    advisor.post(reverse("student_list"), {"words": "A1"})

    (row,) = export(advisor, "student_export", kind)

    assert (row["student_no"], row["family_name"], row["credits_earned"]) == ("A1", "山田", "80")
    assert row["faculty"] == str(found.faculty)


@pytest.mark.parametrize("role", ["advisor", "reviewer", "administrator"])
def test_nothing_of_residence_is_in_the_list_of_students_for_anybody(signed_in, role):
    make_student(nationality="VN", residence_expires_on=date(2028, 4, 30))

    (row,) = export(signed_in(role), "student_export")

    assert not set(row) & set(FIELDS[FieldGroup.RESIDENCE])
    assert list(row) == HEADERS
    assert not {"VN", "STUDENT", "2028-04-30"} & set(row.values())


def test_an_approver_takes_out_the_students_of_her_own_faculty(signed_in):
    mine, others = make_faculty(), make_faculty()
    make_student(student_no="A1", faculty=mine)
    make_student(student_no="B1", faculty=others)

    rows = export(signed_in("approver", approves_for=[mine]), "student_export")

    assert [row["student_no"] for row in rows] == ["A1"]


def test_each_student_is_told_who_took_her_record_out_once_a_visit(signed_in):
    reviewer = signed_in("reviewer")
    students = [make_student() for _n in range(3)]

    export(reviewer, "student_export")
    export(reviewer, "student_export", "xlsx")

    for student in students:
        assert [event.actor for event in openings_of(student)] == [reviewer.user]
    taken = Event.objects.filter(verb="exported").order_by("pk")
    assert [event.after for event in taken] == [{"students": 3}] * 2


def test_a_name_that_is_a_formula_does_not_run(signed_in):
    make_student(user=make_user(roles=["student"], family_name="=1+1"))

    (row,) = export(signed_in("advisor"), "student_export")

    assert row["family_name"] == "'=1+1"


# ── Cases ───────────────────────────────────────────────────────────────────────────────────


def test_the_queue_is_taken_out_by_tab_and_each_student_is_told(signed_in):
    reviewer = signed_in("reviewer")
    waits = make_case(state="submitted", paper="uploaded")
    collects = make_case(state="open")

    (row,) = export(reviewer, "desk_export", tab="office")
    (other,) = export(reviewer, "desk_export", tab="student")

    assert (row["number"], row["student_no"]) == (waits.number, waits.student.student_no)
    assert other["number"] == collects.number
    assert not set(row) & set(FIELDS[FieldGroup.RESIDENCE])
    assert [event.actor for event in openings_of(waits.student)] == [reviewer.user]


def test_a_reviewers_own_case_is_not_in_her_list(signed_in):
    reviewer = signed_in("reviewer", "student")
    make_case(student=make_student(user=reviewer.user), state="submitted", paper="uploaded")

    assert export(reviewer, "desk_export") == []


# ── Credit requests ─────────────────────────────────────────────────────────────────────────


def test_an_approver_takes_out_the_requests_of_her_own_faculty(signed_in):
    wanted = make_credit(state="submitted")
    make_credit(state="submitted", student=make_student())
    approver = signed_in("approver", approves_for=[wanted.student.faculty])

    (row,) = export(approver, "credit_export", "xlsx", show="running")

    assert (row["request_no"], row["student_no"]) == (wanted.number, wanted.student.student_no)
    assert [event.actor for event in openings_of(wanted.student)] == [approver.user]


# ── Enquiries and organisations ─────────────────────────────────────────────────────────────


def test_enquiries_are_taken_out_without_anybodys_words(signed_in):
    advisor = signed_in("advisor")
    enquiry = make_enquiry()
    make_message(enquiry, text="My visa is about to expire.")
    make_enquiry(state="answered")

    (row,) = export(advisor, "enquiry_export")
    remembered = log.history(advisor.user).first()
    (answered,) = export(advisor, "enquiry_export", state="answered")

    assert (row["number"], row["topic"], row["state"]) == (str(enquiry.pk), "permission", "open")
    assert "visa" not in "".join(row.values())
    assert answered["state"] == "answered"
    assert (remembered.verb, remembered.after) == ("exported", {"enquiries": 1})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_organisations_are_taken_out_as_the_list_is_narrowed(signed_in, kind):
    advisor = signed_in("advisor")
    stopped = make_organisation(name_ja="株式会社みなと", name_kana="ミナト")
    make_posting(organisation=stopped)
    flag = {"flag": "stop", "flag_staff": "Wages.", "flag_student_ja": "", "flag_student_en": ""}
    organisations.set_flag(stopped, flag, by=advisor.user, seen=0)
    Agreement.objects.create(
        organisation=stopped, title="x", valid_from=TODAY, valid_until=date(2027, 3, 31)
    )
    make_organisation()

    (row,) = export(advisor, "organisation_export", kind, tab="flagged")

    assert (row["name_ja"], row["flag"], row["agreed_until"], row["open_postings"]) == (
        "株式会社みなと",
        "stop",
        "2027-03-31",
        "1",
    )
    assert len(export(advisor, "organisation_export", kind, q="みずなら")) == 1


# ── All of them ─────────────────────────────────────────────────────────────────────────────

ROWS = {
    "student_export": make_student,
    "desk_export": lambda: make_case(state="submitted", paper="uploaded"),
    "credit_export": lambda: make_credit(state="submitted"),
    "enquiry_export": make_enquiry,
    "organisation_export": make_organisation,
}


@pytest.mark.parametrize("name", ROWS)
def test_a_list_asks_the_database_no_more_for_more_rows(signed_in, assert_same_queries, name):
    client = signed_in("advisor", "reviewer")
    ROWS[name]()
    export(client, name)  # fills what is kept for the process

    assert_same_queries(lambda: export(client, name), ROWS[name])


@pytest.mark.parametrize("name", ROWS)
def test_there_is_no_other_kind_of_file_and_nothing_is_remembered_of_it(signed_in, name):
    client = signed_in("advisor", "reviewer")

    assert client.get(reverse(name, args=["pdf"])).status_code == 404
    assert not Event.objects.filter(verb="exported").exists()


# ── What a cell of Excel holds ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("letter", ["長", "𠮷"])
def test_a_cell_that_is_too_long_for_excel_says_so(letter):
    units = len(letter.encode("utf-16-le")) // 2
    longest = letter * (LONGEST_CELL // units)

    cut = fitting(longest + "長長")

    assert fitting(longest) == longest
    assert cut.endswith(CUT)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert was_cut(cut)
    assert not was_cut(longest)


def test_a_text_that_was_cut_is_not_taken_back_for_the_whole(signed_in):
    advisor = signed_in("advisor")
    make_posting(ref="I26-9001", description_ja="港で調べます。" * 5000)

    (row,) = export(advisor, "posting_list_export", "xlsx")
    (whole,) = export(advisor, "posting_list_export", "csv")
    summary = take({name: row[name] for name in LINE})

    assert row["description_ja"].endswith(CUT)
    assert len(whole["description_ja"]) == 35_000
    assert summary.results[0].action == "refused"
    assert "CSV" in str(summary.results[0].notes[0])
