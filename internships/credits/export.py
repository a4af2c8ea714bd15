"""Credit requests as a file for the registrar: CSV that Excel opens, in UTF-8 with a BOM."""

from collections.abc import Iterable

from django.db import transaction
from django.http import StreamingHttpResponse
from django.utils import timezone

from careers import spreadsheets
from careers.people.models import User
from careers.record import log
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


@transaction.atomic
def as_csv(rows: Iterable[CreditRequest], *, by: User) -> StreamingHttpResponse:
    """Give the requests as a file; that somebody took it out is written down."""
    lines = [_line(row) for row in rows]
    log.append("exported", by, actor=by, after={"credit_requests": len(lines)})
    name = f"credits-{timezone.localdate().isoformat()}"
    return spreadsheets.as_file("csv", name, COLUMNS, lines)


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
