"""How often a posting was opened: a number a day, and nothing about who."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from internships.board.models import Posting, ViewCount
from internships.board.viewing import Views, views_of
from tests.board.editing import from_page, typed
from tests.factories import NOW, TODAY, make_posting

pytestmark = pytest.mark.django_db

PHONE = {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/605.1.15"}
DAY = timedelta(days=1)


@pytest.fixture
def posting():
    return make_posting()


def counted():
    return {(each.posting.ref, each.day): each.count for each in ViewCount.objects.all()}


def test_each_opening_adds_one_to_the_day_in_tokyo(client, posting, frozen_moment):
    client.get(posting.get_absolute_url(), headers=PHONE)
    client.get(posting.get_absolute_url(), headers=PHONE)
    frozen_moment.shift(DAY)
    client.get(posting.get_absolute_url(), headers=PHONE)

    assert counted() == {(posting.ref, TODAY): 2, (posting.ref, TODAY + DAY): 1}


def test_a_student_is_counted_like_a_visitor(signed_in, posting):
    signed_in("student").get(posting.get_absolute_url(), headers=PHONE)

    assert counted() == {(posting.ref, TODAY): 1}


def test_the_office_is_not_counted(signed_in, posting):
    signed_in("advisor").get(posting.get_absolute_url(), headers=PHONE)

    assert counted() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/131.0"},
        {"user-agent": "curl/8.5.0"},
        {},
        PHONE | {"sec-purpose": "prefetch;prerender"},
        PHONE | {"purpose": "prefetch"},
    ],
    ids=["crawler", "headless", "curl", "nameless", "prerendered", "prefetched"],
)
def test_programs_and_pages_loaded_ahead_are_not_counted(client, posting, headers):
    response = client.get(posting.get_absolute_url(), headers=headers)

    assert response.status_code == 200
    assert counted() == {}


def test_asking_for_the_head_alone_is_not_counted(client, posting):
    client.head(posting.get_absolute_url(), headers=PHONE)

    assert counted() == {}


def test_what_is_closed_is_not_counted(client):
    client.get(make_posting(closes_at=NOW).get_absolute_url(), headers=PHONE)

    assert counted() == {}


def test_counting_is_one_query_and_leaves_no_cookie(client, posting):
    client.get(posting.get_absolute_url())
    with CaptureQueriesContext(connection) as uncounted:
        client.get(posting.get_absolute_url())
    client.cookies.clear()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(posting.get_absolute_url(), headers=PHONE)

    assert len(queries) == len(uncounted) + 1
    assert set(response.cookies) <= {"csrftoken"}


def test_a_day_has_one_number_above_nought(posting):
    ViewCount.objects.create(posting=posting, day=TODAY, count=1)

    for day, count in [(TODAY, 1), (TODAY - DAY, 0)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            ViewCount.objects.create(posting=posting, day=day, count=count)


def test_the_office_reads_the_numbers_on_the_page(signed_in, posting):
    for days, count in [(0, 3), (6, 4), (7, 5)]:
        ViewCount.objects.create(posting=posting, day=TODAY - days * DAY, count=count)

    page = signed_in("advisor").get(posting.get_absolute_url()).content.decode()

    assert views_of(posting) == Views(all=12, last_week=7)
    assert "12 times since it came on the board, 7 of them in the last 7 days" in page


def test_nobody_else_reads_them(signed_in, posting):
    ViewCount.objects.create(posting=posting, day=TODAY, count=3)

    page = signed_in("student").get(posting.get_absolute_url()).content.decode()

    assert "How often it was opened" not in page


def test_an_export_tells_them_too(signed_in, posting):
    ViewCount.objects.create(posting=posting, day=TODAY, count=3)
    ViewCount.objects.create(posting=posting, day=TODAY - DAY, count=4)
    unread = make_posting(opens_at=NOW - DAY)
    ViewCount.objects.create(posting=unread, day=TODAY - 2 * DAY, count=9)

    file = signed_in("advisor").get(reverse("posting_staff_export", args=["csv"])).getvalue()

    lines = csv.DictReader(io.StringIO(file.decode("utf-8-sig")))
    assert {line["ref"]: line["views"] for line in lines} == {posting.ref: "7", unread.ref: "0"}


def test_on_the_board_once_more_it_begins_anew(posting, frozen_moment):
    ViewCount.objects.create(posting=posting, day=TODAY, count=3)
    frozen_moment.shift(30 * DAY)

    posting.opens_at, posting.closes_at = NOW + 30 * DAY, NOW + 60 * DAY

    assert views_of(posting) == Views(all=0, last_week=0)


def test_a_copy_takes_no_numbers_over(signed_in, posting):
    ViewCount.objects.create(posting=posting, day=TODAY, count=3)
    advisor = signed_in("advisor")
    address = f"{reverse('posting_new')}?copy={posting.ref}"

    advisor.post(address, typed() | from_page(advisor.get(address)) | {"do": "save"})

    assert views_of(Posting.objects.get(state="draft")) == Views(all=0, last_week=0)
    assert counted() == {(posting.ref, TODAY): 3}
