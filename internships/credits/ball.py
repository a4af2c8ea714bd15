"""Who has the ball of a credit request, since when, and until when."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from careers.law.dates import working_day_on_or_before
from internships.credits.models import CreditRequest, State, WaitsFor

BALL = ("waits_for", "waits_since", "due_on")
# Whoever has the ball is given two weeks, and never longer than to the day before the start.
DAYS_TO_ACT = 14


def ball_of(row: CreditRequest) -> dict[str, Any]:
    """Say whom the request waits for from now on, and until when."""
    today = timezone.localdate()
    who, due = WaitsFor.NOBODY, None
    if row.state == State.SUBMITTED:
        who, due = WaitsFor(row.current_step.kind), days_to_act(today, row.starts_on)
    elif row.state == State.NEEDS_INFO:
        who, due = WaitsFor.STUDENT, days_to_act(today, row.starts_on)
    elif row.state == State.APPROVED:
        who, due = WaitsFor.STUDENT, max(row.evidence_due_on, today)
    elif row.state == State.EVIDENCE_SUBMITTED:
        who, due = WaitsFor.OFFICE, days_to_act(today)
    return {"waits_for": str(who), "waits_since": timezone.now(), "due_on": due}


def days_to_act(today: date, starts_on: date | None = None) -> date:
    due = today + timedelta(days=DAYS_TO_ACT)
    if starts_on:
        due = min(due, starts_on - timedelta(days=1))
    return max(today, working_day_on_or_before(due))
