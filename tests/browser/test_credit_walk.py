"""Credit from asking to the mark, as three people see it; without a script, in both languages."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from internships.credits.models import CreditRequest
from tests.browser_fixtures import press
from tests.credits.rows import approver_of, make_course, make_credit, make_rule, pdf
from tests.factories import TODAY, make_posting, make_student, make_user

LANGUAGES = ("en", "ja")


@pytest.fixture
def student(transactional_db):
    student = make_student(year="B3")
    make_rule(student.faculty)
    make_course(code="CAR202")
    return student


@pytest.fixture
def posting(student):
    return make_posting(
        starts_on=TODAY + timedelta(days=1),
        ends_on=TODAY + timedelta(days=12),
        daily_hours=Decimal(8),
        days_per_week=5,
        credit_bearing=True,
        course_code="CAR202",
    )


def send(page, deed):
    press(page.locator(f"main button[name=deed][value={deed}]"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_asking_to_the_mark(
    open_page, assert_accessible, student, posting, frozen_moment, language, tmp_path
):
    approver = make_user(roles=["approver"], approves_for=[student.faculty])
    advisor = make_user(roles=["advisor"])
    look = {"language": language, "width": 390}
    for name in ("report", "certificate"):
        (tmp_path / f"{name}.pdf").write_bytes(pdf(title=name).read())

    page = open_page(reverse("credit_new_posting", args=[posting.ref]), student.user, **look)
    assert_accessible(page)
    page.locator("#id_plan").fill("Day 1: safety.")
    send(page, "send")
    credit = CreditRequest.objects.get()
    assert credit.state == "submitted"
    assert_accessible(page)
    for person in (advisor, approver):
        page = open_page(reverse("credit_approvals"), person, **look)
        assert_accessible(page)
        press(page.locator("tbody a").first)
        send(page, "approve")
    credit.refresh_from_db()
    assert credit.state == "approved"

    frozen_moment.shift(timedelta(days=13))
    address = reverse("credit_evidence", args=[credit.number])
    page = open_page(address, student.user, **look)
    for name in ("report", "certificate"):
        page.locator("#id_paper-kind").select_option(name)
        page.locator("#id_paper-file").set_input_files(tmp_path / f"{name}.pdf")
        send(page, "upload")
    assert_accessible(page)
    send(page, "hand_in")
    page = open_page(reverse("credit_result", args=[credit.number]), approver, **look)
    assert_accessible(page)
    page.locator("input[name=final_mark][value=A]").check()
    send(page, "record")

    credit.refresh_from_db()
    assert (credit.state, credit.final_mark, credit.credits_granted) == ("completed", "A", 2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["creditrequest_changelist", "creditrequest_change", "course_add"])
def test_the_admin_of_credit_is_accessible(open_page, assert_accessible, student, name, language):
    credit = make_credit(student=student, state="submitted", credits_asked=3)
    make_credit(state="evidence_submitted")
    approver_of(credit)
    which = [credit.pk] if name.endswith("_change") else []
    address = reverse(f"admin:credits_{name}", args=which)

    page = open_page(address, make_user(roles=["administrator"]), language=language)

    assert_accessible(page)
