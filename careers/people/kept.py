"""Keep what a request asks for again and again; and from one request to the next what is still
the same. Outside a request nothing is kept without a look at the database."""

from collections.abc import Callable
from contextlib import contextmanager
from functools import wraps
from typing import TypeVar

from asgiref.local import Local
from django.core.signals import request_finished, request_started

from careers.record import changes

T = TypeVar("T")

_request = Local()


def _begin(environ=None, **_kwargs):
    _request.kept = {}
    # What the request itself changes must be seen by what it does next.
    _request.only_reads = environ is not None and environ["REQUEST_METHOD"] in ("GET", "HEAD")


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


def mark_of(topic: str) -> tuple[int, int]:
    """Give what stands for the present state of a topic; asked once in a request that reads."""
    if getattr(_request, "kept", None) is not None and _request.only_reads:
        return _marks_for_the_request().get(topic, (0, 0))
    return changes.marks().get(topic, (0, 0))


_marks_for_the_request = kept_for_the_request(changes.marks)


def kept_until_changed(topic: str) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Answer without asking again as long as nothing of the topic has changed, in any process."""

    def keep(function):
        kept: tuple = (None, None)

        @wraps(function)
        def answer() -> T:
            nonlocal kept
            mark = mark_of(topic)  # before the answer: what changes meanwhile makes it old
            if kept[0] != mark:
                kept = (mark, function())
            return kept[1]

        return kept_for_the_request(answer)

    return keep
