"""What permission cases ask of a person: of the student her papers, of reviewers their check."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk.filing import MOVE_THE_START
from careers.desk.tasks import MOST, Task
from careers.people.models import User
from internships.permits.models import BEFORE_FILING, PermitCase, Requirement
from internships.permits.roads import BUREAU
from internships.placements.models import Placement
from internships.placements.steps import YOU

Ball, State = PermitCase.Ball, PermitCase.State
OFFICE = _("Career office")

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


FROM_OTHERS = {
    State.SUBMITTED: _("Check of your papers"),
    State.FILED: _("Decision of the immigration bureau"),
    State.GRANTED: _("Start gate"),
    State.ANSWERED: _("Start gate"),
}
MOVE_OF_A_STUDENT = _("Call the student: move the start")


def _of_student(user: User) -> QuerySet[PermitCase]:
    """What waits for her, a paper that came back while we check the others, and a late plan."""
    came_back = Requirement.objects.filter(case=OuterRef("pk"), state=Requirement.State.RETURNED)
    late = Q(state__in=BEFORE_FILING, answer="", verdict__file_by__lt=timezone.localdate())
    hers = Q(waits_for=Ball.STUDENT) | Q(Exists(came_back), state=State.SUBMITTED) | late
    return PermitCase.objects.of(user).filter(hers).exclude(placement__state__in=_OVER)


_OVER = (Placement.State.CANCELLED, Placement.State.ENDED)


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
    nearest = waiting(user).order_by(F("due").asc(nulls_last=True), "pk")
    rows = nearest.select_related(*_WITH).without_slips()
    return [_task(case, user) for case in rows[:MOST]]


def lists(user: User) -> list[tuple[str, str]]:
    if not user.has_perm("permits.review_case"):
        return []
    return [(_("Permissions"), reverse("desk_queue"))]


_WITH = ("placement__student__user", "placement__posting__organisation", "verdict", "owner")


def waiting_for_others(user: User) -> list[Task]:
    """Her cases that the office or the bureau has in hand."""
    if not user.is_student:
        return []
    theirs = PermitCase.objects.of(user).filter(waits_for__in=[Ball.OFFICE, Ball.BUREAU])
    return [_from_others(case) for case in theirs.select_related(*_WITH).without_slips()]


def _from_others(case: PermitCase) -> Task:
    office = str(case.owner) if case.owner else OFFICE
    return Task(
        due=None if case.is_late_to_file else case.due,
        title=FROM_OTHERS[case.state],
        url=case.get_absolute_url(),
        owner=BUREAU if case.waits_for == Ball.BUREAU else office,
        text=str(case.placement),
    )


def _task(case: PermitCase, user: User) -> Task:
    if case.student.user_id == user.pk:
        return _for_student(case)
    title = MOVE_OF_A_STUDENT if case.is_late_to_file else FOR_OFFICE[case.state]
    text = f"{case.student.user} · {case.placement}"
    url = reverse("desk_case", args=[case.pk])
    return Task(due=case.due, title=title, url=url, owner=YOU, text=text)


def _for_student(case: PermitCase) -> Task:
    due, title, text = case.due, FOR_STUDENT[case.state], str(case.placement)
    if case.is_late_to_file:
        due, title, text = case.file_by, MOVE_THE_START, f"{case.late_words} {case.placement}"
    elif case.waits_for != Ball.STUDENT:
        due, title = case.correct_by or case.due, _("Send the paper that came back again")
    return Task(due=due, title=title, url=case.get_absolute_url(), owner=YOU, text=text)
