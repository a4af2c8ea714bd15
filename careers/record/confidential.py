"""Which values of the event log are not for everybody who may read that something happened."""

from collections.abc import Iterable
from typing import Any

from careers.record.models import Event

_keys: dict[str, tuple[frozenset[str], str]] = {}


def keep_confidential(object_kind: str, keys: Iterable[str], permission: str) -> None:
    """Show these values only to holders of a permission; each room says so in `ready`."""
    _keys[object_kind] = (frozenset(keys), permission)


def shown_values(event: Event, values: dict[str, Any] | None, reader) -> dict[str, Any] | None:
    """Give before or after as `reader` may see them: nothing of a kind of row that is not hers."""
    if not values:
        return values
    app_label, model = event.object_kind.lower().split(".")
    if not reader.has_perm(f"{app_label}.view_{model}"):
        return dict.fromkeys(values, "•••")
    hidden, permission = _keys.get(event.object_kind, (frozenset(), ""))
    if permission and reader.has_perm(permission):
        return values
    return {key: "•••" if key in hidden else value for key, value in values.items()}
