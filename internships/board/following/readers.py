"""Who reads letters about the board."""

import logging
from collections.abc import Callable, Iterable

from django.db.models import Q

from careers.people.models import Student

logger = logging.getLogger(__name__)


def reads_letters(path: str = "") -> Q:
    """Students who may sign in; on a query that reaches them by `path` ("student__")."""
    return Q(**{f"{path}user__is_active": True, f"{path}user__roles__contains": ["student"]}) & ~Q(
        **{f"{path}enrolment": Student.Enrolment.WITHDRAWN}
    )


def for_each(students: Iterable[int], write: Callable[[int], bool]) -> int:
    """Write the letters of one student after the other; give how many.

    What goes wrong with one is told in the log, and the others get theirs all the same.
    """
    written = 0
    for student in sorted(students):
        try:
            written += write(student)
        except Exception:
            logger.exception("the letter of one student could not be written")
    return written
