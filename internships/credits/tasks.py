"""What credit requests ask of a person: of the student her part, of the others a decision."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk.tasks import MOST, Task
from careers.people.models import User
from internships.credits.models import LIVE, CreditRequest, State, WaitsFor
from internships.credits.transitions import DECIDE_AS, RECORD_RESULT
from internships.placements.steps import YOU

FOR_STUDENT = {
    State.DRAFT: _("Finish your request for credit, or withdraw it"),
    State.NEEDS_INFO: _("Mend your request for credit and send it again"),
    State.EVIDENCE_DUE: _("Send report and certificate for your credit"),
}
FOR_DECIDER = {
    State.SUBMITTED: _("Decide on a request for credit"),
    State.EVIDENCE_SUBMITTED: _("Read the evidence and record the mark"),
}


def asked() -> QuerySet[CreditRequest]:
    """Give the requests for credit for a posting: whoever has one knows the posting."""
    return CreditRequest.objects.filter(posting__isnull=False, state__in=LIVE)


def waiting(user: User) -> QuerySet[CreditRequest]:
    """Give what waits for a person, the states as of today; never her own among the others'."""
    rows = CreditRequest.objects.with_state_on(timezone.localdate())
    return rows.filter(_of_student(user) | _of_decider(user) & ~Q(student__user=user))


def _of_student(user: User) -> Q:
    if not user.is_student:
        return Q(pk=None)
    return Q(student__user=user, state_now__in=FOR_STUDENT)


def _of_decider(user: User) -> Q:
    """An advisor's own students and those nobody looks after; an approver's faculties."""
    found = Q(pk=None)
    if user.has_perm(DECIDE_AS[WaitsFor.ADVISOR]):
        found |= Q(waits_for=WaitsFor.ADVISOR) & (Q(advisor=user) | Q(advisor=None))
    if user.has_perm(DECIDE_AS[WaitsFor.APPROVER]):
        found |= Q(
            waits_for__in=[WaitsFor.APPROVER, WaitsFor.OFFICE],
            rule__faculty__in=user.approves_for.values("pk"),
        )
    elif user.has_perm(RECORD_RESULT) and not user.has_perm("credits.decide_any_step"):
        found |= Q(waits_for=WaitsFor.OFFICE)
    return found


def rows(user: User) -> list[QuerySet[CreditRequest]]:
    return [waiting(user)]


def tasks(user: User) -> list[Task]:
    rows = waiting(user).select_related(
        "student__user",
        "course",
        "posting__organisation",
        "placement__posting__organisation",
    )
    return [_task(row, user) for row in rows.order_by("due_on", "number")[:MOST]]


def lists(user: User) -> list[tuple[str, str]]:
    if not user.has_perm("credits.view_creditrequest"):
        return []
    return [(_("Credits"), reverse("credit_approvals"))]


def _task(row: CreditRequest, user: User) -> Task:
    own = row.student.user_id == user.pk
    about = f"{row.course} · {row.shown_title}"
    return Task(
        due=row.due_on,
        title=(FOR_STUDENT if own else FOR_DECIDER)[State(row.state_now)],
        url=row.get_absolute_url(),
        owner=YOU,
        text=about if own else f"{row.student.user} · {about}",
    )
