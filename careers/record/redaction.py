"""The one exception to a log that is never changed: personal words that must go, on the record."""

from datetime import timedelta

import pgtrigger
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from careers.record import log
from careers.record.models import Event

# How far the clocks of database and site may be apart.
CLOCKS_DIFFER = timedelta(minutes=1)


@transaction.atomic
def redact(events, *, actor, reason: str) -> int:
    """Empty before, after and reason of the events; who did what, and when, stays.

    events: a queryset. The history of fields beneath the log goes with it: what the rows of these
    events held up to then. Leaves one event that says who emptied how many and why, and gives
    their number. What has been emptied already, and the events of redaction, are left alone.
    """
    if not actor.has_perm("record.redact_event"):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Say why the entries have to go."))
    full = events.exclude(verb="redacted").exclude(before=None, after=None, reason="")
    rows = list(
        full.select_for_update().select_related(None).only("pk", "object_kind", "object_id", "at")
    )
    if not rows:
        return 0
    keys = [row.pk for row in rows]
    with pgtrigger.ignore("record.Event:append_only"):
        Event.objects.filter(pk__in=keys).update(before=None, after=None, reason="")
    first = Event.objects.get(pk=keys[0])
    told = {"events": keys, "field_history": _forget_fields(rows)}
    log.append("redacted", first, actor=actor, after=told, reason=reason)
    return len(keys)


def _forget_fields(rows: list[Event]) -> int:
    """Delete what the history of fields holds of these rows up to their events; count it.

    It is written in the transaction of the deed, by the clock of the database.
    """
    gone = 0
    for row in rows:
        for history in _histories_of(row.object_kind):
            until = row.at + CLOCKS_DIFFER
            held = history.objects.filter(pgh_obj_id=row.object_id, pgh_created_at__lte=until)
            gone += held.delete()[0]
    return gone


def _histories_of(kind: str) -> list[type[models.Model]]:
    """Give the models of field history of a kind of row; none where none is kept."""
    kept = (model for model in apps.get_models() if hasattr(model, "pgh_tracked_model"))
    return [model for model in kept if model.pgh_tracked_model._meta.label == kind]
