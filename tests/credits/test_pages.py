"""The pages of credit: asking, the evidence, the short list, the result."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfWriter

from careers.desk.models import PrivateFile
from careers.desk.tasks import count_of, tasks_of
from internships.credits.models import CreditRequest, Evidence, State
from tests.credits.rows import (
    add_evidence,
    approver_of,
    fresh,
    make_course,
    make_credit,
    make_rule,
    pdf,
)
from tests.factories import TODAY, make_placement, make_posting, make_student, make_user

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2027, 2, 15), date(2027, 2, 26)


@pytest.fixture
def course(student):
    make_rule(student.faculty, hours_per_credit=40)
    return make_course(code="ENG381")


@pytest.fixture
def posting(course):
    return make_posting(
        starts_on=FIRST,
        ends_on=LAST,
        daily_hours=Decimal("7.75"),
        days_per_week=5,
        credit_bearing=True,
        course_code="ENG381",
    )


def typed(form, **changes):
    """What a browser sends back of a form as it was shown."""
    values = {
        name: ""
        if form[name].value() is None
        else str(getattr(form[name].value(), "pk", form[name].value()))
        for name in form.fields
    }
    return values | {"plan": "Day 1: safety.", "deed": "send"} | changes


def test_everything_known_is_filled_in(student_client, posting, course):
    form = student_client.get(reverse("credit_new_posting", args=[posting.ref])).context["form"]

    known = {name: form[name].value() for name in ("starts_on", "ends_on", "host_hours")}
    assert known == {"starts_on": FIRST, "ends_on": LAST, "host_hours": "69.75"}
    assert form["course"].value() in (course, course.pk)
    assert form["credits_asked"].value() == 1


def test_a_request_is_sent_with_its_plan(student_client, posting):
    address = reverse("credit_new_posting", args=[posting.ref])
    form = student_client.get(address).context["form"]

    response = student_client.post(address, typed(form, guidance_hours="5"))

    credit = CreditRequest.objects.get()
    assert response["Location"] == credit.get_absolute_url()
    assert (credit.state, credit.number, credit.waits_for) == ("submitted", "CR26-001", "advisor")
    assert (credit.planned_hours, credit.credits_by_rule) == (Decimal("74.75"), 1)


def test_the_same_form_sent_twice_is_one_request(student_client, posting):
    address = reverse("credit_new_posting", args=[posting.ref])
    values = typed(student_client.get(address).context["form"])

    first, second = (student_client.post(address, values) for _time in range(2))

    assert first["Location"] == second["Location"]
    assert CreditRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "You ask for 3 credits, the rule gives 1. 74.75 h ÷ 40 h a credit = 1 whole"),
        ("ja", "÷"),
    ],
)
def test_credits_over_the_rule_explain_the_arithmetic(student_client, posting, language, words):
    address = reverse("credit_new_posting", args=[posting.ref])
    values = typed(student_client.get(address).context["form"], guidance_hours="5")
    student_client.cookies["django_language"] = language

    response = student_client.post(address, values | {"credits_asked": "3"})

    form = response.context["form"]
    assert words in form.errors["credits_asked"][0]
    assert form["plan"].value() == "Day 1: safety."
    assert not CreditRequest.objects.exists()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("host_hours", "many"),
        ("host_hours", "0"),
        ("host_hours", "99999999"),
        ("guidance_hours", "-1"),
        ("credits_asked", "1.5"),
        ("starts_on", "15/2"),
        ("ends_on", "2027-02-01"),
        ("plan", "  "),
        ("course", "0"),
    ],
)
def test_bad_input_gets_its_error_beside_the_field_and_nothing_typed_is_lost(
    student_client, posting, field, text
):
    address = reverse("credit_new_posting", args=[posting.ref])
    values = typed(student_client.get(address).context["form"], objectives="Learn.")

    form = student_client.post(address, values | {field: text}).context["form"]

    assert [(name, len(words)) for name, words in form.errors.items()] == [(field, 1)]
    assert form["objectives"].value() == "Learn."
    assert form[field].value() == text


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"year": "B2"}, "course"),
        ({"credits_earned": 124, "credits_required": 124}, "course"),
        ({"enrolment": "leave"}, "course"),
        ({"expected_graduation": LAST - timedelta(days=1)}, "ends_on"),
    ],
)
def test_what_the_records_refuse_is_said_at_once(student_client, student, posting, facts, field):
    posting.study_years = ["B3", "B4"]
    posting.save()
    type(student).objects.filter(pk=student.pk).update(**facts)
    address = reverse("credit_new_posting", args=[posting.ref])
    values = typed(student_client.get(address).context["form"])

    assert list(student_client.post(address, values).context["form"].errors) == [field]

    student_client.post(address, values | {"deed": "save"})
    assert CreditRequest.objects.get().state == "draft"


def test_the_days_of_a_saved_placement_are_not_typed_here(student_client, student, posting):
    placement = make_placement(student=student, posting=posting, starts_on=FIRST, ends_on=LAST)
    address = reverse("credit_new", args=[placement.pk])
    values = typed(student_client.get(address).context["form"])

    student_client.post(address, values | {"starts_on": "2027-01-01"})

    assert CreditRequest.objects.get().starts_on == FIRST


def test_a_second_request_for_the_same_internship_is_the_first(student_client, student, posting):
    credit = make_credit(student=student, posting=posting, state=State.SUBMITTED)

    response = student_client.get(reverse("credit_new_posting", args=[posting.ref]))

    assert response["Location"] == credit.get_absolute_url()


BAD_FILES = {
    "empty": b"",
    "html": b"<html><script>alert(1)</script></html>",
    "broken_pdf": b"%PDF-1.7 nothing",
}


def locked_pdf():
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


BAD_FILES |= {
    "gif_called_pdf": b"GIF89a\x01\x00\x01\x00",
    "locked_pdf": locked_pdf(),
    "too_large": b"%PDF-1.7 " + bytes(10 * 1024 * 1024),
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_and_nothing_stays(client, content, settings):
    credit = make_credit(state=State.EVIDENCE_DUE)
    add_evidence(credit)
    before = PrivateFile.objects.count(), len(list(settings.PRIVATE_FILES.iterdir()))
    client.force_login(credit.student.user)

    file = SimpleUploadedFile("report.pdf", content, content_type="application/pdf")
    values = {"deed": "upload", "paper-kind": "certificate", "paper-file": file}
    response = client.post(reverse("credit_evidence", args=[credit.number]), values)

    assert response.context["paper"].errors["file"]
    assert response.context["paper"]["kind"].value() == "certificate"
    assert len(response.context["papers"]) == 2
    assert (PrivateFile.objects.count(), len(list(settings.PRIVATE_FILES.iterdir()))) == before


def test_papers_are_sent_one_by_one_and_handed_in_together(client):
    credit = make_credit(state=State.EVIDENCE_DUE)
    client.force_login(credit.student.user)
    address = reverse("credit_evidence", args=[credit.number])
    hand_in = {"deed": "hand_in", "actual_hours": "68"}

    early = client.post(address, hand_in)
    assert early.context["hours"].non_field_errors()
    for kind in ("report", "certificate", "certificate"):
        client.post(address, {"deed": "upload", "paper-kind": kind, "paper-file": pdf(title=kind)})
    client.post(address, hand_in)

    assert Evidence.objects.filter(request=credit).count() == 2
    assert (fresh(credit).state, fresh(credit).actual_hours) == ("evidence_submitted", 68)


def result(**changes):
    values = {
        "deed": "record",
        "actual_hours": "75",
        "host_evaluation": "A",
        "report_mark": "80",
        "final_mark": "A",
        "credits_granted": "2",
        "reason": "",
    }
    return values | changes


def test_credits_are_granted_for_the_hours_that_were_worked(client):
    credit = make_credit(state=State.EVIDENCE_SUBMITTED, actual_hours=45)
    client.force_login(approver_of(credit))
    address = reverse("credit_result", args=[credit.number])

    assert client.get(address).context["form"]["credits_granted"].value() == 1
    over = client.post(address, result(actual_hours="45"))
    assert list(over.context["form"].errors) == ["credits_granted"]
    client.post(address, result(actual_hours="45", credits_granted="1"))

    assert (fresh(credit).state, fresh(credit).credits_granted) == ("completed", 1)


def test_no_credit_needs_a_reason(client):
    credit = make_credit(state=State.EVIDENCE_SUBMITTED)
    client.force_login(approver_of(credit))
    address = reverse("credit_result", args=[credit.number])
    none = result(final_mark="F", credits_granted="0")

    assert list(client.post(address, none).context["form"].errors) == ["reason"]
    client.post(address, none | {"reason": "Half the days were missed."})

    assert (fresh(credit).state, fresh(credit).final_mark) == ("failed", "F")


def test_the_short_list_has_the_own_faculty_only(client):
    own = make_credit(state=State.SUBMITTED, step=2)
    other = make_credit(state=State.SUBMITTED, step=2)
    client.force_login(approver_of(own))

    listed = client.get(reverse("credit_approvals")).context["lines"]

    assert [line["credit"] for line in listed] == [own]
    assert client.get(other.get_absolute_url()).status_code == 404


def test_the_short_list_costs_the_same_however_long(client, assert_same_queries):
    first = make_credit(state=State.SUBMITTED, step=2)
    client.force_login(approver_of(first))

    def make_row():
        student = make_student(faculty=first.rule.faculty)
        make_credit(state=State.SUBMITTED, step=2, student=student)

    address = reverse("credit_approvals")
    assert_same_queries(lambda: client.get(address), make_row, at_most=15)


def test_a_student_with_many_requests_costs_no_more_queries(client, assert_same_queries):
    student = make_student()
    client.force_login(student.user)

    address = reverse("credit_list")
    make_row = lambda: make_credit(state=State.REJECTED, student=student)  # noqa: E731
    assert_same_queries(lambda: client.get(address), make_row)


@pytest.mark.parametrize(
    ("state", "step", "who"),
    [
        (State.DRAFT, 1, {"student"}),
        (State.SUBMITTED, 1, {"advisor"}),
        (State.SUBMITTED, 2, {"approver"}),
        (State.NEEDS_INFO, 1, {"student"}),
        (State.APPROVED, 1, set()),
        (State.EVIDENCE_DUE, 1, {"student"}),
        (State.EVIDENCE_SUBMITTED, 1, {"approver", "reviewer"}),
        (State.COMPLETED, 1, set()),
    ],
)
def test_a_request_is_a_task_of_whoever_has_the_ball(state, step, who):
    credit = make_credit(state=state, step=step)
    people = {
        "student": credit.student.user,
        "advisor": make_user(roles=["advisor"]),
        "approver": approver_of(credit),
        "reviewer": make_user(roles=["reviewer"]),
        "other": make_user(roles=["approver"]),
    }

    having = {
        name
        for name, user in people.items()
        if any(task.url == credit.get_absolute_url() for task in tasks_of(user))
    }

    assert having == who
    assert all(count_of(user) == len(tasks_of(user)) for user in people.values())


def test_nothing_of_the_residence_is_on_the_page(client):
    student = make_student(status_of_residence="DEPENDENT", nationality="NP")
    credit = make_credit(state=State.SUBMITTED, student=student)
    for user in (approver_of(credit), make_user(roles=["advisor"])):
        client.force_login(user)

        page = client.get(credit.get_absolute_url()).content.decode()

        assert student.student_no in page
        assert "Dependent" not in page and "家族滞在" not in page


def test_a_year_later_the_student_has_moved_up(student):
    from internships.credits.calculation import year_on

    student.year = "B2"

    years = [year_on(student, day) for day in (TODAY, date(2027, 3, 31), date(2027, 4, 1))]

    assert years == ["B2", "B2", "B3"]


def test_of_a_whole_committee_the_list_names_the_faculty_and_not_each_person(signed_in):
    client = signed_in("administrator")
    credit = make_credit(state="submitted", step=2)
    faculty = credit.rule.faculty
    there = faculty.approvers.count()
    committee = [make_user(roles=["approver"], approves_for=[faculty]) for _ in range(4)]

    shown = client.get(
        reverse("admin:credits_creditrequest_changelist"), headers={"accept-language": "en"}
    )

    text = shown.content.decode()
    assert f"{there + 4} approvers of {faculty.name_en}" in text
    assert str(committee[0]) not in text
