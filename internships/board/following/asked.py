"""Which postings a student has already asked for, as the rooms to the right know it."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet

Rows = Callable[[], QuerySet]
_rows: list[Rows] = []


def count_as_asked(rows: Rows) -> None:
    """Register rows with a `student` and a `posting`; each says that she has asked for it."""
    _rows.append(rows)


def has_asked(student: str = "student", posting: str = "posting") -> Q:
    """Give the condition on a query whose columns name a student and a posting."""
    asked = Q()
    for rows in _rows:
        asked |= Q(Exists(rows().filter(student=OuterRef(student), posting=OuterRef(posting))))
    return asked or Q(pk__in=[])
