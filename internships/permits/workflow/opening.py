"""Open the case that a placement asks for, with its papers."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.people.models import User
from careers.record import log
from careers.record.refusals import Refused
from internships.permits import guards, papers
from internships.permits.models import PermitCase, Requirement
from internships.permits.reasons import Pair
from internships.permits.workflow.moving import pass_ball, settle
from internships.placements.models import Placement

# The papers common to every individual permission, where the bureau has answered that the plan
# needs one; the bureau may ask for more.
AFTER_THE_ANSWER = ("D_APP", "D_PASSPORT", "D_RESIDENCE_CARD", "D_HOST_STATEMENT")
State = PermitCase.State
Paper = Requirement.State


@transaction.atomic
def open_case(placement: Placement, *, by: User) -> PermitCase:
    """Open the case that the placement's verdict asks for. Asked twice, it is the same case."""
    row = Placement.objects.select_for_update(of=("self",)).select_related("student__user")
    row = row.get(pk=placement.pk)
    if row.student.user_id != by.pk:
        raise PermissionDenied
    earlier = row.permit_cases.select_related("verdict").first()
    if earlier and (earlier.is_live or guards.is_fulfilled(earlier)):
        return earlier
    kind, codes = wanted(row, earlier)
    if row.state != Placement.State.PLANNED or not kind:
        raise Refused(_("No permission case can be opened on this plan."))
    case = PermitCase(
        placement=row, verdict=row.verdicts.first(), kind=kind, waits_since=timezone.now()
    )
    pass_ball(case, [])
    case.save()
    add_papers(case, codes)
    settle(case, by)
    log.append("case opened", case, actor=by, about=by, after={"kind": kind, "state": case.state})
    return case


def wanted(placement: Placement, earlier: PermitCase | None) -> tuple[str, list[str]]:
    """Give kind and papers of the case a placement needs now; kind "" where none helps."""
    verdict = placement.verdicts.first()
    if verdict is None:
        return "", []
    asked = earlier and earlier.answer == PermitCase.Answer.NEEDS_PERMISSION
    if asked and earlier.state == State.ANSWERED and earlier.verdict_id == verdict.pk:
        return PermitCase.Kind.INDIVIDUAL, list(AFTER_THE_ANSWER)
    return papers.kind_of(verdict), papers.codes_of(verdict)


def add_papers(case: PermitCase, codes: Iterable[str], first: int = 0) -> None:
    Requirement.objects.bulk_create(
        Requirement(case=case, code=code, position=number)
        for number, code in enumerate(codes, first)
    )


def set_aside(row: Requirement, by: User, reason: Pair) -> None:
    """A paper that the plan no longer needs. Its versions are kept."""
    row.state, row.checked_by, row.checked_at = Paper.NOT_APPLICABLE, by, timezone.now()
    row.reason_en, row.reason_ja = reason
    row.save()


def ask_again(row: Requirement, reason: Pair) -> None:
    """A paper that names the former plan."""
    row.state, row.checked_by, row.checked_at, row.seen = Paper.RETURNED, None, None, False
    row.reason_en, row.reason_ja = reason
    row.save()
