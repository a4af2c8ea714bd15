"""What every test has: one frozen moment, detectors of faults, people of each role, a browser."""

import os
from pathlib import Path

import pgtrigger
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import detectors
from tests.factories import NOW, make_student, make_user

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
NO_BROWSER = (
    f"BROWSER TESTS WERE NOT RUN: there is no {CHROMIUM}. "
    "On Debian: apt-get install chromium fonts-noto-cjk; elsewhere set CHROMIUM=/path/to/it."
)
pytest_plugins = ["tests.browser_fixtures"]


def pytest_configure(config):
    detectors.switch_on()


def pytest_collection_modifyitems(config, items):
    """Know the browser's tests; without a browser leave them out, and in CI fail."""
    left_out = []
    for item in items:
        if "open_page" in item.fixturenames:
            item.add_marker("browser")
            left_out.append(item)
    if CHROMIUM.exists() or os.environ.get("CI") == "true":
        return
    for item in left_out:
        item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_BROWSER in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.section("browser", red=True)
        terminalreporter.line(f"{NO_BROWSER} ({count} tests)", red=True)


@pytest.fixture(autouse=True)
def frozen_moment(request):
    """Time stands still at NOW; in a browser's test it goes on from there."""
    with time_machine.travel(NOW, tick="open_page" in request.fixturenames) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests with a live server empty every table; in life nobody may empty the event log."""
    with django_db_blocker.unblock():
        for model, trigger in pgtrigger.registered("record.Event:never_emptied"):
            trigger.disable(model)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Private files of a test are gone after it."""
    settings.PRIVATE_FILES = tmp_path / "files"


@pytest.fixture
def person(db):
    """Give somebody of one or more roles: `person("advisor")`, `person("advisor", "reviewer")`."""

    def make(*roles, **fields):
        if roles == ("student",):
            return make_student(**fields).user
        return make_user(roles=list(roles), **fields)

    return make


@pytest.fixture
def signed_in(client, person):
    """Give a client signed in as a new person of the roles: `signed_in("advisor")`."""

    def sign_in(*roles, **fields):
        client.user = person(*roles, **fields)
        client.force_login(client.user)
        return client

    return sign_in


@pytest.fixture
def student(person):
    return person("student").student


@pytest.fixture
def student_client(client, student):
    client.force_login(student.user)
    return client


@pytest.fixture
def assert_same_queries(db):
    """Check that a page costs the same number of queries whatever it lists.

    assert_same_queries(lambda: client.get(address), make_posting)
    """

    def check(visit, make_row, *, rows=(1, 3, 30), at_most=None):
        counts, made = {}, 0
        visit()  # fills what is kept for the process, like content types
        for wanted in rows:
            for _ in range(wanted - made):
                make_row()
            made = wanted
            with CaptureQueriesContext(connection) as queries:
                visit()
            counts[wanted] = len(queries)
        assert len(set(counts.values())) == 1, f"queries for so many rows: {counts}"
        assert at_most is None or counts[rows[0]] <= at_most, f"more than {at_most}: {counts}"

    return check
