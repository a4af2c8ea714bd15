"""Rooms to the right show something beside a slip by registering a panel here."""

from collections.abc import Callable

from django.http import HttpRequest
from django.template.loader import render_to_string

from internships.board.models import Posting
from internships.placements.models import Placement

Panel = Callable[[HttpRequest, Placement], str]
_panels: list[Panel] = []


def show_on_placement_page(panel: Panel) -> Panel:
    """Register a function that gives safe HTML for the reader, or nothing ("").

    A panel takes the place of the road: who deals with a placement knows where it stands.
    """
    _panels.append(panel)
    return panel


def own_of_posting(request: HttpRequest, posting: Posting) -> str:
    """What a student has saved for this posting counts more than the sign beside it."""
    if not (request.user.is_authenticated and request.user.is_student):
        return ""
    mine = Placement.objects.filter(student__user=request.user, posting=posting).live()
    placement = mine.with_verdict().exclude(outcome=None).first()
    if placement is None:
        return ""
    return render_to_string("placements/own_of_posting.html", {"placement": placement})


def on_placement_page(request: HttpRequest, placement: Placement) -> list[str]:
    return [html for panel in _panels if (html := panel(request, placement))]
