"""Courses, rules and credit requests of the sample, each with what happened to it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from careers.desk import files
from careers.people.models import Faculty, Student, User
from careers.record import log
from internships.board.models import Posting
from internships.credits import ball, calculation, workflow
from internships.credits.models import (
    NEEDED,
    Course,
    CreditRequest,
    CreditRule,
    Evidence,
    State,
    Step,
    WaitsFor,
)
from internships.credits.transitions import VERBS
from internships.office.demo.clock import moved_date
from internships.office.demo.past import OFFICE_HOUR, days_ago
from internships.office.demo.sample import rows
from internships.placements.models import Placement

# What the sample calls by a word of its own: submitted, with the advisor's step done.
STORED = {"advisor_approved": State.SUBMITTED, "evidence_due": State.APPROVED}
# A draft was written so long ago.
WRITTEN_AGO = timedelta(days=3)
PLANS = {
    "ja": "第1日　受入先の説明と安全の確認。\n"
    "前半　担当者について業務を学び、毎日の記録を付ける。\n"
    "後半　小さな課題を一つ担当し、最終日に結果を報告する。",
    "en": "Day 1: introduction and safety.\nFirst half: follow the supervisor's work, keep a "
    "daily record.\nSecond half: one small task of my own, presented on the last day.",
}
WISHES = {
    "ja": "授業で学んだことが現場でどう使われるかを知りたい。",
    "en": "I want to see how what I study is used at work.",
}

# The sample writes the notes of the faculties in Japanese only.
NOTES_EN = {
    "engineering": "80 hours give 2 credits. Safety training is not counted.",
    "science": "45 hours give 1 credit.",
    "economics": "30 hours give 1 credit, 60 hours or more give 2.",
    "law": "30 hours give 1 credit, 60 hours or more give 2.",
    "letters": "30 hours give 1 credit.",
    "agriculture": "45 hours give 1 credit, at most 4 credits.",
    "medicine": "Counted as a free course, outside the credits for graduation.",
    "informatics": "40 hours give 1 credit.",
    "education": "Teaching practice is not counted here.",
    "arts": "45 hours give 1 credit.",
    "doctoral": "90 hours give 1 credit (job-type research internship).",
}


def add_courses() -> int:
    faculties = {faculty.code: faculty for faculty in Faculty.objects.all()}
    courses = [
        Course(
            code=row["course_code"],
            name_ja=row["name_ja"],
            name_en=row["name_en"],
            owner=faculties.get(row["owner_faculty"]),
            levels=row["levels"].split(";"),
            max_credits=int(row["max_credits"]),
        )
        for row in rows("courses.csv")
    ]
    for row in rows("faculty_credit_rules.csv"):
        CreditRule.objects.create(
            faculty=faculties[row["faculty"]],
            hours_per_credit=int(row["hours_per_credit"]),
            max_credits_per_request=int(row["max_credits_per_request"]),
            cap_total_credits=int(row["cap_total_credits"]),
            evidence_deadline_days=int(row["evidence_deadline_days"]),
            counts_toward_graduation=row["counts_toward_graduation"] == "y",
            note_ja=row["note_ja"],
            note_en=NOTES_EN.get(row["faculty"], ""),
        )
    return len(Course.objects.bulk_create(courses))


def add_requests(shift: timedelta) -> int:
    people = {user.email: user for user in User.objects.all()}
    staff = {row["staff_no"]: people[row["email"]] for row in rows("staff.csv")}
    students = {one.student_no: one for one in Student.objects.select_related("user", "faculty")}
    requests = list(rows("credit_requests.csv"))
    for row in requests:
        _add(Line(row, shift, staff), students[row["student_no"]])
    return len(requests)


@dataclass(frozen=True)
class Line:
    """One line of the file, its days moved to the present week."""

    row: dict[str, str]
    shift: timedelta
    staff: dict[str, User]

    def __getitem__(self, name: str) -> str:
        return self.row[name]

    def day(self, name: str) -> date | None:
        return moved_date(self.row[name], self.shift)

    def moment(self, name: str) -> datetime | None:
        day = self.day(name)
        return day and timezone.make_aware(datetime.combine(day, OFFICE_HOUR))

    def person(self, name: str) -> User | None:
        return self.staff[self.row[name]] if self.row[name] else None

    def number(self, name: str, kind=int):
        return kind(self.row[name]) if self.row[name] else None


def _add(line: Line, student: Student) -> None:
    posting = Posting.objects.select_related("organisation").get(ref=line["posting_ref"])
    course = Course.objects.select_related("owner").get(code=line["course_code"])
    request = request_of(
        line,
        student=student,
        posting=posting,
        placement=Placement.objects.filter(student=student, posting=posting).first(),
        course=course,
        rule=calculation.rule_for(student, course),
    )
    story = list(story_of(line, request))
    request.save()
    Step.objects.bulk_create(steps_of(line, request))
    for moment, verb, who, why in story:
        with days_ago((timezone.localdate() - timezone.localdate(moment)).days):
            log.append(VERBS[verb].event, request, actor=who, about=student.user, reason=why)
    if request.evidence_submitted_at:
        _add_evidence(request)


def request_of(line: Line, *, student: Student, **about) -> CreditRequest:
    """Give the request of a line, to be written. about: posting, placement, course, rule."""
    language = student.user.language or "ja"
    request = CreditRequest(
        number=line["request_no"],
        student=student,
        **about,
        plan=PLANS[language],
        objectives=WISHES[language],
        starts_on=line.day("starts_on"),
        ends_on=line.day("ends_on"),
        host_hours=Decimal(line["host_hours"]),
        guidance_hours=Decimal(line["guidance_hours"]),
        hours_per_credit=int(line["hours_per_credit"]),
        credits_by_rule=int(line["credits_by_rule"]),
        credits_asked=int(line["credits_asked"]),
        state=STORED.get(line["state"], line["state"]),
        advisor=line.person("advisor"),
        reason=line["reason_ja"],
        submitted_at=line.moment("submitted_on"),
        evidence_due_on=line.day("evidence_due_on"),
        evidence_submitted_at=line.moment("evidence_submitted_on"),
        actual_hours=line.number("actual_hours", Decimal),
        host_evaluation=line["host_evaluation"],
        report_mark=line.number("report_mark"),
        final_mark=line["final_mark"],
        credits_granted=line.number("credits_granted"),
    )
    request.waits_since = max(moment for moment, _verb, _who, _why in story_of(line, request))
    _pass_ball(line, request)
    if request.final_mark:
        request.decided_by, request.decided_at = line.person("approver"), request.waits_since
    return request


def _pass_ball(line: Line, request: CreditRequest) -> None:
    """Say who acts next and until when, as the verbs would have said on that day."""
    since = timezone.localdate(request.waits_since)
    due = ball.days_to_act(since, request.starts_on)
    who = {
        State.DRAFT: (WaitsFor.STUDENT, request.starts_on),
        State.NEEDS_INFO: (WaitsFor.STUDENT, due),
        State.SUBMITTED: (
            WaitsFor.APPROVER if line["advisor_decided_on"] else WaitsFor.ADVISOR,
            due,
        ),
        State.APPROVED: (WaitsFor.STUDENT, request.evidence_due_on),
        State.EVIDENCE_SUBMITTED: (WaitsFor.OFFICE, ball.days_to_act(since)),
    }
    request.waits_for, request.due_on = who.get(request.state, (WaitsFor.NOBODY, None))


def steps_of(line: Line, request: CreditRequest) -> Iterator[Step]:
    rejected = request.state == State.REJECTED
    for order, kind in enumerate(workflow.PROGRAMME, 1):
        who = kind.value
        decided_at = line.moment(f"{who}_decided_on")
        last = rejected and kind == Step.Kind.APPROVER
        yield Step(
            request=request,
            order=order,
            kind=kind,
            decision="" if not decided_at else "rejected" if last else "approved",
            decided_by=line.person(who) if decided_at else None,
            decided_at=decided_at,
            reason=request.reason if last else "",
        )


def story_of(line: Line, request: CreditRequest) -> Iterator[tuple[datetime, str, User, str]]:
    """Give what happened, oldest first: when, which verb, who, why."""
    student, advisor, approver = (
        request.student.user,
        line.person("advisor"),
        line.person("approver"),
    )
    sent = request.submitted_at
    written = sent or timezone.make_aware(
        datetime.combine(timezone.localdate() - WRITTEN_AGO, OFFICE_HOUR)
    )
    yield written, "write", student, ""
    if sent:
        yield sent, "submit", student, ""
    if line["advisor_decided_on"]:
        yield line.moment("advisor_decided_on"), "pass_on", advisor, ""
    if line["approver_decided_on"]:
        rejected = request.state == State.REJECTED
        verb, why = ("reject", request.reason) if rejected else ("approve", "")
        yield line.moment("approver_decided_on"), verb, approver, why
    if request.state == State.NEEDS_INFO:
        yield sent + timedelta(days=1), "send_back", advisor, request.reason
    if request.state == State.WITHDRAWN:
        yield sent + timedelta(days=6), "withdraw", student, request.reason
    if request.evidence_submitted_at:
        yield request.evidence_submitted_at, "submit_evidence", student, ""
    if request.state in (State.COMPLETED, State.FAILED):
        verb = "complete" if request.state == State.COMPLETED else "fail"
        marked = request.evidence_submitted_at + timedelta(days=7)
        yield marked, verb, approver, request.reason


def _add_evidence(request: CreditRequest) -> None:
    for kind in NEEDED:
        sheet = evidence_sheet(kind, request.number)
        upload = SimpleUploadedFile(f"{kind}-{request.number}.pdf", sheet)
        with files.keep(upload, by=request.student.user) as kept:
            paper = Evidence.objects.create(request=request, kind=kind, file=kept)
        Evidence.objects.filter(pk=paper.pk).update(sent_at=request.evidence_submitted_at)


def evidence_sheet(kind: str, number: str) -> bytes:
    """Give a sheet that says what it stands for."""
    content = io.BytesIO()
    sheet = Image.new("RGB", (420, 595), "#fffdf7")
    ImageDraw.Draw(sheet).text((40, 40), f"SAMPLE {number} {kind}", fill="#1c2333")
    sheet.save(content, "PDF")
    return content.getvalue()
