"""Rooms to the right show something beside a posting by registering a panel here."""

from collections.abc import Callable

from django.http import HttpRequest

from internships.board.models import Posting

Panel = Callable[[HttpRequest, Posting], str]
_panels: list[Panel] = []


def show_on_posting_page(panel: Panel) -> Panel:
    """Register a function that gives safe HTML for the reader, or nothing ("").

    A panel asks for the reader's rights itself: the page cannot know what it holds.
    """
    _panels.append(panel)
    return panel


def on_posting_page(request: HttpRequest, posting: Posting) -> list[str]:
    return [html for panel in _panels if (html := panel(request, posting))]
