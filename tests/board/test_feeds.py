"""Feeds and calendars: what everybody may see, and nothing of whoever reads them."""

from datetime import timedelta
from xml.etree import ElementTree

import icalendar
import pytest
from django.urls import reverse

from internships.board.following import feeds
from internships.board.following.models import Bookmark, BookmarkCalendar, SavedSearch
from internships.board.models import Posting
from tests.factories import NOW, make_organisation, make_posting, make_student

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
DAY = timedelta(days=1)


@pytest.fixture
def saved(student):
    query = "mine=no-permission&pay=paid"
    return SavedSearch.objects.create(student=student, name="My secret plan", query=query)


def make_paid(**fields):
    return make_posting(**{"pay_kind": "wage"} | fields)


def entries(response):
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def titles(response):
    return [entry.findtext(f"{ATOM}title") for entry in entries(response)]


def events(response):
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def in_english(client):
    client.cookies["django_language"] = "en"
    return client


def test_the_feed_of_a_search_holds_what_it_finds_newest_first(client):
    older = make_paid(opens_at=NOW - 3 * DAY)
    newer = make_paid(opens_at=NOW - DAY)
    make_posting(pay_kind="none")
    make_paid(closes_at=NOW)
    make_paid(state="draft")
    make_paid(opens_at=NOW + timedelta(seconds=1))

    response = in_english(client).get(reverse("board_feed"), {"pay": "paid"})

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert titles(response) == [newer.title_en, older.title_en]


def test_the_calendar_holds_each_deadline_to_the_minute(client):
    posting = make_paid(closes_at=NOW + 9 * DAY + timedelta(minutes=59))
    make_posting(pay_kind="none")

    response = in_english(client).get(reverse("board_calendar"), {"pay": "paid"})

    (event,) = events(response)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert event.decoded("dtstart") == posting.closes_at
    assert str(event["summary"]) == f"Closes: {posting.title_en}"
    assert str(event["url"]).endswith(posting.get_absolute_url())


@pytest.mark.parametrize("flag", ["", "warning", "stop"])
def test_an_entry_says_where_no_applications_are_taken(client, flag):
    host = make_organisation(flag=flag, flag_staff="Wages not paid." if flag else "")
    make_posting(organisation=host)

    (entry,) = entries(in_english(client).get(reverse("board_feed")))
    (event,) = events(in_english(client).get(reverse("board_calendar")))

    said = [entry.findtext(f"{ATOM}summary"), str(event["description"])]
    assert ["No applications for now" in text for text in said] == [flag == "stop"] * 2
    assert "Wages" not in "".join(said)


def test_the_fifty_newest_are_told_and_the_first_two_hundred_deadlines(client):
    organisation, minute = make_organisation(), timedelta(minutes=1)
    Posting.objects.bulk_create(
        Posting(
            ref=f"F{n:03}",
            title_en=f"Number {n:03}",
            organisation=organisation,
            state="published",
            opens_at=NOW - n * minute,
            closes_at=NOW + DAY + n * minute,
        )
        for n in range(201)
    )

    feed = in_english(client).get(reverse("board_feed"))
    calendar = client.get(reverse("board_calendar"))

    assert titles(feed) == [f"Number {n:03}" for n in range(50)]
    assert [event.decoded("dtstart") for event in events(calendar)] == [
        NOW + DAY + n * minute for n in range(200)
    ]


def test_japanese_stands_whole_in_lines_that_are_folded(client):
    title = "双腕ロボットの動作計画プログラムの開発・テスト" * 6
    make_posting(title_ja=title)
    client.cookies["django_language"] = "ja"

    response = client.get(reverse("board_calendar"))

    (event,) = events(response)
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75
    assert title in str(event["summary"])


@pytest.mark.parametrize("name", ["board_feed", "board_calendar"])
def test_filters_of_one_student_are_left_out_even_for_herself(student_client, name):
    make_posting(pay_kind="wage", weekly_hours=35)

    with_hers = student_client.get(reverse(name), {"mine": "no-permission"})
    without = student_client.get(reverse(name))

    assert with_hers.content == without.content


def test_a_saved_search_is_read_by_its_key_without_signing_in(client, saved):
    shown = make_paid(weekly_hours=35)
    key = feeds.renew(saved)

    feed = client.get(reverse("feed_atom", args=[key]))
    calendar = client.get(reverse("feed_calendar", args=[key]))

    assert titles(feed) == [shown.title_en]
    assert [str(event["uid"]).partition("-")[0] for event in events(calendar)] == [shown.ref]


@pytest.mark.parametrize("name", ["feed_atom", "feed_calendar"])
def test_nothing_personal_stands_inside(client, saved, name):
    make_paid()
    key = feeds.renew(saved)

    response = client.get(reverse(name, args=[key]))

    user = saved.student.user
    personal = [key, saved.name, user.email, user.name_romaji, saved.student.student_no, "mine"]
    assert not [words for words in personal if words in response.text]
    assert response["X-Robots-Tag"] == "noindex"


def test_renewing_voids_the_old_address(student_client, saved):
    address = reverse("search_feed", args=[saved.pk])

    pages = [student_client.post(address) for _n in range(2)]
    old, new = (page.context["addresses"]["feed_atom"] for page in pages)

    assert student_client.get(old).status_code == 404
    assert student_client.get(new).status_code == 200


def test_stopping_voids_the_address(student_client, saved):
    key = feeds.renew(saved)

    student_client.post(reverse("search_feed_stop", args=[saved.pk]))

    assert student_client.get(reverse("feed_atom", args=[key])).status_code == 404


def test_the_key_of_somebody_who_left_opens_nothing(client, saved):
    key = feeds.renew(saved)
    saved.student.user.is_active = False
    saved.student.user.save()

    assert client.get(reverse("feed_atom", args=[key])).status_code == 404


def test_the_key_is_kept_and_logged_nowhere_in_clear(client, saved, caplog):
    key = feeds.renew(saved)

    client.get(reverse("feed_atom", args=[key]))
    client.get(reverse("feed_calendar", args=[key]))

    saved.refresh_from_db()
    assert key not in saved.feed_digest
    assert key not in str([record.__dict__ for record in caplog.records])
    paths = [record.fields["path"] for record in caplog.records if hasattr(record, "fields")]
    assert paths == ["/feeds/<token>.atom", "/feeds/<token>.ics"]


@pytest.mark.parametrize("name", ["board_feed", "board_calendar"])
def test_a_reader_is_told_when_nothing_is_new(client, name, frozen_moment):
    posting = make_paid()
    first = client.get(reverse(name))
    frozen_moment.shift(3600)

    again = client.get(reverse(name), headers={"If-None-Match": first["ETag"]})
    posting.state, posting.withdrawn_at = "withdrawn", NOW
    posting.save()
    closed = client.get(
        reverse(name),
        headers={"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]},
    )

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert closed.status_code == 200


@pytest.mark.parametrize("name", ["board_feed", "board_calendar"])
def test_what_is_empty_is_answered_all_the_same(client, name, frozen_moment):
    first = client.get(reverse(name))
    frozen_moment.shift(60)

    again = client.get(reverse(name), headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)


@pytest.mark.parametrize("name", ["board_feed", "board_calendar"])
def test_a_feed_costs_the_same_however_long(client, name, assert_same_queries):
    assert_same_queries(lambda: client.get(reverse(name)), make_posting)


def test_the_board_leads_to_the_feeds_of_what_it_shows(student_client):
    page = student_client.get(reverse("posting_list"), {"mine": "fits", "pay": "paid"})

    assert f'href="{reverse("board_feed")}?pay=paid"' in page.text
    assert f'href="{reverse("board_calendar")}?pay=paid"' in page.text


LEFT_OUT = "Feed and calendar leave out “For you”"


@pytest.mark.parametrize(("query", "is_said"), [("mine=fits&pay=paid", True), ("pay=paid", False)])
def test_what_a_feed_leaves_out_is_said_where_it_is(student_client, student, query, is_said):
    saved = SavedSearch.objects.create(student=student, name="Fits", query=query)

    board = student_client.get(f"{reverse('posting_list')}?{query}").text
    key = student_client.post(reverse("search_feed", args=[saved.pk])).text

    assert (LEFT_OUT in board, LEFT_OUT in key) == (is_said, is_said)


@pytest.fixture
def kept(student):
    posting = make_posting(closes_at=NOW + 5 * DAY)
    Bookmark.objects.create(student=student, posting=posting)
    return posting


def calendar_address(client):
    return client.post(reverse("saved_calendar")).context["address"]


def test_what_is_saved_can_be_read_as_a_calendar_without_signing_in(student_client, kept, client):
    Bookmark.objects.create(student=make_student(), posting=make_posting())
    address = calendar_address(student_client)
    student_client.logout()

    calendar = client.get(address)

    (event,) = events(calendar)
    assert event.decoded("dtstart") == kept.closes_at
    assert (calendar["X-Robots-Tag"], calendar["Content-Type"]) == (
        "noindex",
        "text/calendar; charset=utf-8",
    )


def test_it_follows_what_she_saves_and_tells_nothing_of_her(student_client, kept, student):
    address = calendar_address(student_client)
    Bookmark.objects.all().delete()
    other = make_posting()
    Bookmark.objects.create(student=student, posting=other)

    calendar = student_client.get(address)

    assert [str(event["uid"]).partition("-")[0] for event in events(calendar)] == [other.ref]
    user = student.user
    personal = [address, user.email, user.name_romaji, student.student_no]
    assert not [words for words in personal if words in calendar.text]


def test_a_new_address_of_the_calendar_voids_the_old_and_so_does_stopping(student_client, kept):
    old, new = calendar_address(student_client), calendar_address(student_client)
    replaced = student_client.get(old).status_code, student_client.get(new).status_code

    student_client.post(reverse("saved_calendar_stop"))

    assert replaced == (404, 200)
    assert student_client.get(new).status_code == 404
    assert "Make an address" in student_client.get(reverse("saved_list")).text


def test_the_key_of_a_calendar_is_kept_and_logged_nowhere_in_clear(student, client, caplog):
    key = feeds.renew_bookmarks(student)

    client.get(reverse("saved_feed", args=[key]))

    assert key not in BookmarkCalendar.objects.get().digest
    assert key not in str([record.__dict__ for record in caplog.records])


def test_the_calendar_of_somebody_who_left_is_closed(student, client):
    key = feeds.renew_bookmarks(student)
    student.user.is_active = False
    student.user.save()

    assert client.get(reverse("saved_feed", args=[key])).status_code == 404


def test_the_calendar_costs_the_same_however_much_is_saved(student, client, assert_same_queries):
    address = reverse("saved_feed", args=[feeds.renew_bookmarks(student)])

    assert_same_queries(
        lambda: client.get(address),
        lambda: Bookmark.objects.create(student=student, posting=make_posting()),
    )
