from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.people.models import Student


class Bookmark(models.Model):
    """A posting that a student has saved for herself."""

    student = models.ForeignKey(Student, models.PROTECT, related_name="bookmarks")
    posting = models.ForeignKey("board.Posting", models.CASCADE, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name = _("saved posting")
        verbose_name_plural = _("saved postings")
        constraints = [
            models.UniqueConstraint(fields=["student", "posting"], name="bookmark_once"),
        ]

    def __str__(self):
        return f"{self.pk}"
