"""The page of a placement: who sees what of it, and what she can do there."""

import pytest
from django.urls import reverse

from careers.record.models import Event
from internships.placements import workflow
from tests.factories import NOW, make_student, make_user
from tests.placements.slips import make_checked_placement

ANSWERS_WORDS = ["35 hours is over 28.", "Agency internship page", "STU-OVER28"]


def page(placement):
    return reverse("placement_detail", args=[placement.pk])


@pytest.fixture
def placement(student):
    return make_checked_placement(student)


def test_the_student_sees_her_slip_as_it_was_stored(student_client, placement):
    shown = student_client.get(page(placement), headers={"accept-language": "en"})

    text = shown.content.decode()
    assert "You need individual permission before you start" in text
    assert all(words in text for words in ANSWERS_WORDS)
    assert shown["Cache-Control"] == "private, no-store"


def test_the_slip_reads_in_japanese_too(student_client, placement):
    text = student_client.get(page(placement), headers={"accept-language": "ja"}).content.decode()

    assert "You need individual permission before you start（日）" in text


def test_the_gate_says_what_opens_it(student_client, placement):
    shown = student_client.get(page(placement), headers={"accept-language": "en"})

    assert "A reviewer has seen the permission and recorded it." in shown.content.decode()


def test_another_student_finds_no_such_page(client, placement):
    client.force_login(make_student().user)

    assert client.get(page(placement)).status_code == 404
    assert client.get(reverse("placement_cancel", args=[placement.pk])).status_code == 404


@pytest.mark.parametrize("role", ["approver", "administrator"])
def test_offices_without_a_part_in_it_find_no_such_page(client, placement, role):
    client.force_login(make_user(roles=[role]))

    assert client.get(page(placement)).status_code == 404


def test_an_advisor_sees_the_words_of_the_verdict_and_no_reason(client, placement):
    client.force_login(make_user(roles=["advisor"]))

    text = client.get(page(placement), headers={"accept-language": "en"}).content.decode()

    assert "Individual permission first" in text
    assert not any(words in text for words in ANSWERS_WORDS)


def test_a_reviewer_sees_the_whole_slip(client, placement):
    client.force_login(make_user(roles=["reviewer"]))

    text = client.get(page(placement), headers={"accept-language": "en"}).content.decode()

    assert all(words in text for words in ANSWERS_WORDS)


def test_an_opening_by_the_office_is_in_the_log_and_her_own_is_not(client, student, placement):
    reviewer = make_user(roles=["reviewer"])
    for visitor in (student.user, reviewer):
        client.force_login(visitor)
        client.get(page(placement))

    opened = Event.objects.filter(verb="opened", object_kind="placements.Placement")
    assert [(event.actor, event.about) for event in opened] == [(reviewer, student.user)]


def test_cancelling_asks_once_and_offers_undo(student_client, placement):
    address = reverse("placement_cancel", args=[placement.pk])

    asked = student_client.get(address)
    done = student_client.post(address, follow=True)

    placement.refresh_from_db()
    assert asked.status_code == 200
    assert placement.state == "cancelled"
    assert reverse("placement_restore", args=[placement.pk]) in done.content.decode()


def test_undo_brings_the_placement_back(student_client, placement):
    workflow.cancel(placement, actor=placement.student.user)

    student_client.post(reverse("placement_restore", args=[placement.pk]))

    placement.refresh_from_db()
    assert placement.state == "planned"


def test_cancelling_twice_answers_with_what_happened(student_client, placement):
    address = reverse("placement_cancel", args=[placement.pk])
    student_client.post(address)

    again = student_client.post(address, follow=True)

    assert again.status_code == 200
    assert again.redirect_chain[-1][0] == page(placement)


def test_an_open_gate_is_said_with_its_name_and_day(student_client, placement):
    reviewer = make_user(roles=["reviewer"], name_romaji="ABE Makoto")
    placement.state = "cleared"
    placement.gate_opened_at, placement.gate_opened_by = NOW, reviewer
    placement.gate_reason = "Certificate seen"
    placement.save()

    text = student_client.get(page(placement), headers={"accept-language": "en"}).content.decode()

    assert "Confirmed 22 Nov 2026 by ABE Makoto." in text


def test_the_stored_slip_prints_in_both_languages_with_the_name(student_client, placement):
    text = student_client.get(page(placement), {"print": ""}).content.decode()

    assert "Result slip" in text and "判定票" in text
    assert "YAMADA Hanako" in text or "山田" in text


def test_an_advisor_cannot_print_what_she_may_not_read(client, placement):
    client.force_login(make_user(roles=["advisor"]))

    text = client.get(page(placement), {"print": ""}).content.decode()

    assert not any(words in text for words in ANSWERS_WORDS)
