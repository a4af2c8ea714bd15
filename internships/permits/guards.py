"""What has to be cleared before a verb, and who clears it. Pages list it; verbs refuse by it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from internships.permits import papers
from internships.permits.models import FILING, PermitCase, Requirement

DONE = (Requirement.State.ACCEPTED, Requirement.State.NOT_APPLICABLE)


@dataclass(frozen=True)
class Guard:
    """One line of a list of guards: words, whether it is cleared, and who clears it."""

    words: str
    cleared: bool
    who: str = ""


def missing(found: Iterable[Guard]) -> list[Guard]:
    return [guard for guard in found if not guard.cleared]


def holds(requirement: Requirement, case: PermitCase) -> bool:
    """Whether the case waits for this paper. To the bureau goes what is for the bureau."""
    if requirement.code in papers.APART:
        return False
    return requirement.for_authority if case.kind in FILING else True


def student_brings(requirement: Requirement, case: PermitCase) -> bool:
    return holds(requirement, case) and requirement.code not in papers.OURS


def before_submitting(case: PermitCase, rows: Iterable[Requirement]) -> list[Guard]:
    if case.kind == PermitCase.Kind.CONFIRM:
        return _before_asking(case, rows)
    return [
        Guard(_("%(paper)s is sent") % {"paper": row.name}, row.state in _SENT, _("you"))
        for row in rows
        if student_brings(row, case) and not row.is_shown
    ]


_SENT = (Requirement.State.UPLOADED, *DONE)


def _before_asking(case: PermitCase, rows: Iterable[Requirement]) -> list[Guard]:
    """Where the plain way is to ask us, nothing holds; else the answer, or a plan of hours."""
    outcome = case.verdict.outcome
    if outcome == "V_REDUCE_OR_CONSULT":
        plan = any(row.code == papers.HOURS_PLAN and row.state in _SENT for row in rows)
        words = _("The plan of hours is sent, or the bureau's answer is entered")
        return [Guard(words, plan or bool(case.answer), _("you"))]
    if outcome == "V_FLAG_CONFIRM":
        return [Guard(_("The bureau's answer is entered"), bool(case.answer), _("you"))]
    return []


def before_filing(case: PermitCase, rows: Iterable[Requirement]) -> list[Guard]:
    edition = Guard(_("Verdict stored with its rules edition"), bool(case.verdict.edition))
    return [edition, *(_checked(row) for row in rows if holds(row, case))]


def before_confirming_papers(case: PermitCase, rows: Iterable[Requirement]) -> list[Guard]:
    if case.kind == PermitCase.Kind.CONFIRM:
        plan = [row for row in rows if row.code == papers.HOURS_PLAN]
        accepted = any(row.state == Requirement.State.ACCEPTED for row in plan)
        return [Guard(_("A plan of hours within the limit is accepted"), accepted, _("reviewer"))]
    return [_checked(row) for row in rows if holds(row, case)]


def before_confirming_answer(case: PermitCase, rows: Iterable[Requirement]) -> list[Guard]:
    return [Guard(_("The bureau's answer is entered"), bool(case.answer), _("student"))]


def before_the_gate(case: PermitCase, rows: Iterable[Requirement]) -> list[Guard]:
    if case.state == PermitCase.State.GRANTED:
        return [Guard(_("The permission lasts to the last day"), _covers(case), _("student"))]
    if case.answer:
        words = _("The bureau's answer is that no permission is needed")
        return [Guard(words, case.answer == PermitCase.Answer.MAY_START, _("student"))]
    found = [Guard(_("All papers are in order"), case.state == PermitCase.State.ANSWERED, "")]
    if case.verdict.outcome == "V_COVERED":
        found.append(Guard(_("The permission lasts to the last day"), _covers(case), _("student")))
    return found


def is_fulfilled(case: PermitCase) -> bool:
    """Whether the case has met the condition of the start."""
    settled = case.state in (PermitCase.State.GRANTED, PermitCase.State.ANSWERED)
    return settled and not missing(before_the_gate(case, []))


def _covers(case: PermitCase) -> bool:
    last = case.placement.ends_on
    return case.valid_until is not None and (last is None or case.valid_until >= last)


def _checked(row: Requirement) -> Guard:
    words = {
        Requirement.State.MISSING: _("%(paper)s missing"),
        Requirement.State.UPLOADED: _("%(paper)s not checked"),
        Requirement.State.RETURNED: _("%(paper)s returned"),
        Requirement.State.ACCEPTED: _("%(paper)s accepted"),
        Requirement.State.NOT_APPLICABLE: _("%(paper)s not needed"),
    }[row.state]
    ours = row.state == Requirement.State.UPLOADED or row.code in papers.OURS
    who = _("reviewer") if ours else _("student")
    cleared = row.state in DONE
    return Guard(words % {"paper": row.name}, cleared, "" if cleared else who)


GUARDS: dict[str, Callable[[PermitCase, Iterable[Requirement]], list[Guard]]] = {
    "submit": before_submitting,
    "mark_ready_to_file": before_filing,
    "confirm_papers": before_confirming_papers,
    "confirm_answer": before_confirming_answer,
    "open_gate": before_the_gate,
}
