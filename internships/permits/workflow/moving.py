"""Write what a verb did: the row, the ball, the gate, the event, the letter."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from careers.desk import letters
from careers.people.models import User
from careers.people.office import office_settings
from careers.record import log
from careers.record.models import Event
from internships.permits import ball, guards
from internships.permits.models import PermitCase, Requirement
from internships.permits.reasons import Pair
from internships.permits.transitions import VERBS, Verb
from internships.placements import workflow as placements
from internships.placements.models import Condition

FOR_OFFICE, YOUR_TURN = "permit_for_office", "permit_your_turn"
State = PermitCase.State


def move(case: PermitCase, name: str, by: User, **changes) -> Event:
    verb = VERBS[name]
    changes = _by_keys(changes)
    if verb.leads_to:
        changes = {"state": verb.leads_to} | changes
    before = _write(case, changes)
    _take_charge(case, by)
    settle(case, by)
    return _tell(verb, case, case, by, before, changes)


def _by_keys(changes: dict[str, Any]) -> dict[str, Any]:
    """Name rows by their keys, as the log and the columns do."""
    return {
        f"{name}_id" if isinstance(value, models.Model) else name: getattr(value, "pk", value)
        for name, value in changes.items()
    }


def check(
    case: PermitCase, row: Requirement, name: str, by: User, *, reason: Pair = ("", ""), **changes
) -> Event:
    changes |= {"reason_en": reason[0], "reason_ja": reason[1]}
    changes |= {"checked_by_id": by.pk, "checked_at": timezone.now()}
    return move_paper(case, row, name, by, **changes)


def move_paper(
    case: PermitCase, row: Requirement, name: str, by: User, *, told=None, **changes
) -> Event:
    verb, had = VERBS[name], case.waits_for
    before = _write(row, {"state": verb.paper_to} | changes)
    _take_charge(case, by)
    settle(case, by)
    told = {"state": verb.paper_to} | changes | (told or {})
    return _tell(verb, row, case, by, before, told, passed=case.waits_for != had)


def _write(row: models.Model, changes: dict[str, Any]) -> dict[str, Any]:
    """Write the changes; give what stood there, for the log and for an undo."""
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return before


def _take_charge(case: PermitCase, by: User) -> None:
    """The first reviewer who acts looks after the case."""
    if case.owner_id is None and case.student.user_id != by.pk:
        case.owner = by


def settle(case: PermitCase, by: User) -> None:
    """Pass the ball and tell the gate what has been met, or is no longer."""
    pass_ball(case, case.requirements.all())
    case.save()
    condition = case.placement.conditions.filter(code=Condition.PERMISSION).first()
    if not guards.is_fulfilled(case):
        over = case.state in (State.CLOSED, State.REFUSED)
        placements.leave_open(case.placement, Condition.PERMISSION, in_hand=not over)
    elif condition is None or condition.state != Condition.State.MET:
        placements.meet(case.placement, Condition.PERMISSION, actor=by)


def pass_ball(case: PermitCase, rows: Iterable[Requirement]) -> None:
    who = ball.who_acts(case, rows)
    if who != case.waits_for:
        case.waits_since = timezone.now()
        letters.cancel(case, YOUR_TURN)
    case.waits_for, case.due = who, ball.due_day(case, who)


def _tell(
    verb: Verb, row: models.Model, case: PermitCase, by: User, before, after, *, passed=False
) -> Event:
    """Append the event, with the number of the letter that hands the matter over."""
    if verb is VERBS["hand_over"]:
        told = _to_colleague(verb.letter, case, by)
        after = after | ({"letter": told.pk} if told else {})
    elif kind := verb.letter or (_of_the_ball(case, by) if passed else ""):
        after = after | {"letter": letter(kind, case, by).pk}
    return log.append(
        verb.event, row, actor=by, about=case.student.user, before=before, after=after
    )


def _of_the_ball(case: PermitCase, by: User) -> str:
    """The letter of a paper that passed the ball to the other side; "" where it came back."""
    if by.pk == case.student.user_id:
        return FOR_OFFICE if case.waits_for == PermitCase.Ball.OFFICE else ""
    return YOUR_TURN if case.waits_for == PermitCase.Ball.STUDENT else ""


def _to_colleague(kind: str, case: PermitCase, by: User):
    """What somebody takes on herself needs no letter to her."""
    if case.owner_id == by.pk:
        return None
    context = {"link": reverse("desk_case", args=[case.pk]), "number": case.number}
    return letters.write(kind, case.owner, case, context=context)


def letter(kind: str, case: PermitCase, by: User, for_office: str = FOR_OFFICE):
    """Write to the other side: the student, or whoever looks after the case."""
    by_student = by.pk == case.student.user_id
    page = "desk_case" if by_student else "case_detail"
    kind = for_office if by_student else kind
    reader = (case.owner or office_settings().email) if by_student else case.student.user
    due = case.correct_by or (None if case.is_late_to_file else case.due)
    context = {
        "link": reverse(page, args=[case.pk]),
        "number": case.number,
        "due": due.isoformat() if due else "",
        "late": case.file_by.isoformat() if case.is_late_to_file else "",
    }
    return letters.write(kind, reader, case, context=context)
