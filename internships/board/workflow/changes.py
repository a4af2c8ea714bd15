"""A change that waits beside the approved version, and what is decided on it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from careers.people.models import User
from careers.people.office import office_settings
from careers.record.models import Event
from careers.record.refusals import Refused
from internships.board import content
from internships.board.content import differences, logged, with_pending
from internships.board.models import Posting
from internships.board.transitions import Pending
from internships.board.workflow.readiness import (
    changes_of,
    hold_organisation,
    must_be_answered_for,
    obstacles,
)
from internships.board.workflow.row import (
    move,
    must_have_seen,
    taken,
    tell_writer,
    with_values,
)

NO_CHANGE = {"pending": None, "pending_state": "", "pending_by_id": None}


@transaction.atomic
def propose(posting: Posting, values: Mapping[str, Any], *, by: User, seen: int) -> Event | None:
    """Keep an edit as a pending version; what is on the board stays as it is."""
    return propose_locked(taken(posting, "propose", by), values, by=by, seen=seen)


def propose_locked(row: Posting, values: Mapping[str, Any], *, by: User, seen: int) -> Event | None:
    """Of a row that is locked. A change back to what stands on the board drops out."""
    shown = with_pending(row)
    changed = differences(shown, values)
    if not changed:
        return None
    must_have_seen(row, seen)
    after = with_values(shown, changed)
    if found := obstacles(after):
        raise Refused(*found)
    return move(row, "propose", by, **pending_version(row, after, by=by))


def pending_version(row: Posting, after: Posting, *, by: User | None) -> dict[str, Any]:
    """Give the fields by which `row` waits to say what `after` says; by: None for a file."""
    wanted = differences(row, content.of(after))
    if not wanted:
        return NO_CHANGE
    pending = {"pending": logged(wanted), "pending_state": Pending.IN_REVIEW}
    return pending | {"pending_by_id": by and by.pk}


@transaction.atomic
def approve_change(posting: Posting, *, by: User, seen: int, reason: str = "") -> Event:
    """Put the pending version in place of the approved one; `seen` as in `edit`."""
    row = taken(posting, "approve_change", by)
    must_have_seen(row, seen)
    if office_settings().second_person_publishes and row.pending_by_id == by.pk:
        raise Refused(_("You wrote this change. Another person approves it."))
    after = with_pending(row)
    hold_organisation(after)
    changed = differences(row, content.of(after))
    must_be_answered_for(row, after, changed, reason)
    changes = changes_of(after, changed) | NO_CHANGE
    return move(row, "approve_change", by, reason=reason, **changes)


@transaction.atomic
def return_change(posting: Posting, *, by: User, reason: str) -> Event:
    """Give a pending version back to whoever wrote it, saying what to mend."""
    row = taken(posting, "return_change", by)
    event = move(row, "return_change", by, reason=reason, pending_state=Pending.RETURNED)
    tell_writer(row, "return_change", row.pending_by, by=by)
    return event


@transaction.atomic
def resubmit_change(posting: Posting, *, by: User, reason: str = "") -> Event:
    """Ask for approval again without another word; an edit of it asks by itself."""
    row = taken(posting, "resubmit_change", by)
    return move(row, "resubmit_change", by, reason=reason, pending_state=Pending.IN_REVIEW)


@transaction.atomic
def drop_change(posting: Posting, *, by: User) -> Event:
    """Give up a pending version: its writer may, and who publishes."""
    row = taken(posting, "drop_change", by)
    if row.pending_by_id != by.pk and not by.has_perm("board.publish_posting"):
        raise PermissionDenied
    return move(row, "drop_change", by, **NO_CHANGE)
