"""What a change of a placement's facts does to its case: re-open what it touches, nothing else."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from careers.desk import letters
from careers.people.models import User
from careers.record import log
from careers.record.models import Event
from internships.permits import papers, reasons, workflow
from internships.permits.models import BEFORE_FILING, LIVE, PermitCase, Requirement
from internships.placements import workflow as placements
from internships.placements.models import Placement, Verdict

State, Paper = PermitCase.State, Requirement.State
# Facts of the plan; the others are the student's own and stand in no paper of the host.
PLAN_FACTS = (
    "paid",
    "pay_kind",
    "hours_per_week",
    "hours_per_day",
    "in_long_vacation",
    "term_hours_per_week",
    "duration_days",
    "credit_bearing",
    "venue",
)


def on_facts_changed(
    sender,
    *,
    placement: Placement,
    before: Verdict | None,
    verdict: Verdict | None,
    actor: User,
    moved: bool,
    **_signal,
) -> None:
    """Receive the signal in the transaction of the change."""
    case = placement.permit_cases.select_for_update(of=("self",)).exclude(state=State.CLOSED)
    case = case.select_related("verdict", "owner").first()
    if case is None:
        return
    case.placement = placement
    if before == verdict:
        _placement_moved(case, actor)
    elif papers.kind_of(verdict) != case.kind:
        _lapse(case, actor, reasons.ANOTHER_WAY)
    else:
        _same_kind(case, verdict, actor, touched=moved or _plan(before) != _plan(verdict))


def _placement_moved(case: PermitCase, actor: User) -> None:
    """It was cancelled, or came back: an open case ends with it; a permission seen stays seen."""
    if case.placement.state == Placement.State.CANCELLED and case.state in LIVE:
        _lapse(case, actor, reasons.CANCELLED)
    else:
        workflow.settle(case, actor)


def _plan(verdict: Verdict | None) -> list[Any]:
    return [verdict.facts.get(name) for name in PLAN_FACTS] if verdict else []


def _same_kind(case: PermitCase, verdict: Verdict, actor: User, *, touched: bool) -> None:
    if touched and case.state not in BEFORE_FILING:
        _lapse(case, actor, reasons.ANOTHER_WAY)
        return
    case.verdict = verdict
    reopened = _match_papers(case, verdict, actor, touched=touched)
    before = case.state
    if reopened and case.state in BEFORE_FILING and case.state != State.OPEN:
        case.state = State.RETURNED
        case.reason_en, case.reason_ja = reasons.PLAN_CHANGED
    workflow.settle(case, actor)
    if reopened:
        _say("reopened papers", case, actor, before, "permit_reopened", {"papers": reopened})


def _match_papers(case: PermitCase, verdict: Verdict, actor: User, *, touched: bool) -> list[str]:
    """Bring the checklist to the new verdict; give the papers that are needed (again)."""
    rows = {row.code: row for row in case.requirements.all()}
    codes = papers.codes_of(verdict)
    new = [code for code in codes if code not in rows]
    workflow.add_papers(case, new, first=len(rows))
    for code, row in rows.items():
        if code not in codes and row.state != Paper.NOT_APPLICABLE:
            workflow.set_aside(row, actor, reasons.NOT_ASKED_ANY_MORE)
    stale = [row for row in rows.values() if touched and _is_stale(row, codes)]
    for row in stale:
        workflow.ask_again(row, reasons.PLAN_CHANGED)
    return new + [row.code for row in stale]


def _is_stale(row: Requirement, codes: list[str]) -> bool:
    sent = row.state in (Paper.UPLOADED, Paper.ACCEPTED)
    return sent and row.code in papers.OF_THE_PLAN and row.code in codes


def _lapse(case: PermitCase, actor: User, reason: reasons.Pair) -> None:
    """The case is about another plan than the one that now is: it ends, and the gate closes."""
    before = case.state
    if case.placement.state == Placement.State.CLEARED:
        case.placement = placements.close_gate(case.placement, actor=actor, reason="facts")
    case.state = State.CLOSED
    case.reason_en, case.reason_ja = reason
    workflow.settle(case, actor)
    _say("lapsed", case, actor, before, "permit_lapsed", {})


def _say(verb: str, case: PermitCase, actor: User, before: str, kind: str, told: dict) -> None:
    """Log it, and write to the student unless she did it herself."""
    log.append(
        verb,
        case,
        actor=actor,
        about=case.student.user,
        before={"state": before},
        after={"state": case.state} | told,
    )
    letters.cancel(case)
    if actor.pk != case.student.user_id:
        workflow.letter(kind, case, actor)
    elif before != State.OPEN:
        workflow.letter(kind, case, actor, for_office="permit_plan_changed")


def say(event: Event) -> str:
    """Say to whoever changes a plan what becomes of its case."""
    case = PermitCase.objects.get(pk=event.object_id)
    if event.verb == "lapsed":
        words = _("Permission case %(number)s ends: it is about another plan. Open a new one then.")
        return words % {"number": case.number}
    if event.verb == "reopened papers":
        words = _("Permission case %(number)s: these papers are asked for again: %(papers)s.")
        names = pgettext("in a list", ", ").join(map(papers.name, event.after["papers"]))
        return words % {"number": case.number, "papers": names}
    return ""
