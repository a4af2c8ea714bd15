"""The lists that the office works from, the same for a list and for what counts it."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from internships.board.models import SENT_BACK, TO_REVIEW, Posting, stale

SOON = timedelta(days=7)
# The outcome is asked for so long after a posting is over.
ASKED = timedelta(days=60)


def conditions(now: datetime) -> dict[str, Q]:
    published = Q(state=Posting.State.PUBLISHED)
    is_open = published & Q(opens_at__lte=now, closes_at__gt=now)
    return {
        "drafts": Q(state=Posting.State.DRAFT),
        "in_review": TO_REVIEW,
        "returned": SENT_BACK,
        "open": is_open,
        "closing": is_open & Q(closes_at__lte=now + SOON),
        "scheduled": published & Q(opens_at__gt=now),
        "stale": stale(now),
        "outcome": _without_outcome(now),
        "closed": Q(state=Posting.State.WITHDRAWN) | published & Q(closes_at__lte=now),
    }


def _without_outcome(now: datetime) -> Q:
    """Say of a posting that it was on the board, is over, and nobody has told what came of it."""
    ran_out = Q(state=Posting.State.PUBLISHED, closes_at__lte=now, closes_at__gt=now - ASKED)
    closed_early = Q(
        state=Posting.State.WITHDRAWN,
        withdrawn_at__gt=now - ASKED,
        withdrawn_at__gte=F("opens_at"),
    )
    return (ran_out | closed_early) & Q(outcome_at=None)


def looked_after_by(user) -> Q:
    return Q(assignee=user) | Q(assignee=None, posted_by=user)


def returned_to(user) -> Q:
    """Say of a posting that this person wrote what was returned: it, or a change of it."""
    returned = Posting.State.RETURNED, Posting.PendingState.RETURNED
    return Q(state=returned[0], posted_by=user) | Q(pending_state=returned[1], pending_by=user)
