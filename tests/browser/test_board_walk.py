"""Finding an internship in a real browser, in both languages and widths."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from internships.board.reference import load_reference_data
from tests.browser_fixtures import press
from tests.factories import make_organisation, make_posting, make_student

SIZES = [("en", 390), ("en", 1280), ("ja", 390), ("ja", 1280)]
WORDS = {
    "en": {
        "search": "Search",
        "filters": "Filters",
        "show": "Show postings",
        "unpaid": "Unpaid",
        "title": "Bridge inspection",
        "count": "1 posting",
        "check": "Would I need permission? Check",
        "flag": "Permission needed, already held",
        "detail": "Check in detail",
        "apply": "How to apply",
        "empty": "No posting fits all 2 filters",
        "remove": "Without Unpaid: 1",
        "map": "Map of prefectures",
        "place": "Kanagawa 1",
        "only": "Walk the bridge.",
        "office": "Show the office",
        "yokohama": "Yokohama District Immigration Office",
    },
    "ja": {
        "search": "検索",
        "filters": "条件",
        "show": "この条件で見る",
        "unpaid": "無報酬",
        "title": "橋の点検",
        "count": "1件",
        "check": "許可が必要か確かめる",
        "flag": "許可が必要（お持ちです）",
        "detail": "くわしく判定する",
        "apply": "応募方法",
        "empty": "条件（2件）をすべて満たす求人はありません",
        "remove": "無報酬を外すと1件",
        "map": "都道府県の地図",
        "place": "神奈川県 1",
        "only": "橋を歩きます。",
        "office": "窓口を見る",
        "yokohama": "東京出入国在留管理局横浜支局",
    },
}


@pytest.fixture
def bridge(db):
    """One posting that is paid among others; the browser's clock runs, so dates are near."""
    today = timezone.localdate()
    make_posting(title_en="Sewing", title_ja="縫製", pay_kind="none")
    return make_posting(
        title_en="Bridge inspection",
        title_ja="橋の点検",
        description_en="Walk the bridge.",
        description_ja="橋を歩きます。",
        organisation=make_organisation(name_en="Hashi Works", name_ja="橋工業"),
        pay_kind="wage",
        pay_yen=1300,
        pay_unit="hour",
        weekly_hours=16,
        daily_hours=8,
        days_per_week=2,
        starts_on=today + timedelta(days=40),
        ends_on=today + timedelta(days=70),
        prefecture="14",
        city_en="Yokohama",
        city_ja="横浜市",
        japanese_level="N3",
        programme_type=2,
        apply_method="office",
    )


def assert_fits(page, width):
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_a_visitor_finds_a_posting_and_is_led_to_the_check(
    open_page, assert_accessible, bridge, language, width
):
    words = WORDS[language]
    page = open_page("/internships/", language=language, width=width)

    page.locator("#id_q").fill(words["title"])
    press(page.get_by_role("button", name=words["search"]))
    assert words["count"] in page.locator("#count").inner_text()
    assert_accessible(page)
    assert_fits(page, width)
    press(page.get_by_role("link", name=words["title"], exact=True))

    assert page.locator("h1").inner_text() == words["title"]
    assert page.get_by_role("heading", name=words["apply"]).is_visible()
    assert_accessible(page)
    assert_fits(page, width)
    press(page.locator(".signpost").get_by_role("link", name=words["check"]))
    assert f"p={bridge.ref}" in page.url


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_filters_narrow_and_an_empty_list_leads_back(
    open_page, assert_accessible, bridge, language, width
):
    words = WORDS[language]
    page = open_page("/internships/?q=%E6%A9%8B", language=language, width=width)

    if width < 992:
        page.locator(".board-filters > summary").click()
    page.get_by_label(re.compile(f"^{words['unpaid']} \\d")).check()
    press(page.get_by_role("button", name=words["show"]))

    assert page.get_by_role("heading", name=words["empty"]).is_visible()
    assert_accessible(page)
    press(page.get_by_role("link", name=words["remove"]))
    assert words["count"] in page.locator("#count").inner_text()


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_a_visitor_goes_by_the_map_and_reads_one_language(
    open_page, assert_accessible, bridge, language, width
):
    words = WORDS[language]
    page = open_page("/internships/?pay=wage", language=language, width=width)

    if width < 992:
        page.locator(".board-filters > summary").click()
    press(page.get_by_role("link", name=words["map"]))
    assert_accessible(page)
    assert_fits(page, width)
    place = page.get_by_role("link", name=words["place"], exact=True)
    expect(place).to_be_in_viewport()
    press(place)
    assert "pay=wage&prefecture=14" in page.url
    press(page.get_by_role("link", name=words["title"], exact=True))

    press(
        page.locator(".words-shown a[lang]", has_text={"en": "English", "ja": "日本語"}[language])
    )
    assert page.locator(".both section").count() == 1
    assert words["only"] in page.locator(".both").inner_text()
    assert_accessible(page)
    assert_fits(page, width)


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_a_student_sees_her_flag_on_list_and_page(open_page, bridge, language, width):
    words = WORDS[language]
    until = date(2028, 4, 30)
    student = make_student(residence_expires_on=until, blanket_permission_until=until)
    page = open_page(
        "/internships/", student.user, language=language, width=width, javascript=False
    )

    assert page.locator(".posting-row .flag", has_text=words["flag"]).count() == 1
    assert_fits(page, width)
    press(page.get_by_role("link", name=words["title"], exact=True))

    assert page.locator(".signpost .flag").inner_text().strip() == words["flag"]
    press(page.get_by_role("link", name=words["detail"]))
    assert f"p={bridge.ref}" in page.url


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_sources_and_the_responsible_office_are_found(
    open_page, assert_accessible, db, language, width
):
    words = WORDS[language]
    load_reference_data()
    page = open_page("/sources/", language=language, width=width)
    assert page.locator(".resource").count() == 51
    assert_accessible(page)
    assert_fits(page, width)

    page.goto(page.url.replace("/sources/", "/offices/"))
    page.locator("#prefecture").select_option("14")
    press(page.get_by_role("button", name=words["office"]))

    assert words["yokohama"] in page.locator(".panel").inner_text()
    assert_accessible(page)
    assert_fits(page, width)


def test_the_board_needs_no_javascript(open_page, bridge):
    words = WORDS["en"]
    page = open_page("/internships/", width=390, javascript=False)

    page.locator(".board-filters > summary").click()
    page.get_by_label(re.compile(r"^Paid \d")).check()
    press(page.get_by_role("button", name=words["show"]))
    press(page.get_by_role("link", name=words["title"], exact=True))

    assert page.locator(".signpost").get_by_role("link", name=words["check"]).is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_in_both_themes(open_page, assert_accessible, bridge, scheme):
    page = open_page("/internships/?hours=many", scheme=scheme)
    assert_accessible(page)

    page.goto(page.url.split("?")[0] + f"{bridge.ref}/")
    assert_accessible(page)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_posting_prints_on_one_sheet_without_what_only_a_screen_can_do(
    open_page, tmp_path, language
):
    student = make_student()
    posting = make_posting(
        title_ja="橋の点検",
        title_en="Bridge inspection",
        description_ja="橋を歩きます。" * 20,
        description_en="Walk the bridge. " * 20,
        requirements_ja="高い所が平気な方。",
        requirements_en="Heights do not frighten you.",
        starts_on=timezone.localdate() + timedelta(days=60),
        ends_on=timezone.localdate() + timedelta(days=90),
        pay_kind="wage",
        pay_yen=1500,
        pay_unit="hour",
        weekly_hours=20,
        daily_hours=5,
        schedule_note="土日を中心に週4日",
        prefecture="35",
        city_ja="下関市",
        city_en="Shimonoseki",
        programme_type=2,
        study_years=["B2", "B3", "B4", "M1", "M2"],
    )
    make_posting(title_en="Another bridge", title_ja="別の橋", organisation=posting.organisation)
    page = open_page(posting.get_absolute_url(), student.user, language=language)

    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)

    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1
    page.emulate_media(media="print")
    printed = page.locator("main").inner_text()
    for words in ["橋を歩きます。", "Walk the bridge.", posting.get_absolute_url()]:
        assert words in printed
    for only_on_screen in [".signpost", ".private", "#similar", "button", ".ribbon"]:
        expect(page.locator(only_on_screen).first).to_be_hidden()
