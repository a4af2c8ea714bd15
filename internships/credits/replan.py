"""A placement has changed: its credit requests follow in the same transaction."""

from internships.credits import workflow
from internships.credits.models import LIVE, CreditRequest


def on_facts_changed(sender, *, placement, actor, **_signal) -> None:
    for request in CreditRequest.objects.filter(placement=placement, state__in=LIVE):
        workflow.follow_placement(request, placement, actor=actor)
