import pghistory
import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.desk.filing import is_late, late_words
from careers.desk.models import PrivateFile
from careers.people.models import User, in_language
from internships.board.models import Bureau
from internships.permits import papers
from internships.placements.models import Placement, Verdict


class PermitCaseQuerySet(models.QuerySet):
    def of(self, user: User) -> "PermitCaseQuerySet":
        """Give a student's own cases."""
        return self.filter(placement__student__user=user)

    def readable_by(self, user: User) -> "PermitCaseQuerySet":
        """Give the cases of which `user` sees at least the states; others do not exist for her."""
        if user.has_perm("permits.view_case_states"):
            return self
        return self.of(user) if user.is_student else self.none()

    def live(self) -> "PermitCaseQuerySet":
        return self.filter(state__in=LIVE)

    def with_papers(self) -> "PermitCaseQuerySet":
        """Add how many papers count, are accepted, and came back, without a query a row."""
        counting = ~models.Q(requirements__state=Requirement.State.NOT_APPLICABLE)
        return self.annotate(
            papers_all=models.Count("requirements", filter=counting),
            papers_accepted=_counted(Requirement.State.ACCEPTED),
            papers_returned=_counted(Requirement.State.RETURNED),
            papers_to_check=_counted(Requirement.State.UPLOADED),
        )

    def without_slips(self) -> "PermitCaseQuerySet":
        """Leave the heavy parts of the verdict in the database; `verdict` has to be joined."""
        heavy = ("facts", "origins", "policy", "assessment")
        return self.defer(*(f"verdict__{name}" for name in heavy))


def _counted(state: str) -> models.Count:
    return models.Count("requirements", filter=models.Q(requirements__state=state))


@pghistory.track()
class PermitCase(models.Model):
    """The way of one placement through papers, filing and answer, to the start gate."""

    class Kind(models.TextChoices):
        PAPERS = "papers", _("papers only")
        BLANKET = "blanket", _("blanket permission")
        INDIVIDUAL = "individual", _("individual permission")
        BOTH = "both", _("individual and blanket permission")
        CONFIRM = "confirm", _("the bureau's answer")
        CHANGE_OF_STATUS = "change_of_status", _("change of status")
        CERTIFICATE = "certificate_of_eligibility", _("certificate of eligibility")
        VISA = "visa", _("visa papers")

    class State(models.TextChoices):
        OPEN = "open", _("papers being collected")
        SUBMITTED = "submitted", _("in our check")
        RETURNED = "returned", _("returned for correction")
        READY_TO_FILE = "ready_to_file", _("ready to file")
        FILED = "filed", _("at the bureau")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("not granted")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    class Ball(models.TextChoices):
        STUDENT = "student", _("student")
        OFFICE = "office", _("our office")
        BUREAU = "bureau", _("immigration bureau")
        NOBODY = "nobody", _("nobody")

    class Answer(models.TextChoices):
        MAY_START = "may_start", _("No permission is needed for this plan")
        NEEDS_PERMISSION = "needs_permission", _("A permission is needed")
        NOT_POSSIBLE = "not_possible", _("It is not possible as planned")

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="permit_cases")
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=26, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=14, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("looked after by"),
        null=True,
        blank=True,
        related_name="+",
    )
    # Who has to act, since when and by which day: written by each verb (see ball.py).
    waits_for = models.CharField(_("waits for"), max_length=7, choices=Ball.choices)
    waits_since = models.DateTimeField(_("since"))
    due = models.DateField(_("due"), null=True, blank=True)
    correct_by = models.DateField(_("correct by"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    # Why it was returned, closed or not granted: the student reads it in her language.
    reason_ja = models.TextField(_("reason in Japanese"), blank=True)
    reason_en = models.TextField(_("reason in English"), blank=True)

    bureau = models.ForeignKey(
        Bureau,
        models.PROTECT,
        verbose_name=_("immigration office"),
        null=True,
        blank=True,
        related_name="+",
    )
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    receipt = models.CharField(_("receipt number"), max_length=60, blank=True)
    decided_on = models.DateField(_("day of the result"), null=True, blank=True)
    permission_number = models.CharField(_("number on the paper"), max_length=60, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    answer = models.CharField(_("answer"), max_length=16, choices=Answer.choices, blank=True)
    answered_on = models.DateField(_("day of the answer"), null=True, blank=True)
    answer_from = models.CharField(_("person or reference"), max_length=120, blank=True)
    answer_text = models.TextField(_("what the bureau said"), blank=True)

    objects = PermitCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("permission case")
        verbose_name_plural = _("permission cases")
        indexes = [models.Index(fields=["waits_for", "due"], name="permit_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"],
                condition=models.Q(
                    state__in=["open", "submitted", "returned", "ready_to_file", "filed"]
                ),
                name="permit_one_live_case",
                violation_error_message=_("There is an open case for this placement already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["filed", "granted", "refused"])
                | models.Q(filed_on__isnull=False),
                name="permit_filed_has_a_day",
                violation_error_message=_("Write the day it was filed."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="granted")
                | models.Q(decided_on__isnull=False, valid_until__isnull=False)
                & ~models.Q(permission_number=""),
                name="permit_granted_was_seen",
                violation_error_message=_("Write the period and the number you have seen."),
            ),
            models.CheckConstraint(
                condition=models.Q(answer="")
                | models.Q(answered_on__isnull=False, bureau__isnull=False)
                & ~models.Q(answer_from="")
                & ~models.Q(answer_text=""),
                name="permit_answer_is_whole",
                violation_error_message=_("Write office, day, person and answer."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("case_detail", args=[self.pk])

    @property
    def number(self):
        return f"P-{self.opened_at:%Y}-{self.pk:04}"

    @property
    def student(self):
        return self.placement.student

    @property
    def reason(self):
        return in_language(self.reason_ja, self.reason_en)

    @property
    def file_by(self):
        return self.verdict.file_by

    @property
    def is_late_to_file(self):
        """The safe day has passed, and neither was it filed nor has the bureau answered."""
        return is_late(self.file_by) and self.state in BEFORE_FILING and not self.answer

    @property
    def late_words(self):
        return late_words(self.file_by) if self.is_late_to_file else ""

    @property
    def is_live(self):
        return self.state in LIVE


FILING = frozenset(set(PermitCase.Kind) - {PermitCase.Kind.PAPERS, PermitCase.Kind.CONFIRM})
BEFORE_FILING = ("open", "submitted", "returned", "ready_to_file")
LIVE = (*BEFORE_FILING, "filed")


@pghistory.track()
class Requirement(models.Model):
    """One paper that a case needs."""

    class State(models.TextChoices):
        MISSING = "missing", _("missing")
        UPLOADED = "uploaded", _("to check")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")
        NOT_APPLICABLE = "not_applicable", _("not needed here")

    case = models.ForeignKey(PermitCase, models.PROTECT, related_name="requirements")
    code = models.CharField(_("paper"), max_length=30)
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(
        _("state"), max_length=14, choices=State.choices, default=State.MISSING
    )
    reason_ja = models.TextField(_("reason in Japanese"), blank=True)
    reason_en = models.TextField(_("reason in English"), blank=True)
    # Shown at our counter, not sent.
    seen = models.BooleanField(_("seen at the counter"), default=False)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["case", "position", "pk"]
        verbose_name = _("paper of a case")
        verbose_name_plural = _("papers of cases")
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="permit_paper_once"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "not_applicable"])
                | models.Q(checked_by__isnull=False, checked_at__isnull=False),
                name="permit_paper_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["returned", "not_applicable"])
                | ~models.Q(reason_ja="") & ~models.Q(reason_en=""),
                name="permit_paper_says_why",
                violation_error_message=_("Write why."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return papers.name(self.code)

    @property
    def other_name(self):
        return papers.other_name(self.code)

    @property
    def what(self):
        return papers.what(self.code)

    @property
    def issuer(self):
        return papers.issuer(self.code)

    @property
    def for_authority(self):
        return self.code.startswith("D_")

    @property
    def is_shown(self):
        return self.code in papers.SHOWN

    @property
    def reason(self):
        return in_language(self.reason_ja, self.reason_en)

    @property
    def newest(self):
        """The last version sent; reads what was prefetched."""
        return max(self.versions.all(), key=lambda version: version.number, default=None)


class DocumentVersion(models.Model):
    """A file as it was sent. A better one is the next version; none is overwritten."""

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.OneToOneField(PrivateFile, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        ordering = ["requirement", "-number"]
        verbose_name = _("version of a paper")
        verbose_name_plural = _("versions of papers")
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "number"], name="permit_version_numbered"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept_as_sent", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.requirement} {self.number}"
