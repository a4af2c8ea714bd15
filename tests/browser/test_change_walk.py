"""A change of a posting that is up: written, compared, returned, mended, approved, restored."""

from datetime import timedelta

import pytest

from careers.people.models import OfficeSettings
from internships.board import workflow
from tests.browser_fixtures import press
from tests.factories import NOW, make_posting, make_user

WORDS = {
    "en": {
        "save": "Save and back to the list",
        "waits": "A change of this posting waits for approval",
        "compare": "Compare both, and decide",
        "back": "Return with a reason",
        "returned": "A change of this posting was returned",
        "approve": "Approve",
        "approved": "Approved. The change stands on the page now.",
        "versions": "Versions",
        "extend": "Extend",
        "continue": "Continue",
        "done": "Done for 1 posting",
        "refused": "Refused for 1 posting",
    },
    "ja": {
        "save": "保存して一覧へ戻る",
        "waits": "この求人には承認待ちの変更があります",
        "compare": "二つを比べて決める",
        "back": "理由を付けて差し戻す",
        "returned": "この求人の変更案が差し戻されました",
        "approve": "承認する",
        "approved": "承認しました。変更はページに反映されています。",
        "versions": "版の履歴",
        "extend": "締切を延ばす",
        "continue": "次へ進む",
        "done": "1件を処理しました",
        "refused": "1件は処理できませんでした",
    },
}


@pytest.fixture
def advisors(transactional_db):
    office = OfficeSettings.load()
    office.second_person_publishes = True
    office.save()
    return make_user(roles=["advisor"]), make_user(roles=["advisor"])


def send(page, words):
    press(page.locator("main").get_by_role("button", name=words, exact=True).last)


def follow(page, words):
    press(page.locator("main").get_by_role("link", name=words, exact=True).first)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_two_advisors_agree_on_a_change_while_the_approved_page_stays_up(
    open_page, assert_accessible, advisors, language, width
):
    say, (writer, colleague) = WORDS[language], advisors
    posting = make_posting(title_ja="地図を読む", title_en="Reading maps")
    edit, public = f"/internships/{posting.ref}/edit/words/", posting.get_absolute_url()
    visitor = open_page(public, language=language, width=width, javascript=False)
    page = open_page(edit, writer, language=language, width=width, javascript=False)

    page.fill("[name=title_ja]", "地図を描く")
    page.fill("[name=title_en]", "Drawing maps")
    send(page, say["save"])
    assert say["waits"] in page.inner_text("main")
    visitor.reload()
    assert visitor.inner_text("h1") in ("地図を読む", "Reading maps")

    other = open_page(edit, colleague, language=language, width=width)
    follow(other, say["compare"])
    assert "地図を描く" in other.inner_text(".diff")
    assert_accessible(other)
    other.fill("[name=reason]", "Which maps?")
    send(other, say["back"])

    page.reload()
    assert say["returned"] in page.inner_text("main")
    page.goto(page.url.replace("/edit/", "/edit/words/"))
    page.fill("[name=title_en]", "Drawing old maps")
    send(page, say["save"])

    follow(other, say["compare"])
    send(other, say["approve"])
    assert say["approved"] in other.inner_text("main")
    visitor.reload()
    assert visitor.inner_text("h1") in ("地図を描く", "Drawing old maps")

    follow(other, say["versions"])
    assert other.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(other)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_translator_reads_between_the_fields_what_changed(
    open_page, assert_accessible, transactional_db, frozen_moment, width
):
    advisor, ages = make_user(roles=["advisor"]), ("words_changed_ja_at", "words_changed_en_at")
    posting = make_posting(title_ja="地図を読む", **dict.fromkeys(ages, NOW))
    frozen_moment.shift(timedelta(hours=1))
    workflow.edit(posting, {"title_ja": "地図を描く"}, by=advisor, seen=0)

    page = open_page(f"/internships/{posting.ref}/edit/words/", advisor, width=width)

    assert "描く" in page.inner_text(".diff ins")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    send(page, "Mark the English as still right")
    assert page.locator(".diff").count() == 0


@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_advisor_acts_on_many_and_reads_what_was_refused(
    open_page, assert_accessible, transactional_db, language
):
    say, advisor = WORDS[language], make_user(roles=["advisor"])
    posting, over = make_posting(title_en="Open", title_ja="募集中"), make_posting()
    page = open_page("/internships/manage/?tab=open", advisor, language=language)

    for ref in (posting.ref, over.ref):
        page.check(f"[name=ref][value={ref}]")
    page.select_option("[name=do]", "extend")
    send(page, say["continue"])
    over.state, over.withdrawn_at = "withdrawn", over.opens_at
    over.save()
    page.fill("[name=closes_at]", "2026-12-30")
    send(page, say["extend"])

    text = page.inner_text("main")
    assert say["done"] in text
    assert say["refused"] in text
    assert_accessible(page)
