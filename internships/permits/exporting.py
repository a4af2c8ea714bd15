"""The reviewers' queue as a file."""

from collections.abc import Iterable

from django.utils import timezone

from careers import spreadsheets
from careers.people.models import User
from careers.people.workflow import note_export
from internships.permits import queue
from internships.permits.models import PermitCase

HEADERS = [
    *("number", "due", "waits_for", "waits_since", "kind", "state", "student_no", "student"),
    *("faculty", "level", "year", "outcome", "host", "title", "starts_on", "ends_on"),
    *("papers", "papers_accepted", "papers_returned", "next_step", "owner"),
]


def cases_as_file(kind: str, tab: str, cases: Iterable[PermitCase], *, by: User):
    """Answer with a file; every student in it is told who opened her case."""
    rows = list(cases)
    name = f"cases-{tab}-{timezone.localdate()}"
    made = spreadsheets.as_file(kind, name, HEADERS, map(_line, rows))
    note_export("permit_cases", {case: case.student for case in rows}, by=by)
    return made


def _line(case: PermitCase) -> list:
    student, placement = case.student, case.placement
    return [
        case.number,
        case.due,
        case.waits_for,
        timezone.localdate(case.waits_since),
        case.kind,
        case.state,
        student.student_no,
        student.user,
        student.faculty,
        student.level,
        student.year,
        case.verdict.outcome,
        placement.shown_host,
        placement.shown_title,
        placement.starts_on,
        placement.ends_on,
        case.papers_all,
        case.papers_accepted,
        case.papers_returned,
        queue.next_step(case),
        case.owner,
    ]
