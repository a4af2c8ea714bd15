"""What the office does around a posting: who looks after it, its day, what came of it, notes."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from careers.record import log
from internships.board import deeds, hosts, organisations, workflow
from internships.board.fields import labels_in
from internships.board.forms.care import CareForm, OutcomeForm
from internships.board.forms.verbs import NewDayForm
from internships.board.models import Organisation
from internships.board.views.bulk import way_back
from internships.board.views.verbs import (
    add_refusal,
    carried_out,
    find_posting,
    told_too_late,
    verbs_for,
)

# So much longer is offered; any later day can be written.
LONGER = timedelta(days=14)


@never_cache
@permission_required("board.publish_posting", raise_exception=True)
def posting_extend(request, ref):
    """A later closing date, or another round on the board for what is over."""
    posting = find_posting(ref)
    may = verbs_for(request.user, posting)
    name = next((one for one in ("extend", "relist") if one in may), None)
    if name is None:
        return told_too_late(request, posting)
    if request.POST.get("verb", name) != name:
        # A colleague, or the clock, has closed it under her eyes, or has put it back.
        messages.info(request, deeds.told(log.history(posting).first()))
        return redirect(request.get_full_path())
    after = posting.closes_at if name == "extend" else None
    form = NewDayForm(
        request.POST or None, after=after, initial={"closes_at": after and after + LONGER}
    )
    if form.is_valid() and _done(request, posting, form, _with_new_day(request, name)):
        return redirect(_back(request, posting))
    context = {"form": form, "posting": posting, "verb": name, "back": _back(request, posting)}
    context |= {
        "today": timezone.localdate(),
        "second_person": workflow.needs_second_person(posting, request.user, now_writing=True),
    }
    return render(request, "board/posting_extend.html", context)


def _back(request, posting):
    """Give the list somebody came from, where she came from one, or else the posting."""
    if "back" in request.GET:
        return way_back(request.GET["back"])
    return reverse("posting_edit", args=[posting.ref])


def _with_new_day(request, name):
    def verb(posting, data):
        reason = {"reason": data["reason"]} if name == "relist" else {}
        closes_at = data["closes_at"]
        return getattr(workflow, name)(posting, by=request.user, closes_at=closes_at, **reason)

    return verb


@never_cache
@permission_required("board.change_posting", raise_exception=True)
def posting_outcome(request, ref):
    """How many applied and were accepted, asked once it is over."""
    posting = find_posting(ref)
    if "note_outcome" not in verbs_for(request.user, posting):
        return told_too_late(request, posting)
    form = OutcomeForm(request.POST or None, posting=posting)
    if form.is_valid() and _done(
        request,
        posting,
        form,
        lambda posting, data: workflow.note_outcome(posting, by=request.user, **data),
    ):
        return redirect(_back(request, posting))
    context = {"form": form, "posting": posting, "back": _back(request, posting)}
    return render(request, "board/posting_outcome.html", context)


@never_cache
@permission_required("board.change_posting", raise_exception=True)
def posting_care(request, ref):
    """Who looks after it, its labels, and the notes on its organisation."""
    posting = find_posting(ref)
    form = CareForm(request.POST or None, posting=posting)
    if form.is_valid():
        try:
            carried_out(request, posting, lambda: _look_after(posting, form, by=request.user))
            return redirect("posting_edit", ref)
        except workflow.Refused as refused:
            add_refusal(form, refused)
        except organisations.Conflict as conflict:
            host = Organisation.objects.get(pk=posting.organisation_id)
            form.look_again(host, conflict.events, hosts.told(conflict.events[-1]))
    return render(request, "board/posting_care.html", {"form": form, "posting": posting})


@transaction.atomic
def _look_after(posting, form, *, by):
    """Write all of the form or nothing; give the last deed."""
    data = form.cleaned_data
    labels, had = data["labels"], labels_in(data["had"])
    added, dropped = set(labels) - set(had), set(had) - set(labels)
    noted = organisations.write_notes(posting.organisation, data, by=by, seen=data["seen"])
    given = workflow.assign(posting, by=by, to=data["assignee"])
    labelled = workflow.label(
        posting, by=by, add=[one for one in labels if one in added], drop=dropped
    )
    return labelled or given or noted


@never_cache
@require_POST
@permission_required("board.change_posting", raise_exception=True)
def posting_confirm(request, ref):
    posting = find_posting(ref)
    carried_out(request, posting, lambda: workflow.confirm(posting, by=request.user))
    return redirect("posting_edit", ref)


def _done(request, posting, form, verb):
    """Do it, all or nothing; False where it was refused, with the reasons on the form."""

    def deed():
        with transaction.atomic():
            return verb(posting, form.cleaned_data)

    try:
        carried_out(request, posting, deed)
    except workflow.ReasonNeeded as needed:
        add_refusal(form, needed)
        form.add_error("reason", deeds.doubts(needed))
    except workflow.Refused as refused:
        add_refusal(form, refused)
    except workflow.Conflict as conflict:
        form.look_again(conflict.posting, deeds.told(conflict.events[-1]))
    return form.is_valid()
