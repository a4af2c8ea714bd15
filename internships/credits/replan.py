"""A placement is saved or has changed: its credit requests follow in the same transaction."""

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from careers.people.models import User
from careers.record import log
from careers.record.models import Event
from internships.credits import calculation
from internships.credits.models import LIVE, CreditRequest, State
from internships.credits.moves import begin_anew, calculate, locked, write_down
from internships.credits.transitions import VERBS
from internships.placements.models import Placement

_CANCELLED = _("The placement was cancelled.")
_MOVED = _("The days of the placement have changed. Look at your plan and send it again.")


def on_facts_changed(sender, *, placement, actor, **_signal) -> None:
    for request in CreditRequest.objects.filter(placement=placement, state__in=LIVE):
        follow_placement(request, placement, actor=actor)


def on_placement_saved(sender, *, placement, actor, **_signal) -> None:
    """Credit may be asked for a posting before its placement is saved: then it belongs to it."""
    if placement.posting_id is None:
        return
    asked = CreditRequest.objects.filter(student=placement.student, posting=placement.posting)
    for request in asked.filter(placement=None, state__in=LIVE):
        take_placement(request, placement, actor=actor)


def say(event: Event) -> str:
    """Say to whoever changes a plan what becomes of its credit request."""
    if event.verb != VERBS["move"].event:
        return ""
    request = CreditRequest.objects.get(pk=event.object_id)
    words = _("Credit request %(number)s comes back: its steps begin again with the new days.")
    return words % {"number": request.number}


@transaction.atomic
def take_placement(request: CreditRequest, placement: Placement, *, actor: User | None) -> None:
    """The placement asked for is saved now: the start gate is its, and so are the days."""
    row = locked(request)
    row.placement = placement
    row.save()
    log.append(
        "got its placement",
        row,
        actor=actor,
        about=row.student.user,
        after={"placement_id": placement.pk},
    )
    follow_placement(row, placement, actor=actor)


@transaction.atomic
def follow_placement(request: CreditRequest, placement: Placement, *, actor: User | None) -> None:
    """The placement has moved or is cancelled: what was decided on the old plan ends with it."""
    row = locked(request)
    if row.state not in LIVE or row.state == State.EVIDENCE_SUBMITTED:
        return
    if placement.state == Placement.State.CANCELLED:
        _write_for_placement(row, "end", actor, _CANCELLED)
        return
    first, last = placement.starts_on, placement.ends_on
    if not (first and last) or (first, last) == (row.starts_on, row.ends_on):
        return
    row.starts_on, row.ends_on = first, last
    hours = calculation.proposed_hours(row.posting, first, last)
    row.host_hours = hours or row.host_hours
    calculate(row)
    begin_anew(row)
    # Days, hours and state change at once: fewer credits may be left than were approved.
    if row.state == State.DRAFT:
        row.save()
    else:
        _write_for_placement(row, "move", actor, _MOVED)


def _write_for_placement(row: CreditRequest, name: str, actor: User | None, why: Promise) -> None:
    with override(row.student.user.language or get_language()):
        reason = str(why)
    write_down(row, VERBS[name], actor, {"reason": reason}, reason)
