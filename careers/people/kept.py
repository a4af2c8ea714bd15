"""Keep what a request asks for again and again; outside a request nothing is kept."""

from collections.abc import Callable
from contextlib import contextmanager
from functools import wraps
from typing import TypeVar

from asgiref.local import Local
from django.core.signals import request_finished, request_started

T = TypeVar("T")

_request = Local()


def _begin(**_kwargs):
    _request.kept = {}


def _end(**_kwargs):
    _request.kept = None


request_started.connect(_begin)
request_finished.connect(_end)


@contextmanager
def keeping():
    """Keep in a command, as in a request, what is asked for again and again."""
    _begin()
    try:
        yield
    finally:
        _end()


def kept_for_the_request(function: Callable[[], T]) -> Callable[[], T]:
    """Answer a second call within the same request without asking the database again."""

    @wraps(function)
    def answer() -> T:
        kept = getattr(_request, "kept", None)
        if kept is None:
            return function()
        if function not in kept:
            kept[function] = function()
        return kept[function]

    return answer
