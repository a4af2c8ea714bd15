"""Each list costs the same number of queries with 1, 3 and 30 rows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from internships.board import uploads
from internships.board.following import feeds
from internships.board.following.digest import write_digests
from internships.board.following.models import Bookmark, SavedSearch
from internships.board.views.organisations import TABS as TABS_OF_ORGANISATIONS
from internships.board.views.staff_list import LISTS
from tests.factories import NOW, make_organisation, make_posting, make_student, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def read(client, address):
    """A file is made while it is read."""
    answer = client.get(address)
    assert answer.status_code == 200, answer
    b"".join(answer)


@pytest.mark.parametrize(
    "address",
    [
        "/sitemap.xml",
        "/internships/map/",
        "/internships/map/?q=intern&pay=paid",
        "/internships/feed.atom?q=intern&pay=paid",
        "/internships/deadlines.ics?q=intern",
        "/api/v1/postings?q=intern&pay=paid",
    ],
)
def test_what_everybody_may_read(client, assert_same_queries, address):
    assert_same_queries(lambda: read(client, address), lambda: make_posting(pay_kind="wage"))


@pytest.mark.parametrize("name", ["feed_atom", "feed_calendar"])
def test_the_feeds_of_a_saved_search(client, student, assert_same_queries, name):
    saved = SavedSearch.objects.create(student=student, name="Paid", query="pay=paid")
    address = reverse(name, args=[feeds.renew(saved)])

    assert_same_queries(lambda: read(client, address), lambda: make_posting(pay_kind="wage"))


def test_the_calendar_of_saved_postings(client, student, assert_same_queries):
    address = reverse("saved_feed", args=[feeds.renew_bookmarks(student)])

    assert_same_queries(
        lambda: read(client, address),
        lambda: Bookmark.objects.create(student=student, posting=make_posting()),
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["posting_list_export", "posting_staff_export"])
def test_lists_as_files(signed_in, assert_same_queries, name, kind):
    client = signed_in("advisor")

    assert_same_queries(lambda: read(client, reverse(name, args=[kind])), make_posting)


def some_of_each_state(number):
    """Rows for every tab of the office's list."""
    writer = make_user(roles=["advisor"])
    make_posting(state="draft", opens_at=None, closes_at=None, posted_by=writer)
    make_posting(state="in_review", posted_by=writer, labels=["new"])
    make_posting(state="returned", posted_by=writer, assignee=writer)
    make_posting(opens_at=NOW + DAY, posted_by=writer)
    make_posting(closes_at=NOW, posted_by=writer)
    make_posting(closes_at=NOW + DAY, posted_by=writer)
    make_posting(
        opens_at=NOW - 200 * DAY,
        published_at=NOW - 200 * DAY,
        pending={"title_en": f"Another {number}"},
        pending_state="in_review",
        pending_by=writer,
    )


@pytest.mark.parametrize("tab", LISTS)
def test_the_list_of_the_office(signed_in, assert_same_queries, tab):
    client, numbers = signed_in("advisor"), iter(range(100))

    assert_same_queries(
        lambda: read(client, f"{reverse('posting_staff_list')}?tab={tab}"),
        lambda: some_of_each_state(next(numbers)),
    )


def test_what_is_marked_to_be_done_together(signed_in, assert_same_queries):
    client, marked = signed_in("advisor"), [make_posting().ref]
    address = f"{reverse('posting_bulk')}?do=withdraw"

    assert_same_queries(
        lambda: read(client, "&ref=".join([address, *marked])),
        lambda: marked.append(make_posting().ref),
    )


@pytest.mark.parametrize("name", ["posting", "organisation"])
def test_what_administrators_look_at(signed_in, assert_same_queries, name):
    client = signed_in("administrator")

    assert_same_queries(
        lambda: read(client, reverse(f"admin:board_{name}_changelist")), make_posting
    )


@pytest.mark.parametrize("tab", TABS_OF_ORGANISATIONS)
def test_organisations(signed_in, assert_same_queries, tab):
    client = signed_in("advisor")

    def one_more():
        flag = {"flag": "warning", "flag_staff": "Late pay.", "flag_student_en": "Ask first."}
        organisation = make_organisation(name_ja="株式会社みずなら", **flag)
        organisation.agreements.create(
            title="Agreement", valid_from=NOW.date() - DAY, valid_until=NOW.date() + DAY
        )
        make_posting(organisation=organisation)

    assert_same_queries(lambda: read(client, f"{reverse('organisation_list')}?tab={tab}"), one_more)


def test_the_page_of_an_organisation_with_signs_for_a_student(student_client, assert_same_queries):
    organisation = make_posting().organisation
    address = reverse("organisation_detail", args=[organisation.pk])

    assert_same_queries(
        lambda: read(student_client, address), lambda: make_posting(organisation=organisation)
    )


def test_similar_postings_with_signs_for_a_student(student_client, assert_same_queries):
    posting = make_posting(prefecture="13")

    assert_same_queries(
        lambda: read(student_client, posting.get_absolute_url()),
        lambda: make_posting(prefecture="13"),
    )


def test_what_a_file_has_done(signed_in, assert_same_queries):
    client = signed_in("advisor")
    lines, kept = ["ref,organisation_ja,title_ja"], []

    def one_line_more():
        number = len(lines)
        lines.append(f"I26-{number + 7000},株式会社みなと{number},港の調査{number}")
        content = "\n".join([*lines, ",,題名だけ"]).encode()
        file = uploads.keep(content, name="a.csv", publish=False, by=client.user, key=uuid4())
        uploads.carry_out(file, by=client.user, force=True)
        kept[:] = [file]

    one_line_more()

    assert_same_queries(lambda: read(client, kept[0].get_absolute_url()), one_line_more)


def test_letters_cost_each_reader_the_same_however_much_is_new(assert_same_queries):
    moments = iter(range(1, 100))

    def one_reader():
        long_ago = NOW - 30 * DAY
        SavedSearch.objects.create(
            student=make_student(),
            name="All",
            letters="daily",
            news_from=long_ago,
            looked_at=long_ago,
        )

    one_reader()

    assert_same_queries(lambda: write_digests(NOW + next(moments) * DAY), make_posting, rows=(3, 9))
