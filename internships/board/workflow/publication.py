"""On the board and off it: review, publication, its days, an early end, another round."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.people.models import User
from careers.record.models import Event
from careers.record.refusals import Refused
from internships.board.models import Posting
from internships.board.transitions import State
from internships.board.workflow.changes import propose_locked
from internships.board.workflow.readiness import (
    changes_of,
    must_be_ready,
    must_have_no_change,
    needs_second_person,
    obstacles,
    problems_of,
)
from internships.board.workflow.row import move, taken, tell_writer, version, with_values


@transaction.atomic
def submit(posting: Posting, *, by: User, seen: int | None = None) -> Event:
    return move(taken(posting, "submit", by, seen=seen), "submit", by)


@transaction.atomic
def publish(posting: Posting, *, by: User, reason: str = "", seen: int | None = None) -> Event:
    """Put it on the board, from `opens_at` or at once; or hand it to a second person."""
    row = taken(posting, "publish", by, seen=seen)
    must_be_ready(row, reason)
    if needs_second_person(row, by):
        if row.state == State.IN_REVIEW:
            raise Refused(_("You wrote this posting. Another person publishes it."))
        return move(row, "submit", by, reason=reason)
    now = timezone.now()
    return move(row, "publish", by, reason=reason, opens_at=row.opens_at or now, published_at=now)


@transaction.atomic
def return_posting(posting: Posting, *, by: User, reason: str) -> Event:
    """Give it back to whoever wrote it, saying what to mend."""
    row = taken(posting, "return_posting", by)
    event = move(row, "return_posting", by, reason=reason)
    tell_writer(row, "return_posting", row.posted_by, by=by)
    return event


@transaction.atomic
def withdraw(posting: Posting, *, by: User, reason: str) -> Event:
    """Close it before its day. It keeps its address and says that it is closed."""
    row = taken(posting, "withdraw", by)
    now = timezone.now()
    return move(row, "withdraw", by, reason=reason, withdrawn_at=now, withdrawn_reason=reason)


@transaction.atomic
def republish(posting: Posting, *, by: User, reason: str = "", seen: int | None = None) -> Event:
    row = taken(posting, "republish", by, seen=seen)
    must_have_no_change(row)
    must_be_ready(row, reason)
    state = State.IN_REVIEW if needs_second_person(row, by) else State.PUBLISHED
    changes = {"state": state, "withdrawn_at": None, "withdrawn_reason": ""}
    return move(row, "republish", by, reason=reason, **changes)


@transaction.atomic
def extend(posting: Posting, *, by: User, closes_at: datetime) -> Event:
    """Give it a later closing date; where a second person publishes, that waits for approval."""
    row = taken(posting, "extend", by)
    if closes_at <= max(row.closes_at, timezone.now()):
        raise Refused(_("Write a day after the present closing date."))
    if row.pending is not None or needs_second_person(row, by, now_writing=True):
        return propose_locked(row, {"closes_at": closes_at}, by=by, seen=version(row))
    after = with_values(row, {"closes_at": closes_at})
    if found := obstacles(after):
        raise Refused(*found)
    return move(row, "extend", by, **changes_of(after, {"closes_at": closes_at}))


@transaction.atomic
def relist(posting: Posting, *, by: User, closes_at: datetime, reason: str = "") -> Event:
    """Put what is over on the board once more, from now to a new day; its outcome is another."""
    row, now = taken(posting, "relist", by), timezone.now()
    must_have_no_change(row)
    opened = {"opens_at": now, "closes_at": closes_at}
    after = with_values(row, opened)
    after.problems = problems_of(after, opened)
    must_be_ready(after, reason)
    outcome = dict.fromkeys(("outcome_applied", "outcome_accepted", "outcome_at"))
    waits = needs_second_person(row, by, now_writing=True)
    state = State.IN_REVIEW if waits else State.PUBLISHED
    changes = {
        "state": state,
        "published_at": now,
        "problems": after.problems,
        "withdrawn_at": None,
        "withdrawn_reason": "",
        "outcome_note": "",
    }
    return move(row, "relist", by, reason=reason, **opened, **changes, **outcome)
