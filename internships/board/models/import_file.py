from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.people.models import User


class ImportFile(models.Model):
    """A file of postings that somebody sent: looked at first, then imported once.

    The bytes stand here and not among the private files, so that the rows and the end of the
    file are one transaction; once imported, only the lines that were refused are kept.
    """

    # The same form sent twice carries the same key.
    key = models.UUIDField(unique=True)
    name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    publish = models.BooleanField(_("publish what has no blocking problem"), default=False)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    imported_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    # One for each refused line: its number, its cells, and why, in each language.
    refused = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("file of postings")
        verbose_name_plural = _("files of postings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(imported_at=None) | models.Q(content=b""),
                name="import_file_kept_until_imported",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("posting_import_file", args=[self.key])
