"""A real browser on a live server: Debian's Chromium, driven by Playwright."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    from tests.conftest import CHROMIUM, NO_BROWSER

    if not CHROMIUM.exists():
        pytest.fail(NO_BROWSER)  # in CI; elsewhere the tests were left out
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": FLAGS}


@pytest.fixture
def complaints():
    return []


@pytest.fixture
def without_scripts():
    return []


@pytest.fixture
def open_page(live_server, new_context, complaints, without_scripts):
    """Open an address as a reader would: `open_page("/", person, language="ja", width=390)`.

    Gives Playwright's page. What the browser refuses or cannot run fails the test.
    """

    def open_as(
        address,
        person=None,
        *,
        language="en",
        width=1280,
        scheme="light",
        javascript=True,
    ):
        context = new_context(
            viewport={"width": width, "height": 900},
            locale="ja-JP" if language == "ja" else "en-GB",
            color_scheme=scheme,
            java_script_enabled=javascript,
        )
        context.add_cookies(cookies(live_server.url, person, language))
        page = context.new_page()
        page.on("console", lambda said: note(said, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if not javascript:
            without_scripts.append(page)
        page.goto(live_server.url + address)
        return page

    yield open_as

    assert not complaints, f"the browser complains: {complaints}"


def press(locator):
    """Click what leads to a page, and wait for that page: a click alone returns before it."""
    with locator.page.expect_navigation():
        locator.click()


def note(said, complaints):
    """A page that answers 404 is told as an error too, and may be what the test is about."""
    if said.type == "error" and "the server responded with a status of" not in said.text:
        complaints.append(said.text)


def cookies(address, person, language):
    wanted = {settings.LANGUAGE_COOKIE_NAME: language}
    if person:
        client = Client()
        client.force_login(person)
        wanted[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return [{"name": name, "value": value, "url": address} for name, value in wanted.items()]


@pytest.fixture
def assert_accessible(complaints, without_scripts):
    """Check a page with axe: `assert_accessible(page)`."""

    def check(page):
        if page in without_scripts:
            pytest.fail("axe is a script: it never ends on a page opened with javascript=False")
        before = list(complaints)
        found = Axe().run(page)
        page.evaluate("1")  # so that all that was said meanwhile has arrived
        complaints[:] = before  # axe styles elements itself, which our policy refuses
        assert found.violations_count == 0, found.generate_report()

    return check
