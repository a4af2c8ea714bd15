"""How pages say that a verb was refused, came too late, or is done."""

from collections.abc import Callable

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from careers.desk.notes import note_done
from careers.record.words import verb_words
from internships.credits import moves, workflow
from internships.credits.models import CreditRequest


def attempt(request, credit: CreditRequest, deed: Callable[[], object], done: str) -> bool:
    """Try a verb and say on the next page how it went; say whether it was done."""
    try:
        deed()
    except workflow.TooLate as late:
        messages.warning(request, too_late_words(late))
    except workflow.Refused as refused:
        messages.error(request, str(refused))
    else:
        note_done(request, done, undo=undo_address(credit, request.user))
        return True
    return False


def too_late_words(late: workflow.TooLate) -> str:
    if late.event is None or late.event.actor is None:
        return _("Nothing was changed: somebody was faster. This is how it stands now.")
    return _("Nothing was changed. %(name)s was here before: “%(deed)s”.") % {
        "name": late.event.actor,
        "deed": verb_words(late.event.verb),
    }


def undo_address(credit: CreditRequest, user) -> str:
    last = moves.last_event(credit)
    if not workflow.can_be_undone(last, user):
        return ""
    return reverse("credit_undo", args=[credit.number, last.pk])
