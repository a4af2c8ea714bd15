"""The one way to write to the event log."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from careers.record.models import Event

# Looking is no deed: these two are apart from what somebody has done.
OPENED, OPENED_FILE = "opened", "opened file"
OPENINGS = (OPENED, OPENED_FILE)


def append(
    verb: str,
    obj: models.Model,
    *,
    actor: models.Model | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    about: models.Model | None = None,
) -> Event:
    """Append one event in the transaction of the verb that calls it.

    verb: past tense, e.g. "published"; before/after: only what changed, JSON values.
    actor: the user, or None for the clock. about: the user whose record is touched.
    Raises TransactionManagementError outside a transaction: a deed and its event
    stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("append an event inside transaction.atomic()")
    return Event.objects.create(
        verb=verb,
        object_kind=obj._meta.label,
        object_id=str(obj.pk),
        actor=actor,
        about=about,
        before=before,
        after=after,
        reason=reason,
    )


def append_openings(opened: Mapping[models.Model, models.Model], *, actor: models.Model) -> None:
    """Append that somebody opened many things at once. opened: thing, and whose record it is of."""
    Event.objects.bulk_create(
        (
            Event(
                verb=OPENED,
                object_kind=thing._meta.label,
                object_id=str(thing.pk),
                actor=actor,
                about=about,
            )
            for thing, about in opened.items()
        ),
        batch_size=1000,
    )


def history(obj: models.Model) -> models.QuerySet[Event]:
    """Give the events of one object, newest first, with their actors."""
    return Event.objects.filter(object_kind=obj._meta.label, object_id=str(obj.pk)).select_related(
        "actor"
    )
