"""The pages of people as a browser sees them: accessible in both languages, narrow and wide."""

import pytest
from django.urls import reverse

from careers.people import workflow
from tests.browser_fixtures import press
from tests.factories import make_faculty, make_student, make_user

LANGUAGES = ("en", "ja")


@pytest.fixture
def student(transactional_db):
    student = make_student(credits_earned=71, credits_required=124)
    student.jobs.create(name="喫茶オーク Cafe Oak", weekly_hours="12.5")
    workflow.note_opening(student, by=make_user(roles=["advisor"], title_en="Adviser"))
    return student


@pytest.fixture
def demo_university(student, settings):
    settings.DEMO = True
    make_user(roles=["approver"], approves_for=[make_faculty()])


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sign_in_page_of_a_demo_is_accessible(
    open_page, assert_accessible, demo_university, language
):
    page = open_page(reverse("account_login"), language=language, width=390)

    assert_accessible(page)
    assert fits(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["my_record", "my_residence", "job_new"])
def test_the_pages_of_a_record_are_accessible(
    open_page, assert_accessible, student, name, language
):
    page = open_page(reverse(name), student.user, language=language, width=390)

    assert_accessible(page)
    assert fits(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_answers_are_said_accessibly(open_page, assert_accessible, student, language):
    page = open_page(reverse("job_new"), student.user, language=language)
    press(page.locator("main form .btn-primary"))

    assert page.locator(".invalid-feedback").count() == 2
    assert_accessible(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_students_are_accessible(open_page, assert_accessible, student, language):
    reviewer = make_user(roles=["reviewer"])

    for address in (reverse("student_list"), reverse("student_detail", args=[student.pk])):
        page = open_page(address, reviewer, language=language, width=390)
        assert_accessible(page)
        assert fits(page)


@pytest.mark.parametrize(
    "name", ["user_changelist", "user_add", "student_changelist", "calendarperiod_add"]
)
def test_the_admin_of_people_is_accessible(open_page, assert_accessible, student, name):
    administrator = make_user(roles=["administrator"])

    page = open_page(reverse(f"admin:people_{name}"), administrator)

    assert_accessible(page)


def test_a_student_adds_a_job_without_a_script(open_page, student):
    page = open_page(reverse("my_record"), student.user, javascript=False)
    press(page.get_by_role("link", name="Add a job"))
    page.get_by_label("Where you work").fill("Bakery")
    page.get_by_label("Hours a week").fill("８")
    press(page.get_by_role("button", name="Save the job"))

    page.get_by_text("The job is in your record.").wait_for()
    assert student.jobs.filter(name="Bakery", weekly_hours=8).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_click_in_a_demo_leads_to_her_home(open_page, demo_university, student, language):
    page = open_page(reverse("account_login"), language=language, javascript=False)

    press(page.locator(".demo-list button").first)

    page.wait_for_url(f"**{reverse('home')}")
