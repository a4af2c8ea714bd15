"""What a change of a plan would do in other rooms: tried, told in words, and taken back.

The trial runs the very verb that the confirmed change runs, so it never says anything else.
"""

from collections.abc import Callable

from django.db import transaction

from careers.people.models import User
from careers.record.models import Event

Say = Callable[[Event], str]
_say: dict[str, Say] = {}


def say_effects(kind: str, say: Say) -> None:
    """Let a room put the events of its rows into words for whoever changes a plan.

    kind: the label of a model. say: gives a sentence, or "" for what need not be said.
    """
    _say[kind] = say


def effects_of(change: Callable[[], object], *, actor: User) -> list[str]:
    """Give the sentences, the earliest effect first. What `change` raises is raised."""
    with transaction.atomic():
        try:
            last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            change()
            made = Event.objects.filter(pk__gt=last, actor=actor, object_kind__in=_say)
            sentences = [_say[event.object_kind](event) for event in made.order_by("pk")]
        finally:
            transaction.set_rollback(True)
    return list(filter(None, sentences))
