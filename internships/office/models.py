from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.people.models import User


class DemoClock(models.Model):
    """One row in a database that holds the sample university: the day it was built for."""

    built_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="demo_clock_one_row"),
        ]

    def __str__(self):
        return self.built_on.isoformat()


class WorkedCase(models.Model):
    """A case that staff worked out by hand: what the rules must say of these facts, and why.

    Facts are about nobody: the words of `Facts.to_dict`, blanks left out. Without a day, the case
    holds under every edition. One that was wrong is taken out, never deleted.
    """

    facts = models.JSONField(_("facts"))
    on = models.DateField(_("day of work"), null=True, blank=True)
    expected = models.CharField(_("expected"), max_length=40)
    note = models.TextField(_("note"), max_length=1000)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("worked case")
        verbose_name_plural = _("worked cases")
        constraints = [
            models.CheckConstraint(
                condition=~Q(note="") & ~Q(expected=""),
                name="worked_case_says_why",
                violation_error_message=_("Write how you worked it out."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="worked_case_withdrawn_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["facts", "on"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="worked_case_once",
                violation_error_message=_("There is a case of these facts and this day already."),
            ),
        ]

    def __str__(self):
        return f"S{self.pk:03}"
