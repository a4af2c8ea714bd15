"""Who has to act on a case, and by which day."""

from collections.abc import Iterable
from datetime import date

from internships.permits import guards
from internships.permits.models import PermitCase, Requirement
from internships.placements.models import Placement
from internships.placements.steps import papers_by

Ball, State, Paper = PermitCase.Ball, PermitCase.State, Requirement.State
OVER = (Placement.State.CANCELLED, Placement.State.ENDED)


def who_acts(case: PermitCase, rows: Iterable[Requirement]) -> str:
    if case.placement.state in OVER:
        return Ball.NOBODY
    if case.state == State.SUBMITTED:
        return _in_our_check(case, list(rows))
    if case.state in (State.GRANTED, State.ANSWERED):
        return _after_the_answer(case)
    return {
        State.OPEN: Ball.STUDENT,
        State.RETURNED: Ball.STUDENT,
        State.READY_TO_FILE: Ball.STUDENT,
        State.FILED: Ball.BUREAU,
        State.REFUSED: Ball.NOBODY,
        State.CLOSED: Ball.NOBODY,
    }[case.state]


def _in_our_check(case: PermitCase, rows: list[Requirement]) -> str:
    """What is sent is ours to look at; only when nothing is, the student's papers are awaited."""
    if any(row.state == Paper.UPLOADED for row in rows):
        return Ball.OFFICE
    if case.kind == PermitCase.Kind.CONFIRM:
        return Ball.OFFICE
    awaited = any(
        row.state in (Paper.MISSING, Paper.RETURNED) and guards.student_brings(row, case)
        for row in rows
    )
    return Ball.STUDENT if awaited else Ball.OFFICE


def _after_the_answer(case: PermitCase) -> str:
    if case.placement.gate_open:
        return Ball.NOBODY
    return Ball.OFFICE if guards.is_fulfilled(case) else Ball.STUDENT


def due_day(case: PermitCase, who: str) -> date | None:
    """Papers come a few days before the safe filing date; the rest by that date, or the start."""
    last = case.file_by or case.placement.starts_on
    if who == Ball.NOBODY:
        return None
    if who == Ball.BUREAU or case.state in (State.GRANTED, State.ANSWERED):
        return case.placement.starts_on
    if who == Ball.STUDENT and case.correct_by:
        return case.correct_by
    if who == Ball.STUDENT and case.state == State.OPEN and case.file_by:
        return papers_by(case.file_by)
    return last
