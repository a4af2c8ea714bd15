"""Who reads letters about the board."""

from django.db.models import Q

from careers.people.models import Student


def reads_letters(path: str = "") -> Q:
    """Students who may sign in; on a query that reaches them by `path` ("student__")."""
    return Q(**{f"{path}user__is_active": True, f"{path}user__roles__contains": ["student"]}) & ~Q(
        **{f"{path}enrolment": Student.Enrolment.WITHDRAWN}
    )
