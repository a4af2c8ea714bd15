from datetime import date
from decimal import Decimal

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careers.desk.models import PrivateFile
from careers.people.models import Faculty, Level, Role, Student, User, in_language
from internships.board.models import Posting
from internships.placements.models import Placement


class Course(models.Model):
    """A course that gives credit for a placement."""

    code = models.CharField(_("course code"), max_length=20, unique=True)
    name_ja = models.CharField(_("name in Japanese"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    owner = models.ForeignKey(
        Faculty,
        models.PROTECT,
        verbose_name=_("faculty"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: a course of the whole university."),
    )
    levels = ArrayField(
        models.CharField(max_length=20, choices=Level.choices), verbose_name=_("levels")
    )
    max_credits = models.PositiveSmallIntegerField(
        _("most credits"), validators=[MinValueValidator(1)]
    )
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(levels__contained_by=Level.values), name="course_levels_known"
            ),
            models.CheckConstraint(
                condition=models.Q(max_credits__gte=1), name="course_gives_credit"
            ),
        ]

    def __str__(self):
        return f"{self.code} {in_language(self.name_ja, self.name_en)}"


@pghistory.track()
class CreditRule(models.Model):
    """How a faculty turns hours into credits, and who approves: its approvers."""

    faculty = models.OneToOneField(
        Faculty, models.PROTECT, verbose_name=_("faculty"), related_name="credit_rule"
    )
    hours_per_credit = models.PositiveSmallIntegerField(
        _("hours for one credit"), validators=[MinValueValidator(1)]
    )
    max_credits_per_request = models.PositiveSmallIntegerField(_("most credits for one request"))
    cap_total_credits = models.PositiveSmallIntegerField(_("most credits in all"))
    evidence_deadline_days = models.PositiveSmallIntegerField(
        _("days for the evidence after the last day")
    )
    counts_toward_graduation = models.BooleanField(_("counts toward graduation"), default=True)
    note_ja = models.CharField(_("note in Japanese"), max_length=200, blank=True)
    note_en = models.CharField(_("note in English"), max_length=200, blank=True)

    class Meta:
        ordering = ["faculty"]
        verbose_name = _("credit rule")
        verbose_name_plural = _("credit rules")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours_per_credit__gte=1), name="credit_rule_has_hours"
            ),
        ]

    def __str__(self):
        return str(self.faculty)


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("being decided")
    NEEDS_INFO = "needs_info", _("returned to the student")
    APPROVED = "approved", _("plan approved")
    # From the last day on; read from the date, never stored (see `with_state_on`).
    EVIDENCE_DUE = "evidence_due", _("evidence due")
    EVIDENCE_SUBMITTED = "evidence_submitted", _("evidence to read")
    COMPLETED = "completed", _("credit granted")
    FAILED = "failed", _("no credit")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("credit request", "withdrawn")


STORED = [state for state in State if state != State.EVIDENCE_DUE]
OVER = (State.COMPLETED, State.FAILED, State.REJECTED, State.WITHDRAWN)
LIVE = [state for state in STORED if state not in OVER]
AFTER_APPROVAL = (State.APPROVED, State.EVIDENCE_SUBMITTED, State.COMPLETED, State.FAILED)
# What takes of the credits a student may still have.
COUNTING = (*LIVE, State.COMPLETED)


class WaitsFor(models.TextChoices):
    STUDENT = "student", _("student")
    ADVISOR = "advisor", _("advisor")
    APPROVER = "approver", _("approver of the faculty")
    OFFICE = "result", _("approver, or the office")
    NOBODY = "nobody", _("nobody")


class CreditRequestQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "CreditRequestQuerySet":
        """Give the requests whose page `user` may open; nobody else's exists for her."""
        own = models.Q(student__user=user) if user.is_student else models.Q(pk=None)
        sent = ~models.Q(state=State.DRAFT)
        if not user.has_perm("credits.view_creditrequest"):
            return self.filter(own)
        if user.has_role(Role.ADVISOR, Role.REVIEWER, Role.ADMINISTRATOR):
            return self.filter(own | sent)
        return self.filter(own | sent & models.Q(rule__faculty__in=user.approves_for.values("pk")))

    def with_state_on(self, day: date) -> "CreditRequestQuerySet":
        """Add `state_now`: what is stored, or evidence due once the last day has come."""
        ended = models.When(
            state=State.APPROVED, ends_on__lte=day, then=models.Value(State.EVIDENCE_DUE)
        )
        return self.annotate(
            state_now=models.Case(ended, default=models.F("state"), output_field=models.CharField())
        )

    def with_hours(self) -> "CreditRequestQuerySet":
        """Add `hours_now`: as worked, or as planned while nobody has told."""
        planned = models.F("host_hours") + models.F("guidance_hours")
        hours = Coalesce("actual_hours", planned, output_field=models.DecimalField())
        return self.annotate(hours_now=hours)

    def with_all(self) -> "CreditRequestQuerySet":
        """Bring what lists and pages show, without a query a row."""
        return self.select_related(
            "student__user",
            "student__faculty",
            "course",
            "rule__faculty",
            "placement__posting__organisation",
            "posting__organisation",
            "advisor",
        ).prefetch_related("steps__decided_by", "rule__faculty__approvers")


@pghistory.track()
class CreditRequest(models.Model):
    """A student asks for credit for one internship."""

    State = State

    class Grade(models.TextChoices):
        S = "S", "S"
        A = "A", "A"
        B = "B", "B"
        C = "C", "C"
        F = "F", "F"

    number = models.CharField(_("number"), max_length=20, unique=True)
    # The same form sent twice is one request.
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    student = models.ForeignKey(
        Student, models.PROTECT, verbose_name=_("student"), related_name="credit_requests"
    )
    placement = models.ForeignKey(
        Placement, models.PROTECT, null=True, blank=True, related_name="credit_requests"
    )
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, verbose_name=_("course"), related_name="+")
    rule = models.ForeignKey(CreditRule, models.PROTECT, verbose_name=_("rule"), related_name="+")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    objectives = models.TextField(_("what you want to learn"), blank=True)
    plan = models.TextField(_("plan"), blank=True)
    host_hours = models.DecimalField(_("hours at the company"), max_digits=6, decimal_places=2)
    guidance_hours = models.DecimalField(
        _("hours of classes before and after"), max_digits=5, decimal_places=2, default=0
    )
    # As the rule was when the request was last written.
    hours_per_credit = models.PositiveSmallIntegerField(_("hours for one credit"))
    credits_by_rule = models.PositiveSmallIntegerField(_("credits by the rule"))
    credits_asked = models.PositiveSmallIntegerField(_("credits you ask for"))

    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.DRAFT)
    waits_for = models.CharField(
        _("waits for"), max_length=10, choices=WaitsFor.choices, default=WaitsFor.STUDENT
    )
    waits_since = models.DateTimeField(_("since"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    advisor = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("advisor"), null=True, blank=True, related_name="+"
    )
    # Why it was returned, rejected, withdrawn or failed.
    reason = models.TextField(_("reason"), blank=True)
    made_at = models.DateTimeField(_("written"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)

    evidence_due_on = models.DateField(_("evidence due"))
    evidence_submitted_at = models.DateTimeField(_("evidence sent"), null=True, blank=True)
    actual_hours = models.DecimalField(
        _("hours worked, classes included"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    host_evaluation = models.CharField(
        _("evaluation by the company"),
        max_length=1,
        blank=True,
        choices=[(letter, letter) for letter in "SABCD"],
    )
    report_mark = models.PositiveSmallIntegerField(
        _("mark of the report"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    final_mark = models.CharField(_("final mark"), max_length=1, choices=Grade.choices, blank=True)
    credits_granted = models.PositiveSmallIntegerField(_("credits granted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("result recorded"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        related_name="+",
    )

    objects = CreditRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "number"]
        verbose_name = _("credit request")
        verbose_name_plural = _("credit requests")
        indexes = [
            models.Index(fields=["waits_for", "due_on"], name="credit_queue"),
            models.Index(fields=["state", "ends_on"], name="credit_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="credit_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=models.Q(placement__isnull=False) | models.Q(posting__isnull=False),
                name="credit_is_for_an_internship",
            ),
            models.CheckConstraint(condition=models.Q(state__in=STORED), name="credit_state_known"),
            models.CheckConstraint(
                condition=models.Q(host_hours__gt=0, guidance_hours__gte=0, credits_asked__gte=1),
                name="credit_is_for_hours",
                violation_error_message=_("Write the hours as one number, for example 75."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=AFTER_APPROVAL)
                | models.Q(credits_asked__lte=models.F("credits_by_rule")),
                name="credit_approved_within_the_rule",
                violation_error_message=_("The rule gives fewer credits than are asked for."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.DRAFT, State.WITHDRAWN])
                | models.Q(submitted_at__isnull=False),
                name="credit_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[State.NEEDS_INFO, State.REJECTED, State.FAILED])
                | ~models.Q(reason=""),
                name="credit_no_has_a_reason",
                violation_error_message=_("Write the reason: the student reads it."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[State.EVIDENCE_SUBMITTED, State.COMPLETED])
                | models.Q(evidence_submitted_at__isnull=False),
                name="credit_rests_on_evidence",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.COMPLETED)
                | models.Q(
                    final_mark__in=["S", "A", "B", "C"],
                    credits_granted__gte=1,
                    credits_granted__lte=models.F("credits_asked"),
                    decided_at__isnull=False,
                ),
                name="credit_granted_with_a_mark",
                violation_error_message=_("No more credits are granted than were approved."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.FAILED)
                | models.Q(final_mark="F", credits_granted=0, decided_at__isnull=False),
                name="credit_failed_gives_none",
            ),
            models.CheckConstraint(
                condition=models.Q(report_mark__lte=100) | models.Q(report_mark=None),
                name="credit_report_mark_of_100",
            ),
            models.UniqueConstraint(
                fields=["student", "posting"],
                condition=models.Q(state__in=LIVE, posting__isnull=False),
                name="credit_asked_once_a_posting",
                violation_error_message=_("You have asked for credit for this already."),
            ),
            models.UniqueConstraint(
                fields=["placement"],
                condition=models.Q(state__in=LIVE, placement__isnull=False),
                name="credit_asked_once_a_placement",
                violation_error_message=_("You have asked for credit for this already."),
            ),
        ]
        triggers = [
            # Approved means: each step was decided, in order (see Step).
            pgtrigger.Trigger(
                name="no_step_skipped",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__state__in=AFTER_APPROVAL),
                func="""
                    IF EXISTS (SELECT 1 FROM credits_creditrequest WHERE id = NEW.id
                        AND state IN ('approved', 'evidence_submitted', 'completed', 'failed'))
                       AND ((SELECT count(*) FROM credits_step
                        WHERE request_id = NEW.id AND decision = 'approved') < 2
                       OR EXISTS (SELECT 1 FROM credits_step
                        WHERE request_id = NEW.id AND decision <> 'approved'))
                    THEN RAISE EXCEPTION 'A step of the credit request was skipped'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("credit_detail", args=[self.number])

    @property
    def planned_hours(self) -> Decimal:
        return self.host_hours + self.guidance_hours

    @property
    def hours_needed(self) -> int:
        return self.credits_asked * self.hours_per_credit

    @property
    def internship(self):
        """Give the posting, or the placement at a host that is not on the board."""
        return self.posting or self.placement

    @property
    def shown_title(self):
        return self.posting.title if self.posting else self.placement.shown_title

    @property
    def shown_host(self):
        return str(self.posting.organisation) if self.posting else self.placement.shown_host

    @property
    def state_today(self) -> State:
        """Give the state as the date tells: `with_state_on` for one row."""
        if self.state == State.APPROVED and self.ends_on <= timezone.localdate():
            return State.EVIDENCE_DUE
        return State(self.state)

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def current_step(self) -> "Step | None":
        """Give the first step nobody has decided; it waits where the request is submitted."""
        return next((step for step in self.steps.all() if not step.decision), None)

    @property
    def approvers(self) -> list[User]:
        return [user for user in self.rule.faculty.approvers.all() if user.is_active]


class Step(models.Model):
    """One signature on the plan: the advisor's, then the approver's of the faculty."""

    class Kind(models.TextChoices):
        ADVISOR = "advisor", _("advisor")
        APPROVER = "approver", _("approver of the faculty")

    class Decision(models.TextChoices):
        NONE = "", _("not decided")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")

    request = models.ForeignKey(CreditRequest, models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision.choices, blank=True, default=""
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["request", "order"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.UniqueConstraint(fields=["request", "order"], name="credit_step_once"),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_by=None, decided_at=None)
                | ~models.Q(decision="")
                & models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="credit_step_decided_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="steps_in_order",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__decision__gt=""),
                func="""
                    IF EXISTS (SELECT 1 FROM credits_step WHERE request_id = NEW.request_id
                        AND "order" < NEW."order" AND decision <> 'approved')
                    THEN RAISE EXCEPTION 'An earlier step of the credit request is open'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.request} {self.get_kind_display()}"


class Evidence(models.Model):
    """A paper sent after the placement. A later version stands beside the earlier ones."""

    class Kind(models.TextChoices):
        REPORT = "report", _("report on the placement")
        CERTIFICATE = "certificate", _("certificate of the company, with the hours")
        TIME_RECORD = "time_record", _("time record")

    request = models.ForeignKey(CreditRequest, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("paper"), max_length=12, choices=Kind.choices)
    file = models.OneToOneField(PrivateFile, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        ordering = ["kind", "-sent_at", "-pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self):
        return f"{self.request} {self.get_kind_display()}"


NEEDED = (Evidence.Kind.REPORT, Evidence.Kind.CERTIFICATE)
