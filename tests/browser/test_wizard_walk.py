"""Walks through the wizard in a real browser: from nothing, from a posting, and from abroad."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from pypdf import PdfReader

from careers.law import RULEBOOK
from internships.eligibility.editions import edition_id
from internships.eligibility.questions import STEPS
from internships.placements.models import Placement
from tests.browser.wizard import WORDS, choose
from tests.browser_fixtures import press
from tests.eligibility.answers import LONGEST, OVER
from tests.factories import make_posting, make_student

WHOLE = urlencode(OVER)
SIZES = [("en", 1280), ("en", 390), ("ja", 1280), ("ja", 390)]


def assert_fits(page, width):
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_a_visitor_walks_from_nothing_to_a_slip(open_page, assert_accessible, language, width):
    words = WORDS[language]
    page = open_page("/check/", language=language, width=width, javascript=False)
    for answer in (
        {"institution": "japan"},
        {"status_of_residence": "STUDENT"},
        {"enrolment": "enrolled"},
        {"venue": "ordinary"},
    ):
        choose(page, words, **answer)
        assert_fits(page, width)

    press(page.get_by_role("button", name=words["go"]))
    assert words["choose"] in page.content()

    for answer in (
        {"pay_kind": "wage"},
        {"credit_bearing": "n"},
        {"starts_on": "２０２７-04-12", "ends_on": "2027-05-28"},
        {"hours_per_week": "35", "hours_per_day": "7"},
        {"other_weekly_work_hours": "0"},
        {"exchange_student": "n"},
        {"has_individual_permission": "n"},
        {"level": "undergrad"},
        {"final_year": "y"},
        {"credits_earned": "118", "credits_required": "124"},
        {"prefecture": "13"},
    ):
        choose(page, words, **answer)
        assert_fits(page, width)
    press(page.get_by_role("link", name=words["result"]))

    assert page.locator("h1").inner_text() == words["individual"]
    assert_fits(page, width)


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_a_student_comes_from_a_posting_saves_and_finds_it_at_home(
    open_page, assert_accessible, language, width
):
    words = WORDS[language]
    student = make_student(
        credits_earned=118,
        credits_required=124,
        level="undergrad",
        home_prefecture="13",
        expected_graduation=date(2027, 3, 31),
    )
    posting = make_posting(
        pay_kind="wage",
        weekly_hours=35,
        daily_hours=7,
        starts_on=date(2026, 12, 1),
        ends_on=date(2027, 1, 29),
    )
    page = open_page(f"/check/?p={posting.ref}", student.user, language=language, width=width)
    assert_accessible(page)

    while page.locator("form [name=go]").count():
        name = page.locator("form [name=go]").get_attribute("value")
        choose(
            page,
            words,
            **{
                "term_hours": {"term_hours_per_week": "35"},
                "individual": {"has_individual_permission": "n"},
            }[name],
        )
    assert_accessible(page)
    press(page.get_by_role("link", name=words["result"]))
    assert_accessible(page)
    press(page.get_by_role("button", name=words["save"]))

    assert page.locator("h1").inner_text() == words["individual"]
    assert Placement.objects.get().posting == posting
    assert_accessible(page)
    page.goto(page.url.split("/placements")[0] + "/home/")
    assert words["needs"] in page.locator("h1").inner_text()
    assert_accessible(page)
    assert_fits(page, width)


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_a_student_of_a_university_abroad_finds_her_route(open_page, language, width):
    words = WORDS[language]
    page = open_page("/check/", language=language, width=width)

    for answer in (
        {"institution": "foreign"},
        {"status_of_residence": "NONE_ABROAD"},
        {"venue": "ordinary"},
        {"pay_kind": "none"},
        {"credit_bearing": "y"},
        {"starts_on": "2027-07-01", "ends_on": "2027-08-30"},
    ):
        choose(page, words, **answer)
    press(page.get_by_role("link", name=words["result"]))

    assert page.locator("h1").inner_text() == words["visitor"]
    assert_fits(page, width)


# 1280 px at 400 % are 320 px, the narrowest window a page must fit; 200 % are 640.
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("width", [320, 640])
def test_no_page_of_the_check_scrolls_sideways_when_enlarged(open_page, language, width):
    page = open_page("/check/", language=language, width=width)
    address = page.url.split("?")[0]

    for step in STEPS:
        page.goto(f"{address}?{WHOLE}&at={step.code}")
        assert_fits(page, width)
        if page.locator("details").count():
            page.locator("details").first.evaluate("one => one.open = true")
            assert_fits(page, width)
    for name in ("answers", "result"):
        page.goto(f"{address}{name}?{WHOLE}")
        assert_fits(page, width)


def test_going_back_and_changing_keeps_the_other_answers(open_page):
    words = WORDS["en"]
    page = open_page("/check/", javascript=False)
    choose(page, words, institution="japan")
    choose(page, words, status_of_residence="STUDENT")
    choose(page, words, enrolment="enrolled")

    press(page.get_by_role("link", name=re.compile("Change ?: Status of residence")))
    chosen = page.locator("[name=status_of_residence]:checked").get_attribute("value")
    choose(page, words, status_of_residence="DEPENDENT")

    assert chosen == "STUDENT"
    assert "No longer needed after your change" in page.content()
    assert page.locator("h1").inner_text() == "What kind of workplace is it?"


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(("language", "width"), [("en", 390), ("ja", 1280)])
def test_a_visitor_takes_her_slip_with_her_as_pdf(open_page, language, width, javascript):
    page = open_page(
        f"/check/result?{WHOLE}", language=language, width=width, javascript=javascript
    )

    with page.expect_download() as arriving:
        page.get_by_role("button", name=WORDS[language]["pdf"]).click()

    slip = arriving.value
    assert slip.suggested_filename == "result-slip.pdf"
    assert "?" not in slip.url
    text = "".join(one.extract_text() for one in PdfReader(slip.path()).pages)
    assert all(WORDS[each]["individual"] in text for each in ("en", "ja"))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_old_link_shows_its_answer_and_leads_to_todays(open_page, language):
    words = WORDS[language]
    old = edition_id(RULEBOOK.editions[-2])

    page = open_page(f"/check/result?{WHOLE}&e={old}", language=language, javascript=False)

    assert words["changed"] in page.content()
    press(page.get_by_role("link", name=words["today"]))
    assert words["changed"] not in page.content()
    assert page.locator("h1").inner_text() == words["individual"]


def test_two_tabs_keep_their_own_answers_and_save_one_placement(open_page):
    student = make_student()
    first = open_page(f"/check/result?{WHOLE}", student.user)
    second = first.context.new_page()
    second.goto(first.url.replace("hours_per_week=35", "hours_per_week=34"))
    third = first.context.new_page()
    third.goto(first.url)

    for page in (first, third):
        page.get_by_label("Name of the company").fill("Kitano")
        press(page.get_by_role("button", name="Save as my placement"))

    assert first.url == third.url
    assert Placement.objects.count() == 1
    assert "34 hours a week" in second.content()


def test_the_longest_result_prints_on_two_pages(open_page, tmp_path):
    page = open_page(f"/check/result?{urlencode(LONGEST)}&print")

    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)

    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 2
