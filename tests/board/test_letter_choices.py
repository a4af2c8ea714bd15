"""Letters about the board are chosen on a page, and stopped from the letter by one click."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from careers.desk import letters
from careers.desk.models import Letter, OneTimeLink
from internships.board.following.choices import choices_of
from internships.board.following.models import Bookmark
from internships.board.following.reminders import write_reminders
from tests.factories import NOW, make_posting

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def sent(student):
    """The letter that a student receives before something closes."""
    posting = make_posting(closes_at=NOW + timedelta(hours=5))
    Bookmark.objects.create(student=student, posting=posting, saved_at=NOW - timedelta(days=9))
    write_reminders(NOW)
    letters.send_due(NOW)
    return mail.outbox[0]


def address_in(message, settings):
    return message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.SITE_ADDRESS)


def test_the_letter_carries_both_headers_of_one_click(sent, settings):
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["List-Unsubscribe"].startswith(f"<{settings.SITE_ADDRESS}/")
    assert settings.SITE_ADDRESS + address_in(sent, settings) in sent.body


def test_one_click_stops_them_without_signing_in_or_a_token_of_a_form(sent, settings, student):
    program = Client(enforce_csrf_checks=True)

    answers = [program.post(address_in(sent, settings), ONE_CLICK) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert choices_of(student).deadlines is False


def test_looking_at_the_page_stops_nothing(sent, settings, student, client):
    page = client.get(address_in(sent, settings))

    assert choices_of(student).deadlines is True
    assert page["X-Robots-Tag"] == "noindex"
    assert "<form" in page.text


def test_a_guessed_link_stops_nothing(sent, student, client):
    answer = client.post(reverse("stop_deadlines_by_link", args=["guessed"]), ONE_CLICK)

    assert answer.status_code == 404
    assert choices_of(student).deadlines is True


def test_the_key_is_kept_nowhere_in_clear(sent, settings, caplog, client):
    address = address_in(sent, settings)
    token = address.rstrip("/").rpartition("/")[2]

    client.get(address)

    assert token not in Letter.objects.get().body
    assert token not in OneTimeLink.objects.get().digest
    assert token not in str([record.__dict__ for record in caplog.records])


def test_the_link_works_for_a_year(sent, settings, client, frozen_moment):
    frozen_moment.move_to(NOW + timedelta(days=364))

    assert client.get(address_in(sent, settings)).status_code == 200


def test_letters_are_switched_off_and_on_again(student_client, student):
    address = reverse("letter_choices")

    student_client.post(address, {})
    off = choices_of(student).deadlines
    student_client.post(address, {"deadlines": "on"})

    assert (off, choices_of(student).deadlines) == (False, True)


def test_letters_that_somebody_waits_for_cannot_be_stopped(student):
    letters.write("enquiry_answered", student.user, student, delay=timedelta(0))

    letters.send_due(NOW)

    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
