"""One walk through the whole product: from a posting to a seen permission and granted credit.

Three people, each in an own browser: the student, a member of the office who advises and reviews,
and the approver of her faculty. No script runs.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from internships.credits.models import CreditRequest
from internships.permits.models import PermitCase
from internships.placements.models import Placement
from tests.browser.wizard import WORDS, choose
from tests.browser_fixtures import press
from tests.credits.rows import make_course, make_rule
from tests.credits.rows import pdf as evidence
from tests.factories import TODAY, make_posting, make_student, make_user
from tests.permits.rows import make_bureau, pdf

SIZES = [("en", 1280), ("ja", 390)]
FIRST, LAST = date(2027, 2, 15), date(2027, 3, 5)
GRANTED = {"en": "credit granted", "ja": "単位認定済み"}


@pytest.fixture
def student(transactional_db):
    student = make_student(
        year="B4",
        level="undergrad",
        credits_earned=118,
        credits_required=124,
        home_prefecture="13",
        expected_graduation=date(2027, 3, 31),
    )
    make_rule(student.faculty)
    make_course(code="CAR202")
    make_bureau()
    return student


@pytest.fixture
def posting(student):
    return make_posting(
        pay_kind="wage",
        weekly_hours=35,
        daily_hours=Decimal(7),
        days_per_week=5,
        starts_on=FIRST,
        ends_on=LAST,
        credit_bearing=True,
        course_code="CAR202",
    )


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_from_a_posting_to_the_permission_and_the_credit(
    open_page, student, posting, frozen_moment, tmp_path, language, width
):
    office = make_user(roles=["advisor", "reviewer"])
    approver = make_user(roles=["approver"], approves_for=[student.faculty])

    def browser_of(person):
        return open_page(reverse("home"), person, language=language, width=width, javascript=False)

    own, desk, faculty = (browser_of(one) for one in (student.user, office, approver))
    root = own.url.removesuffix(reverse("home"))

    save_the_placement(own, root, posting, language)
    placement = Placement.objects.get()
    go_through_the_case(own, desk, root, tmp_path)
    placement.refresh_from_db()
    assert placement.state == "cleared"

    ask_for_credit(own, root, placement)
    credit = CreditRequest.objects.get()
    assert (credit.state, credit.placement) == ("submitted", placement)
    for page in (desk, faculty):
        page.goto(root + reverse("credit_approvals"))
        press(page.locator("tbody a").first)
        press(page.locator("main button[name=deed][value=approve]"))
    credit.refresh_from_db()
    assert credit.state == "approved"

    frozen_moment.shift(timedelta(days=(LAST - TODAY).days + 1))
    own, faculty = browser_of(student.user), browser_of(approver)
    hand_in_the_evidence(own, root, credit, tmp_path)
    faculty.goto(root + reverse("home"))
    press(faculty.locator(f"main a[href='{credit.get_absolute_url()}']").first)
    press(faculty.locator("main a.btn.go"))
    faculty.locator("input[name=final_mark][value=A]").check()
    press(faculty.locator("main button[name=deed][value=record]"))

    credit.refresh_from_db()
    assert (credit.state, credit.final_mark, credit.credits_granted) == ("completed", "A", 2)
    own.goto(root + reverse("credit_list"))
    assert GRANTED[language] in own.locator("main").inner_text()
    assert own.evaluate("document.documentElement.scrollWidth") <= width


def save_the_placement(own, root, posting, language):
    words = WORDS[language]
    own.goto(root + posting.get_absolute_url())
    press(own.locator(f"main a[href$='?p={posting.ref}']").first)
    answers = {
        "term_hours": {"term_hours_per_week": "35"},
        "individual": {"has_individual_permission": "n"},
    }
    while own.locator("form [name=go]").count():
        choose(own, words, **answers[own.locator("form [name=go]").get_attribute("value")])
    press(own.get_by_role("link", name=words["result"]))
    assert own.locator("h1").inner_text() == words["individual"]
    press(own.get_by_role("button", name=words["save"]))


def go_through_the_case(own, desk, root, tmp_path):
    press(own.locator("aside form .btn.go"))
    case = PermitCase.objects.get()
    for field in own.locator("input[type=file]").all():
        name = field.get_attribute("name")
        paper = tmp_path / f"{name}.pdf"
        paper.write_bytes(pdf(title=name).read())
        field.set_input_files(paper)
    press(own.locator("form[enctype] button"))
    press(own.locator("form[action$='/submit/'] .btn.go"))

    desk.goto(root + reverse("desk_queue"))
    press(desk.locator("table.queue a").first)
    while desk.locator(".paper-acts form button").count():
        press(desk.locator(".paper-acts form button").first)
    press(desk.locator("form[action$='/ready/'] button"))

    own.goto(root + case.get_absolute_url())
    press(own.locator("a.btn.go"))
    own.locator("[name=filed_on]").fill("2026-11-22")
    press(own.locator("main form .btn-primary"))

    desk.goto(desk.url)
    desk.locator("[name=grant-decided_on]").fill("2026-11-22")
    desk.locator("[name=grant-permission_number]").fill("東京 26-123")
    desk.locator("[name=grant-valid_until]").fill("2027-03-31")
    press(desk.locator("form[action$='/grant/'] .btn"))
    press(desk.locator("form[action$='/gate/'] button"))


def ask_for_credit(own, root, placement):
    own.goto(root + placement.get_absolute_url())
    press(own.locator(f"a[href='{reverse('credit_new', args=[placement.pk])}']"))
    assert own.locator("[name=host_hours]").input_value() == "98"
    assert own.locator("[name=credits_asked]").input_value() == "2"
    own.locator("[name=plan]").fill("Day 1: safety. Then three weeks in the laboratory.")
    press(own.locator("main button[name=deed][value=send]"))


def hand_in_the_evidence(own, root, credit, tmp_path):
    press(own.locator(f"main a[href='{credit.get_absolute_url()}']").first)
    press(own.locator(f"a[href='{reverse('credit_evidence', args=[credit.number])}']"))
    for kind in ("report", "certificate"):
        paper = tmp_path / f"{kind}.pdf"
        paper.write_bytes(evidence(title=kind).read())
        own.locator("#id_paper-kind").select_option(kind)
        own.locator("#id_paper-file").set_input_files(paper)
        press(own.locator("main button[name=deed][value=upload]"))
    press(own.locator("main button[name=deed][value=hand_in]"))
