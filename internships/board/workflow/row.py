"""Take a posting under a lock, see whether a verb may start, and write what it did."""

import copy
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from careers.desk import letters
from careers.people.models import User
from careers.record import log
from careers.record.models import Event
from careers.record.refusals import TooLate
from internships.board.models import Posting
from internships.board.transitions import VERBS
from internships.board.workflow.refusals import Conflict


def must_be_allowed(by: User, name: str) -> None:
    if not by.has_perm(VERBS[name].permission):
        raise PermissionDenied


def may_start(name: str, posting: Posting | None, by: User) -> bool:
    """Whether this person could start the verb now, as far as the table says."""
    return by.has_perm(VERBS[name].permission) and fits(name, posting or Posting())


def fits(name: str, posting: Posting) -> bool:
    verb = VERBS[name]
    of_change = verb.pending is None or posting.pending_state in verb.pending
    in_time = verb.closed is None or verb.closed == posting.is_closed(timezone.now())
    return posting.state in verb.starts and of_change and in_time


def taken(posting: Posting, name: str, by: User, *, seen: int | None = None) -> Posting:
    """Lock the row and give it as it is now, if the verb may start from there.

    seen: `version` of the posting that somebody looked at, where that is asked.
    """
    must_be_allowed(by, name)
    row = (
        Posting.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=posting.pk)
    )
    if not fits(name, row):
        raise TooLate(log.history(row).first())
    if seen is not None:
        must_have_seen(row, seen)
    return row


def move(row: Posting, name: str, by: User, *, reason: str = "", **changes) -> Event:
    """Write the changes to a row that is locked, and the event."""
    verb = VERBS[name]
    if verb.leads_to:
        changes = {"state": verb.leads_to} | changes
    before = {field: getattr(row, field) for field in changes}
    for field, value in changes.items():
        setattr(row, field, value)
    row.save()
    if not changes.keys().isdisjoint(("state", "closes_at")):
        letters.cancel(row, "posting_closing")
    return log.append(verb.event, row, actor=by, before=before, after=changes, reason=reason)


def version(posting: Posting) -> int:
    """Give the number of the last deed: it grows with every change, whoever makes it."""
    last = log.history(posting).first()
    return last.pk if last else 0


def events_since(posting: Posting, seen: int) -> list[Event]:
    return list(log.history(posting).filter(pk__gt=seen).order_by("pk"))


def last_deed(posting: Posting, event: str) -> Event | None:
    return log.history(posting).filter(verb=event).first()


def must_have_seen(row: Posting, seen: int) -> None:
    since = events_since(row, seen)
    if since:
        raise Conflict(row, since)


def tell_writer(row: Posting, name: str, writer: User | None, *, by: User) -> None:
    """Send the letter of the verb to whoever wrote what it is about."""
    if writer is None or writer.pk == by.pk:
        return
    context = {"link": reverse("posting_edit", args=[row.ref]), "ref": row.ref}
    letters.write(VERBS[name].letter, writer, row, context=context)


def with_values(posting: Posting, values: Mapping[str, Any]) -> Posting:
    after = copy.copy(posting)
    for name, value in values.items():
        setattr(after, name, value)
    return after
