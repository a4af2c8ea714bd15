import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.people.models import Student, User
from internships.board.models import Posting


class PlacementQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "PlacementQuerySet":
        """Give the placements whose page `user` may open; nobody else's exists for her."""
        if user.has_perm("placements.view_placement"):
            return self
        return self.filter(student__user=user) if user.is_student else self.none()

    def live(self) -> "PlacementQuerySet":
        """Give what still has something ahead of it."""
        return self.exclude(state__in=["cancelled", "ended"])

    def with_verdict(self) -> "PlacementQuerySet":
        """Add what the newest verdict says, and the override behind it, without a query a row."""
        newest = Verdict.objects.filter(placement=models.OuterRef("pk")).order_by("-made_at", "-pk")
        return self.annotate(
            outcome=models.Subquery(newest.values("outcome")[:1]),
            override=models.Subquery(newest.values("made_by_override")[:1]),
            file_by=models.Subquery(newest.values("file_by")[:1]),
        )


class Placement(models.Model):
    """One student at one internship, from the plan to the end."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CLEARED = "cleared", _("cleared to start")
        STARTED = "started", _("started")
        ENDED = "ended", _("ended")
        CANCELLED = "cancelled", _("cancelled")

    student = models.ForeignKey(Student, models.PROTECT, related_name="placements")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="+")
    host_name = models.CharField(_("host"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    # The same answers saved twice (double click, reload, back) are one placement.
    check_key = models.CharField(max_length=64, editable=False, blank=True)
    gate_opened_at = models.DateTimeField(null=True, blank=True)
    gate_opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    gate_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        indexes = [
            models.Index(fields=["state", "starts_on"], name="placement_ahead"),
            models.Index(fields=["-created_at", "-id"], name="placement_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="placement_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=models.Q(posting__isnull=False) | ~models.Q(host_name=""),
                name="placement_has_a_host",
                violation_error_message=_("Write the name of the company."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["cleared", "started", "ended"])
                | models.Q(
                    gate_opened_at__isnull=False,
                    gate_opened_by__isnull=False,
                )
                & ~models.Q(gate_reason=""),
                name="placement_starts_through_the_gate",
                violation_error_message=_("A placement starts only after its start is confirmed."),
            ),
            models.UniqueConstraint(
                fields=["student", "check_key"],
                condition=~models.Q(check_key="") & ~models.Q(state="cancelled"),
                name="placement_saved_once",
                violation_error_message=_("This result is saved already."),
            ),
        ]

    def __str__(self):
        return self.shown_title or f"{self.pk}"

    def get_absolute_url(self):
        return reverse("placement_detail", args=[self.pk])

    @property
    def shown_title(self):
        return self.posting.title if self.posting else self.title or self.host_name

    @property
    def shown_host(self):
        return str(self.posting.organisation) if self.posting else self.host_name

    @property
    def gate_open(self):
        return self.gate_opened_at is not None


class Condition(models.Model):
    """What must be so before the start gate opens. Rooms that deal with it meet it."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        IN_HAND = "in_hand", _("in hand")
        MET = "met", _("met")

    PERMISSION = "permission"

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="conditions")
    code = models.SlugField(max_length=20)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    due = models.DateField(null=True, blank=True)
    met_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    met_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["placement", "code"]
        verbose_name = _("condition of the start")
        verbose_name_plural = _("conditions of the start")
        constraints = [
            models.UniqueConstraint(fields=["placement", "code"], name="condition_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "in_hand"], met_by=None, met_at=None)
                | models.Q(state="met", met_by__isnull=False, met_at__isnull=False),
                name="condition_met_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.code}: {self.get_state_display()}"


class Verdict(models.Model):
    """What the law said of a placement, kept as it was: facts, policy, edition and result.

    `assessment` is the whole slip in both languages, so that it reads the same for ever.
    """

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="verdicts")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_for = models.DateField(_("day of work it was decided for"))
    facts = models.JSONField()
    origins = models.JSONField(default=dict)
    policy = models.JSONField()
    assessment = models.JSONField()
    edition = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=40)
    flagged = models.BooleanField()
    file_by = models.DateField(_("latest safe filing date"), null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        triggers = [
            pgtrigger.Protect(name="kept_as_it_was", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return self.outcome

    @property
    def is_overridden(self) -> bool:
        """Whether a reviewer answered in place of the rules; wherever it is shown, this is said."""
        override = getattr(self, "made_by_override", None)
        return override is not None and override.holds


class OverrideQuerySet(models.QuerySet):
    def open(self) -> "OverrideQuerySet":
        """Give what holds, or waits for the second reviewer."""
        return self.filter(withdrawn_at=None)


class Override(models.Model):
    """A reviewer's answer in place of the rules', with her reason.

    `replacement` is the verdict that then holds; it is empty while a second reviewer is awaited.
    """

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="overrides")
    outcome = models.CharField(_("answer instead"), max_length=40)
    reason = models.TextField(_("reason"), max_length=2000)
    needs_second = models.BooleanField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    replacement = models.OneToOneField(
        Verdict, models.PROTECT, null=True, related_name="made_by_override"
    )

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("answer of a reviewer")
        verbose_name_plural = _("answers of reviewers")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(outcome=""),
                name="override_has_a_reason",
                violation_error_message=_("Write why."),
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None, confirmed_at=None)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~models.Q(confirmed_by=models.F("made_by")),
                name="override_confirmed_by_another",
                violation_error_message=_("A second reviewer confirms, not the same one."),
            ),
            models.CheckConstraint(
                condition=models.Q(replacement=None)
                | models.Q(needs_second=False)
                | models.Q(confirmed_by__isnull=False),
                name="override_of_a_stop_needs_two",
                violation_error_message=_("A second reviewer confirms, not the same one."),
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_by=None, withdrawn_at=None)
                | models.Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="override_withdrawn_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["verdict"],
                condition=models.Q(withdrawn_at=None),
                name="override_one_at_a_time",
                violation_error_message=_("Somebody has changed this answer already."),
            ),
        ]

    def __str__(self):
        return f"{self.verdict} → {self.outcome}"

    @property
    def holds(self):
        return self.replacement_id is not None and self.withdrawn_at is None
