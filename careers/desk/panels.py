"""Rooms to the right show something on the page of an enquiry by registering a panel here."""

from collections.abc import Callable

from django.http import HttpRequest

from careers.desk.models import Enquiry

Panel = Callable[[HttpRequest, Enquiry], str]
_panels: list[Panel] = []


def show_on_enquiry_page(panel: Panel) -> None:
    """Register a function that gives safe HTML for the reader, or nothing ("").

    A panel asks for the reader's rights itself: the page cannot know what it holds.
    """
    _panels.append(panel)


def on_enquiry_page(request: HttpRequest, enquiry: Enquiry) -> list[str]:
    return [html for panel in _panels if (html := panel(request, enquiry))]
