"""The verbs of a placement: save a checked one, cancel it, take that back; open its gate."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers.desk import letters
from careers.desk.models import Letter
from careers.people.models import Student, User
from careers.record import log
from internships.board.models import Posting
from internships.placements import gate
from internships.placements.models import Condition, Override, Placement, Verdict
from internships.placements.signals import facts_changed, placement_saved

# verb → (states it starts from, state it leads to). A placement cancelled after its gate was
# opened comes back with the gate closed: whoever opened it did so for another plan.
TRANSITIONS: dict[str, tuple[set[str], str]] = {
    "cancel": ({Placement.State.PLANNED, Placement.State.CLEARED}, Placement.State.CANCELLED),
    "restore": ({Placement.State.CANCELLED}, Placement.State.PLANNED),
    "open_gate": ({Placement.State.PLANNED}, Placement.State.CLEARED),
    "close_gate": ({Placement.State.CLEARED}, Placement.State.PLANNED),
}
# In these states the plan may still be changed.
CHANGEABLE = frozenset({Placement.State.PLANNED, Placement.State.CLEARED})


class TooLate(Exception):
    """Somebody else was faster, or the placement is in another state; the page says so."""


class SavedAlready(Exception):
    """The same plan with the same facts is another placement of hers, `placement`."""

    def __init__(self, placement: Placement):
        super().__init__(placement.pk)
        self.placement = placement


class GateStaysClosed(Exception):
    """What has to be so before the start is not so yet, or never will be on this plan."""


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
    key = key_of(plan, checked)
    earlier = _saved_before(student, key)
    if earlier:
        return earlier, False
    placement = placement_for(student, plan, checked)
    placement.save()
    verdict = add_verdict(placement, checked, actor=actor)
    Condition.objects.create(placement=placement, code=Condition.PERMISSION, due=verdict.file_by)
    log.append(
        "saved",
        placement,
        actor=actor,
        about=student.user,
        after={"state": placement.state, "outcome": verdict.outcome},
    )
    placement_saved.send(Placement, placement=placement, actor=actor)
    return placement, True


def placement_for(student: Student, plan: Plan, checked: Checked) -> Placement:
    """Give the placement to be written."""
    return Placement(
        student=student,
        posting=plan.posting,
        host_name=plan.host_name,
        title=plan.title,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        check_key=key_of(plan, checked),
    )


def _saved_before(student: Student, key: str) -> Placement | None:
    mine = Placement.objects.filter(student=student, check_key=key)
    return mine.exclude(state=Placement.State.CANCELLED).first()


def key_of(plan: Plan, checked: Checked) -> str:
    same = [
        plan.posting.ref if plan.posting else [plan.host_name, plan.title],
        [plan.starts_on, plan.ends_on],
        checked.facts,
        checked.digest,
    ]
    text = json.dumps(same, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def add_verdict(placement: Placement, checked: Checked, *, actor: User) -> Verdict:
    verdict = verdict_for(placement, checked, actor=actor)
    verdict.save()
    return verdict


def verdict_for(placement: Placement, checked: Checked, *, actor: User) -> Verdict:
    """Give the verdict to be written."""
    return Verdict(
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


@transaction.atomic
def change_facts(placement: Placement, plan: Plan, checked: Checked, *, actor: User) -> Verdict:
    """Give a placement another plan and verdict. Rooms that hold papers on it are told in the
    same transaction; what the new facts do not touch stays as it is. Asked twice, it is done once.

    Raises TooLate for a placement that has started, ended or was cancelled, and SavedAlready
    where the student has saved this very plan as another placement.
    """
    Student.objects.select_for_update().get(pk=placement.student_id)
    row = Placement.objects.select_for_update().get(pk=placement.pk)
    if row.state not in CHANGEABLE:
        raise TooLate
    before, dates, key = row.verdicts.first(), (row.starts_on, row.ends_on), key_of(plan, checked)
    if before and row.check_key == key:
        return before
    if other := _saved_before(row.student, key):
        raise SavedAlready(other)
    row.starts_on, row.ends_on, row.check_key = plan.starts_on, plan.ends_on, key
    row.save(update_fields=["starts_on", "ends_on", "check_key"])
    _end_overrides(row, actor)
    verdict = add_verdict(row, checked, actor=actor)
    log.append(
        "changed",
        row,
        actor=actor,
        about=row.student.user,
        before={"outcome": before.outcome} if before else None,
        after={"outcome": verdict.outcome},
    )
    moved = dates != (plan.starts_on, plan.ends_on)
    _tell(row, before, verdict, actor=actor, moved=moved)
    if actor.pk != row.student.user_id:
        write_to_student("placement_changed", row)
    return verdict


def _end_overrides(row: Placement, actor: User) -> None:
    """A reviewer's answer was about the former facts, also one that waits for a second person."""
    open_ones = Override.objects.open().filter(verdict__placement=row)
    open_ones.update(withdrawn_by=actor, withdrawn_at=timezone.now())


def write_to_student(kind: str, row: Placement) -> Letter:
    return letters.write(kind, row.student.user, row, context={"link": row.get_absolute_url()})


def _tell(row: Placement, before, verdict, *, actor: User, moved: bool = False) -> None:
    facts_changed.send(
        Placement, placement=row, before=before, verdict=verdict, actor=actor, moved=moved
    )


@transaction.atomic
def meet(placement: Placement, code: str, *, actor: User) -> None:
    """A room says that its condition is met."""
    _condition(placement, code).update(
        state=Condition.State.MET, met_by=actor, met_at=timezone.now()
    )


@transaction.atomic
def leave_open(placement: Placement, code: str, *, in_hand: bool) -> None:
    """A room says that its condition is not met: in its hands, or in nobody's."""
    state = Condition.State.IN_HAND if in_hand else Condition.State.OPEN
    _condition(placement, code).update(state=state, met_by=None, met_at=None)


def _condition(placement: Placement, code: str):
    Condition.objects.get_or_create(placement=placement, code=code)
    return Condition.objects.filter(placement=placement, code=code)


def may_open_gate(placement: Placement) -> bool:
    """Whether the verdict is one that a gate opens on, and every condition is met."""
    verdict = placement.verdicts.first()
    states = set(placement.conditions.values_list("state", flat=True))
    return (
        verdict is not None
        and not gate.stays_closed(verdict.outcome)
        and states == {Condition.State.MET}
    )


@transaction.atomic
def open_gate(placement: Placement, *, actor: User, reason: str) -> Placement:
    """Say that the placement may start. reason: what was seen.

    Raises GateStaysClosed while a condition is open, and for ever where the plan is not possible.
    """
    row = Placement.objects.select_for_update().get(pk=placement.pk)
    if row.state == Placement.State.PLANNED and not may_open_gate(row):
        raise GateStaysClosed
    opened = {"gate_opened_at": timezone.now(), "gate_opened_by": actor, "gate_reason": reason}
    return _move(row, "open_gate", actor=actor, reason=reason, **opened)


def close_gate(placement: Placement, *, actor: User, reason: str = "") -> Placement:
    return _move(placement, "close_gate", actor=actor, reason=reason)


@transaction.atomic
def cancel(placement: Placement, *, actor: User, reason: str = "") -> Placement:
    """Give the plan up. What others still do for it ends with it."""
    row = _move(placement, "cancel", actor=actor, reason=reason)
    verdict = row.verdicts.first()
    _tell(row, verdict, verdict, actor=actor)
    return row


def restore(placement: Placement, *, actor: User) -> Placement:
    """Take a cancelling back. Raises TooLate when the same result was saved again meanwhile."""
    try:
        with transaction.atomic():
            row = _move(placement, "restore", actor=actor)
            verdict = row.verdicts.first()
            _tell(row, verdict, verdict, actor=actor)
    except IntegrityError as already:
        raise TooLate from already
    return row


@transaction.atomic
def _move(
    placement: Placement, verb: str, *, actor: User, reason: str = "", **changes
) -> Placement:
    row = Placement.objects.select_for_update().get(pk=placement.pk)
    from_states, to_state = TRANSITIONS[verb]
    if row.state not in from_states:
        raise TooLate
    before = row.state
    row.state = to_state
    if to_state == Placement.State.PLANNED:
        row.gate_opened_at, row.gate_opened_by, row.gate_reason = None, None, ""
    for name, value in changes.items():
        setattr(row, name, value)
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


_DONE = {
    "cancel": "cancelled",
    "restore": "restored",
    "open_gate": "gate opened",
    "close_gate": "gate closed",
}
