"""Every page as one of those who may open it: axe in both languages, and nothing sideways.

Which pages there are, and who may open them, says tests/access.txt; a new address is here by
itself. Each page is asked in one language as wide as a phone, in the other as wide as a desk.
"""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access import lines
from tests.world import ARGUMENTS, PEOPLE, World

READERS = ["owner", "advisor", "reviewer", "approver_own", "administrator", "anonymous"]


def pages():
    """Give each page with the first reader that gets it."""
    for line in lines():
        method, name, answers = line.values
        given = dict(zip(PEOPLE, answers, strict=True))
        if method == "GET" and "200" in answers:
            yield pytest.param(name, next(who for who in READERS if given[who] == "200"), id=name)


def pages_of_a_button():
    """Give each page that stands there only after a button, with the first reader that gets it."""
    shown = {page.values[0].partition("@")[0] for page in pages()}
    for line in lines():
        method, name, answers = line.values
        if method == "POST" and "200" in answers and name.partition("@")[0] not in shown:
            yield pytest.param(name, PEOPLE[answers.index("200")], id=name)


# They lead back as long as answers are missing; axe is asked in test_wizard_walk.py.
WITH_ANSWERS = {"check_answers", "check_result"}


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


@pytest.mark.parametrize(("language", "width"), [("ja", 390), ("en", 1280)])
@pytest.mark.parametrize(("name", "who"), list(pages_of_a_button()))
def test_what_a_button_shows_is_accessible_in_both_languages(
    open_page, assert_accessible, world, name, who, language, width
):
    address = reverse(name, kwargs=ARGUMENTS[name](world) if name in ARGUMENTS else {})
    page = open_page("/accessibility/", world.person(who), language=language, width=width)

    with page.expect_navigation():
        page.evaluate(PRESS, address)

    assert page.evaluate("location.pathname") == address
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# Sends an empty form to an address, with the token of a form that every page has.
PRESS = """address => {
    const form = document.createElement("form");
    form.append(document.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
    Object.assign(form, {method: "post", action: address});
    document.body.append(form);
    form.submit();
}"""


def test_every_address_that_gives_a_page_is_asked():
    asked = {page.values[0].partition("@")[0] for page in [*pages(), *pages_of_a_button()]}
    answers = {}
    for line in lines():
        method, name, given = line.values
        answers.setdefault(name.partition("@")[0], set()).update(
            given if method == "GET" else [each for each in given if each == "200"]
        )

    # The others lead on, take a button alone, or are refused to everybody.
    lead_on = {name for name in set(answers) - asked if "302" in answers[name]}
    assert not [name for name in set(answers) - asked if "200" in answers[name]]
    assert lead_on == WITH_ANSWERS | {
        "account_change_password",
        "check_resume",
        "credit_decide",
        "posting_bulk",
        "set_language",
    }


def gives_a_page(address, person):
    """Some addresses give a file, a feed or a calendar, which a browser does not lay out."""
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(address)
    answer.close()
    return answer["Content-Type"].startswith("text/html")
