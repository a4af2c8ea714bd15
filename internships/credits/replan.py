"""A placement is saved or has changed: its credit requests follow in the same transaction."""

from django.utils.translation import gettext as _

from careers.record.models import Event
from internships.credits import workflow
from internships.credits.models import LIVE, CreditRequest
from internships.credits.transitions import VERBS


def on_facts_changed(sender, *, placement, actor, **_signal) -> None:
    for request in CreditRequest.objects.filter(placement=placement, state__in=LIVE):
        workflow.follow_placement(request, placement, actor=actor)


def on_placement_saved(sender, *, placement, actor, **_signal) -> None:
    """Credit may be asked for a posting before its placement is saved: then it belongs to it."""
    if placement.posting_id is None:
        return
    asked = CreditRequest.objects.filter(student=placement.student, posting=placement.posting)
    for request in asked.filter(placement=None, state__in=LIVE):
        workflow.take_placement(request, placement, actor=actor)


def say(event: Event) -> str:
    """Say to whoever changes a plan what becomes of its credit request."""
    if event.verb != VERBS["move"].event:
        return ""
    request = CreditRequest.objects.get(pk=event.object_id)
    words = _("Credit request %(number)s comes back: its steps begin again with the new days.")
    return words % {"number": request.number}
