"""Where the days of a posting lie, seen from the long vacations of the university."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Q, Value

from careers.people.calendar import academic_calendar

NOTHING = Q(Value(False, output_field=BooleanField()))


def inside_a_vacation() -> Q:
    return _any(
        Q(starts_on__gte=first, ends_on__lte=last) for first, last in academic_calendar().vacations
    )


def touches_a_vacation() -> Q:
    return _any(
        Q(starts_on__lte=last, ends_on__gte=first) for first, last in academic_calendar().vacations
    )


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, NOTHING)
