"""What a posting said earlier, what a change would make of it, and who decides on that."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from internships.board import content, deeds, versions, workflow
from internships.board.folding import without_controls
from internships.board.forms.verbs import ChangeForm
from internships.board.translation import behind
from internships.board.views.verbs import (
    add_refusal,
    carried_out,
    find_posting,
    number_in,
    tell_conflict,
    verbs_for,
)


@never_cache
@permission_required("board.change_posting", raise_exception=True)
def posting_change(request, ref):
    """The pending version beside the approved one: approve it, return it, drop it."""
    posting = find_posting(ref)
    if posting.pending is None:
        messages.info(request, _("No change of this posting waits."))
        return redirect("posting_edit", ref)
    form = ChangeForm(request.POST or None, initial={"seen": workflow.version(posting)})
    if request.method == "POST" and form.is_valid():
        try:
            carried_out(request, posting, _decision(request, posting, form))
            return redirect("posting_edit", ref)
        except workflow.Conflict as conflict:
            return _look_again(request, conflict)
        except workflow.ReasonNeeded as needed:
            add_refusal(form, needed)
            form.add_error("reason", deeds.doubts(needed))
        except workflow.Refused as refused:
            add_refusal(form, refused)
    return _change_page(request, posting, form)


def _decision(request, posting, form):
    """Give the verb that the button names, ready to be called."""
    by, data = request.user, form.cleaned_data
    verbs = {
        "approve_change": lambda: workflow.approve_change(
            posting, by=by, seen=data["seen"] or 0, reason=data["reason"]
        ),
        "return_change": lambda: workflow.return_change(posting, by=by, reason=data["reason"]),
        "resubmit_change": lambda: workflow.resubmit_change(posting, by=by, reason=data["reason"]),
        "drop_change": lambda: workflow.drop_change(posting, by=by),
    }
    verb = verbs.get(request.POST.get("do", ""))
    if verb is None:
        raise Http404
    return verb


def _look_again(request, conflict):
    tell_conflict(request, conflict, _("The change is another one now. Look again, then decide."))
    return redirect("posting_change", conflict.posting.ref)


def _change_page(request, posting, form):
    shown = content.with_pending(posting)
    context = {
        "posting": posting,
        "shown": shown,
        "lines": versions.compare(content.of(posting), content.of(shown)),
        "late": behind(posting),
        "form": form,
        "may": verbs_for(request.user, posting),
        "own": posting.pending_by_id == request.user.pk,
        "second_person": workflow.needs_second_person(posting, request.user, now_writing=True),
        "returned": deeds.returned(posting),
    }
    return render(request, "board/posting_change.html", context)


@never_cache
@permission_required("board.view_posting", raise_exception=True)
def posting_versions(request, ref):
    """All versions; two of them beside each other, by their numbers in the address."""
    posting = find_posting(ref)
    found = versions.versions_of(posting)
    newer = _numbered(found, request.GET.get("to")) or (found[0] if found else None)
    older = _numbered(found, request.GET.get("from")) or _before(found, newer)
    if newer and older and older.number > newer.number:
        older, newer = newer, older
    context = {
        "posting": posting,
        "versions": found,
        "older": older,
        "newer": newer,
        "lines": versions.compare(older.values, newer.values) if older else [],
        "seen": workflow.version(posting),
        "asks_why": "why" in request.GET,
        "may_restore": request.user.has_perm("board.change_posting"),
    }
    return render(request, "board/posting_versions.html", context)


@never_cache
@require_POST
@permission_required("board.change_posting", raise_exception=True)
def posting_restore(request, ref, number):
    posting = find_posting(ref)
    version = _numbered(versions.versions_of(posting), str(number))
    if version is None:
        raise Http404
    back = f"{reverse('posting_versions', args=[ref])}?from={number}"
    seen = number_in(request.POST.get("seen", ""))
    reason = without_controls(request.POST.get("reason", ""))[:1000]
    try:
        event = workflow.restore(posting, version, by=request.user, seen=seen, reason=reason)
    except workflow.Conflict as conflict:
        tell_conflict(request, conflict, _("Nothing was restored. Look again, then decide."))
    except workflow.ReasonNeeded as needed:
        messages.warning(request, f"{needed} {deeds.doubts(needed)}")
        return redirect(f"{back}&why=1")
    except workflow.Refused as refused:
        messages.warning(request, str(refused))
    else:
        carried_out(request, posting, lambda: event)
        return redirect("posting_edit", ref)
    return redirect(back)


def _numbered(found, number):
    return next((one for one in found if str(one.number) == number), None)


def _before(found, version):
    """Give the version before one, or the only one."""
    earlier = [one for one in found if version and one.number < version.number]
    return earlier[0] if earlier else version
