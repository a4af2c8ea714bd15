"""One table: which postings stand where, for whom. Each cell is asked of the running site."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from careers.desk import files, letters
from internships.board.following import feeds
from internships.board.following.digest import write_digests
from internships.board.following.models import Bookmark, SavedSearch
from internships.board.models import Organisation, Posting
from tests.factories import NOW, make_organisation, make_posting, make_student, make_user
from tests.permits.rows import pdf

pytestmark = pytest.mark.django_db
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
EARLIER = {"opens_at": NOW - 9 * DAY}
SECRET = "Secret tunnel"
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
    "archived": {"closes_at": NOW - 500 * DAY, "opens_at": NOW - 600 * DAY},
    # Held for ever: restricted business. Nobody can publish it.
    "blocked": {"state": "in_review", "venue": "fueiho"},
    # The approved words stay up; the others wait.
    "change_waits": {"pending": {"title_en": SECRET}, "pending_state": "in_review", **EARLIER},
    "change_sent_back": {"pending": {"title_en": SECRET}, "pending_state": "returned", **EARLIER},
}
OPEN = {"just_opened", "last_second", "change_waits", "change_sent_back"}
WITH_A_PAGE = OPEN | {"closed", "closed_early", "archived"}
PEOPLE = ("anonymous", "student", "advisor", "reviewer", "approver", "administrator")
OUTSIDE, OFFICE = PEOPLE[:2], PEOPLE[2:]
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


TABS = {
    "drafts": {"draft"},
    "in_review": {"in_review", "blocked", "change_waits"},
    "returned": {"returned", "change_sent_back"},
    "open": OPEN,
    "scheduled": {"scheduled"},
    "closed": {"closed", "closed_early", "never_shown", "archived"},
}


@pytest.fixture
def postings():
    """One posting in each state, all of one organisation and of one kind."""
    organisation, somebody = make_organisation(), make_user(roles=["advisor"])
    return {
        name: make_posting(
            ref=f"V-{name.replace('_', '-')}",
            title_en="Bridge inspection",
            title_ja="橋の点検 bridge",
            organisation=organisation,
            prefecture="13",
            pending_by=somebody if "pending" in fields else None,
            **fields,
        )
        for name, fields in STATES.items()
    }


def client_of(who):
    client = Client()
    client.cookies["django_language"] = "en"
    if who == "student":
        client.force_login(make_student().user)
    elif who != "anonymous":
        client.force_login(make_user(roles=[who]))
    return client


def named_in(text, postings):
    """Give the names of the postings whose number stands in a text."""
    words = set(re.findall(r"V-[-a-z]+", text))
    return {name for name, posting in postings.items() if posting.ref in words}


def named_by(answers, postings):
    assert {answer.status_code for answer in answers.values()} == {200}
    return {who: named_in(answer.text, postings) for who, answer in answers.items()}


def statuses(client, view, postings, *more):
    """Ask an address about each posting; reading a file to its end closes it."""
    answers = {}
    for name, posting in postings.items():
        answer = client.get(reverse(view, args=[posting.ref, *more]))
        b"".join(answer)
        answers[name] = answer.status_code
    return answers


def kept_file(name):
    with files.keep(pdf(name), by=None) as file:
        return file.pk


@pytest.mark.parametrize("surface", LISTS)
def test_lists_hold_what_is_open_for_everybody_alike(postings, surface):
    answers = {who: client_of(who).get(LISTS[surface], follow=True) for who in PEOPLE}

    assert named_by(answers, postings) == dict.fromkeys(PEOPLE, OPEN)
    assert not [who for who, answer in answers.items() if SECRET in answer.text]


@pytest.mark.parametrize("who", OUTSIDE)
def test_what_the_office_writes_for_itself_stands_nowhere_else(postings, who):
    office = {name: f"{SECRET} {name}" for name in ("memo", "flag_staff", "declared_by")}
    said = {"declaration": "one_applies", "declared_on": NOW.date(), "flag": "warning"}
    Organisation.objects.update(**office, **said, flag_student_en="Ask first.")
    organisation = postings["just_opened"].organisation
    organisation.agreements.create(title=SECRET, note=SECRET, valid_from=NOW.date())
    Posting.objects.update(
        labels=[SECRET],
        outcome_note=SECRET,
        withdrawn_reason=SECRET,
        assignee=make_user(roles=["advisor"], family_name=SECRET, name_romaji=SECRET),
    )
    client = client_of(who)

    addresses = {*LISTS.values(), organisation.get_absolute_url()}
    addresses |= {postings[name].get_absolute_url() for name in WITH_A_PAGE}
    addresses |= {reverse("api_posting", args=[postings[name].ref]) for name in OPEN}
    pages = {address: client.get(address, follow=True) for address in addresses}

    assert {page.status_code for page in pages.values()} == {200}
    assert not [address for address, page in pages.items() if SECRET in page.text]
    assert SECRET in client_of("advisor").get(organisation.get_absolute_url()).text


def test_counts_and_the_map_count_what_is_open(postings):
    for who in PEOPLE:
        client = client_of(who)

        board = client.get("/internships/")
        places = client.get("/internships/map/").context["places"]

        facet = board.text.split('for="id_prefecture_13">')[1].split('tally">')[1]
        assert (board.context["found"], facet.split("<")[0]) == (len(OPEN), str(len(OPEN)))
        assert {place.code: place.number for place in places if place.number} == {"13": len(OPEN)}
        assert client.get("/internships/?q=tunnel").context["found"] == 0


@pytest.mark.parametrize("who", PEOPLE)
def test_a_page_has_what_was_on_the_board_and_for_the_office_everything(postings, who):
    client = client_of(who)

    pages = {name: client.get(posting.get_absolute_url()) for name, posting in postings.items()}

    seen = WITH_A_PAGE if who in OUTSIDE else set(STATES)
    assert {name: page.status_code for name, page in pages.items()} == {
        name: 200 if name in seen else 404 for name in STATES
    }
    # Search engines are told of what is open and nothing else.
    assert {name for name in seen if "application/ld+json" in pages[name].text} == OPEN
    assert {name for name in seen if 'content="noindex"' in pages[name].text} == seen - OPEN
    # What waits for approval is nobody's but the office's.
    assert who not in OUTSIDE or not any(SECRET in pages[name].text for name in seen)


@pytest.mark.parametrize("who", PEOPLE)
def test_where_no_applications_are_taken_nobody_is_invited(postings, who):
    """It stays where it is and says so; search engines are not told of a place to apply for."""
    posting = postings["just_opened"]
    Organisation.objects.update(flag="stop", flag_staff="Unpaid wages.")
    client = client_of(who)

    page = client.get(posting.get_absolute_url())
    told = client.get(reverse("api_posting", args=[posting.ref])).json()

    assert 'id="apply"' not in page.text
    assert "application/ld+json" not in page.text
    assert told["applications_stopped"] is True
    assert client.get("/internships/").context["found"] == len(OPEN)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_deadline_of_a_posting_is_for_those_who_may_open_its_page(postings, who):
    answers = statuses(client_of(who), "posting_deadline", postings)

    seen = WITH_A_PAGE if who in OUTSIDE else set(STATES) - {"draft"}  # which has no deadline
    assert answers == {name: 200 if name in seen else 404 for name in STATES}


@pytest.mark.parametrize("who", PEOPLE)
def test_files_are_for_those_who_may_open_the_page(postings, who):
    """The second file of a posting waits with its change for approval."""
    shown, waiting = kept_file("a.pdf"), kept_file("b.pdf")
    for posting in postings.values():
        posting.attachments = [shown]
        if posting.pending:
            posting.pending |= {"attachments": [shown, waiting]}
        posting.save()
    client = client_of(who)

    answers = {key: statuses(client, "posting_file", postings, key) for key in (shown, waiting)}

    seen = WITH_A_PAGE if who in OUTSIDE else set(STATES)
    changed = set() if who in OUTSIDE else {"change_waits", "change_sent_back"}
    assert answers == {
        key: {name: 200 if name in names else 404 for name in STATES}
        for key, names in ((shown, seen), (waiting, changed))
    }


def test_the_api_gives_one_posting_while_it_is_open(postings):
    answers = {who: statuses(client_of(who), "api_posting", postings) for who in PEOPLE}

    one = {name: 200 if name in OPEN else 404 for name in STATES}
    assert answers == dict.fromkeys(PEOPLE, one)


def test_the_check_fills_in_what_everybody_may_see(postings):
    filled = {}
    for who in ("anonymous", "student", "advisor"):
        client = client_of(who)
        pages = {
            name: client.get(reverse("wizard"), {"p": posting.ref}, follow=True)
            for name, posting in postings.items()
        }
        filled[who] = {name for name, page in pages.items() if page.context["run"].posting}
        assert not [name for name, page in pages.items() if SECRET in page.text]

    assert filled == dict.fromkeys(filled, WITH_A_PAGE)


def test_only_what_she_may_open_can_be_saved(postings, student_client, student):
    for posting in postings.values():
        student_client.post(reverse("posting_save", args=[posting.ref]))

    saved = {bookmark.posting for bookmark in student.bookmarks.all()}
    assert saved == {postings[name] for name in WITH_A_PAGE}


def test_files_of_a_list_are_for_the_office(postings):
    address = reverse("posting_list_export", args=["csv"])

    answers = {who: client_of(who).get(address) for who in PEOPLE}

    said = {who: b"".join(answer).decode() for who, answer in answers.items()}
    assert [answers[who].status_code for who in OUTSIDE] == [302, 403]
    assert {who: named_in(said[who], postings) for who in OFFICE} == dict.fromkeys(OFFICE, OPEN)


@pytest.mark.parametrize("tab", TABS)
def test_the_list_of_the_office_holds_every_state(postings, tab):
    answers = {who: client_of(who).get(f"/internships/manage/?tab={tab}") for who in PEOPLE}

    assert [answers.pop(who).status_code for who in OUTSIDE] == [302, 403]
    assert named_by(answers, postings) == dict.fromkeys(OFFICE, TABS[tab])


def test_similar_ones_are_open(postings):
    address = postings["closed"].get_absolute_url()

    pages = {who: client_of(who).get(address) for who in PEOPLE}

    similar = {postings[name] for name in OPEN}
    assert {who: {row.posting for row in page.context["rows"]} for who, page in pages.items()} == (
        dict.fromkeys(PEOPLE, similar)
    )


def test_the_page_of_an_organisation_names_what_is_open(postings):
    address = reverse("organisation_detail", args=[postings["closed"].organisation_id])

    answers = {who: client_of(who).get(address) for who in PEOPLE}

    assert named_by(answers, postings) == dict.fromkeys(PEOPLE, OPEN)


@pytest.mark.parametrize("who", PEOPLE)
def test_an_organisation_has_a_page_once_something_of_it_was_on_the_board(postings, who):
    client, answers = client_of(who), {}
    for name, posting in postings.items():
        posting.organisation = make_organisation()
        posting.save()
        address = reverse("organisation_detail", args=[posting.organisation_id])
        answers[name] = client.get(address).status_code

    seen = WITH_A_PAGE if who in OUTSIDE else set(STATES)
    assert answers == {name: 200 if name in seen else 404 for name in STATES}


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


def test_her_calendar_of_saved_ones_holds_what_is_open(postings, client, student):
    for posting in postings.values():
        Bookmark.objects.create(student=student, posting=posting)

    response = client.get(reverse("saved_feed", args=[feeds.renew_bookmarks(student)]))

    assert named_in(response.text, postings) == OPEN


def test_letters_name_what_is_open(postings, student):
    for posting in postings.values():
        posting.organisation = make_organisation()  # of one host there would be two at most
        posting.save()
    long_ago = NOW - 30 * DAY
    SavedSearch.objects.create(
        student=student, name="All", letters="daily", news_from=long_ago, looked_at=long_ago
    )

    write_digests(NOW)
    letters.send_due(NOW)

    assert named_in(mail.outbox[0].body, postings) == OPEN


def test_one_students_things_are_no_others(postings, student):
    """Her saved ones, her searches and the letters about them."""
    other = client_of("student")
    Bookmark.objects.create(student=student, posting=postings["last_second"])
    saved = SavedSearch.objects.create(student=student, name="All of hers", query="")

    pages = [other.get(reverse(name)).text for name in ("saved_list", "search_list", "home")]

    assert not [page for page in pages if "V-last-second" in page or saved.name in page]
    assert other.get(reverse("search_edit", args=[saved.pk])).status_code == 404
