"""Writing a posting: the list of its sections, a page for each, and all of them on one."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from careers.people.office import office_settings
from careers.record import log
from internships.board import content, deeds, workflow
from internships.board.attachments import files_of
from internships.board.duplicates import duplicates_of
from internships.board.forms import PostingForm, PublishForm
from internships.board.models import Organisation, Posting
from internships.board.precheck import precheck
from internships.board.problems import WORDS
from internships.board.sections import BY_KEY, FIRST, PARTS, Part, next_after, sections_of
from internships.board.translation import behind
from internships.board.versions import Line
from internships.board.views import detail
from internships.board.views.verbs import find_posting, note_deed, verbs_for
from internships.board.words import age_gap

WHOLE = "all"
NAMES_OFFERED = 500
_BACK_TO_THE_LIST = ("back", "submit", "publish", "republish")
# What a copy does not take over: its days, and all that happened to the first one.
_NOT_COPIED = ("starts_on", "ends_on", "opens_at", "closes_at")


@cache_control(private=True, no_cache=True)
@permission_required("board.add_posting", raise_exception=True)
def posting_new(request):
    """A new posting: its first section, or the whole (`all`), or a copy (`copy=` its number)."""
    earlier = _copied(request)
    part = None if earlier or WHOLE in request.GET else FIRST
    form = _form(part, request.POST or None, instance=_copy_of(earlier))
    if request.method == "POST" and form.is_valid():
        return _carry_out(request, form, None, part, copied_from=earlier.ref if earlier else "")
    return _form_page(request, form, None, part, earlier=earlier)


@cache_control(private=True, no_cache=True)
@permission_required("board.change_posting", raise_exception=True)
def posting_edit(request, ref):
    """The list of sections, and what may be done with the posting as it is saved."""
    posting = find_posting(ref)
    form = PublishForm(request.POST or None, initial={"seen": workflow.version(posting)})
    if request.method == "POST" and form.is_valid():
        return _start(request, posting, form)
    return _list_page(request, posting, form)


@cache_control(private=True, no_cache=True)
@permission_required("board.change_posting", raise_exception=True)
def posting_section(request, ref, key):
    """One section, or the whole form on one page; each is saved by itself."""
    posting = find_posting(ref)
    if key not in BY_KEY and key != WHOLE:
        raise Http404
    part, seen = BY_KEY.get(key), workflow.version(posting)
    shown = content.with_pending(posting)
    form = _form(part, request.POST or None, instance=shown, seen=seen)
    if request.method == "POST" and form.is_valid():
        return _carry_out(request, form, posting, part)
    return _form_page(request, form, posting, part)


def _form(part: Part | None, data=None, **kwargs) -> PostingForm:
    return PostingForm(data, names=part and part.fields, **kwargs)


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
        return _form_page(request, form, posting, part, codes=codes)

    def saved(reason=reason):
        return _save(request, form, posting, copied_from, reason)

    try:
        if do == "preview":
            return _preview(request, lambda: saved(reason=do)[0])
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
            return _preview(request, lambda: posting)
        event = _then(request.user, posting, do, reason=reason, seen=seen or 0)
    except workflow.Conflict as conflict:
        for deed in conflict.events:
            messages.info(request, deeds.told(deed))
        messages.warning(request, _("Nothing was changed. Look again, then decide."))
    except workflow.Refused as refused:
        return _list_page(request, posting, form, codes=_refusal_on(form, refused))
    except workflow.TooLate as late:
        messages.info(request, deeds.told(late.event))
    else:
        if event:
            note_deed(request, posting, event)
            return redirect(_address_after(request, posting, event, None))
    return redirect("posting_edit", posting.ref)


def _refusal_on(form, refused):
    """Put the reasons on the form; give the doubts where it asks for a reason of hers."""
    if isinstance(refused, workflow.ReasonNeeded):
        form.add_error("reason", refused.reasons[0])
        return refused.codes
    for reason in refused.reasons:
        form.add_error(None, reason)
    return None


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
    form = _form(None, instance=content.with_pending(posting))
    return sections_of(form.facts(), posting.problems)


def _say_what_to_look_at(request, posting, sections, part):
    """She goes on: what the checks say of the section she leaves is told on the next page."""
    left = next(one for one in sections if one.part == part)
    address = reverse("posting_section", args=[posting.ref, part.key])
    for note in left.notes:
        link = format_html('<a href="{}">{}</a>', address, part.words)
        messages.warning(request, format_html("{}: {}", link, note.words))


def _preview(request, make):
    """Show the public page of what `make` saves, made by the public page itself; keep nothing."""
    with transaction.atomic():
        try:
            typed = content.with_pending(find_posting(make().ref))
            typed.pending, typed.pending_state, typed.pending_by = None, "", None
            is_ready = not workflow.obstacles(typed)
            if is_ready:
                typed.state = Posting.State.PUBLISHED
                typed.opens_at = typed.published_at = timezone.now()
                typed.save()
            return _as_a_visitor(request, typed) if is_ready else _as_the_office(request, typed)
        finally:
            transaction.set_rollback(True)


def _as_a_visitor(request, typed):
    writer, request.user = request.user, AnonymousUser()
    request.GET = QueryDict()  # what the editor was asked is nothing to the public page
    words = _("A preview, as a visitor sees it: nothing was saved. Close it to go on writing.")
    messages.info(request, words)
    try:
        return detail.posting_detail(request, typed.ref)
    finally:
        request.user = writer


def _as_the_office(request, typed):
    request.GET = QueryDict()
    messages.info(request, _("A preview: nothing was saved. Close it to go on writing."))
    return detail.posting_detail(request, typed.ref)


def _show_both(request, form, part, conflict):
    """Two people wrote at once: hers is kept in the fields, and the other's is told beside it."""
    data = request.POST.copy()
    data["seen"] = str(workflow.version(conflict.posting))
    told = deeds.what_changed(conflict, form, form.cleaned_data["seen"] or 0)
    current = _form(part, instance=content.with_pending(conflict.posting))
    for name in told.untouched:
        _take_over(data, current, name)
    again = _form(part, data, instance=content.with_pending(conflict.posting))
    again.is_valid()
    return _form_page(request, again, conflict.posting, part, conflict=told)


def _take_over(data, current, name):
    bound = current[name]
    value = bound.field.widget.format_value(bound.value())
    data.setlist(name, value if isinstance(value, list) else [value or ""])


@dataclass
class Row:
    """Fields beside each other, and what the translator of one of them has to know."""

    fields: list[Any]
    line: Line | None = None


@dataclass
class Shown:
    """A section with its fields, as a page shows it."""

    part: Part
    rows: list[Row] = field(default_factory=list)


def _shown(form, part, late):
    return [
        Shown(one, [_row(form, names, late) for names in one.rows])
        for one in PARTS
        if part is None or one == part
    ]


def _row(form, names, late):
    return Row([form[name] for name in names], late and late.line_of(names[0]))


def _form_page(request, form, posting, part, *, earlier=None, codes=None, conflict=None):
    form.give_advice()
    gap = posting and age_gap(posting)
    if gap and (name := f"description_{gap[0]}") in form.fields:
        form.note_below(name, deeds.older_words(*gap))
    late = behind(posting) if posting and "title_ja" in form.fields else None
    sections = sections_of(form.facts(), posting.problems if posting else ())
    context = {
        "form": form,
        "part": part,
        "number": PARTS.index(part) + 1 if part else None,
        "shown": _shown(form, part, late),
        "late": late,
        "older": late.older if late and not late.waits else gap and gap[0],
        "sections": sections,
        "earlier": earlier,
        "conflict": conflict,
        "names": _names_of_organisations() if "title_ja" in form.fields else [],
        "doubts": [WORDS[code] for code in _doubts(posting, part, codes)],
        **_around(request, posting),
    }
    return render(request, "board/posting_form.html", context)


def _list_page(request, posting, form, *, codes=None):
    shown = content.with_pending(posting)
    whole = _form(None, instance=shown)
    sections = sections_of(whole.facts(), posting.problems)
    context = {
        "form": form,
        "sections": [(one, [whole[name].label for name in one.missing]) for one in sections],
        "complete": sum(one.is_complete for one in sections),
        "next_section": next((one.part for one in sections if one.is_next), None),
        "files": files_of(shown),
        "doubts": [WORDS[code] for code in _doubts(posting, None, codes)],
        **_around(request, posting),
    }
    return render(request, "board/posting_edit.html", context)


def _around(request, posting):
    """Give what every page of the editor shows around its fields."""
    now = timezone.now()
    if posting is None:
        second = office_settings().second_person_publishes
        return {"posting": None, "may": set(), "second_person": second, "panel": None}
    shown = content.with_pending(posting)
    return {
        "posting": posting,
        "now": now,
        "is_stale": posting.is_stale(now),
        "duplicates": duplicates_of(shown),
        "panel": precheck(shown),
        "obstacles": workflow.obstacles(posting, now),
        "may": verbs_for(request.user, posting),
        "second_person": workflow.needs_second_person(posting, request.user),
        "events": log.history(posting)[:5],
    }


def _doubts(posting, part, codes):
    if codes is not None:
        return codes
    if posting is None or part or posting.state == Posting.State.PUBLISHED:
        return []
    return workflow.doubts(posting)


def _names_of_organisations():
    rows = Organisation.objects.order_by("-pk").values_list("name_ja", "name_en")[:NAMES_OFFERED]
    return sorted({name for row in rows for name in row if name})
