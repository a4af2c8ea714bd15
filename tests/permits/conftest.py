import pytest

from tests.factories import make_user


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def reviewer(db):
    return make_user(roles=["reviewer"])
