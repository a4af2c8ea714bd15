"""Rooms to the right show something on the page of a student by registering a panel here."""

from collections.abc import Callable

from django.http import HttpRequest

from careers.people.models import Student

Panel = Callable[[HttpRequest, Student], str]
_panels: list[Panel] = []


def show_on_student_page(panel: Panel) -> Panel:
    """Register a function that gives safe HTML for the reader, or nothing ("").

    A panel asks `may_see` itself: the page cannot know what it holds.
    """
    _panels.append(panel)
    return panel


def on_student_page(request: HttpRequest, student: Student) -> list[str]:
    return [html for panel in _panels if (html := panel(request, student))]
