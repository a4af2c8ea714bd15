"""Taking back one's own last deed on a posting."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from careers.desk.models import Letter
from internships.board import workflow
from internships.board.models import Posting
from internships.board.workflow import Refused, TooLate
from tests.board.deeds import STATES, VERBS, do, make_in, make_ready, starts
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [name for name in VERBS if workflow.VERBS[name].undoable])
def test_each_deed_can_be_undone_and_leaves_the_posting_as_it_was(by, name):
    made = (make_in(state) for state in STATES)
    posting = next(one for one in made if starts(workflow.VERBS[name], one))
    Posting.objects.exclude(pk=posting.pk).delete()
    fields = [f.name for f in Posting._meta.fields if f.name not in ("changed_at", "search")]
    before = Posting.objects.values(*fields).get()
    event = do(name, posting, by)

    undone = workflow.undo(posting, event.pk, by=by)

    after = Posting.objects.values(*fields).get()
    assert {k: (before[k], after[k]) for k in fields if before[k] != after[k]} in (
        {},
        {"problems": (before["problems"], after["problems"])},
    )
    assert (undone.verb, undone.reason) == ("undone", event.verb)


def test_undo_is_refused_when_somebody_has_done_something_since(by):
    posting, colleague = make_ready(), make_user(roles=["advisor"])
    event = workflow.publish(posting, by=by)
    do("edit", posting, colleague)

    with pytest.raises(TooLate) as too_late:
        workflow.undo(posting, event.pk, by=by)

    posting.refresh_from_db()
    assert posting.state == "published"
    assert too_late.value.event.actor == colleague


@pytest.mark.parametrize(("later", "works"), [(600, True), (601, False)])
def test_undo_works_for_ten_minutes(by, frozen_moment, later, works):
    posting = make_ready()
    event = workflow.publish(posting, by=by)

    frozen_moment.shift(later)

    if works:
        workflow.undo(posting, event.pk, by=by)
    else:
        with pytest.raises(Refused):
            workflow.undo(posting, event.pk, by=by)
    posting.refresh_from_db()
    assert (posting.state == "draft") is works


def test_nobody_undoes_a_colleagues_deed(by):
    posting = make_ready()
    event = workflow.publish(posting, by=by)

    with pytest.raises(PermissionDenied):
        workflow.undo(posting, event.pk, by=make_user(roles=["advisor"]))


def test_an_undone_deed_cannot_be_undone_again(by):
    posting = make_ready()
    event = workflow.publish(posting, by=by)
    workflow.undo(posting, event.pk, by=by)

    with pytest.raises(TooLate):
        workflow.undo(posting, event.pk, by=by)


def test_a_letter_of_an_earlier_return_keeps_nobody_from_undoing_a_later_one(by, frozen_moment):
    posting, colleague = make_ready("in_review", posted_by=by), make_user(roles=["advisor"])
    do("return_posting", posting, colleague)
    Letter.objects.update(state="sent", sent_at=NOW)
    frozen_moment.shift(timedelta(days=1))
    do("submit", posting, by)
    event = do("return_posting", posting, colleague)

    workflow.undo(posting, event.pk, by=colleague)

    posting.refresh_from_db()
    assert posting.state == "in_review"
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent", "cancelled"}


def test_whoever_has_lost_her_role_undoes_nothing(by):
    posting = make_ready()
    event = workflow.publish(posting, by=by)
    by.roles = ["reviewer"]

    with pytest.raises(PermissionDenied):
        workflow.undo(posting, event.pk, by=by)
