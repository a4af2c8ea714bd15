"""An advisor's walk: write, mend, save, look who could take it, publish, undo, edit, close."""

import re
from datetime import date

import pytest

from internships.board.models import MinimumWage, Posting
from tests.browser_fixtures import press
from tests.factories import make_user

WORDS = {
    "en": {
        "save": "Save and check again",
        "publish": "Publish",
        "continue": "Save and continue",
        "back": "Save and back to the list",
        "hours": "Hours a week",
        "all": "All on one page",
        "of_all": "7 of 8 sections are complete",
        "meant": "Did you mean 2027-03-12?",
        "panel": "Who could take this?",
        "individual": "Individual: case by case",
        "on_board": "The posting is on the board.",
        "undo": "Undo",
        "edit": "Edit",
        "close": "Close early",
        "close_now": "Close it now",
        "closed": "Closed. Its page stays and says so.",
    },
    "ja": {
        "save": "保存して再確認",
        "publish": "公開する",
        "continue": "保存して次へ",
        "back": "保存して一覧へ戻る",
        "hours": "週の時間",
        "all": "1ページで全部編集",
        "of_all": "8項目のうち7項目が入力済み",
        "meant": "2027-03-12 ではありませんか",
        "panel": "応募できる学生",
        "individual": "個別許可（個別に判断）",
        "on_board": "掲示板に載りました。",
        "undo": "取り消す",
        "edit": "編集",
        "close": "早期に締め切る",
        "close_now": "今すぐ締め切る",
        "closed": "締め切りました。ページは残り、締め切ったことを表示します。",
    },
}
TYPED = {
    "organisation_ja": "北野ロボティクス株式会社",
    "title_ja": "動作計画ソフトウェア開発",
    "title_en": "Motion-planning software",
    "description_ja": "双腕ロボットの動作計画プログラムを開発します。",
    "pay_yen": "１５００",
    "weekly_hours": "35",
    "daily_hours": "7",
    "days_per_week": "5",
    "starts_on": "2027-02-15",
    "ends_on": "2027-02-12",
    "closes_at": "2026-12-03 17:00",
}
CHOSEN = {"pay_kind": "wage", "pay_unit": "hour", "prefecture": "13", "apply_method": "office"}


@pytest.fixture
def advisor(transactional_db):
    MinimumWage.objects.create(prefecture="13", yen_per_hour=1226, effective_from=date(2025, 10, 3))
    return make_user(roles=["advisor"])


def send(page, words):
    press(page.locator("main").get_by_role("button", name=words, exact=True).last)


def write(page):
    """Fill in what the page asks for: the whole form, or one section."""
    for name, value in TYPED.items():
        for field in page.locator(f"[name={name}]").all():
            field.fill(value)
    for name, value in CHOSEN.items():
        for field in page.locator(f"select[name={name}]").all():
            field.select_option(value)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_advisor_writes_mends_publishes_undoes_edits_and_closes(
    open_page, assert_accessible, advisor, language, width
):
    say = WORDS[language]
    whole = "/internships/new/?all"
    page = open_page(whole, advisor, language=language, width=width, javascript=False)
    write(page)
    send(page, say["save"])

    assert say["meant"] in page.inner_text("main")
    assert page.input_value("[name=description_ja]") == TYPED["description_ja"]
    assert not Posting.objects.exists()

    page.fill("[name=ends_on]", "2027-03-12")
    send(page, say["save"])

    assert say["panel"] in page.inner_text("main")
    assert say["individual"] in page.inner_text("main")
    assert page.input_value("[name=pay_yen]") == "1500"

    send(page, say["publish"])
    assert say["on_board"] in page.inner_text("main")
    title = TYPED[f"title_{language}"]
    visitor = open_page("/internships/", language=language, width=width)
    assert title in visitor.inner_text("main")

    send(page, say["undo"])
    visitor.reload()
    assert title not in visitor.inner_text("main")

    press(page.get_by_role("link", name=say["hours"], exact=True))
    page.fill("[name=weekly_hours]", "28")
    send(page, say["back"])
    send(page, say["publish"])
    visitor.reload()
    assert title in visitor.inner_text("main")
    assert Posting.objects.get().weekly_hours == 28

    press(page.get_by_role("link", name=say["edit"], exact=True))
    press(page.get_by_role("link", name=say["close"], exact=True))
    page.fill("[name=reason]", "All places are taken")
    send(page, say["close_now"])
    assert say["closed"] in page.inner_text("main")
    visitor.reload()
    assert title not in visitor.inner_text("main")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_advisor_writes_section_by_section_and_mends_one(
    open_page, assert_accessible, advisor, language, width
):
    say = WORDS[language]
    page = open_page("/internships/new/", advisor, language=language, width=width)
    assert_accessible(page)
    for _section in ("words", "pay", "hours"):
        write(page)
        send(page, say["continue"])
    write(page)
    send(page, say["continue"])

    assert say["meant"] in page.inner_text("main")
    assert page.input_value("[name=ends_on]") == "2027-02-12"
    assert Posting.objects.get().weekly_hours == 35
    assert_accessible(page)

    page.fill("[name=ends_on]", "2027-03-12")
    send(page, say["continue"])
    page.check("[name=programme_type][value='3']")
    send(page, say["continue"])
    write(page)
    page.select_option("[name=work_style]", "onsite")
    send(page, say["continue"])
    send(page, say["continue"])  # who can apply: left for later
    write(page)
    send(page, say["continue"])

    assert say["of_all"] in page.inner_text("main")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_section_is_saved_by_the_keyboard_alone(open_page, advisor):
    page = open_page("/internships/new/", advisor, javascript=False)
    page.focus("[name=organisation_ja]")
    page.keyboard.type("北野ロボティクス株式会社")
    page.focus("[name=title_ja]")
    page.keyboard.type("地図を読む")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert Posting.objects.get().title_ja == "地図を読む"
    assert page.locator("h1").inner_text() == "Pay"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_pages_of_the_editor_are_accessible_and_fit(
    open_page, assert_accessible, advisor, language
):
    page = open_page("/internships/new/?all", advisor, language=language, width=390)
    write(page)
    page.locator("form.posting-form").evaluate("form => form.noValidate = true")
    send(page, WORDS[language]["save"])
    assert_accessible(page)

    page.fill("[name=ends_on]", "2027-03-12")
    send(page, WORDS[language]["save"])
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    ref = re.search(r"/internships/([^/]+)/edit/", page.url)[1]
    page.goto(page.url.replace(f"{ref}/edit/all/", "manage/"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    editor = f"/internships/{ref}/edit/"
    for address in ("/internships/manage/", editor, f"{editor}all/", f"{editor}words/"):
        page = open_page(address, advisor, language=language, width=1280, scheme="dark")
        assert_accessible(page)


def test_the_summary_of_errors_leads_to_the_field(open_page, advisor):
    page = open_page("/internships/new/?all", advisor)
    write(page)
    send(page, WORDS["en"]["save"])

    press(page.locator(".note a").first)

    assert page.evaluate("document.activeElement.id") == "id_ends_on"
    assert page.title().startswith("Error: ")


def test_a_preview_opens_beside_what_is_being_written(open_page, advisor):
    page = open_page("/internships/new/?all", advisor)
    write(page)
    page.fill("[name=ends_on]", "2027-03-12")

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview in a new tab").click()

    assert TYPED["title_en"] in opened.value.inner_text("h1")
    assert page.input_value("[name=title_en]") == TYPED["title_en"]
    assert not Posting.objects.exists()
