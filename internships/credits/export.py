"""Credit requests as a file for the registrar: CSV that Excel opens, or Excel's own."""

from collections.abc import Iterable

from django.utils import timezone

from careers import spreadsheets
from careers.people.models import User
from careers.people.workflow import note_export
from internships.credits import page
from internships.credits.models import CreditRequest, Step

COLUMNS = (
    "request_no",
    "student_no",
    "student",
    "faculty",
    "year",
    "course_code",
    "course",
    "host",
    "title",
    "starts_on",
    "ends_on",
    "planned_hours",
    "hours_per_credit",
    "credits_by_rule",
    "credits_asked",
    "state",
    "waits_for",
    "waits_since",
    "due_on",
    "start_gate",
    "advisor",
    "advisor_decided_on",
    "approver",
    "approver_decided_on",
    "evidence_due_on",
    "evidence_submitted_on",
    "actual_hours",
    "host_evaluation",
    "report_mark",
    "final_mark",
    "credits_granted",
    "reason",
)


def as_file(kind: str, rows: Iterable[CreditRequest], *, by: User):
    """Give the requests as a file; each student in it is told who took it out."""
    found = list(rows)
    name = f"credits-{timezone.localdate().isoformat()}"
    made = spreadsheets.as_file(kind, name, COLUMNS, map(_line, found))
    note_export("credit_requests", {row: row.student for row in found}, by=by)
    return made


def _line(row: CreditRequest) -> list:
    steps = {step.kind: step for step in row.steps.all()}
    advisor, approver = steps.get(Step.Kind.ADVISOR), steps.get(Step.Kind.APPROVER)
    return [
        row.number,
        row.student.student_no,
        row.student.user,
        row.student.faculty,
        row.student.year,
        row.course.code,
        row.course,
        row.shown_host,
        row.shown_title,
        row.starts_on,
        row.ends_on,
        row.planned_hours,
        row.hours_per_credit,
        row.credits_by_rule,
        row.credits_asked,
        row.state_today,
        page.waits_for(row),
        _day(row.waits_since),
        row.due_on,
        _gate(row),
        (advisor and advisor.decided_by) or row.advisor,
        _day(advisor and advisor.decided_at),
        approver and approver.decided_by,
        _day(approver and approver.decided_at),
        row.evidence_due_on,
        _day(row.evidence_submitted_at),
        row.actual_hours,
        row.host_evaluation,
        row.report_mark,
        row.final_mark,
        row.credits_granted,
        row.reason,
    ]


def _gate(row: CreditRequest) -> str:
    """Only a saved placement has a gate."""
    if row.placement is None:
        return ""
    return "open" if row.placement.gate_open else "closed"


def _day(moment):
    return timezone.localdate(moment) if moment else None
