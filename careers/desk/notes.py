"""Notes at the top of the next page, with an Undo where one is offered."""

from django.contrib import messages

_UNDO = "undo="


def note_done(request, text: str, *, undo: str = "") -> None:
    """Say what was done; `undo` is the address that takes it back by POST."""
    messages.success(request, text, extra_tags=f"{_UNDO}{undo}" if undo else "")


def undo_address(message) -> str:
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix(_UNDO) for tag in tags if tag.startswith(_UNDO)), "")
