"""What is decided on the papers and on the case."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.people.models import User
from careers.people.roles import PERMISSIONS
from careers.record import log
from careers.record.models import Event
from careers.record.refusals import Refused, TooLate
from internships.permits import papers
from internships.permits.models import PermitCase, Requirement
from internships.permits.reasons import Pair
from internships.permits.transitions import REVIEW
from internships.permits.workflow.moving import check, move
from internships.permits.workflow.row import history_of, must_be_clear, paper, taken
from internships.placements import workflow as placements

Paper = Requirement.State


@transaction.atomic
def accept_paper(requirement: Requirement, *, by: User, version: int) -> Event:
    """version: the number of the version she has looked at; a newer one has to be seen first."""
    case = taken(requirement.case, "accept_paper", by)
    row = paper(case, requirement, "accept_paper")
    newest = row.versions.first()
    if newest is not None and newest.number != version:
        raise Refused(_("A newer version has come. Look at it first."))
    return check(case, row, "accept_paper", by)


@transaction.atomic
def see_paper(requirement: Requirement, *, by: User) -> Event:
    """A paper was shown at the counter; nothing is kept of it but who saw it, and when."""
    case = taken(requirement.case, "see_paper", by)
    return check(case, paper(case, requirement, "see_paper"), "see_paper", by, seen=True)


@transaction.atomic
def return_paper(
    requirement: Requirement, *, by: User, reason: Pair, correct_by: date | None = None
) -> Event:
    case = taken(requirement.case, "return_paper", by)
    row = paper(case, requirement, "return_paper")
    case.correct_by = correct_by
    case.save(update_fields=["correct_by"])
    return check(case, row, "return_paper", by, reason=reason, seen=False)


@transaction.atomic
def mark_not_applicable(requirement: Requirement, *, by: User, reason: Pair) -> Event:
    case = taken(requirement.case, "mark_not_applicable", by)
    row = paper(case, requirement, "mark_not_applicable")
    return check(case, row, "mark_not_applicable", by, reason=reason)


@transaction.atomic
def return_case(
    case: PermitCase, *, by: User, reason: Pair, correct_by: date | None = None
) -> Event:
    row = taken(case, "return_case", by)
    return move(
        row, "return_case", by, reason_en=reason[0], reason_ja=reason[1], correct_by=correct_by
    )


@transaction.atomic
def mark_ready_to_file(case: PermitCase, *, by: User) -> Event:
    row = taken(case, "mark_ready_to_file", by)
    must_be_clear(row, "mark_ready_to_file")
    return move(row, "mark_ready_to_file", by, correct_by=None)


@transaction.atomic
def confirm_papers(case: PermitCase, *, by: User, valid_until: date | None = None) -> Event:
    """All is in order. valid_until: where a permission is held already, its last day."""
    row = taken(case, "confirm_papers", by)
    must_be_clear(row, "confirm_papers")
    if row.verdict.outcome == "V_COVERED":
        last = row.placement.ends_on
        if valid_until is None or (last and valid_until < last):
            raise Refused(_("The permission has to last to the last day of the placement."))
    return move(row, "confirm_papers", by, valid_until=valid_until, answer="")


@transaction.atomic
def confirm_answer(case: PermitCase, *, by: User) -> Event:
    row = taken(case, "confirm_answer", by)
    must_be_clear(row, "confirm_answer")
    event = move(row, "confirm_answer", by)
    _accept_answer(row, by)
    return event


@transaction.atomic
def record_answer(case: PermitCase, answer: dict[str, Any], *, by: User) -> Event:
    """The office has asked the bureau itself."""
    row = taken(case, "record_answer", by)
    event = move(row, "record_answer", by, **answer)
    _accept_answer(row, by)
    return event


def _accept_answer(case: PermitCase, by: User) -> None:
    case.requirements.filter(code=papers.ANSWER).update(
        state=Paper.ACCEPTED, checked_by=by, checked_at=timezone.now()
    )


@transaction.atomic
def open_gate(case: PermitCase, *, by: User, reason: str = "") -> Event:
    """Let the placement start: the room of placements has the last word on it."""
    row = taken(case, "open_gate", by)
    if row.placement.gate_open:
        raise TooLate(log.history(row).first())
    must_be_clear(row, "open_gate")
    try:
        opened = placements.open_gate(row.placement, actor=by, reason=reason or row.number)
    except placements.GateStaysClosed as closed:
        raise Refused(_("A condition of the start is still open.")) from closed
    except placements.TooLate as late:
        raise Refused(_("The placement is no longer waiting at its gate.")) from late
    row.placement = opened
    return move(row, "open_gate", by)


@transaction.atomic
def hand_over(case: PermitCase, *, by: User, to: User, seen: int | None = None) -> Event | None:
    """Let a reviewer look after the case: a colleague, or oneself. To whom it is hers already,
    nothing is done.

    seen: the key of the owner that stood on the page, 0 for nobody: where a colleague has taken
    it meanwhile, TooLate.
    """
    row = taken(case, "hand_over", by)
    if not to.has_perm(REVIEW) or to.pk == row.student.user_id:
        raise Refused(_("Choose a permission reviewer who is not the student herself."))
    if row.owner_id == to.pk:
        return None
    if seen is not None and seen != (row.owner_id or 0):
        raise TooLate(history_of(row).first())
    return move(row, "hand_over", by, owner=to)


def reviewers() -> models.QuerySet[User]:
    """Give the people a case can be handed to."""
    holders = [role for role, rights in PERMISSIONS.items() if REVIEW in rights]
    return User.objects.filter(is_active=True, roles__overlap=holders).order_by("pk")


@transaction.atomic
def close_case(case: PermitCase, *, by: User, reason: Pair = ("", "")) -> Event:
    """It is not needed any more."""
    row = taken(case, "close_case", by)
    return move(row, "close_case", by, reason_en=reason[0], reason_ja=reason[1])
