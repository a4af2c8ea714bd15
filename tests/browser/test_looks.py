"""The frame and the components in a real browser: axe, narrow screens, keyboard, themes."""

import pytest

from tests.browser_fixtures import press

PAGES = ["/", "/privacy/", "/accessibility/", "/account/login/", "/no/such/page"]
LANGUAGES = ["ja", "en"]


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_is_accessible(open_page, assert_accessible, demo, language, scheme):
    page = open_page("/components/", language=language, scheme=scheme)

    assert_accessible(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_pages_of_the_frame_are_accessible(open_page, assert_accessible, address, language):
    page = open_page(address, language=language, width=390)

    assert_accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["", "people/user/", "people/officesettings/1/change/"])
def test_admin_in_our_frame_is_accessible(open_page, assert_accessible, person, address, scheme):
    page = open_page(f"/admin/{address}", person("administrator"), scheme=scheme)

    assert_accessible(page)


def test_paper_is_accessible(open_page, assert_accessible, demo):
    assert_accessible(open_page("/components/paper/"))


def test_sign_in_with_errors_is_accessible_and_its_summary_leads_to_the_field(
    open_page, assert_accessible
):
    page = open_page("/account/login/")
    page.locator("main form").evaluate("form => form.noValidate = true")
    press(page.locator("main form button"))

    assert_accessible(page)
    press(page.locator(".note a").first)
    assert page.evaluate("document.activeElement.id") == "id_login"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_scrolls_sideways(open_page, demo, width):
    for address in ["/components/", *PAGES]:
        page = open_page(address, language="ja", width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_keyboard_reaches_the_content_first_and_shows_where_it_is(open_page):
    page = open_page("/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def test_theme_and_language_are_chosen_without_javascript(open_page):
    page = open_page("/privacy/?a=1", javascript=False)

    page.locator(".menu summary").click()
    press(page.get_by_role("button", name="Dark"))
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    press(page.get_by_role("button", name="日本語"))
    assert page.locator("html").get_attribute("lang") == "ja"
    assert page.url.endswith("/privacy/?a=1")


def test_dark_of_the_device_and_dark_of_the_reader_are_the_same(open_page, live_server):
    page = open_page("/", scheme="dark")
    colours = "getComputedStyle(document.body).backgroundColor"
    device = page.evaluate(colours)
    page.context.add_cookies([{"name": "theme", "value": "dark", "url": live_server.url}])
    page.emulate_media(color_scheme="light")
    page.reload()

    assert page.evaluate(colours) == device == "rgb(15, 24, 41)"


def test_enlarged_text_and_forced_colours_lose_nothing(open_page, demo):
    page = open_page("/components/", width=640)
    page.emulate_media(forced_colors="active")

    flag = page.locator(".flag").first
    assert flag.evaluate("node => getComputedStyle(node).borderTopWidth") == "2px"
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
