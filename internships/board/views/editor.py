"""Writing a posting: the form, its buttons, and the way back."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST

from careers.desk.notes import note_done
from careers.people.office import office_settings
from careers.record import log
from internships.board import content, deeds, workflow
from internships.board.duplicates import duplicates_of
from internships.board.forms import PostingForm, ReasonForm
from internships.board.models import Organisation, Posting
from internships.board.precheck import precheck
from internships.board.problems import WORDS
from internships.board.sections import sections_of
from internships.board.views import detail
from internships.board.words import age_gap

NAMES_OFFERED = 500
_WITH = ("organisation", "posted_by", "pending_by", "assignee")
# What a copy does not take over: its days, and all that happened to the first one.
_NOT_COPIED = ("starts_on", "ends_on", "opens_at", "closes_at")


@cache_control(private=True, no_cache=True)
@permission_required("board.add_posting", raise_exception=True)
def posting_new(request):
    """A new posting, from nothing or from an earlier one (`copy=` its number)."""
    earlier = _copied(request)
    form = PostingForm(request.POST or None, instance=_copy_of(earlier))
    if request.method == "POST" and form.is_valid():
        return _carry_out(request, form, None, copied_from=earlier.ref if earlier else "")
    return _page(request, form, None, earlier=earlier)


@cache_control(private=True, no_cache=True)
@permission_required("board.change_posting", raise_exception=True)
def posting_edit(request, ref):
    posting = find_posting(ref)
    seen = workflow.version(posting)
    form = PostingForm(request.POST or None, instance=content.with_pending(posting), seen=seen)
    if request.method == "POST" and form.is_valid():
        return _carry_out(request, form, posting)
    return _page(request, form, posting)


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
        messages.warning(request, " ".join(map(str, error.reasons)))
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
        _note(request, posting, event)


def find_posting(ref):
    return get_object_or_404(Posting.objects.select_related(*_WITH), ref=ref)


def _copied(request):
    ref = request.GET.get("copy")
    return find_posting(ref) if ref else None


def _copy_of(earlier):
    if earlier is None:
        return None
    fields = {name: getattr(earlier, name) for name in PostingForm.Meta.fields}
    fields |= dict.fromkeys(_NOT_COPIED)
    return Posting(organisation=earlier.organisation, **fields)


def _carry_out(request, form, posting, *, copied_from=""):
    """Save, then do what the button says: both or neither."""
    if request.POST.get("do") == "preview":
        return _preview(request, form, posting)
    try:
        with transaction.atomic():
            saved, event = _save(request, form, posting, copied_from)
            event = _then(request, form, saved) or event
    except workflow.Conflict as conflict:
        return _show_both(request, form, conflict)
    except workflow.ReasonNeeded as needed:
        form.add_error("reason", needed.reasons[0])
        return _page(request, form, posting, codes=needed.codes)
    except workflow.Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return _page(request, form, posting)
    except workflow.TooLate as late:
        messages.info(request, deeds.told(late.event))
        return redirect("posting_edit", posting.ref)
    _note(request, saved, event)
    on_board = event and event.verb in ("published", "republished")
    return redirect("posting_detail" if on_board else "posting_edit", saved.ref)


def _save(request, form, posting, copied_from=""):
    values = form.values(by=request.user)
    if posting is None:
        key = form.cleaned_data["form_key"] or form.initial["form_key"]
        posting = workflow.save_draft(
            values, by=request.user, form_key=key, copied_from=copied_from
        )
        # Sent before, and now with other words: that is an edit of what was made then.
        seen = log.history(posting).get(verb="drafted").pk
    else:
        seen = form.cleaned_data["seen"] or 0
    return posting, workflow.edit(posting, values, by=request.user, seen=seen)


def _then(request, form, posting):
    """Do what the button asks for beyond saving; a plain "save" asks for nothing more."""
    verbs = {
        "submit": lambda: workflow.submit(posting, by=request.user),
        "publish": lambda: workflow.publish(
            posting, by=request.user, reason=form.cleaned_data["reason"]
        ),
        "republish": lambda: workflow.republish(
            posting, by=request.user, reason=form.cleaned_data["reason"]
        ),
        "still_right_ja": lambda: workflow.mark_still_right(posting, "ja", by=request.user),
        "still_right_en": lambda: workflow.mark_still_right(posting, "en", by=request.user),
    }
    verb = verbs.get(request.POST.get("do", ""))
    return verb() if verb else None


def _preview(request, form, posting):
    """Show the public page of what is typed, made by the public page itself; keep nothing."""
    with transaction.atomic():
        try:
            saved, _event = _save(request, form, posting)
            typed = find_posting(saved.ref)
            typed = content.with_pending(typed)
            typed.pending, typed.pending_state, typed.pending_by = None, "", None
            if not workflow.obstacles(typed):
                typed.state = Posting.State.PUBLISHED
                typed.opens_at = typed.published_at = timezone.now()
                typed.save()
            messages.info(request, _("A preview: nothing was saved. Close it to go on writing."))
            response = detail.posting_detail(request, typed.ref)
        except workflow.Conflict as conflict:
            response = _show_both(request, form, conflict)
        except workflow.Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
            response = _page(request, form, posting)
        transaction.set_rollback(True)
    return response


def _note(request, posting, event):
    """Say on the next page what was done, with its Undo."""
    undo = ""
    if workflow.can_be_undone(event) and event.pk == workflow.version(posting):
        undo = reverse("posting_undo", args=[posting.ref, event.pk])
    posting.refresh_from_db()
    note_done(request, deeds.done(event, posting), undo=undo)


def _show_both(request, form, conflict):
    """Two people wrote at once: hers is kept in the fields, and the other's is told beside it."""
    data = request.POST.copy()
    data["seen"] = str(workflow.version(conflict.posting))
    told = deeds.what_changed(conflict, form, form.cleaned_data["seen"] or 0)
    current = PostingForm(instance=content.with_pending(conflict.posting))
    for name in told.untouched:
        _take_over(data, current, name)
    again = PostingForm(data, instance=content.with_pending(conflict.posting))
    again.is_valid()
    return _page(request, again, conflict.posting, conflict=told)


def _take_over(data, current, name):
    bound = current[name]
    value = bound.field.widget.format_value(bound.value())
    data.setlist(name, value if isinstance(value, list) else [value or ""])


def _page(request, form, posting, *, earlier=None, codes=None, conflict=None):
    form.give_advice()
    gap = posting and age_gap(posting)
    if gap:
        form.note_below(f"description_{gap[0]}", deeds.older_words(*gap))
    now, parts = timezone.now(), sections_of(form.facts())
    context = {
        "form": form,
        "sections": parts,
        "next_section": next((part for part in parts if part.is_next), None),
        "duplicates": duplicates_of(content.with_pending(posting)) if posting else [],
        "posting": posting,
        "now": now,
        "is_stale": bool(posting and posting.is_stale(now)),
        "earlier": earlier,
        "gap": gap,
        "conflict": conflict,
        "panel": precheck(content.with_pending(posting)) if posting else None,
        "doubts": [WORDS[code] for code in _doubts(posting, codes)],
        "obstacles": workflow.obstacles(posting, timezone.now()) if posting else [],
        "may": verbs_for(request.user, posting),
        "second_person": workflow.needs_second_person(posting, request.user)
        if posting
        else office_settings().second_person_publishes,
        "names": _names_of_organisations(),
        "events": log.history(posting)[:5] if posting else [],
    }
    return render(request, "board/posting_form.html", context)


def _doubts(posting, codes):
    if codes is not None:
        return codes
    if posting is None or posting.state == Posting.State.PUBLISHED:
        return []
    return workflow.doubts(posting)


def verbs_for(user, posting):
    """Name the verbs that this person could start now."""
    return {name for name in workflow.VERBS if workflow.may_start(name, posting, user)}


def _names_of_organisations():
    rows = Organisation.objects.order_by("-pk").values_list("name_ja", "name_en")[:NAMES_OFFERED]
    return sorted({name for row in rows for name in row if name})
