"""Nonsense in an address is answered, never with an error of ours."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse

from internships.board.filters import FILTERS
from internships.board.urls import urlpatterns
from tests.access import client_of, lines
from tests.factories import make_organisation, make_posting
from tests.world import ARGUMENTS, PEOPLE, World

pytestmark = pytest.mark.django_db
NUL, CONTROLS = "%00", "a%0B%01%EF%BF%BE"
NONSENSE = [
    NUL,
    CONTROLS,
    "-" * 50,
    "9" * 30,
    "%C2%B2",
    "%22unbalanced",
    "%25%5C%27%3A*%26%7C%21%28%29%3C-%3E",
    "%F0%9F%98%80",
    "%ED%A0%80",
    "%E7%BF%BB" * 10_000,
]
# What the pages of the board read from their addresses, beside the filters.
OTHERS = "agreement label lang next page page_size sort tab version who words"
NAMES = [*FILTERS, *OTHERS.split()]
BOARD = ["posting_list", "posting_map", "board_feed", "board_calendar", "api_postings"]


def pages(world):
    """Give every address of the board that somebody may open, with the first reader that may."""
    own = {pattern.name for pattern in urlpatterns}
    for line in lines():
        method, name, answers = line.values
        if method == "GET" and "200" in answers and name.partition("@")[0] in own:
            arguments = ARGUMENTS[name](world) if name in ARGUMENTS else {}
            reader = world.person(PEOPLE[answers.index("200")])
            yield reverse(name.partition("@")[0], kwargs=arguments), reader


def test_no_page_breaks_on_what_its_address_asks_for():
    broken = []

    for address, reader in pages(World()):
        client = client_of(reader)
        client.raise_request_exception = False
        for value in (f"{NUL}{CONTROLS}", "9" * 30):
            response = client.get(f"{address}?{'&'.join(f'{each}={value}' for each in NAMES)}")
            b"".join(response)
            if response.status_code >= 500:
                broken.append((address, value))

    assert broken == []


@pytest.mark.parametrize("name", BOARD)
def test_no_text_to_look_for_breaks_a_search(client, name):
    make_posting()

    answers = {
        text: client.get(f"{reverse(name)}?q={text}", follow=True).status_code for text in NONSENSE
    }

    # The API refuses what is too long; everywhere else it is left out, and said.
    assert {code for code in answers.values() if code != 200} <= {400}
    assert [text for text in NONSENSE if answers[text] != 200] == (
        NONSENSE[-1:] if name == "api_postings" else []
    )


def test_a_number_that_no_posting_can_have_leads_to_nothing(client):
    address = reverse("posting_detail", args=["x"])

    answers = [client.get(address.replace("x/", f"{ref}/")) for ref in ("%00", "a%00b", "%2E%2E")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_what_cannot_be_told_apart_from_a_blank_can_be_saved(student_client, student):
    student_client.post(reverse("search_save"), {"query": "q=%00bridge%01"})

    assert student.saved_searches.get().query == "q=bridge"


def test_one_broken_letter_does_not_take_the_feed_from_everybody(client):
    organisation = make_organisation(name_en="Tanaka\x0bWorks", name_ja="田中\ufffe")
    make_posting(title_en="Bridge\x01 survey", title_ja="\x1f橋", organisation=organisation)

    feed = ElementTree.fromstring(client.get(reverse("board_feed")).content)

    assert "Bridge survey" in feed.itertext()
