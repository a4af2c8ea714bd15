"""Whoever looks after a posting is told before it closes."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from careers.desk.models import Letter
from internships.board import closing, workflow
from tests.factories import NOW, make_posting, make_user

pytestmark = pytest.mark.django_db


def test_whoever_looks_after_it_is_reminded_once_three_days_before_it_closes(frozen_moment):
    writer = make_user(roles=["advisor"])
    posting = make_posting(posted_by=writer, closes_at=NOW + timedelta(days=3))
    make_posting(posted_by=writer, closes_at=NOW + timedelta(days=3, seconds=1))
    make_posting(posted_by=None, closes_at=NOW + timedelta(days=1))
    make_posting(posted_by=make_user(roles=["student"]), closes_at=NOW + timedelta(days=1))
    make_posting(posted_by=writer, closes_at=NOW)

    call_command("write_alerts")
    again = closing.remind(NOW)

    letter = Letter.objects.get(kind="posting_closing")
    assert (letter.to_user, letter.object_id) == (writer, str(posting.pk))
    assert again == 0


@pytest.mark.parametrize(
    "deed",
    [
        lambda posting, by: workflow.withdraw(posting, by=by, reason="Filled"),
        lambda posting, by: workflow.extend(posting, by=by, closes_at=NOW + timedelta(days=30)),
    ],
    ids=["closed", "extended"],
)
def test_a_reminder_that_does_not_apply_any_more_is_not_sent(deed):
    writer = make_user(roles=["advisor"])
    posting = make_posting(posted_by=writer, closes_at=NOW + timedelta(days=2))
    closing.remind(NOW)

    deed(posting, writer)

    assert Letter.objects.get(kind="posting_closing").state == "cancelled"


def test_an_extended_posting_is_reminded_of_before_its_new_day(frozen_moment):
    writer = make_user(roles=["advisor"])
    posting = make_posting(posted_by=writer, closes_at=NOW + timedelta(days=2))
    closing.remind(NOW)
    workflow.extend(posting, by=writer, closes_at=NOW + timedelta(days=30))

    assert closing.remind(NOW) == 0
    assert closing.remind(NOW + timedelta(days=28)) == 1
