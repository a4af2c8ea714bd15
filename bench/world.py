"""The rows of the large demo by the names of the access table, whose every page is measured."""

from functools import cache, cached_property

from django.db.models import Count
from django.utils import timezone

from careers.desk import links
from careers.desk.models import Enquiry, EnquiryMessage, Letter
from careers.people.models import Job, Student, User
from internships.board.following.models import LetterChoices
from internships.board.models import Posting
from internships.credits.models import CreditRequest
from internships.permits.models import PermitCase
from internships.placements.models import Placement
from tests.world import World


@cache
def busiest_student() -> Student:
    rows = Student.objects.annotate(saved=Count("placements"))
    return rows.select_related("user", "faculty").order_by("-saved", "pk").first()


class LargeWorld(World):
    """One page's world: whoever owns the row that its address names is the owner."""

    def __init__(self):
        self._owner: Student | None = None

    @property
    def student(self) -> Student:
        return self._owner or self._busy

    @property
    def owner(self) -> User:
        return self.student.user

    @property
    def _busy(self) -> Student:
        return busiest_student()

    def _of(self, row, student: Student):
        self._owner = student
        return row

    @property
    def faculty(self):
        return self.student.faculty

    def _somebody(self, role: str, **which) -> User:
        return User.objects.filter(roles__contains=[role], **which).order_by("pk").first()

    @property
    def advisor(self) -> User:
        return self._somebody("advisor")

    @property
    def reviewer(self) -> User:
        return self._somebody("reviewer")

    @property
    def approver_own(self) -> User:
        return self._somebody("approver", approves_for=self.faculty)

    @property
    def administrator(self) -> User:
        return self._somebody("administrator")

    @cached_property
    def posting(self) -> Posting:
        return Posting.objects.open(timezone.now()).order_by("pk").last()

    @cached_property
    def posting_with_credit(self) -> Posting:
        return Posting.objects.open(timezone.now()).filter(credit_bearing=True).last()

    @cached_property
    def draft(self) -> Posting:
        return Posting.objects.filter(state="draft").order_by("pk").first()

    @cached_property
    def in_review(self) -> Posting:
        return Posting.objects.filter(state="in_review").order_by("pk").first()

    @cached_property
    def placement(self) -> Placement:
        placed = Placement.objects.filter(state="planned", starts_on__gt=timezone.localdate())
        placed = placed.filter(credit_requests=None)  # so that credit can be asked for
        row = placed.select_related("student__user").order_by("pk").last()
        return self._of(row, row.student)

    @cached_property
    def checked(self) -> Placement:
        return self.placement

    def _case(self, **which) -> PermitCase:
        cases = PermitCase.objects.select_related("placement__student__user")
        row = cases.filter(**which).order_by("-pk").first()
        return self._of(row, row.student)

    @cached_property
    def case(self) -> PermitCase:
        papers = {"requirements__code": "D_APP", "requirements__state": "accepted"}
        return self._case(state="ready_to_file", **papers)

    @cached_property
    def open_case(self) -> PermitCase:
        return self._case(state="open", kind="confirm")

    def _credit(self, **which) -> CreditRequest:
        rows = CreditRequest.objects.select_related("student__user", "student__faculty")
        row = rows.filter(**which).order_by("-pk").first()
        return self._of(row, row.student)

    @cached_property
    def credit(self) -> CreditRequest:
        return self._credit(state="submitted")

    @cached_property
    def credit_draft(self) -> CreditRequest:
        return self._credit(state="draft")

    @cached_property
    def credit_due(self) -> CreditRequest:
        return self._credit(state="approved", ends_on__lte=timezone.localdate())

    @cached_property
    def credit_to_mark(self) -> CreditRequest:
        return self._credit(state="evidence_submitted")

    @cached_property
    def job(self) -> Job:
        row = Job.objects.select_related("student__user").order_by("-pk").first()
        return self._of(row, row.student)

    @cached_property
    def enquiry(self) -> Enquiry:
        rows = Enquiry.objects.filter(state="answered", asker__student__isnull=False)
        row = rows.select_related("asker__student__user").order_by("-pk").first()
        return self._of(row, row.asker.student)

    @cached_property
    def answer(self) -> EnquiryMessage:
        return self.enquiry.messages.filter(from_office=True).last()

    def stop_link(self, purpose: str) -> str:
        choices, _made = LetterChoices.objects.get_or_create(student=self.student)
        return links.make(purpose, LetterChoices._meta.label, str(choices.pk))

    @cached_property
    def letter(self) -> Letter:
        rows = Letter.objects.filter(object_kind=Enquiry._meta.label, to_user__student__gt=0)
        row = rows.select_related("to_user__student__user").order_by("-pk").first()
        return self._of(row, row.to_user.student)
