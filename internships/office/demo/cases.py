"""Permission cases of the sample: each story is told by the verbs people would use."""

import io
from collections.abc import Callable
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw
from pypdf import PdfWriter

from careers.people.models import User
from internships.board.models import Bureau
from internships.office.demo.past import days_ago
from internships.permits import guards, papers, reasons, workflow
from internships.permits.models import PermitCase, Requirement
from internships.placements.models import Placement

WORDS = (
    "You do not need a permission for an unpaid internship that is part of your course.",
    "The plan as you describe it is within your status.",
)


class Story:
    """One case: who tells it, and the shortest words for what happens in it."""

    def __init__(self, placement: Placement, reviewer: User, bureau: Bureau):
        self.placement, self.reviewer, self.bureau = placement, reviewer, bureau
        self.student = placement.student.user
        self.case: PermitCase | None = None

    def open(self, *, ago: int) -> None:
        with days_ago(ago):
            self.case = workflow.open_case(self.placement, by=self.student)

    def send(self, *, ago: int, leave: int = 0) -> None:
        """Send the papers she has; `leave`: so many of the last ones not yet."""
        elsewhere = {papers.ANSWER, *papers.OURS}
        rows = [row for row in self._rows() if row.code not in elsewhere]
        with days_ago(ago):
            for row in rows[: len(rows) - leave]:
                workflow.send(row, paper(row), by=self.student)

    def answer(self, *, ago: int) -> None:
        with days_ago(ago):
            workflow.enter_answer(self.case, self._answer(WORDS[0]), by=self.student)

    def submit(self, *, ago: int) -> None:
        with days_ago(ago):
            workflow.submit(self.case, by=self.student)

    def check(self, *, ago: int, up_to: int | None = None) -> None:
        """Accept what was sent, and see at the counter what is only shown."""
        with days_ago(ago):
            for row in self._rows()[:up_to]:
                if row.state == Requirement.State.UPLOADED and row.code != papers.ANSWER:
                    workflow.accept_paper(row, by=self.reviewer, version=1)
                elif row.state == Requirement.State.MISSING and guards.holds(row, self.case):
                    workflow.see_paper(row, by=self.reviewer)

    def send_back(self, number: int, *, ago: int) -> None:
        row = self._rows()[number]
        with days_ago(ago):
            by = timezone.localdate() + timedelta(days=ago + 5)
            workflow.return_paper(
                row, by=self.reviewer, reason=reasons.PAPER["cut_off"], correct_by=by
            )

    def return_all(self, *, ago: int) -> None:
        with days_ago(ago):
            by = timezone.localdate() + timedelta(days=ago + 7)
            reason = reasons.CASE["missing"]
            workflow.return_case(self.case, by=self.reviewer, reason=reason, correct_by=by)

    def ready(self, *, ago: int) -> None:
        with days_ago(ago):
            workflow.mark_ready_to_file(self.case, by=self.reviewer)

    def file(self, *, ago: int) -> None:
        with days_ago(ago):
            filing = {"filed_on": timezone.localdate(), "bureau": self.bureau}
            filing["receipt"] = f"S-{self.case.pk:05}"
            workflow.record_filing(self.case, filing, by=self.student)

    def grant(self, *, ago: int) -> None:
        result = {"permission_number": f"S-{self.case.pk:05}-1"}
        result["valid_until"] = self.placement.ends_on
        with days_ago(ago):
            result["decided_on"] = timezone.localdate()
            workflow.record_grant(self.case, result, by=self.reviewer)

    def refuse(self, *, ago: int) -> None:
        words = "The bureau asked for a plan that is closer to the field of study."
        with days_ago(ago):
            today = timezone.localdate()
            workflow.record_refusal(
                self.case, by=self.reviewer, decided_on=today, reason=(words, words)
            )

    def confirm_papers(self, *, ago: int) -> None:
        with days_ago(ago):
            held = self.placement.student.blanket_permission_until
            workflow.confirm_papers(self.case, by=self.reviewer, valid_until=held)

    def confirm_answer(self, *, ago: int) -> None:
        with days_ago(ago):
            workflow.confirm_answer(self.case, by=self.reviewer)

    def record_answer(self, *, ago: int) -> None:
        with days_ago(ago):
            workflow.record_answer(self.case, self._answer(WORDS[1]), by=self.reviewer)

    def open_gate(self, *, ago: int) -> None:
        with days_ago(ago):
            workflow.open_gate(self.case, by=self.reviewer)

    def close(self, *, ago: int) -> None:
        with days_ago(ago):
            workflow.close_case(self.case, by=self.student)

    def _rows(self) -> list[Requirement]:
        return list(self.case.requirements.select_related("case").order_by("position"))

    def _answer(self, words: str) -> dict:
        return {
            "bureau": self.bureau,
            "answered_on": timezone.localdate(),
            "answer_from": "Counter 3",
            "answer": PermitCase.Answer.MAY_START,
            "answer_text": words,
        }


def _no_limit(story: Story) -> None:
    story.open(ago=9)
    story.send(ago=9)
    story.submit(ago=9)
    story.check(ago=7)
    story.confirm_papers(ago=7)
    story.open_gate(ago=7)


def _came_back(story: Story) -> None:
    story.open(ago=6)
    story.send(ago=6)
    story.submit(ago=6)
    story.return_all(ago=1)


def _answer_entered(story: Story) -> None:
    story.open(ago=5)
    story.send(ago=4)
    story.answer(ago=2)
    story.submit(ago=2)


def _may_file(story: Story) -> None:
    story.open(ago=11)
    story.send(ago=8)
    story.submit(ago=8)
    story.check(ago=3)
    story.ready(ago=3)


def _in_our_check(story: Story) -> None:
    story.open(ago=7)
    story.send(ago=4)
    story.submit(ago=4)
    story.check(ago=2, up_to=3)
    story.send_back(4, ago=1)


def _at_the_bureau(story: Story) -> None:
    _may_file(story)
    story.file(ago=2)


def _not_granted(story: Story) -> None:
    story.open(ago=46)
    story.send(ago=44)
    story.submit(ago=44)
    story.check(ago=42)
    story.ready(ago=42)
    story.file(ago=39)
    story.refuse(ago=5)


def _granted(story: Story) -> None:
    story.open(ago=36)
    story.send(ago=34)
    story.submit(ago=34)
    story.check(ago=32)
    story.ready(ago=32)
    story.file(ago=29)
    story.grant(ago=1)


def _asked_by_us(story: Story) -> None:
    story.open(ago=8)
    story.submit(ago=8)
    story.record_answer(ago=3)


def _given_up(story: Story) -> None:
    story.open(ago=14)
    story.close(ago=10)


def _just_opened(story: Story) -> None:
    story.open(ago=1)


def _was_held(story: Story) -> None:
    """Everything was in order before the first day; the last day is over."""
    first = (timezone.localdate() - story.placement.starts_on).days
    story.open(ago=first + 28)
    story.send(ago=first + 28)
    story.submit(ago=first + 28)
    story.check(ago=first + 25)
    story.confirm_papers(ago=first + 25)
    story.open_gate(ago=first + 25)
    Placement.objects.filter(pk=story.placement.pk).update(state=Placement.State.ENDED)


# A placement of the past, saved so many days before its first day.
OVER, OVER_SAVED_BEFORE = "over", 30


# The sample's `case` of a placement: how many days ago it was saved, and what happened since.
STORIES: dict[str, tuple[int, Callable[[Story], None]]] = {
    "": (2, lambda story: None),
    "gate_open": (9, _no_limit),
    "returned": (6, _came_back),
    "answer_entered": (5, _answer_entered),
    "ready_to_file": (11, _may_file),
    "submitted": (7, _in_our_check),
    "filed": (11, _at_the_bureau),
    "refused": (46, _not_granted),
    "granted": (36, _granted),
    "answered": (8, _asked_by_us),
    "closed": (14, _given_up),
    "open": (1, _just_opened),
    OVER: (OVER_SAVED_BEFORE, _was_held),
}


def add_cases(planned: list[tuple[Placement, str]]) -> int:
    """planned: each placement with the name of its story. Gives the number of cases."""
    reviewers = list(User.objects.filter(roles__contains=["reviewer"]).order_by("pk"))
    for number, (placement, name) in enumerate(planned):
        reviewer = reviewers[number % len(reviewers)]
        place = placement.student.home_prefecture
        _days, tell = STORIES[name]
        tell(Story(placement, reviewer, Bureau.objects.responsible_for(place)))
    return PermitCase.objects.count()


def paper(row: Requirement) -> SimpleUploadedFile:
    """A sheet that says what it stands for: a photo of what is shown, else a page."""
    content = io.BytesIO()
    if row.is_shown or row.code.startswith("O_"):
        picture = Image.new("RGB", (420, 260), "#fffdf7")
        ImageDraw.Draw(picture).text((20, 20), f"SAMPLE {row.code} {row.pk}", fill="#1c2333")
        picture.save(content, "PNG")
        return SimpleUploadedFile(f"{row.code.lower()}.png", content.getvalue())
    writer = PdfWriter()
    writer.add_blank_page(width=420, height=595)
    writer.add_metadata({"/Title": f"SAMPLE {row.code} {row.pk}"})
    writer.write(content)
    return SimpleUploadedFile(f"{row.code.lower()}.pdf", content.getvalue())
