"""Take back one's own last deed."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk import letters
from careers.people.models import User
from careers.record import log
from careers.record.models import Event
from careers.record.refusals import Refused, TooLate
from internships.permits import papers
from internships.permits.models import PermitCase, Requirement
from internships.permits.transitions import VERBS
from internships.permits.workflow.moving import settle
from internships.permits.workflow.row import history_of, locked, must_be_allowed
from internships.placements import workflow as placements

UNDONE = "undone"
# Both verbs of returning are told by the same word; what they may undo is the same too.
_BY_EVENT = {verb.event: verb for verb in VERBS.values()}
Paper = Requirement.State


@transaction.atomic
def undo(case: PermitCase, event_id: int, *, by: User) -> Event:
    """Take back one's own last deed while its letter waits, if nobody did anything since."""
    row = locked(case)
    last = history_of(row).first()
    if last is None or last.pk != event_id:
        raise TooLate(last)
    verb = _BY_EVENT.get(last.verb)
    if verb is None or not verb.undoable or last.actor_id != by.pk:
        raise PermissionDenied
    must_be_allowed(row, verb, by)
    written = (last.after or {}).get("letter")
    late = timezone.now() - last.at > settings.LETTER_DELAY
    if late or (written and not letters.take_back(written)):
        raise Refused(_("It is too late to undo this: the letter has gone out."))
    if verb is VERBS["open_gate"]:
        row.placement = placements.close_gate(row.placement, actor=by, reason=UNDONE)
    _restore(row, last)
    settle(row, by)
    return log.append(
        UNDONE, row, actor=by, about=row.student.user, before=last.after, after=last.before
    )


def _restore(case: PermitCase, event: Event) -> None:
    of_case = event.object_kind == PermitCase._meta.label
    row = case if of_case else case.requirements.get(pk=event.object_id)
    for name, value in (event.before or {}).items():
        setattr(row, name, _read(row, name, value))
    row.save()
    verb = _BY_EVENT[event.verb]
    if not of_case:
        case.correct_by = None
    if verb in (VERBS["confirm_answer"], VERBS["record_answer"]):
        state = Paper.UPLOADED if case.answer else Paper.MISSING
        answer = case.requirements.filter(code=papers.ANSWER)
        answer.update(state=state, checked_by=None, checked_at=None)


def _read(row: models.Model, name: str, value: Any) -> Any:
    """Read a value of the log as the field holds it."""
    field = row._meta.get_field(name)
    if value is None:
        return None
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def can_be_undone(event: Event | None, by: User) -> bool:
    if event is None or event.actor_id != by.pk or event.verb not in _BY_EVENT:
        return False
    return _BY_EVENT[event.verb].undoable and timezone.now() - event.at <= settings.LETTER_DELAY
