"""One table: which postings stand where, for whom. Each cell is asked of the running site."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from careers.desk import letters
from internships.board.following import feeds
from internships.board.following.digest import write_digests
from internships.board.following.models import Bookmark, SavedSearch
from tests.factories import NOW, make_organisation, make_posting, make_student, make_user

pytestmark = pytest.mark.django_db
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
EARLIER = {"opens_at": NOW - 9 * DAY}
STATES = {
    "draft": {"state": "draft", "opens_at": None, "closes_at": None},
    "in_review": {"state": "in_review"},
    "returned": {"state": "returned"},
    "scheduled": {"opens_at": NOW + SECOND},
    "just_opened": {"opens_at": NOW},
    "last_second": {"closes_at": NOW + SECOND, **EARLIER},
    "closed": {"closes_at": NOW, **EARLIER},
    "closed_early": {"state": "withdrawn", "withdrawn_at": NOW - DAY, **EARLIER},
    "never_shown": {
        "state": "withdrawn",
        "opens_at": NOW + DAY,
        "withdrawn_at": NOW - DAY,
    },
}
OPEN = {"just_opened", "last_second"}
WITH_A_PAGE = OPEN | {"closed", "closed_early"}
PEOPLE = ("anonymous", "student", "advisor", "reviewer", "approver", "administrator")
LISTS = {
    "list": "/internships/",
    "search": "/internships/?q=bridge",
    "map list of a prefecture": "/internships/?prefecture=13",
    "feed": "/internships/feed.atom",
    "feed of a search": "/internships/feed.atom?q=bridge",
    "calendar": "/internships/deadlines.ics",
    "API": "/api/v1/postings",
    "API by words": "/api/v1/postings?q=bridge",
    "sitemap": "/sitemap.xml",
}


@pytest.fixture
def postings():
    """One posting in each state, all of one organisation and of one kind."""
    organisation = make_organisation()
    return {
        name: make_posting(
            ref=f"V-{name.replace('_', '-')}",
            title_en="Bridge inspection",
            title_ja="橋の点検 bridge",
            organisation=organisation,
            prefecture="13",
            **fields,
        )
        for name, fields in STATES.items()
    }


def client_of(who):
    client = Client()
    if who == "student":
        client.force_login(make_student().user)
    elif who != "anonymous":
        client.force_login(make_user(roles=[who]))
    return client


def named_in(text, postings, *, but=""):
    """Give the names of the postings whose number stands in a text."""
    return {name for name, posting in postings.items() if posting.ref in text and name != but}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("surface", LISTS)
def test_lists_hold_what_is_open_for_everybody_alike(postings, surface, who):
    response = client_of(who).get(LISTS[surface], follow=True)

    assert response.status_code == 200
    assert named_in(response.text, postings) == OPEN


@pytest.mark.parametrize("who", PEOPLE)
def test_a_page_has_what_was_on_the_board_and_for_the_office_everything(postings, who):
    client = client_of(who)

    answers = {
        name: client.get(posting.get_absolute_url()).status_code
        for name, posting in postings.items()
    }

    seen = WITH_A_PAGE if who in ("anonymous", "student") else set(STATES)
    assert answers == {name: 200 if name in seen else 404 for name in STATES}


@pytest.mark.parametrize("who", PEOPLE)
def test_similar_ones_are_open(postings, who):
    page = client_of(who).get(postings["closed"].get_absolute_url())

    assert {row.posting for row in page.context["rows"]} == {postings[name] for name in OPEN}


@pytest.mark.parametrize("who", ["anonymous", "student"])
def test_the_page_of_an_organisation_names_what_is_open(postings, who):
    organisation = postings["closed"].organisation

    page = client_of(who).get(reverse("organisation_detail", args=[organisation.pk]))

    assert named_in(page.text, postings) == OPEN


def test_her_saved_ones_are_open_or_said_to_be_over(postings, student_client, student):
    for posting in postings.values():
        Bookmark.objects.create(student=student, posting=posting)

    page = student_client.get(reverse("saved_list"))

    linked = {
        name for name, posting in postings.items() if f'"{posting.get_absolute_url()}"' in page.text
    }
    assert {row.posting for row in page.context["rows"]} == {postings[name] for name in OPEN}
    assert linked == WITH_A_PAGE


@pytest.mark.parametrize("name", ["feed_atom", "feed_calendar"])
def test_feeds_of_a_saved_search_hold_what_is_open(postings, client, student, name):
    saved = SavedSearch.objects.create(student=student, name="All", query="")

    response = client.get(reverse(name, args=[feeds.renew(saved)]))

    assert named_in(response.text, postings) == OPEN


def test_the_calendar_of_what_is_saved_holds_what_is_open(postings, client, student):
    for posting in postings.values():
        Bookmark.objects.create(student=student, posting=posting)

    response = client.get(reverse("saved_feed", args=[feeds.renew_bookmarks(student)]))

    assert named_in(response.text, postings) == OPEN


def test_letters_name_what_is_open(postings, student):
    long_ago = NOW - 30 * DAY
    SavedSearch.objects.create(
        student=student, name="All", letters="daily", news_from=long_ago, looked_at=long_ago
    )

    write_digests(NOW)
    letters.send_due(NOW)

    assert named_in(mail.outbox[0].body, postings) == OPEN
