"""How pages say that a verb was refused, came too late, or is done."""

from collections.abc import Callable

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from careers.desk.notes import note_done
from careers.people.models import User
from careers.record.words import verb_words
from internships.permits import page, workflow
from internships.permits.models import PermitCase


def attempt(request, case: PermitCase, deed: Callable[[], object], done: str) -> bool:
    """Try a verb and say on the next page how it went; say whether it was done."""
    try:
        deed()
    except workflow.TooLate as late:
        messages.warning(request, too_late_words(late, request.user))
    except workflow.Refused as refused:
        reasons = " · ".join(str(reason) for reason in refused.reasons)
        messages.error(
            request, _("Not yet. These must be cleared first: %(what)s") % {"what": reasons}
        )
    else:
        note_done(request, done, undo=undo_address(case, request.user))
        return True
    return False


def too_late_words(late: workflow.TooLate, reader: User) -> str:
    if late.event is None or late.event.actor is None:
        return _("Nothing was changed: somebody was faster. This is how it stands now.")
    if late.event.actor == reader:
        words = _("Nothing was changed: you have done something here since: “%(deed)s”.")
        return words % {"deed": verb_words(late.event.verb)}
    return _("Nothing was changed. %(name)s was here before: “%(deed)s”.") % {
        "name": late.event.actor,
        "deed": verb_words(late.event.verb),
    }


def undo_address(case: PermitCase, user) -> str:
    last = page.undoable(case, user)
    if last is None:
        return ""
    return reverse("case_undo", args=[case.pk, last.pk])
