"""Rooms to the right show something beside a slip by registering a panel here."""

from collections.abc import Callable

from django.http import HttpRequest

from internships.placements.models import Placement

Panel = Callable[[HttpRequest, Placement], str]
_panels: list[Panel] = []


def show_on_placement_page(panel: Panel) -> Panel:
    """Register a function that gives safe HTML for the reader, or nothing ("").

    A panel takes the place of the road: who deals with a placement knows where it stands.
    """
    _panels.append(panel)
    return panel


def on_placement_page(request: HttpRequest, placement: Placement) -> list[str]:
    return [html for panel in _panels if (html := panel(request, placement))]
