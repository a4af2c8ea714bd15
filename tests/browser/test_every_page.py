"""Every page as one of those who may open it: axe in both languages, and nothing sideways.

Which pages there are, and who may open them, says tests/access.txt; a new address is here by
itself. Each page is asked in one language as wide as a phone, in the other as wide as a desk.
"""

import pytest
from django.test import Client
from django.urls import reverse

from tests.test_access import lines
from tests.world import ARGUMENTS, PEOPLE, World

READERS = ["owner", "advisor", "reviewer", "approver_own", "administrator", "anonymous"]


def pages():
    """Give each page with the first reader that gets it."""
    for line in lines():
        method, name, answers = line.values
        given = dict(zip(PEOPLE, answers, strict=True))
        if method == "GET" and "200" in answers:
            yield pytest.param(name, next(who for who in READERS if given[who] == "200"), id=name)


@pytest.fixture
def world(transactional_db, settings):
    settings.DEMO = True
    made = World()
    assert made.posting  # so that the board has a row, with a student's flag; other lists are empty
    return made


@pytest.mark.parametrize(("language", "width"), [("ja", 390), ("en", 1280)])
@pytest.mark.parametrize(("name", "who"), list(pages()))
def test_every_page_is_accessible_in_both_languages(
    open_page, assert_accessible, world, name, who, language, width
):
    arguments = ARGUMENTS[name](world) if name in ARGUMENTS else {}
    address = reverse(name.partition("@")[0], kwargs=arguments)
    if not gives_a_page(address, world.person(who)):
        return

    page = open_page(address, world.person(who), language=language, width=width)

    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def gives_a_page(address, person):
    """Some addresses give a file, a feed or a calendar, which a browser does not lay out."""
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(address)
    answer.close()
    return answer["Content-Type"].startswith("text/html")
