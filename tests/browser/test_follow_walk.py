"""Saving and following in a browser, with JavaScript and without, in both languages and widths."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from careers.desk import letters
from internships.board.following.digest import write_digests
from internships.board.following.models import Bookmark, SavedSearch
from tests.browser_fixtures import press
from tests.factories import make_posting, make_student

WORDS = {
    "en": {
        "save": "Save Bridge inspection",
        "saved": "Saved. Only you see what you save.",
        "undo": "Undo",
        "nothing": "Nothing saved yet",
        "save search": "Save this search",
        "name": "Name",
        "daily": "Every day, if there is something new",
        "go": "Save",
        "address": "Make an address",
        "atom": "For a feed reader (Atom): new postings",
        "calendar": "For a calendar (iCalendar): deadlines of what you saved",
        "stop": "Stop these letters",
        "stopped": "Stopped",
    },
    "ja": {
        "save": "橋の点検を保存",
        "saved": "保存しました。保存した内容は本人だけが見られます。",
        "undo": "取り消す",
        "nothing": "保存した求人はまだありません",
        "save search": "この条件を保存",
        "name": "名前",
        "daily": "新着があれば毎日",
        "go": "保存",
        "address": "アドレスを作成",
        "atom": "フィードリーダー用（Atom）：新着求人",
        "calendar": "カレンダー用（iCalendar）：保存した求人の締切",
        "stop": "このメールを停止する",
        "stopped": "停止しました",
    },
}
SIZES = [
    ("en", 390, False),
    ("en", 1280, True),
    ("ja", 390, True),
    ("ja", 1280, False),
]


@pytest.fixture
def bridge(transactional_db):
    now = timezone.now()
    return make_posting(
        title_en="Bridge inspection",
        title_ja="橋の点検",
        pay_kind="wage",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=40),
    )


@pytest.mark.parametrize(("language", "width", "javascript"), SIZES)
def test_a_student_saves_a_posting_and_takes_it_back(
    open_page, assert_accessible, bridge, language, width, javascript
):
    words, student = WORDS[language], make_student()
    page = open_page(
        "/internships/", student.user, language=language, width=width, javascript=javascript
    )

    button = page.get_by_role("button", name=words["save"])
    press(button)
    assert page.url.endswith(f"/internships/#p-{bridge.ref}")
    assert page.get_by_text(words["saved"]).is_visible()
    assert page.get_by_role("button", name=words["save"]).get_attribute("aria-pressed") == "true"
    page.goto(page.url.partition("/internships/")[0] + "/saved/")
    assert page.get_by_role("link", name=bridge.title_ja if language == "ja" else bridge.title_en)
    if javascript:
        assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    press(page.get_by_role("button", name=words["save"]))
    assert page.get_by_text(words["nothing"]).is_visible()
    press(page.get_by_role("button", name=words["undo"]))

    assert [bookmark.posting for bookmark in student.bookmarks.all()] == [bridge]


@pytest.mark.parametrize(("language", "width", "javascript"), SIZES)
def test_a_student_follows_a_search_and_stops_its_letters(
    open_page, assert_accessible, bridge, settings, language, width, javascript
):
    words, student = WORDS[language], make_student()
    student.user.language = language
    student.user.save()
    page = open_page(
        "/internships/?pay=paid",
        student.user,
        language=language,
        width=width,
        javascript=javascript,
    )

    press(page.get_by_role("button", name=words["save search"]))
    page.get_by_label(words["name"], exact=True).fill("春に")
    page.get_by_label(words["daily"]).check()
    press(page.get_by_role("button", name=words["go"], exact=True))
    assert page.get_by_role("link", name="春に", exact=True).is_visible()

    page.goto(page.url + f"{student.saved_searches.get().pk}/")
    press(page.get_by_role("button", name=words["address"]))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if javascript:
        assert_accessible(page)
    feed = page.get_by_label(words["atom"]).input_value()
    assert bridge.ref in page.request.get(feed).text()

    SavedSearch.objects.update(news_from=bridge.opens_at - timedelta(1), looked_at=bridge.opens_at)
    later = timezone.now() + timedelta(days=1)
    write_digests(later)
    letters.send_due(later)
    address = mail.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>")
    reader = open_page(address.removeprefix(settings.SITE_ADDRESS), language=language, width=width)
    press(reader.get_by_role("button", name=words["stop"]))

    assert reader.get_by_role("heading", name=words["stopped"]).is_visible()
    assert student.saved_searches.get().letters == "none"


@pytest.mark.parametrize(("language", "width", "javascript"), SIZES)
def test_a_student_reads_deadlines_of_what_she_saved_in_her_calendar(
    open_page, assert_accessible, bridge, language, width, javascript
):
    words, student = WORDS[language], make_student()
    Bookmark.objects.create(student=student, posting=bridge)
    page = open_page("/saved/", student.user, language=language, width=width, javascript=javascript)

    press(page.get_by_role("button", name=words["address"]))
    address = page.get_by_label(words["calendar"]).input_value()

    assert bridge.ref in page.request.get(address).text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if javascript:
        assert_accessible(page)


@pytest.mark.parametrize("address", ["/internships/", "/saved/searches/", "/saved/letters/"])
def test_links_that_stand_alone_can_be_hit_with_a_finger(open_page, bridge, address):
    student = make_student()
    SavedSearch.objects.create(student=student, name="All", query="")
    page = open_page(address, student.user, width=390)

    alone = page.locator(".follow a, .rows a, .alone a")

    assert alone.count()
    for link in alone.all():
        assert link.bounding_box()["height"] >= 24, link.inner_text()
