"""Requests for credit, as lines like those of the sample: the days tell how far each has come."""

import hashlib
import io
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, islice
from random import Random

from django.utils import timezone
from django.utils.translation import gettext as _

from careers.desk import files
from careers.desk.models import PrivateFile
from careers.people.models import Faculty, Student, User
from careers.people.roles import Role
from internships.board.models import Posting
from internships.credits import calculation
from internships.credits.arithmetic import Credits
from internships.credits.models import (
    COUNTING,
    NEEDED,
    Course,
    CreditRequest,
    CreditRule,
    Evidence,
    State,
)
from internships.credits.transitions import VERBS
from internships.office.demo.credits import (
    WRITTEN_AGO,
    Line,
    evidence_sheet,
    request_of,
    steps_of,
    story_of,
)
from internships.office.demo.large.dated import BATCH, event, write
from internships.office.demo.large.people import Alike
from internships.office.demo.large.placements import Saved
from internships.office.demo.large.progress import Progress
from internships.office.demo.large.size import Size
from internships.placements.models import Placement

GUIDANCE = Decimal(5)
EMPTY = dict.fromkeys(
    [
        *("advisor", "approver", "submitted_on", "advisor_decided_on", "approver_decided_on"),
        *("evidence_submitted_on", "actual_hours", "host_evaluation", "report_mark"),
        *("final_mark", "credits_granted", "reason_ja"),
    ],
    "",
)
WHY = {
    State.NEEDS_INFO: "計画が一日ごとに書かれていません。日ごとの内容を加えて再提出してください。",
    State.REJECTED: "実習内容が科目の到達目標に合わないため、単位認定の対象になりません。",
    State.WITHDRAWN: "日程が合わなくなったため取り下げます。",
    State.FAILED: "報告書の内容が実習時間の証明と一致しないため、認定できません。",
}
# Of each hundred sent requests so many stop on the way.
STOPPED = [(State.NEEDS_INFO, 5), (State.REJECTED, 9), (State.WITHDRAWN, 14)]
# Far more than are needed; a sample too small for so many requests gets fewer.
MOST_TRIES = 20
MARKS = ["S", "A", "A", "B", "C"]


@dataclass(frozen=True)
class Wish:
    """Somebody who might ask for credit for an internship, saved as a placement or not."""

    student: Student
    posting: Posting
    since: date
    placement: Placement | None = None

    @property
    def starts_on(self) -> date:
        return self.posting.starts_on

    @property
    def ends_on(self) -> date:
        return self.posting.ends_on


def add_requests(
    size: Size, saved: list[Saved], groups: list[Alike], dice: Random, progress: Progress
) -> None:
    missing = max(size.requests - CreditRequest.objects.count(), 0)
    wishes = chain(_of_placements(saved, dice), _of_postings(saved, groups, dice))
    desk = _Desk(dice)
    asked = islice(filter(None, map(desk.ask, wishes)), missing)
    batch: list[tuple[Line, CreditRequest]] = []
    for one in progress.through(_("credit requests"), asked, missing):
        batch.append(one)
        if len(batch) == BATCH:
            _write(batch)
            batch = []
    _write(batch)


def _of_placements(saved: list[Saved], dice: Random) -> list[Wish]:
    plans = [one.placement for one in saved if one.placement.state != Placement.State.CANCELLED]
    dice.shuffle(plans)
    return [
        Wish(plan.student, plan.posting, timezone.localdate(plan.created_at), plan)
        for plan in plans
    ]


def _of_postings(saved: list[Saved], groups: list[Alike], dice: Random) -> Iterator[Wish]:
    """Most students need no permission, and ask for credit without a check saved before."""
    native = [group for group in groups if not group.international]
    for _number in range(MOST_TRIES * len(saved)):
        plan, student = dice.choice(saved).placement, dice.choice(dice.choice(native).students)
        yield Wish(student, plan.posting, timezone.localdate(plan.created_at))


class _Desk:
    """Whoever has a part in a request, and the rules it goes by."""

    def __init__(self, dice: Random):
        self.dice = dice
        self.today = timezone.localdate()
        self.courses = list(Course.objects.select_related("owner").order_by("code"))
        rules = CreditRule.objects.select_related("faculty").order_by("pk")
        self.rules = {rule.faculty_id: rule for rule in rules}
        advisors = User.objects.filter(roles__contains=[Role.ADVISOR]).order_by("pk")
        self.staff = {str(user.pk): user for user in advisors}
        self.advisors = list(self.staff)
        self.approvers: dict[int, list[str]] = {}
        for faculty in Faculty.objects.prefetch_related("approvers").order_by("pk"):
            own = {str(user.pk): user for user in faculty.approvers.all()}
            self.staff |= own
            self.approvers[faculty.pk] = list(own)
        self.taken = {
            (pk, rule): credits
            for pk, rule, credits in CreditRequest.objects.filter(state__in=COUNTING)
            .order_by("pk")
            .values_list("student", "rule", "credits_asked")
        }
        self.asked = set(CreditRequest.objects.values_list("student", "posting").order_by("pk"))
        self.number = CreditRequest.objects.count()

    def ask(self, wish: Wish) -> tuple[Line, CreditRequest] | None:
        """Give the request with what became of it; None where none can be made."""
        student, posting = wish.student, wish.posting
        if (student.pk, posting.pk) in self.asked:
            return None
        course = self._course(student, posting)
        rule = self._rule(student, course) if course else None
        if rule is None or self._hindered(wish, course, rule):
            return None
        credits = self._credits(wish, course, rule)
        row = credits and self._row(wish, rule, credits)
        if not row:
            return None
        self.asked.add((student.pk, posting.pk))
        if row["state"] in COUNTING:
            key = (student.pk, rule.pk)
            self.taken[key] = self.taken.get(key, 0) + credits.credits
        self.number += 1
        row["request_no"] = f"CR{self.today.year % 100:02}-{self.number:03}"
        line = Line(row, timedelta(0), self.staff)
        about = {"posting": posting, "placement": wish.placement, "course": course, "rule": rule}
        return line, request_of(line, student=student, **about)

    def _course(self, student: Student, posting) -> Course | None:
        fit = [
            course
            for course in self.courses
            if student.level in course.levels and course.owner_id in (None, student.faculty_id)
        ]
        named = [course for course in fit if course.code == posting.course_code]
        return (named or [self.dice.choice(fit)])[0] if fit else None

    def _rule(self, student: Student, course: Course) -> CreditRule | None:
        for_level = course.owner and course.owner.for_level
        return self.rules.get(course.owner_id if for_level else student.faculty_id)

    def _hindered(self, wish: Wish, course: Course, rule: CreditRule) -> bool:
        days = (wish.starts_on, wish.ends_on)
        return bool(calculation.obstacles(wish.student, course, rule, wish.posting, *days))

    def _credits(self, wish: Wish, course: Course, rule: CreditRule) -> Credits | None:
        days = (wish.starts_on, wish.ends_on)
        hours = calculation.proposed_hours(wish.posting, *days)
        if not hours:
            return None
        taken = self.taken.get((wish.student.pk, rule.pk), 0)
        credits = Credits(
            hours=hours + GUIDANCE,
            hours_per_credit=rule.hours_per_credit,
            faculty_max=rule.max_credits_per_request,
            course_max=course.max_credits,
            cap_left=max(0, rule.cap_total_credits - taken),
            cap_total=rule.cap_total_credits,
        )
        return credits if credits.credits else None

    def _row(self, wish: Wish, rule: CreditRule, credits: Credits) -> dict | None:
        """Give what a line of the sample would say of it."""
        row = EMPTY | {
            "starts_on": str(wish.starts_on),
            "ends_on": str(wish.ends_on),
            "host_hours": str(credits.hours - GUIDANCE),
            "guidance_hours": str(GUIDANCE),
            "hours_per_credit": str(rule.hours_per_credit),
            "credits_by_rule": str(credits.credits),
            "credits_asked": str(credits.credits),
            "evidence_due_on": str(calculation.evidence_due(rule, wish.ends_on)),
        }
        came_to = self._before_the_start(wish, rule)
        if came_to is None:
            return None
        row |= came_to
        if row["state"] == State.APPROVED and wish.ends_on <= self.today:
            row |= self._after_the_end(wish, rule, credits)
        return row

    def _before_the_start(self, wish: Wish, rule: CreditRule) -> dict | None:
        """Everything is decided before the first day; what cannot be was never asked for."""
        saved, dice = wish.since, self.dice
        sent = saved + timedelta(days=dice.randint(1, 5))
        advised = sent + timedelta(days=dice.randint(2, 9))
        approved = advised + timedelta(days=dice.randint(2, 9))
        if approved >= wish.starts_on:
            return None
        if sent >= self.today:
            return {"state": State.DRAFT} if saved <= self.today - WRITTEN_AGO else None
        advisor, approver = dice.choice(self.advisors), dice.choice(self.approvers[rule.faculty_id])
        row = {"state": State.SUBMITTED, "submitted_on": str(sent)}
        chance = dice.randrange(100)
        stop = next((state for state, least in STOPPED if chance < least), None)
        if stop == State.NEEDS_INFO and wish.starts_on > self.today:
            return row | {"state": stop, "advisor": advisor, "reason_ja": WHY[stop]}
        if stop == State.WITHDRAWN and sent + timedelta(days=6) < self.today:
            return row | {"state": stop, "reason_ja": WHY[stop]}
        if advised >= self.today:
            return row
        row |= {"advisor": advisor, "advisor_decided_on": str(advised)}
        if approved >= self.today:
            return row
        state = stop if stop == State.REJECTED else State.APPROVED
        row |= {"state": state, "approver": approver, "approver_decided_on": str(approved)}
        return row | {"reason_ja": WHY[stop] if state == State.REJECTED else ""}

    def _after_the_end(self, wish: Wish, rule: CreditRule, credits: Credits) -> dict:
        dice = self.dice
        due = min(rule.evidence_deadline_days, 20)
        came = wish.ends_on + timedelta(days=dice.randint(1, due + 2))
        if came >= self.today or dice.random() < 0.02:
            return {}
        row = {
            "state": State.EVIDENCE_SUBMITTED,
            "evidence_submitted_on": str(came),
            "actual_hours": str(credits.hours),
            "host_evaluation": dice.choice("SABBC"),
            "report_mark": str(dice.randint(62, 98)),
        }
        if came + timedelta(days=7) >= self.today:
            return row
        if dice.random() < 0.03:
            failed = {"state": State.FAILED, "final_mark": "F", "credits_granted": "0"}
            return row | failed | {"reason_ja": WHY[State.FAILED]}
        granted = {"final_mark": dice.choice(MARKS), "credits_granted": str(credits.credits)}
        return row | {"state": State.COMPLETED} | granted


def _write(batch: list[tuple[Line, CreditRequest]]) -> None:
    stories = [(line, request, list(story_of(line, request))) for line, request in batch]
    for _line, request, story in stories:
        request.made_at = story[0][0]
    write([request for _line, request, _story in stories])
    write([step for line, request, _story in stories for step in steps_of(line, request)])
    write(
        [
            event(VERBS[verb].event, request, at, actor=who, about=request.student.user, reason=why)
            for _line, request, story in stories
            for at, verb, who, why in story
        ]
    )
    _write_evidence([request for _line, request in batch if request.evidence_submitted_at])


def _write_evidence(requests: list[CreditRequest]) -> None:
    sheets = {kind: evidence_sheet(kind, "CR") for kind in NEEDED}
    papers = []
    for request in requests:
        for kind, content in sheets.items():
            stored = files.storage().save(f"{secrets.token_hex(16)}.pdf", io.BytesIO(content))
            kept = PrivateFile(
                stored_as=stored,
                name=f"{kind}-{request.number}.pdf",
                content_type="application/pdf",
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                uploaded_by=request.student.user,
                uploaded_at=request.evidence_submitted_at,
            )
            papers.append(Evidence(request=request, kind=kind, file=kept, sent_at=kept.uploaded_at))
    write([paper.file for paper in papers])
    for paper in papers:
        paper.file_id = paper.file.pk
    write(papers)
