"""The one exception to a log that is never changed: personal words that must go, on the record."""

import pgtrigger
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from careers.record import log
from careers.record.models import Event


@transaction.atomic
def redact(events, *, actor, reason: str) -> int:
    """Empty before, after and reason of the events; who did what, and when, stays.

    events: a queryset. Leaves one event that says who emptied how many and why, and gives
    their number. What has been emptied already, and the events of redaction, are left alone.
    """
    if not actor.has_perm("record.redact_event"):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Say why the entries have to go."))
    full = events.exclude(verb="redacted").exclude(before=None, after=None, reason="")
    keys = list(full.select_for_update().values_list("pk", flat=True))
    if not keys:
        return 0
    with pgtrigger.ignore("record.Event:append_only"):
        Event.objects.filter(pk__in=keys).update(before=None, after=None, reason="")
    first = Event.objects.get(pk=keys[0])
    log.append("redacted", first, actor=actor, after={"events": keys}, reason=reason)
    return len(keys)
