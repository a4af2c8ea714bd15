"""Rows of credit requests for tests: one in each state, with its steps as they must be."""

import io
from datetime import timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from pypdf import PdfWriter

from careers.people.models import Faculty
from internships.credits import workflow
from internships.credits.models import Course, CreditRequest, CreditRule, State, Step
from tests.factories import NOW, TODAY, make_posting, make_student, make_user

number = count(1)
STEPS_DONE = {
    State.APPROVED: 2,
    State.EVIDENCE_DUE: 2,
    State.EVIDENCE_SUBMITTED: 2,
    State.COMPLETED: 2,
    State.FAILED: 2,
}
WAITS = {
    State.DRAFT: "student",
    State.NEEDS_INFO: "student",
    State.SUBMITTED: "advisor",
    State.APPROVED: "student",
    State.EVIDENCE_DUE: "student",
    State.EVIDENCE_SUBMITTED: "result",
}
ENDED = (State.EVIDENCE_DUE, State.EVIDENCE_SUBMITTED, State.COMPLETED, State.FAILED)


def make_course(**fields):
    defaults = {
        "code": f"CAR{next(number)}",
        "name_ja": "キャリア実習",
        "name_en": "Career Practice",
        "levels": ["undergrad", "master"],
        "max_credits": 2,
    }
    return Course.objects.create(**defaults | fields)


def make_rule(faculty: Faculty, **fields):
    defaults = {
        "hours_per_credit": 30,
        "max_credits_per_request": 2,
        "cap_total_credits": 4,
        "evidence_deadline_days": 30,
    }
    found = CreditRule.objects.filter(faculty=faculty).first()
    return found or CreditRule.objects.create(faculty=faculty, **defaults | fields)


@transaction.atomic  # the database looks at request and steps together
def make_credit(*, state=State.DRAFT, step=1, **fields) -> CreditRequest:
    """A request in a state as of today: `evidence_due` is an approved one that has ended."""
    student = fields.pop("student", None) or make_student()
    rule = fields.pop("rule", None) or make_rule(student.faculty)
    first = TODAY + timedelta(days=-40 if state in ENDED else 60)
    over = state in (State.COMPLETED, State.FAILED, State.REJECTED, State.WITHDRAWN)
    defaults = {
        "number": f"CR26-{900 + next(number)}",
        "starts_on": first,
        "ends_on": first + timedelta(days=11),
        "host_hours": 70,
        "guidance_hours": 5,
        "credits_asked": 2,
        "credits_by_rule": 2,
        "hours_per_credit": rule.hours_per_credit,
        "plan": "Two weeks in the laboratory.",
        "waits_for": WAITS.get(state, "nobody"),
        "waits_since": NOW,
        "due_on": None if over else TODAY + timedelta(days=9),
    }
    if state == State.SUBMITTED and step == 2:
        defaults["waits_for"] = "approver"
    if state != State.DRAFT:
        defaults["submitted_at"] = NOW - timedelta(days=20)
    if state in (State.NEEDS_INFO, State.REJECTED, State.FAILED):
        defaults["reason"] = "The insurance paper is missing."
    if state in (State.EVIDENCE_SUBMITTED, State.COMPLETED):
        defaults |= {"evidence_submitted_at": NOW, "actual_hours": 75}
    if state in (State.COMPLETED, State.FAILED):
        good = state == State.COMPLETED
        defaults |= {"decided_at": NOW, "final_mark": "A" if good else "F"}
        defaults["credits_granted"] = 2 if good else 0
    if "posting" not in fields and "placement" not in fields:
        fields["posting"] = make_posting()
    values = defaults | fields
    values["course"] = fields.get("course") or make_course()
    values.setdefault("evidence_due_on", values["ends_on"] + timedelta(days=30))
    stored = State.APPROVED if state == State.EVIDENCE_DUE else state
    credit = CreditRequest.objects.create(student=student, rule=rule, state=stored, **values)
    add_steps(credit, STEPS_DONE.get(state, step - 1 if state == State.SUBMITTED else 0))
    return fresh(credit)


def add_steps(credit, done):
    somebody = make_user(roles=["advisor"]) if done else None
    for order, kind in enumerate(workflow.PROGRAMME, 1):
        decided = {"decision": "approved", "decided_by": somebody, "decided_at": NOW}
        Step.objects.create(
            request=credit, order=order, kind=kind, **(decided if order <= done else {})
        )


def fresh(credit):
    return CreditRequest.objects.with_all().get(pk=credit.pk)


def approver_of(credit):
    return make_user(roles=["approver"], approves_for=[credit.rule.faculty])


def pdf(title="paper", name="report.pdf"):
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.add_metadata({"/Title": title})
    file = io.BytesIO()
    writer.write(file)
    return SimpleUploadedFile(name, file.getvalue(), content_type="application/pdf")


def add_evidence(credit):
    """The two papers that are needed, sent by the student."""
    for kind in ("report", "certificate"):
        workflow.upload(credit, kind, pdf(title=kind), by=credit.student.user)
