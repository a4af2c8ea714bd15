"""Two people who do something to a posting at the same moment."""

import uuid
from datetime import timedelta

import pytest

from careers.record import log
from careers.record.models import Event
from internships.board import workflow
from internships.board.workflow import TooLate
from tests.board.deeds import make_in, make_ready
from tests.factories import NOW, make_organisation, make_user
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_approve_at_once_one_does_and_the_other_is_told(by):
    posting, colleague = make_in(("published", "in_review")), make_user(roles=["advisor"])

    results = at_once(
        lambda: workflow.approve_change(posting, by=by, seen=0),
        lambda: workflow.approve_change(posting, by=colleague, seen=0),
    )

    assert sum(isinstance(result, Event) for result in results) == 1
    assert sum(isinstance(result, TooLate) for result in results) == 1


def test_of_two_who_extend_at_once_the_later_day_is_never_lost(by):
    posting = make_ready("published", closes_at=NOW + timedelta(days=2))
    days = [NOW + timedelta(days=5), NOW + timedelta(days=9)]

    at_once(*(lambda day=day: workflow.extend(posting, by=by, closes_at=day) for day in days))

    posting.refresh_from_db()
    assert posting.closes_at == days[1]


def test_of_two_who_publish_at_once_one_does_and_the_other_is_told(by):
    posting, colleague = make_ready(), make_user(roles=["advisor"])

    results = at_once(
        lambda: workflow.publish(posting, by=by),
        lambda: workflow.publish(posting, by=colleague),
    )

    told = next(result for result in results if isinstance(result, TooLate))
    done = next(result for result in results if isinstance(result, Event))
    assert told.event == done
    assert log.history(posting).count() == 1


def test_of_two_who_edit_at_once_one_writes_and_the_other_meets_a_conflict(by):
    posting, colleague = make_ready(), make_user(roles=["advisor"])

    results = at_once(
        lambda: workflow.edit(posting, {"title_en": "One"}, by=by, seen=0),
        lambda: workflow.edit(posting, {"title_en": "Two"}, by=colleague, seen=0),
    )

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Event"]


def test_drafts_made_at_once_get_numbers_of_their_own(by):
    host, key = make_organisation().pk, uuid.uuid4()

    def draft(form_key, title):
        values = {"organisation_id": host, "title_en": title}
        return lambda: workflow.save_draft(values, by=by, form_key=form_key)

    results = at_once(draft(key, "Maps"), draft(key, "Maps"), draft(uuid.uuid4(), "Kites"))

    assert sorted({posting.ref for posting in results}) == ["I26-0001", "I26-0002"]
