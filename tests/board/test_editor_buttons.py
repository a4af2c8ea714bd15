"""The buttons of the editor: publish, undo, send for approval, close, return."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.record.models import Event
from internships.board import workflow
from internships.board.models import Posting
from tests.board.editing import NEW, TYPED, edit_address, from_page, send, stored, typed
from tests.factories import TOKYO, make_posting, make_user

pytestmark = pytest.mark.django_db


def test_publishing_puts_it_on_the_board_and_offers_an_undo(advisor, client):
    response = advisor.post(
        NEW, typed() | from_page(advisor.get(NEW)) | {"do": "publish"}, follow=True
    )

    posting = Posting.objects.get()
    assert "The posting is on the board." in response.text
    assert f"/internships/{posting.ref}/undo/" in response.text
    assert [e.verb for e in Event.objects.filter(object_kind="board.Posting").order_by("pk")] == [
        "drafted",
        "published",
    ]
    client.logout()
    assert posting.title_ja in client.get(reverse("posting_list")).text


def test_it_is_on_the_board_until_its_deadline_and_off_it_by_itself(advisor, frozen_moment):
    send(advisor, NEW, do="publish")
    closes = datetime(2026, 12, 3, 17, tzinfo=TOKYO)
    board = reverse("posting_list")

    frozen_moment.move_to(closes - timedelta(seconds=1))
    before = advisor.get(board).text
    frozen_moment.move_to(closes)
    after = advisor.get(board).text

    assert TYPED["title_en"] in before
    assert TYPED["title_en"] not in after


def test_a_later_opening_keeps_it_off_the_board_until_then(advisor, frozen_moment):
    opens = datetime(2026, 11, 25, 9, tzinfo=TOKYO)
    send(advisor, NEW, do="publish", opens_at="2026-11-25 9:00")

    frozen_moment.move_to(opens - timedelta(seconds=1))
    before = advisor.get(reverse("posting_list")).text
    frozen_moment.move_to(opens)
    after = advisor.get(reverse("posting_list")).text

    assert TYPED["title_en"] not in before
    assert TYPED["title_en"] in after


def test_undo_takes_it_off_the_board_again(advisor):
    send(advisor, NEW, do="publish")
    event = Event.objects.get(verb="published")

    posting = Posting.objects.get()
    response = advisor.post(reverse("posting_undo", args=[posting.ref, event.pk]), follow=True)

    posting.refresh_from_db()
    assert posting.state == "draft"
    assert "Undone." in response.text


def test_undo_says_who_was_faster(advisor):
    posting = make_posting(state="draft", problems=[])
    colleague = make_user(roles=["advisor"], name_romaji="SATO Keiko")
    event = workflow.mark_still_right(posting, "en", by=advisor.user)
    workflow.mark_still_right(posting, "ja", by=colleague)

    response = advisor.post(reverse("posting_undo", args=[posting.ref, event.pk]), follow=True)

    assert "SATO Keiko" in response.text


def test_with_a_second_person_the_button_sends_for_approval(advisor, second_person_publishes):
    send(advisor, NEW)
    posting = Posting.objects.get()
    page = advisor.get(edit_address(posting)).text
    send(advisor, edit_address(posting), do="publish")

    assert "Send for approval" in page
    posting.refresh_from_db()
    assert posting.state == "in_review"


def test_publishing_is_offered_only_beside_the_groups_who_could_take_it(advisor):
    new = advisor.get(NEW).text
    send(advisor, NEW)
    saved = advisor.get(edit_address(Posting.objects.get())).text

    assert ('value="publish"' in new, 'value="publish"' in saved) == (False, True)
    assert "Individual: case by case" in saved


def test_closing_early_asks_why_and_takes_it_off_the_board(advisor, client):
    posting = make_posting()
    address = reverse("posting_withdraw", args=[posting.ref])

    without = advisor.post(address, {"reason": " "})
    response = advisor.post(address, {"reason": "All places are taken"}, follow=True)

    assert without.status_code == 200
    assert "Closed. Its page stays and says so." in response.text
    posting.refresh_from_db()
    assert (posting.state, posting.withdrawn_reason) == ("withdrawn", "All places are taken")
    client.logout()
    client.cookies["django_language"] = "en"
    assert "This posting is closed" in client.get(posting.get_absolute_url()).text
    assert "All places are taken" not in client.get(posting.get_absolute_url()).text


def test_what_is_closed_comes_back_on_the_board(advisor):
    posting = make_posting()
    workflow.withdraw(posting, by=advisor.user, reason="Wrong")

    data = stored(posting) | {
        "seen": workflow.version(posting),
        "reason": "Asked",
        "do": "republish",
    }
    response = advisor.post(edit_address(posting), data)

    assert response.url == posting.get_absolute_url()
    assert list(Posting.objects.open(timezone.now())) == [posting]


def test_returning_needs_a_reason_that_the_editor_shows(advisor):
    posting = make_posting(state="in_review")

    advisor.post(reverse("posting_return", args=[posting.ref]), {"reason": "The hours are missing"})

    posting.refresh_from_db()
    assert posting.state == "returned"
    assert "The hours are missing" in advisor.get(edit_address(posting)).text


def test_closing_what_is_closed_says_so(advisor):
    posting = make_posting()
    workflow.withdraw(posting, by=make_user(roles=["advisor"]), reason="Taken")

    response = advisor.get(reverse("posting_withdraw", args=[posting.ref]), follow=True)

    assert "has closed this posting" in response.text
