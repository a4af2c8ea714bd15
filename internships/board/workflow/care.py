"""Looking after a posting: who does, its labels, whether it still holds, what came of it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.people.models import User
from careers.record.models import Event
from careers.record.refusals import Refused
from internships.board.models import Posting
from internships.board.transitions import VERBS
from internships.board.workflow.refusals import Conflict
from internships.board.workflow.row import events_since, move, taken


@transaction.atomic
def note_outcome(
    posting: Posting,
    *,
    by: User,
    applied: int | None,
    accepted: int | None,
    note: str = "",
    seen: int | None = None,
) -> Event:
    """Keep what came of it, once it is over; None where nobody knows.

    seen: `version` of the posting that the writer looked at. Raises Conflict where somebody has
    told of it since; other deeds do not matter to it.
    """
    row = taken(posting, "note_outcome", by)
    if seen is not None and (told := _told_since(row, seen)):
        raise Conflict(row, told)
    if accepted is not None and (applied is None or accepted > applied):
        raise Refused(_("More were accepted than applied."))
    numbers_of = {"outcome_applied": applied, "outcome_accepted": accepted}
    outcome = {**numbers_of, "outcome_note": note, "outcome_at": timezone.now()}
    return move(row, "note_outcome", by, **outcome)


def _told_since(row: Posting, seen: int) -> list[Event]:
    event = VERBS["note_outcome"].event
    return [one for one in events_since(row, seen) if one.verb == event]


@transaction.atomic
def confirm(posting: Posting, *, by: User) -> Event:
    """Somebody has read it again and it holds: it counts as updated now."""
    return move(taken(posting, "confirm", by), "confirm", by, confirmed_at=timezone.now())


@transaction.atomic
def assign(posting: Posting, *, by: User, to: User | None) -> Event | None:
    """Say who looks after it: a person who may change postings, or nobody."""
    row = taken(posting, "assign", by)
    if row.assignee_id == (to and to.pk):
        return None
    if to and not (to.is_active and to.has_perm("board.change_posting")):
        raise Refused(_("This person does not work on postings."))
    return move(row, "assign", by, assignee_id=to and to.pk)


@transaction.atomic
def label(
    posting: Posting, *, by: User, add: Iterable[str] = (), drop: Iterable[str] = ()
) -> Event | None:
    row, dropped = taken(posting, "label", by), set(drop)
    labels = [one for one in dict.fromkeys([*row.labels, *add]) if one not in dropped]
    return None if labels == row.labels else move(row, "label", by, labels=labels)
