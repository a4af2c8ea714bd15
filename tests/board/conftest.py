import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english(client):
    """The board's words are checked in English; what is Japanese says so."""
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield
