import pytest
from django.utils import translation

from careers.people.models import OfficeSettings


@pytest.fixture(autouse=True)
def in_english(client):
    """The board's words are checked in English; what is Japanese says so."""
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def advisor(signed_in):
    """Give a client signed in as an advisor."""
    return signed_in("advisor")


@pytest.fixture
def by(person):
    """Give an advisor, by whom verbs are called."""
    return person("advisor")


@pytest.fixture
def second_person_publishes():
    office = OfficeSettings.load()
    office.second_person_publishes = True
    office.save()
