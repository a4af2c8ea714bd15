"""Writing a posting: the list of its sections, a page for each, and all of them on one."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from careers.record import log
from internships.board import content, deeds, workflow
from internships.board.forms.posting import PostingForm, PublishForm
from internships.board.models import Posting
from internships.board.sections import BY_KEY, FIRST, next_after, sections_of
from internships.board.views.editor_pages import form_of, form_page, list_page
from internships.board.views.preview import preview
from internships.board.views.verbs import add_refusal, find_posting, note_deed, tell_conflict

WHOLE = "all"
_BACK_TO_THE_LIST = ("back", "submit", "publish", "republish")
# What a copy does not take over: its days, and all that happened to the first one.
_NOT_COPIED = ("starts_on", "ends_on", "opens_at", "closes_at")


@permission_required("board.add_posting", raise_exception=True)
def posting_new(request):
    """A new posting: its first section, or the whole (`all`), or a copy (`copy=` its number)."""
    earlier = _copied(request)
    part = None if earlier or WHOLE in request.GET else FIRST
    form = form_of(part, request.POST or None, instance=_copy_of(earlier))
    if request.method == "POST" and form.is_valid():
        return _carry_out(request, form, None, part, copied_from=earlier.ref if earlier else "")
    return form_page(request, form, None, part, earlier=earlier)


@permission_required("board.change_posting", raise_exception=True)
def posting_edit(request, ref):
    """The list of sections, and what may be done with the posting as it is saved."""
    posting = find_posting(ref)
    form = PublishForm(request.POST or None, initial={"seen": workflow.version(posting)})
    if request.method == "POST" and form.is_valid():
        return _start(request, posting, form)
    return list_page(request, posting, form)


@permission_required("board.change_posting", raise_exception=True)
def posting_section(request, ref, key):
    """One section, or the whole form on one page; each is saved by itself."""
    posting = find_posting(ref)
    if key not in BY_KEY and key != WHOLE:
        raise Http404
    part, seen = BY_KEY.get(key), workflow.version(posting)
    shown = content.with_pending(posting)
    form = form_of(part, request.POST or None, instance=shown, seen=seen)
    if request.method == "POST" and form.is_valid():
        return _carry_out(request, form, posting, part)
    return form_page(request, form, posting, part)


def _copied(request):
    ref = request.GET.get("copy")
    return find_posting(ref) if ref else None


def _copy_of(earlier):
    if earlier is None:
        return None
    fields = {name: getattr(earlier, name) for name in PostingForm.Meta.fields}
    fields |= dict.fromkeys(_NOT_COPIED)
    return Posting(organisation=earlier.organisation, **fields)


def _carry_out(request, form, posting, part, *, copied_from=""):
    """Save, then do what the button says: both or neither."""
    do, reason = request.POST.get("do", ""), form.cleaned_data["reason"]

    def again(codes=None):
        return form_page(request, form, posting, part, codes=codes)

    def saved(reason=reason):
        return _save(request, form, posting, copied_from, reason)

    try:
        if do == "preview":
            return preview(request, lambda: saved(reason=do)[0])
        with transaction.atomic():
            posting_saved, event = saved()
            event = _then(request.user, posting_saved, do, reason=reason) or event
    except workflow.Conflict as conflict:
        return _show_both(request, form, part, conflict)
    except workflow.Refused as refused:
        return again(_refusal_on(form, refused))
    except workflow.TooLate as late:
        messages.info(request, deeds.told(late.event))
        return redirect("posting_edit", posting.ref)
    note_deed(request, posting_saved, event)
    return redirect(_address_after(request, posting_saved, event, part))


def _start(request, posting, form):
    """Do what a button of the list asks for; the posting itself is saved already."""
    do, seen, reason = request.POST.get("do", ""), *map(form.cleaned_data.get, ("seen", "reason"))
    try:
        if do == "preview":
            return preview(request, lambda: posting)
        event = _then(request.user, posting, do, reason=reason, seen=seen or 0)
    except workflow.Conflict as conflict:
        tell_conflict(request, conflict, _("Nothing was changed. Look again, then decide."))
    except workflow.Refused as refused:
        return list_page(request, posting, form, codes=_refusal_on(form, refused))
    except workflow.TooLate as late:
        messages.info(request, deeds.told(late.event))
    else:
        if event:
            note_deed(request, posting, event)
            return redirect(_address_after(request, posting, event, None))
    return redirect("posting_edit", posting.ref)


def _refusal_on(form, refused):
    """Put the reasons on the form; give the doubts where it asks for a reason of hers."""
    add_refusal(form, refused)
    return getattr(refused, "codes", None)


def _save(request, form, posting, copied_from, reason):
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
    return posting, workflow.edit(posting, values, by=request.user, seen=seen, reason=reason)


def _then(by, posting, do, *, reason, seen=None):
    """Do what the button asks for beyond saving; a plain "save" asks for nothing more."""
    verbs = {
        "submit": lambda: workflow.submit(posting, by=by, seen=seen),
        "publish": lambda: workflow.publish(posting, by=by, reason=reason, seen=seen),
        "republish": lambda: workflow.republish(posting, by=by, reason=reason, seen=seen),
        "still_right_ja": lambda: workflow.mark_still_right(posting, "ja", by=by),
        "still_right_en": lambda: workflow.mark_still_right(posting, "en", by=by),
    }
    return verbs[do]() if do in verbs else None


def _address_after(request, saved, event, part):
    do = request.POST.get("do", "")
    if event and event.verb in ("published", "republished"):
        return saved.get_absolute_url()
    onward = part.key if part else WHOLE
    if do == "continue" and part:
        sections = _sections(saved)
        _say_what_to_look_at(request, saved, sections, part)
        ahead = next_after(sections, part)
        onward = ahead and ahead.key
    if onward is None or do in _BACK_TO_THE_LIST:
        return reverse("posting_edit", args=[saved.ref])
    return reverse("posting_section", args=[saved.ref, onward])


def _sections(posting):
    form = form_of(None, instance=content.with_pending(posting))
    return sections_of(form.facts(), posting.problems)


def _say_what_to_look_at(request, posting, sections, part):
    """She goes on: what the checks say of the section she leaves is told on the next page."""
    left = next(one for one in sections if one.part == part)
    address = reverse("posting_section", args=[posting.ref, part.key])
    for note in left.notes:
        link = format_html('<a href="{}">{}</a>', address, part.words)
        messages.warning(request, format_html("{}: {}", link, note.words))


def _show_both(request, form, part, conflict):
    """Two people wrote at once: hers is kept in the fields, and the other's is told beside it."""
    data = request.POST.copy()
    data["seen"] = str(workflow.version(conflict.posting))
    told = deeds.what_changed(conflict, form, form.cleaned_data["seen"] or 0)
    current = form_of(part, instance=content.with_pending(conflict.posting))
    for name in told.untouched:
        _take_over(data, current, name)
    again = form_of(part, data, instance=content.with_pending(conflict.posting))
    again.is_valid()
    return form_page(request, again, conflict.posting, part, conflict=told)


def _take_over(data, current, name):
    bound = current[name]
    value = bound.field.widget.format_value(bound.value())
    data.setlist(name, value if isinstance(value, list) else [value or ""])
