"""A placement is saved or has changed: its credit requests follow in the same transaction."""

from internships.credits import workflow
from internships.credits.models import LIVE, CreditRequest


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
