"""Gives tests their environment: settings, and a PostgreSQL that does not wait for the disk.

pytest loads it first of all (see pyproject.toml), because settings are read very early.
`DATABASE_URL` is respected; the tests make a database of their own beside the one it names.
"""

import fcntl
import os
from contextlib import ExitStack

import pytest

SETTINGS = {
    "SECRET_KEY": "only for tests",
    "DEBUG": "0",
    "DEMO": "1",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "SITE_ADDRESS": "http://localhost:8000",
    "EMAIL_URL": "memorymail://",
    "DJANGO_LIVE_TEST_SERVER_ADDRESS": "localhost",  # passkeys and cookies want this name
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in the main thread
}
in_use = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    os.environ.update(SETTINGS)
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = start_database()


def start_database() -> str:
    """Workers of pytest-xdist inherit the address, so only the first process comes here."""
    from tools.environment import data_folder
    from tools.postgres import cluster_in_use

    folder = data_folder() / "test-postgres"
    folder.mkdir(exist_ok=True)
    alone = in_use.enter_context((folder / "tests.lock").open("a"))
    fcntl.flock(alone, fcntl.LOCK_EX)  # two runs at once would share one test database
    return in_use.enter_context(cluster_in_use(folder, fast=True)).url


def pytest_unconfigure():
    in_use.close()
