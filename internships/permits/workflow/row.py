"""Take a case and its papers under a lock, and see whether a verb may start."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.people.models import User
from careers.record import log
from careers.record.models import Event
from careers.record.refusals import Refused, TooLate
from internships.permits import ball, guards
from internships.permits.models import PermitCase, Requirement
from internships.permits.transitions import OWN, VERBS, Verb
from internships.placements.models import Placement


def may(case: PermitCase, name: str, by: User) -> bool:
    """Whether the person may do this on the case as it is, guards apart."""
    verb = VERBS[name]
    return (
        _is_allowed(case, verb, by)
        and case.state in verb.starts
        and case.kind in verb.kinds
        and case.placement.state not in ball.OVER
    )


def _is_allowed(case: PermitCase, verb: Verb, by: User) -> bool:
    if case.student.user_id == by.pk:
        return OWN in verb.who and by.is_student
    return any(by.has_perm(permission) for permission in verb.who - {OWN})


def must_be_allowed(case: PermitCase, verb: Verb, by: User) -> None:
    if not _is_allowed(case, verb, by):
        raise PermissionDenied


def locked(case: PermitCase) -> PermitCase:
    """Lock placement, then case: everybody in this order."""
    Placement.objects.select_for_update(of=("self",)).get(pk=case.placement_id)
    rows = PermitCase.objects.select_for_update(of=("self",))
    return rows.select_related("placement__student__user", "verdict", "owner").get(pk=case.pk)


def taken(case: PermitCase, name: str, by: User) -> PermitCase:
    """Give the case as it is now, locked, if the verb may start from there."""
    row, verb = locked(case), VERBS[name]
    must_be_allowed(row, verb, by)
    if row.kind not in verb.kinds:
        raise Refused(_("This step does not belong to this kind of case."))
    over = row.placement.state in ball.OVER
    if row.state not in verb.starts or over:
        raise TooLate(history_of(row).first())
    return row


def paper(case: PermitCase, requirement: Requirement, name: str) -> Requirement:
    """Give the paper as it is now; the lock on the case keeps it so."""
    row = case.requirements.get(pk=requirement.pk)
    if row.state not in VERBS[name].paper:
        raise TooLate(history_of(case).first())
    return row


def must_be_clear(case: PermitCase, name: str) -> None:
    found = guards.missing(guards.GUARDS[name](case, case.requirements.all()))
    if found:
        raise Refused(*(guard.words for guard in found))


def history_of(case: PermitCase) -> models.QuerySet[Event]:
    """Give the deeds on a case and on its papers, newest first; openings of files are apart."""
    numbers = [str(pk) for pk in case.requirements.order_by("pk").values_list("pk", flat=True)]
    own = models.Q(object_kind=PermitCase._meta.label, object_id=str(case.pk))
    theirs = models.Q(object_kind=Requirement._meta.label, object_id__in=numbers)
    deeds = Event.objects.filter(own | theirs).exclude(verb__in=log.OPENINGS)
    return deeds.select_related("actor").order_by("-at", "-pk")
