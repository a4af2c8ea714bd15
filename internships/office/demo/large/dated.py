"""Write rows in bulk as of the days on which they came about."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from careers.record.models import Event
from internships.office.demo.past import OFFICE_HOUR

BATCH = 1000


@contextmanager
def _keeping_dates(model: type[models.Model]) -> Iterator[None]:
    """Let rows that otherwise take the present moment keep the one they were given."""
    fields = [
        (field, field.auto_now_add, field.auto_now)
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateField)
    ]
    for field, _added, _changed in fields:
        field.auto_now_add = field.auto_now = False
    try:
        yield
    finally:
        for field, added, changed in fields:
            field.auto_now_add, field.auto_now = added, changed


def on(day: date) -> datetime:
    """Give the hour at which the people of the sample do things."""
    return timezone.make_aware(datetime.combine(day, OFFICE_HOUR))


def event(
    verb: str,
    obj: models.Model,
    at: datetime,
    *,
    actor: models.Model | None,
    about: models.Model | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Give an event to be written with others; `record.log.append` writes one alone."""
    return Event(
        at=at,
        verb=verb,
        object_kind=obj._meta.label,
        object_id=str(obj.pk),
        actor=actor,
        about=about,
        before=before,
        after=after,
        reason=reason,
    )


def write(rows: list) -> list:
    """Write rows of one model; they know their keys then."""
    if not rows:
        return rows
    model = type(rows[0])
    with _keeping_dates(model):
        return model.objects.bulk_create(rows, batch_size=BATCH)
