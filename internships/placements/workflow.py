"""The verbs of a placement: save a checked one, cancel it, take the cancelling back."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from careers.people.models import Student, User
from careers.record import log
from internships.board.models import Posting
from internships.placements.models import Placement, Verdict

# verb → (states it starts from, state it leads to). A placement cancelled after its gate was
# opened comes back with the gate closed: whoever opened it did so for another plan.
TRANSITIONS: dict[str, tuple[set[str], str]] = {
    "cancel": ({Placement.State.PLANNED, Placement.State.CLEARED}, Placement.State.CANCELLED),
    "restore": ({Placement.State.CANCELLED}, Placement.State.PLANNED),
}


class TooLate(Exception):
    """Somebody else was faster, or the placement is in another state; the page says so."""


@dataclass(frozen=True)
class Checked:
    """A result as the wizard showed it. All values are JSON values except the two days."""

    facts: dict[str, Any]
    origins: dict[str, str]
    policy: dict[str, Any]
    assessment: dict[str, Any]
    edition: str
    digest: str
    outcome: str
    flagged: bool
    decided_for: date
    file_by: date | None = None


@dataclass(frozen=True)
class Plan:
    """Which internship it is: a posting of the board, or a host by name."""

    posting: Posting | None = None
    host_name: str = ""
    title: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def save_checked_placement(
    student: Student, plan: Plan, checked: Checked, *, actor: User
) -> tuple[Placement, bool]:
    """Store a placement with its verdict, once: the same plan and facts give the same row.

    Gives the placement and whether it is new.
    """
    Student.objects.select_for_update().get(pk=student.pk)
    key = _key(plan, checked)
    earlier = _saved_before(student, key)
    if earlier:
        return earlier, False
    placement = Placement.objects.create(
        student=student,
        posting=plan.posting,
        host_name=plan.host_name,
        title=plan.title,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        check_key=key,
    )
    verdict = add_verdict(placement, checked, actor=actor)
    log.append(
        "saved",
        placement,
        actor=actor,
        about=student.user,
        after={"state": placement.state, "outcome": verdict.outcome},
    )
    return placement, True


def _saved_before(student: Student, key: str) -> Placement | None:
    mine = Placement.objects.filter(student=student, check_key=key)
    return mine.exclude(state=Placement.State.CANCELLED).first()


def _key(plan: Plan, checked: Checked) -> str:
    same = [
        plan.posting.ref if plan.posting else [plan.host_name, plan.title],
        checked.facts,
        checked.digest,
    ]
    text = json.dumps(same, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def add_verdict(placement: Placement, checked: Checked, *, actor: User) -> Verdict:
    return Verdict.objects.create(
        placement=placement,
        made_by=actor,
        decided_for=checked.decided_for,
        facts=checked.facts,
        origins=checked.origins,
        policy=checked.policy,
        assessment=checked.assessment,
        edition=checked.edition,
        digest=checked.digest,
        outcome=checked.outcome,
        flagged=checked.flagged,
        file_by=checked.file_by,
    )


def cancel(placement: Placement, *, actor: User, reason: str = "") -> Placement:
    return _move(placement, "cancel", actor=actor, reason=reason)


def restore(placement: Placement, *, actor: User) -> Placement:
    """Take a cancelling back. Raises TooLate when the same result was saved again meanwhile."""
    try:
        return _move(placement, "restore", actor=actor)
    except IntegrityError as already:
        raise TooLate from already


@transaction.atomic
def _move(placement: Placement, verb: str, *, actor: User, reason: str = "") -> Placement:
    row = Placement.objects.select_for_update().get(pk=placement.pk)
    from_states, to_state = TRANSITIONS[verb]
    if row.state not in from_states:
        raise TooLate
    before = row.state
    row.state = to_state
    if to_state == Placement.State.PLANNED:
        row.gate_opened_at, row.gate_opened_by, row.gate_reason = None, None, ""
    row.save()
    log.append(
        _DONE[verb],
        row,
        actor=actor,
        about=row.student.user,
        before={"state": before},
        after={"state": to_state},
        reason=reason,
    )
    return row


_DONE = {"cancel": "cancelled", "restore": "restored"}
