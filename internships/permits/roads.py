"""Where a placement stands on its road, as its case tells."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from internships.permits.models import FILING, PermitCase
from internships.placements import steps
from internships.placements.models import Placement
from internships.placements.steps import REVIEWER, Step

State, Kind, Ball = PermitCase.State, PermitCase.Kind, PermitCase.Ball
BUREAU = _("Immigration bureau")
_FROM_ABROAD = (Kind.CERTIFICATE, Kind.VISA)


def road_of(case: PermitCase) -> list[dict]:
    """Give the road component its steps. The case's verdict has to be at hand."""
    done = _done(case)
    return steps.road(
        _with_late(_steps(case), done) if case.is_late_to_file else _steps(case),
        checked_on=timezone.localdate(case.verdict.made_at),
        gate_open=case.placement.gate_open,
        done=done,
    )


def newest_cases(placements: Iterable[Placement]) -> dict[int, PermitCase]:
    """Give the newest case of each placement, by the placement's key: one query for all."""
    by_key = {placement.pk: placement for placement in placements}
    cases = PermitCase.objects.filter(placement__in=by_key).select_related("verdict")
    found = {}
    for case in cases.order_by("opened_at", "pk"):
        case.placement = by_key[case.placement_id]
        found[case.placement_id] = case
    return found


def road_of_placement(placement: Placement, case: PermitCase | None, outcome: str) -> list[dict]:
    """Give the road of a placement, with its case where it has one."""
    if case is not None and case.state != State.CLOSED:
        return road_of(case)
    if not outcome:
        return []
    return steps.road(
        steps.steps_of(outcome, placement.starts_on, getattr(placement, "file_by", None)),
        checked_on=timezone.localdate(placement.created_at),
        gate_open=placement.gate_open,
    )


def _steps(case: PermitCase) -> list[Step]:
    outcome = case.verdict.outcome
    if case.kind in FILING and outcome in steps.TO_CONFIRM:
        outcome = "V_NEED_INDIVIDUAL"  # the bureau has answered that a permission is needed
    plan = steps.steps_of(outcome, case.placement.starts_on, case.file_by)
    # Whether the safe day still matters is for the case to say: what is done is done.
    plan = [step for step in plan if step.code != "late"]
    if case.kind == Kind.PAPERS:
        return _after(plan, "papers", Step("check", _("Our check"), REVIEWER))
    if case.kind in FILING and case.kind not in _FROM_ABROAD:
        return _after(plan, "file", Step("decision", _("The bureau decides"), BUREAU))
    return plan


def _after(plan: list[Step], code: str, new: Step) -> list[Step]:
    place = next(number for number, step in enumerate(plan) if step.code == code) + 1
    return [*plan[:place], new, *plan[place:]]


def _with_late(plan: list[Step], done: set[str]) -> list[Step]:
    """The step that stands first of all that is not done."""
    place = next(number for number, step in enumerate(plan) if step.code not in done)
    return [*plan[:place], steps.TOO_LATE, *plan[place:]]


def _done(case: PermitCase) -> set[str]:
    done = {
        State.READY_TO_FILE: {"papers", "check", "contract"},
        State.FILED: {"papers", "check", "contract", "file"},
        State.REFUSED: {"papers", "check", "contract", "file", "decision"},
        State.GRANTED: {"papers", "check", "contract", "file", "decision", "status"},
        State.ANSWERED: {"papers", "check", "ask", "answer"},
    }.get(case.state, set())
    if case.state == State.SUBMITTED and case.waits_for == Ball.OFFICE:
        return {"papers", "contract", "ask"}
    return done
