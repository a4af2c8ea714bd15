"""The office looks after its postings: from its list, one at a time and many at once."""

from datetime import timedelta

import pytest

from internships.board.models import Posting
from tests.browser_fixtures import press
from tests.factories import NOW, make_organisation, make_posting, make_user

STAFF = "/internships/manage/"
WORDS = {
    "en": {
        "extend": "Extend",
        "open_until": "is open until Sat 26 Dec 2026",
        "undo": "Undo",
        "undone": "Undone. It is as it was before.",
        "mark_all": "Mark all 3",
        "continue": "Continue",
        "label": "Add or remove labels",
        "done": "Done for 3 postings",
        "undo_all": "Undo for all 3 postings",
        "note_it": "Note it",
        "save": "Save",
        "outcome": "is noted.",
        "memo": "The notes on the organisation are saved.",
        "number": "Write one whole number from 0 to 9999",
        "nothing": "mark at least one posting first",
    },
    "ja": {
        "extend": "締切を延ばす",
        "open_until": "の締切を2026年12月26日（土）に延ばしました",
        "undo": "取り消す",
        "undone": "取り消しました。元の状態です。",
        "mark_all": "3件すべてを選択",
        "continue": "次へ進む",
        "label": "ラベルを付ける・外す",
        "done": "3件を処理しました",
        "undo_all": "3件を取り消す",
        "note_it": "記録する",
        "save": "保存",
        "outcome": "の結果を記録しました。",
        "memo": "受入先についてのメモを保存しました。",
        "number": "0～9999の整数で書いてください",
        "nothing": "先に求人を一つ以上選択してください",
    },
}


@pytest.fixture
def advisor(transactional_db):
    return make_user(roles=["advisor"])


def send(page, words):
    press(page.locator("main").get_by_role("button", name=words, exact=True).last)


def follow(page, words):
    press(page.locator("main").get_by_role("link", name=words).first)


def fits(page, width):
    return page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_advisor_looks_after_her_postings_from_the_list(open_page, advisor, language, width):
    say = WORDS[language]
    host = make_organisation()
    soon, *_others = [make_posting(organisation=host) for _ in range(3)]
    Posting.objects.filter(pk=soon.pk).update(closes_at=NOW + timedelta(days=20))
    over = make_posting(organisation=host, closes_at=NOW - timedelta(days=1))
    page = open_page(f"{STAFF}?tab=open", advisor, language=language, width=width, javascript=False)

    # Three clicks for two weeks more, and back where she was.
    follow(page, say["extend"])
    assert page.input_value("[name=closes_at]") == "2026-12-26 12:00"
    send(page, say["extend"])
    assert "tab=open" in page.url
    assert say["open_until"] in page.inner_text("main")
    send(page, say["undo"])
    assert say["undone"] in page.inner_text("main")

    page.goto(page.url.split("/internships/")[0] + f"{STAFF}?tab=open")
    send(page, say["continue"])
    assert say["nothing"] in page.inner_text("main")
    follow(page, say["mark_all"])
    page.select_option("[name=do]", "label")
    send(page, say["continue"])
    page.fill("[name=add]", "fair")
    send(page, say["label"])
    assert say["done"] in page.inner_text("main")
    assert Posting.objects.filter(labels=["fair"]).count() == 3
    send(page, say["undo_all"])
    assert say["done"] in page.inner_text("main")
    assert not Posting.objects.exclude(labels=[]).exists()

    page.goto(page.url.split("/internships/")[0] + f"{STAFF}?tab=outcome")
    follow(page, say["note_it"])
    page.fill("[name=applied]", "many")
    send(page, say["save"])
    assert say["number"] in page.inner_text("main")
    page.fill("[name=applied]", "０")
    send(page, say["save"])
    assert say["outcome"] in page.inner_text("main")
    over.refresh_from_db()
    assert over.outcome_applied == 0

    page.goto(page.url.split("/internships/")[0] + f"/internships/{over.ref}/care/")
    page.fill("[name=memo]", "Call after ten")
    page.fill("[name=addendum_ja]", "遅刻厳禁")
    page.fill("[name=addendum_en]", "Be on time")
    send(page, say["save"])
    assert say["memo"] in page.inner_text("main")
    visitor = open_page(soon.get_absolute_url(), language=language, width=width)
    assert {"ja": "遅刻厳禁", "en": "Be on time"}[language] in visitor.inner_text("main")
    assert "Call after ten" not in visitor.content()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_pages_around_a_posting_are_accessible_and_fit(
    open_page, assert_accessible, advisor, language, width
):
    posting = make_posting(labels=["fair"], title_en="Long " * 30, title_ja="長い題名" * 20)
    over = make_posting(closes_at=NOW - timedelta(days=1))
    refs = f"ref={posting.ref}&ref={over.ref}"

    for address in (
        f"{STAFF}?tab=open&mark=all",
        f"{STAFF}?tab=outcome",
        f"{STAFF}together/?do=extend&{refs}",
        f"{STAFF}together/?do=withdraw&{refs}",
        f"/internships/{posting.ref}/extend/",
        f"/internships/{over.ref}/extend/",
        f"/internships/{over.ref}/outcome/",
        f"/internships/{posting.ref}/care/",
        f"/internships/{posting.ref}/files/",
        f"/internships/{posting.ref}/versions/",
    ):
        page = open_page(address, advisor, language=language, width=width)
        assert fits(page, width), address
        assert_accessible(page)
        page.close()
