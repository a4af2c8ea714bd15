"""What a student's placements ask of her."""

from django.db.models import QuerySet

from careers.desk.filing import is_late, late_words
from careers.desk.tasks import Task
from careers.people.models import User
from internships.placements.models import Condition, Placement
from internships.placements.steps import YOU, steps_of


def _waiting(user: User):
    mine = Placement.objects.filter(student__user=user, state=Placement.State.PLANNED)
    # What another room has in hand or has settled is on that room's list.
    dealt_with = mine.filter(
        conditions__code=Condition.PERMISSION,
        conditions__state__in=[Condition.State.IN_HAND, Condition.State.MET],
    )
    return mine.exclude(pk__in=dealt_with.values("pk")).with_verdict().exclude(outcome=None)


def planned() -> QuerySet[Placement]:
    """Give the placements whose students need no more letters about the posting."""
    return Placement.objects.exclude(state=Placement.State.CANCELLED).filter(posting__isnull=False)


def tasks(user: User) -> list[Task]:
    if not user.is_student:
        return []
    waiting = _waiting(user).select_related("posting__organisation")
    return [_task(placement) for placement in waiting]


def rows(user: User) -> list[QuerySet[Placement]]:
    return [_waiting(user)] if user.is_student else []


def _task(placement: Placement) -> Task:
    step = steps_of(placement.outcome, placement.starts_on, placement.file_by)[0]
    late = is_late(placement.file_by)
    return Task(
        due=placement.file_by if late else step.due or placement.starts_on,
        title=step.what,
        url=placement.get_absolute_url(),
        owner=YOU,
        text=f"{late_words(placement.file_by)} {placement}" if late else str(placement),
    )
