from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone

from careers.desk import letters, links
from careers.desk.models import Letter, OneTimeLink
from careers.record.models import Event
from tests.factories import make_enquiry, make_user

pytestmark = pytest.mark.django_db


class BrokenBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody listens")


def write(to, about=None, **fields):
    return letters.write("enquiry_answered", to, about or make_enquiry(), **fields)


def test_a_letter_goes_out_after_its_delay_and_once(settings):
    letter = write(make_user(email="reader@example.ac.jp"), context={"link": "/ask/"})
    due = letter.send_after

    before = letters.send_due(due - timedelta(seconds=1))
    sent = letters.send_due(due)
    again = letters.send_due(due + timedelta(days=1))

    assert (before, sent, again) == (0, 1, 0)
    assert due == timezone.now() + settings.LETTER_DELAY
    assert [message.to for message in mail.outbox] == [["reader@example.ac.jp"]]
    assert mail.outbox[0].subject == "The career office has answered your question"
    assert f"{settings.SITE_ADDRESS}/ask/" in mail.outbox[0].body
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.body) == ("sent", due, mail.outbox[0].body)


def test_an_undo_inside_the_delay_sends_nothing():
    enquiry, other = make_enquiry(), make_enquiry()
    write(make_user(), enquiry)
    write(make_user(), other)

    cancelled = letters.cancel(enquiry)
    sent = letters.send_due(timezone.now() + timedelta(days=1))

    assert (cancelled, sent, len(mail.outbox)) == (1, 1, 1)


def test_a_letter_speaks_the_readers_language():
    write(make_user(language="ja"), delay=timedelta(0))

    letters.send_due()

    assert mail.outbox[0].subject == "キャリアセンターから回答がありました"


def test_a_letter_with_a_key_is_written_once():
    reader = make_user()

    first, second = write(reader, key="digest-1"), write(reader, key="digest-1")

    assert (first.key, second, Letter.objects.count()) == ("digest-1", None, 1)


def test_a_letter_that_does_not_go_out_is_tried_again_and_then_shown_as_failed(settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"
    letter = write(make_user(), delay=timedelta(0))
    now = timezone.now()

    tries = 0
    while tries < 20 and letter.state == Letter.State.WAITING:
        tries += 1
        assert letters.send_due(now) == 0
        letter.refresh_from_db()
        now = max(now, letter.send_after)

    assert (letter.state, tries, letter.error) == (
        "failed",
        letters.ATTEMPTS,
        "ConnectionRefusedError",
    )


def test_a_one_time_link_is_made_when_the_letter_goes_out_and_kept_only_as_a_hash():
    enquiry = make_enquiry(asker=None, email="visitor@example.org")
    letter = write(
        "visitor@example.org",
        enquiry,
        context={"link_purpose": "enquiry"},
        language="en",
        delay=timedelta(0),
    )
    assert not OneTimeLink.objects.exists()

    letters.send_due()

    token = mail.outbox[0].body.split("/by-link/")[1].split("/")[0]
    letter.refresh_from_db()
    assert token not in letter.body
    assert links.find("enquiry", token).object_id == str(enquiry.pk)
    assert links.find("host_paper", token) is None
    assert not OneTimeLink.objects.filter(digest=token).exists()


def test_a_link_ends_by_time_and_by_hand(frozen_moment):
    enquiry = make_enquiry()
    revoked = links.make("enquiry", "desk.Enquiry", "1")
    token = links.make("enquiry", "desk.Enquiry", str(enquiry.pk))
    links.revoke("desk.Enquiry", "1")

    frozen_moment.shift(links.LIVES - timedelta(seconds=1))
    assert links.find("enquiry", token)
    assert links.find("enquiry", revoked) is None
    frozen_moment.shift(timedelta(seconds=1))

    assert links.find("enquiry", token) is None


def test_a_letter_that_cannot_be_written_does_not_hold_up_the_others(frozen_moment):
    broken, good = write(make_user()), write(make_user())
    Letter.objects.filter(pk=broken.pk).update(kind="no_such_letter")

    for _ in range(letters.ATTEMPTS):
        frozen_moment.shift(timedelta(days=1))
        letters.send_due()

    broken.refresh_from_db()
    good.refresh_from_db()
    assert (broken.state, broken.error) == ("failed", "TemplateDoesNotExist")
    assert (good.state, good.attempts, len(mail.outbox)) == ("sent", 1, 1)


def failed_letter(**fields):
    letter = write(make_user(email="reader@example.ac.jp"), **fields)
    Letter.objects.filter(pk=letter.pk).update(state="failed", attempts=5, error="TimeoutError")
    return letter


def test_a_letter_that_failed_is_sent_again_once(signed_in):
    letter, client = failed_letter(), signed_in("administrator")
    page = reverse("letter_send_again", args=[letter.pk])

    first = client.post(page, follow=True, headers={"accept-language": "en"})
    second = client.post(page, follow=True, headers={"accept-language": "en"})
    letters.send_due()

    letter.refresh_from_db()
    assert "goes out again" in first.text
    assert "does not stand as failed" in second.text
    assert (letter.state, letter.attempts, len(mail.outbox)) == ("sent", 1, 1)
    event = Event.objects.get(verb="sent again")
    assert (event.actor, event.about) == (client.user, letter.to_user)


@pytest.mark.parametrize("state", ["waiting", "sent", "cancelled"])
def test_only_what_failed_is_sent_again(state):
    letter = write(make_user())
    Letter.objects.filter(pk=letter.pk).update(state=state, sent_at=timezone.now())

    assert not letters.send_again(letter, by=make_user(roles=["advisor"]))
    assert Letter.objects.get().state == state


def test_one_letter_is_taken_back_and_the_others_wait():
    enquiry = make_enquiry()
    first, second = write(make_user(), enquiry), write(make_user(), enquiry)

    assert (letters.take_back(first.pk), letters.take_back(first.pk)) == (True, False)
    second.refresh_from_db()
    assert second.state == "waiting"


def test_a_reader_whose_language_nobody_knows_gets_both():
    write(make_user(language=""), delay=timedelta(0))

    letters.send_due()

    subject = "キャリアセンターから回答がありました / The career office has answered your question"
    assert mail.outbox[0].subject == subject
    assert "Our answer is on this page" in mail.outbox[0].body


def test_who_may_not_see_what_a_letter_is_about_does_not_read_it(signed_in):
    letter = write(make_user(email="reader@example.ac.jp"), delay=timedelta(0))
    letters.send_due()
    client = signed_in("administrator")

    listed = client.get(reverse("letter_list"))
    shown = client.get(reverse("letter_detail", args=[letter.pk]))

    for page in (listed, shown):
        assert "reader@example.ac.jp" in page.text
        assert "The career office has answered" not in page.text
        assert "Our answer is on this page" not in page.text


@pytest.mark.parametrize(("demo", "answer"), [(True, 200), (False, 403)])
def test_in_a_demo_a_student_reads_what_would_have_been_mailed_to_her(
    student_client, student, settings, demo, answer
):
    settings.DEMO = demo
    own, other = write(student.user, delay=timedelta(0)), write(make_user(), delay=timedelta(0))
    letters.send_due()

    listed = student_client.get(reverse("letter_list"), headers={"accept-language": "en"})
    shown = student_client.get(reverse("letter_detail", args=[own.pk]))
    others = student_client.get(reverse("letter_detail", args=[other.pk]))

    assert (listed.status_code, shown.status_code) == (answer, answer)
    if demo:
        assert list(listed.context["page"]) == [own]
        assert "would have been mailed" in listed.text
        assert "Our answer is on this page" in shown.text
        assert others.status_code == 404


@pytest.mark.parametrize("state", ["all", *Letter.State.values])
def test_each_tab_of_the_letters_shows_its_own(signed_in, state):
    made = {one: write(make_user()) for one in Letter.State.values}
    for one, letter in made.items():
        Letter.objects.filter(pk=letter.pk).update(state=one, sent_at=timezone.now())

    page = signed_in("advisor").get(reverse("letter_list"), {"state": state}).context["page"]

    assert set(page) == (set(made.values()) if state == "all" else {made[state]})


def test_staff_see_each_letter_and_its_state(signed_in):
    letter = write(make_user(email="reader@example.ac.jp"), delay=timedelta(0))
    letters.send_due()
    client = signed_in("advisor")

    listed = client.get(reverse("letter_list"))
    shown = client.get(reverse("letter_detail", args=[letter.pk]))

    assert "reader@example.ac.jp" in listed.text
    assert "Our answer is on this page" in shown.text


def test_the_list_of_letters_costs_the_same_whatever_its_length(signed_in, assert_same_queries):
    client = signed_in("advisor")

    assert_same_queries(lambda: client.get(reverse("letter_list")), lambda: write(make_user()))
