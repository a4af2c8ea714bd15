"""An advisor imports a file with a fault, mends the line, and makes two hosts one."""

import pytest

from internships.board.models import ImportFile, Organisation, Posting
from tests.board.importing import LINE, as_csv
from tests.browser_fixtures import press
from tests.factories import make_user

WORDS = {
    "en": {
        "see": "See what it would do",
        "good": "Import the good lines",
        "refused": "Refused lines (CSV)",
        "all": "Import",
        "merge": "Compare and merge",
        "one": "Make them one",
    },
    "ja": {
        "see": "取り込み内容を確認",
        "good": "問題のない行を取り込む",
        "refused": "受付不可の行（CSV）",
        "all": "取り込み",
        "merge": "比べて統合する",
        "one": "統合する",
    },
}
TWIN = LINE | {"ref": "I26-9002", "organisation_ja": "（株）みなと", "organisation_en": ""}


def send(page, name, content):
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/csv", "buffer": content})


@pytest.mark.parametrize(
    ("language", "width", "javascript"), [("ja", 390, False), ("en", 1280, True)]
)
def test_an_advisor_imports_mends_and_makes_two_hosts_one(
    open_page, assert_accessible, transactional_db, language, width, javascript
):
    say, advisor = WORDS[language], make_user(roles=["advisor"])
    page = open_page(
        "/internships/import/", advisor, language=language, width=width, javascript=javascript
    )
    send(page, "postings.csv", as_csv(LINE, TWIN | {"title_ja": "", "title_en": ""}))
    press(page.get_by_role("button", name=say["see"]))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    press(page.get_by_role("button", name=say["good"]))
    if javascript:
        assert_accessible(page)
    assert [posting.ref for posting in Posting.objects.all()] == ["I26-9001"]

    with page.expect_download() as download:
        page.get_by_role("link", name=say["refused"]).click()
    assert "I26-9002" in download.value.path().read_text(encoding="utf-8-sig")
    page.goto(page.url.split("/import/")[0] + "/import/")
    send(page, "mended.csv", as_csv(TWIN))
    press(page.get_by_role("button", name=say["see"]))
    press(page.locator("main form").get_by_role("button", name=say["all"], exact=True))
    assert ImportFile.objects.filter(imported_at=None).count() == 0
    assert Posting.objects.count() == 2

    stays = Organisation.objects.get(name_ja="株式会社みなと")
    page.goto(page.url.split("/internships/")[0] + f"/organisations/{stays.pk}/edit/")
    press(page.get_by_role("link", name=say["merge"]))
    press(page.get_by_role("button", name=say["one"]))
    if javascript:
        assert_accessible(page)
    assert stays.postings.count() == 2
