"""A change that waits beside the approved version, and what is decided on it."""

from datetime import date

import pytest
from django.db import IntegrityError

from careers.desk.models import Letter
from careers.record.models import Event
from internships.board import workflow
from internships.board.workflow import Conflict, ReasonNeeded, Refused
from tests.board.deeds import do, make_in, make_ready
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def test_with_a_second_person_a_change_of_a_published_one_waits_and_the_approved_one_stays_up(
    by, second_person_publishes
):
    posting = make_ready("published", title_en="Approved")

    event = do("edit", posting, by)

    posting.refresh_from_db()
    assert (posting.state, posting.title_en) == ("published", "Approved")
    assert posting.pending == {"title_en": "Another title"}
    assert (posting.pending_state, posting.pending_by) == ("in_review", by)
    assert event.verb == "proposed"


def test_a_colleague_approves_a_change_and_it_stands_on_the_page(by, second_person_publishes):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    values = {"title_en": "New", "starts_on": date(2027, 2, 16), "study_years": ["B3"]}
    event = workflow.edit(posting, values, by=by, seen=0)

    workflow.approve_change(posting, by=colleague, seen=event.pk)

    posting.refresh_from_db()
    assert {name: getattr(posting, name) for name in values} == values
    assert (posting.pending, posting.pending_state, posting.pending_by) == (None, "", None)
    assert posting.words_changed_en_at == NOW
    assert posting.words_changed_ja_at is None


def test_nobody_approves_her_own_change(by, second_person_publishes):
    posting = make_ready("published")
    event = do("edit", posting, by)

    with pytest.raises(Refused):
        workflow.approve_change(posting, by=by, seen=event.pk)

    posting.refresh_from_db()
    assert posting.pending


def test_a_change_that_was_changed_since_it_was_read_is_not_approved(by, second_person_publishes):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    event = do("edit", posting, by)
    workflow.edit(posting, {"title_en": "Something else"}, by=by, seen=event.pk)

    with pytest.raises(Conflict):
        workflow.approve_change(posting, by=colleague, seen=event.pk)

    posting.refresh_from_db()
    assert posting.pending == {"title_en": "Something else"}


def test_a_change_with_a_new_doubt_needs_a_reason(by, second_person_publishes):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    event = workflow.edit(posting, {"weekly_hours": 45}, by=by, seen=0)

    with pytest.raises(ReasonNeeded) as needed:
        workflow.approve_change(posting, by=colleague, seen=event.pk)

    assert needed.value.codes == ["P_LABOUR_HOURS"]
    workflow.approve_change(posting, by=colleague, seen=event.pk, reason="Told by telephone")
    assert Event.objects.latest("pk").reason == "Told by telephone"


def test_a_change_can_never_make_it_a_restricted_business(by, second_person_publishes):
    posting = make_ready("published")

    with pytest.raises(Refused):
        workflow.edit(posting, {"venue": "fueiho"}, by=by, seen=0)

    posting.refresh_from_db()
    assert posting.pending is None


def test_a_returned_change_goes_back_to_its_writer_by_letter(by, second_person_publishes):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    do("edit", posting, by)

    event = workflow.return_change(posting, by=colleague, reason="No hours")

    letter = Letter.objects.get()
    assert (letter.kind, letter.to_user) == ("posting_returned", by)
    workflow.undo(posting, event.pk, by=colleague)
    letter.refresh_from_db()
    assert letter.state == "cancelled"
    posting.refresh_from_db()
    assert posting.pending_state == "in_review"


def test_returning_is_not_undone_once_the_letter_has_gone_out(by, second_person_publishes):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    do("edit", posting, by)
    event = workflow.return_change(posting, by=colleague, reason="No hours")
    Letter.objects.update(state="sent", sent_at=NOW)

    with pytest.raises(Refused):
        workflow.undo(posting, event.pk, by=colleague)


def test_mending_a_returned_change_asks_for_approval_again(by, second_person_publishes):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    do("edit", posting, by)
    event = workflow.return_change(posting, by=colleague, reason="No hours")

    workflow.edit(posting, {"weekly_hours": 24}, by=by, seen=event.pk)

    posting.refresh_from_db()
    assert posting.pending_state == "in_review"
    assert posting.pending == {"title_en": "Another title", "weekly_hours": 24}


def test_a_change_back_to_what_stands_there_waits_for_nobody(by, second_person_publishes):
    posting = make_ready("published", title_en="Approved")
    event = do("edit", posting, by)

    workflow.edit(posting, {"title_en": "Approved"}, by=by, seen=event.pk)

    posting.refresh_from_db()
    assert (posting.pending, posting.pending_state, posting.pending_by) == (None, "", None)


def test_without_the_setting_an_edit_while_a_change_waits_belongs_to_the_change(by):
    posting = make_in(("published", "in_review"), title_en="Approved")

    workflow.edit(posting, {"weekly_hours": 12}, by=by, seen=0)

    posting.refresh_from_db()
    assert (posting.title_en, posting.weekly_hours) == ("Approved", 20)
    assert posting.pending == {"title_en": "Pending", "weekly_hours": 12}


def test_only_its_writer_and_who_publishes_drop_a_change(by):
    posting = make_in(("published", "in_review"), title_en="Approved")

    workflow.drop_change(posting, by=by)

    posting.refresh_from_db()
    assert (posting.title_en, posting.pending) == ("Approved", None)


@pytest.mark.parametrize(
    "fields",
    [
        {"pending": {"title_en": "x"}},
        {"pending_state": "in_review"},
        {"pending": {}, "pending_state": "in_review", "state": "draft"},
    ],
    ids=["no state", "no change", "a draft"],
)
def test_the_database_knows_no_half_of_a_pending_version(by, fields):
    whose = {"pending_by": by} if "pending" in fields else {}

    with pytest.raises(IntegrityError):
        make_ready(**{"state": "published"} | fields | whose)
