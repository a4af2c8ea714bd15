"""What a button does to a posting: undo, close, return; and telling what came of it."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from careers.desk.notes import note_done
from careers.record import log
from internships.board import deeds, workflow
from internships.board.forms.verbs import ReasonForm
from internships.board.models import Posting

_WITH = ("organisation", "posted_by", "pending_by", "assignee")


@never_cache
@require_POST
@permission_required("board.change_posting", raise_exception=True)
def posting_undo(request, ref, event):
    posting = find_posting(ref)
    try:
        workflow.undo(posting, event, by=request.user)
        note_done(request, _("Undone. It is as it was before."))
    except workflow.TooLate as error:
        messages.info(request, deeds.told(error.event))
    except workflow.Refused as error:
        messages.warning(request, str(error))
    return redirect("posting_edit", ref)


@never_cache
@permission_required("board.publish_posting", raise_exception=True)
def posting_withdraw(request, ref):
    """Close early: asks why."""
    return _with_reason(request, ref, "withdraw")


@never_cache
@permission_required("board.publish_posting", raise_exception=True)
def posting_return(request, ref):
    """Give a posting back to whoever wrote it: asks what to mend."""
    return _with_reason(request, ref, "return_posting")


def _with_reason(request, ref, name):
    posting = find_posting(ref)
    form = ReasonForm(request.POST or None)
    if name not in verbs_for(request.user, posting):
        return told_too_late(request, posting)
    if form.is_valid():
        verb, reason = getattr(workflow, name), form.cleaned_data["reason"]
        carried_out(request, posting, lambda: verb(posting, by=request.user, reason=reason))
        return redirect("posting_edit", ref)
    context = {"form": form, "posting": posting, "verb": name}
    return render(request, "board/posting_form_reason.html", context)


def told_too_late(request, posting):
    messages.info(request, deeds.told(log.history(posting).first()))
    return redirect("posting_edit", posting.ref)


def carried_out(request, posting, deed):
    """Do it and say so on the next page, or say who was faster."""
    try:
        event = deed()
    except workflow.Conflict:
        raise
    except workflow.TooLate as error:
        messages.info(request, deeds.told(error.event))
    else:
        note_deed(request, posting, event)


def tell_conflict(request, conflict, advice):
    """Say on the next page what colleagues did meanwhile, and what to do about it."""
    for event in conflict.events:
        messages.info(request, deeds.told(event))
    messages.warning(request, advice)


def add_refusal(form, refused):
    """Put the reasons on the form, beside the field that asks for one where that is what lacks."""
    field = "reason" if isinstance(refused, workflow.ReasonNeeded) else None
    for reason in refused.reasons:
        form.add_error(field, reason)


def number_in(text):
    """Read a number of a row or a deed as a form sends it; 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def find_posting(ref):
    return get_object_or_404(Posting.objects.select_related(*_WITH), ref=ref)


def note_deed(request, posting, event):
    """Say on the next page what was done, with its Undo."""
    undo = ""
    if workflow.can_be_undone(event) and event.pk == workflow.version(posting):
        undo = reverse("posting_undo", args=[posting.ref, event.pk])
    posting.refresh_from_db()
    note_done(request, deeds.done(event, posting), undo=undo)


def verbs_for(user, posting):
    """Name the verbs that this person could start now."""
    return {name for name in workflow.VERBS if workflow.may_start(name, posting, user)}
