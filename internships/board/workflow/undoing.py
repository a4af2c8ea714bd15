"""Taking back one's own last deed."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk import letters
from careers.desk.models import Letter
from careers.people.models import User
from careers.record import log
from careers.record.models import Event
from careers.record.refusals import Refused, TooLate
from internships.board.content import read
from internships.board.models import Posting
from internships.board.problems import STOPPED
from internships.board.transitions import UNDONE, VERBS, State

UNDO_WITHIN = timedelta(minutes=10)
_UNDOABLE = {verb.event: verb for verb in VERBS.values() if verb.undoable}
_LETTER_OF = {verb.event: verb.letter for verb in VERBS.values() if verb.letter}


@transaction.atomic
def undo(posting: Posting, event_id: int, *, by: User) -> Event:
    """Take back one's own last deed within ten minutes, if nobody did anything since."""
    row = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
    last = log.history(row).first()
    if last is None or last.pk != event_id:
        raise TooLate(last)
    verb = _UNDOABLE.get(last.verb)
    if verb is None or last.actor_id != by.pk or not by.has_perm(verb.permission):
        raise PermissionDenied
    if timezone.now() - last.at > UNDO_WITHIN:
        raise Refused(_("The ten minutes for undoing this are over. Nothing was changed."))
    _take_back_letter(row, last)
    before = {name: read(name, value) for name, value in last.before.items()}
    for name, value in before.items():
        setattr(row, name, value)
    if row.state == State.PUBLISHED and row.organisation.is_stopped:
        raise Refused(STOPPED)
    row.save()
    return log.append(UNDONE, row, actor=by, before=last.after, after=last.before, reason=last.verb)


def _take_back_letter(row: Posting, event: Event) -> None:
    """What was returned by mistake is taken back before the letter has gone out, or not at all."""
    kind = _LETTER_OF.get(event.verb)
    if kind is None:
        return
    about = {"object_kind": Posting._meta.label, "object_id": str(row.pk), "kind": kind}
    if Letter.objects.filter(**about, state=Letter.State.SENT, created_at__gte=event.at).exists():
        raise Refused(_("It is too late to undo this: the letter has gone out."))
    letters.cancel(row, kind)


def can_be_undone(event: Event | None) -> bool:
    return event is not None and event.verb in _UNDOABLE
