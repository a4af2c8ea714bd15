"""What permission cases ask of a person: of the student her papers, of reviewers their check."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.desk.tasks import Task
from careers.people.models import User
from internships.permits.models import PermitCase
from internships.placements.steps import YOU

Ball, State = PermitCase.Ball, PermitCase.State

FOR_STUDENT = {
    State.OPEN: _("Send your papers, then submit the case"),
    State.SUBMITTED: _("Bring or send the papers that are still missing"),
    State.RETURNED: _("Correct your case and submit it again"),
    State.READY_TO_FILE: _("File at the immigration bureau"),
    State.GRANTED: _("Your permission ends before the last day: talk to us"),
    State.ANSWERED: _("Go on after the bureau's answer"),
}
FOR_OFFICE = {
    State.SUBMITTED: _("Check a permission case"),
    State.GRANTED: _("Open the start gate"),
    State.ANSWERED: _("Open the start gate"),
}


def _of_student(user: User) -> QuerySet[PermitCase]:
    return PermitCase.objects.of(user).filter(waits_for=Ball.STUDENT)


def _of_office(user: User) -> QuerySet[PermitCase]:
    """What waits for the office and for no colleague of hers; never her own case."""
    waiting = PermitCase.objects.filter(waits_for=Ball.OFFICE)
    return waiting.filter(Q(owner=None) | Q(owner=user)).exclude(placement__student__user=user)


def waiting(user: User) -> QuerySet[PermitCase]:
    found = PermitCase.objects.none()
    if user.is_student:
        found = _of_student(user)
    if user.has_perm("permits.review_case"):
        found = found | _of_office(user) if user.is_student else _of_office(user)
    return found


def rows(user: User) -> list[QuerySet[PermitCase]]:
    return [waiting(user)]


def tasks(user: User) -> list[Task]:
    rows = waiting(user).select_related(
        "placement__student__user", "placement__posting__organisation"
    )
    return [_task(case, user) for case in rows]


def _task(case: PermitCase, user: User) -> Task:
    if case.student.user_id == user.pk:
        title, owner, url = FOR_STUDENT[case.state], YOU, case.get_absolute_url()
        text = str(case.placement)
    else:
        title, owner = FOR_OFFICE[case.state], _("You")
        url, text = reverse("desk_case", args=[case.pk]), f"{case.student.user} · {case.placement}"
    return Task(due=case.due, title=title, url=url, owner=owner, text=text)
