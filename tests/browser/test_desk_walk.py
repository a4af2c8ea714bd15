"""A question from a posting to the answer and back, by two people; and the pages of the desk."""

import pytest
from django.urls import reverse

from careers.desk.models import Enquiry
from tests.browser_fixtures import press
from tests.factories import make_enquiry, make_message, make_posting, make_student, make_user
from tests.world import World

SIZES = [("en", 1280), ("ja", 390)]


@pytest.fixture
def student(transactional_db):
    return make_student()


def assert_fits(page, width):
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def send(page, selector):
    press(page.locator(f"main {selector}").first)


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_a_student_asks_from_a_posting_an_advisor_answers_and_she_writes_back(
    open_page, assert_accessible, student, language, width
):
    posting = make_posting()
    advisor = make_user(roles=["advisor"])
    as_they_are = {"language": language, "width": width, "javascript": False}

    page = open_page(posting.get_absolute_url(), student.user, **as_they_are)
    send(page, "a[href*='about=posting'].btn")
    page.locator("[name=topic]").select_option("posting")
    page.locator("[name=text]").fill("May first-year students apply? 🎌 مرحبا")
    send(page, "form .btn-primary")
    assert "May first-year students apply? 🎌 مرحبا" in page.content()
    assert_fits(page, width)

    page = open_page(reverse("home"), advisor, **as_they_are)
    send(page, ".task a")
    assert_fits(page, width)
    send(page, "tbody th a")
    page.locator("[name=text]").fill("Yes, they may.")
    send(page, "form .btn-primary")
    assert page.locator(".note form button").count() == 1
    assert_fits(page, width)

    page = open_page(reverse("home"), student.user, **as_they_are)
    send(page, ".task a")
    assert "Yes, they may." in page.content()
    page.locator("[name=text]").fill("Thank you.")
    send(page, "form .btn-primary")

    assert Enquiry.objects.get().state == "open"
    assert list(Enquiry.objects.get().messages.values_list("from_office", flat=True)) == [
        False,
        True,
        False,
    ]


def test_an_advisor_takes_her_answer_back(open_page, student):
    enquiry = make_enquiry(asker=student.user)
    advisor = make_user(roles=["advisor"])
    page = open_page(reverse("enquiry_detail", args=[enquiry.pk]), advisor, javascript=False)
    page.locator("[name=text]").fill("Too fast")
    send(page, "form .btn-primary")

    send(page, ".note form button")

    assert page.locator("[name=text]").input_value() == "Too fast"
    assert enquiry.messages.get().withdrawn_at


@pytest.mark.parametrize(("language", "width"), SIZES)
@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("enquiry_new", None),
        ("enquiry_sent", None),
        ("my_enquiries", "owner"),
        ("enquiry_list", "advisor"),
        ("enquiry_detail", "owner"),
        ("enquiry_detail", "reviewer"),
        ("enquiry_by_link", None),
        ("letter_list", "advisor"),
        ("letter_detail", "advisor"),
        ("account_email", "owner"),
        ("home", "owner"),
        ("home", "advisor"),
        ("home", "reviewer"),
        ("home", "approver_own"),
        ("home", "administrator"),
    ],
)
def test_the_pages_of_the_desk_are_accessible(
    open_page, assert_accessible, transactional_db, name, who, language, width
):
    world = World()
    make_message(world.enquiry)
    make_message(world.enquiry, author=world.advisor, letter=world.letter)
    arguments = {
        "enquiry_detail": {"pk": world.enquiry.pk},
        "letter_detail": {"pk": world.letter.pk},
        "enquiry_by_link": {"token": world.visitors_link},
    }
    address = reverse(name, kwargs=arguments.get(name))

    page = open_page(address, world.person(who or "anonymous"), language=language, width=width)

    assert_accessible(page)
    assert_fits(page, width)


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_what_is_wrong_with_a_question_is_said_accessibly(
    open_page, assert_accessible, transactional_db, language, width
):
    page = open_page(reverse("enquiry_new"), language=language, width=width)
    send(page, "form .btn-primary")

    assert page.locator(".invalid-feedback").count() == 3
    assert_accessible(page)
    assert_fits(page, width)
