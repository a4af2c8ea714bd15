from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.people.models import Student, User
from internships.board.models import Posting


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
    gate_opened_at = models.DateTimeField(null=True, blank=True)
    gate_opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    gate_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="placement_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
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
        ]

    def __str__(self):
        return self.title or self.host_name or f"{self.pk}"


class Verdict(models.Model):
    """What the law said of a placement, kept as it was: facts, policy, edition and result."""

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

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")

    def __str__(self):
        return self.outcome
