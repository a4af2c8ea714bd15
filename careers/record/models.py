import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One deed: who did what to which object, when, and why. Appended, never changed."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("who"),
        null=True,
        related_name="+",
    )
    verb = models.CharField(_("what"), max_length=60)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    # Whose record the deed touches; feeds "who opened my record".
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("whose record"),
        null=True,
        related_name="+",
    )
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("why"), blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("event")
        verbose_name_plural = _("event log")
        indexes = [
            models.Index(fields=["object_kind", "object_id", "-at"], name="event_object"),
            models.Index(fields=["about", "-at"], name="event_about"),
            models.Index(fields=["-at", "-id"], name="event_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="never_emptied",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'The event log cannot be emptied';",
            ),
        ]

    def __str__(self):
        return f"{self.verb} {self.object_kind} {self.object_id}"


class Change(models.Model):
    """A mark that something of a topic has changed; see `careers.record.changes`."""

    topic = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("mark of a change")
        verbose_name_plural = _("marks of changes")
        indexes = [models.Index(fields=["topic", "id"], name="change_topic")]

    def __str__(self):
        return f"{self.topic} {self.pk}"
