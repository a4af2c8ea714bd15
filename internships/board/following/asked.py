"""Which postings a student has already asked for, as the rooms to the right know it."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet

from careers.people.models import Student
from internships.board.models import Posting

Rows = Callable[[], QuerySet]
_rows: list[Rows] = []


def count_as_asked(rows: Rows) -> None:
    """Register rows with a `student` and a `posting`; each says that she has asked for it."""
    _rows.append(rows)


def has_asked() -> Q:
    """Give the condition on rows with a student and a posting."""
    return _any(student=OuterRef("student"), posting=OuterRef("posting"))


def asked_by(student: Student) -> QuerySet:
    """Give the keys of the postings one student has asked for, for a query."""
    return Posting.objects.filter(_any(student=student, posting=OuterRef("pk"))).values("pk")


def _any(**fields) -> Q:
    asked = Q(pk__in=[])
    for rows in _rows:
        asked |= Q(Exists(rows().filter(**fields)))
    return asked
