"""The reviewers' side: the queue, a case, and what is decided on it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.people.models import Faculty
from careers.people.workflow import note_opening
from internships.permits import exporting, page, queue, workflow
from internships.permits.answers import attempt, too_late_words
from internships.permits.deeds import DEEDS, PAPER_DEEDS, form_of
from internships.permits.forms import BulkForm, SearchForm
from internships.permits.models import PermitCase
from internships.placements.gate import NEEDS

PAGE_SIZE = 25
SEARCHED = "case_search"
reviewers_only = permission_required("permits.review_case", raise_exception=True)
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


class ShowForm(forms.Form):
    OWNERS = [
        ("", gettext_lazy("All owners")),
        ("mine", gettext_lazy("Mine")),
        ("none", gettext_lazy("Nobody yet")),
    ]
    owner = forms.ChoiceField(label=gettext_lazy("Owner"), choices=OWNERS, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("Every kind")), *PermitCase.Kind.choices],
        required=False,
    )
    faculty = forms.ModelChoiceField(
        label=gettext_lazy("Faculty"),
        queryset=Faculty.objects.all(),
        empty_label=gettext_lazy("Every faculty"),
        required=False,
    )


@reviewers_only
@never_cache
@read_or_write
def desk_queue(request):
    """Names searched for travel by POST and rest in the session: none stands in an address."""
    bulk = None
    if "bulk" in request.POST:
        bulk = BulkForm(request.POST, ticked=request.POST.getlist("case"))
        if bulk.is_valid():
            _hand_over_ticked(request, bulk)
            return redirect(request.get_full_path())
    elif request.method == "POST":
        form = SearchForm(request.POST)
        if form.is_valid():
            request.session[SEARCHED] = (
                "" if "clear" in request.POST else form.cleaned_data["words"]
            )
            return redirect(request.get_full_path())
    show, words, tab, cases = _asked(request)
    counts = queue.counts(cases)
    found = Paginator(queue.rows(cases.filter(tab.which)), PAGE_SIZE)
    page_obj = found.get_page(request.GET.get("page"))
    context = {
        "tab": tab,
        "tabs": [(one, counts.get(one.code)) for one in queue.TABS],
        "page_obj": page_obj,
        "lines": [
            {
                "case": case,
                "next": queue.next_step(case),
                "ticked": f"{case.pk}:{case.owner_id or 0}" in request.POST.getlist("case"),
            }
            for case in page_obj
        ],
        "show": show,
        "search": SearchForm(initial={"words": words}),
        "words": words,
        "bulk": bulk or BulkForm(None, ticked=[]),
        "waiting": counts["office"],
        "today": timezone.localdate(),
        "kept": {name: value for name, value in request.GET.items() if name in show.fields},
    }
    return render(request, "permits/queue.html", context)


@reviewers_only
@never_cache
@require_safe
def desk_export(request, kind):
    """What the queue finds, as a file."""
    _show, _words, tab, cases = _asked(request)
    found = queue.rows(cases.filter(tab.which))
    return exporting.cases_as_file(kind, tab.code, found, by=request.user)


def _asked(request):
    """Give the form, the words looked for, the tab, and the cases of all tabs."""
    words = request.session.get(SEARCHED, "")
    show = ShowForm(request.GET)
    choices = show.cleaned_data if show.is_valid() else {}
    cases = queue.narrowed(queue.all_for(request.user), choices, words, request.user)
    return show, words, queue.tab_of(request.GET.get("tab", "")), cases


def _hand_over_ticked(request, form):
    """Each case by the same verb as one alone; what could not be done is said case by case."""
    chosen, to = form.chosen, form.cleaned_data["to"]
    done = 0
    for case in queue.all_for(request.user).filter(pk__in=chosen).order_by("pk"):
        try:
            seen = chosen[case.pk]
            done += workflow.hand_over(case, by=request.user, to=to, seen=seen) is not None
        except workflow.TooLate as late:
            messages.warning(request, f"{case.number}: {too_late_words(late, request.user)}")
        except workflow.Refused as refused:
            messages.error(request, f"{case.number}: {refused.reasons[0]}")
    words = ngettext(
        "%(number)s case is with %(name)s now.", "%(number)s cases are with %(name)s now.", done
    )
    messages.success(request, words % {"number": done, "name": to})


@reviewers_only
@never_cache
@require_safe
def desk_case(request, pk):
    return _case_page(request, _case_or_404(request, pk))


@reviewers_only
@never_cache
@read_or_write
def desk_act(request, pk, deed):
    """Decide. A form with a fault is shown again in its place, with all that was typed."""
    case = _case_or_404(request, pk)
    if request.method != "POST" or deed not in DEEDS:
        return redirect("desk_case", pk)
    wanted = DEEDS[deed]
    form = form_of(deed, case, request.POST)
    if form is not None and not form.is_valid():
        return _case_page(request, case, deed=deed, form=form)
    act = lambda: wanted.act(case, form, request.user)  # noqa: E731
    attempt(request, case, act, str(wanted.done))
    return redirect("desk_case", pk)


@reviewers_only
@require_POST
def desk_paper_accept(request, pk, code):
    """Accept what was looked at, or note that it was shown at the counter."""
    requirement = _paper_or_404(request, pk, code)
    seen, version = "seen" in request.POST, request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() else 0

    def act():
        if seen:
            return workflow.see_paper(requirement, by=request.user)
        return workflow.accept_paper(requirement, by=request.user, version=number)

    done = _("%(paper)s: accepted.") % {"paper": requirement.name}
    attempt(request, requirement.case, act, done)
    return redirect("desk_case", pk)


@reviewers_only
@never_cache
@read_or_write
def desk_paper(request, pk, code, deed):
    """Return a paper, or say that it is not needed: a page with one form."""
    requirement = _paper_or_404(request, pk, code)
    wanted = PAPER_DEEDS[deed]
    form = wanted.form(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "requirement": requirement, "deed": wanted}
        return render(request, "permits/paper_deed.html", context)
    act = lambda: wanted.act(requirement, form, request.user)  # noqa: E731
    attempt(request, requirement.case, act, str(wanted.done) % {"paper": requirement.name})
    return redirect("desk_case", pk)


def _case_or_404(request, pk):
    rows = queue.all_for(request.user).select_related(*page.WITH_ALL)
    return get_object_or_404(rows, pk=pk)


def _paper_or_404(request, pk, code):
    return get_object_or_404(
        _case_or_404(request, pk).requirements.select_related("case"), code=code
    )


def _case_page(request, case, *, deed="", form=None):
    note_opening(case.student, by=request.user, thing=case)
    rows = page.papers_of(case)
    before, after = _neighbours(request, case)
    context = {
        "case": case,
        "placement": case.placement,
        "student": case.student,
        "rows": rows,
        "groups": page.in_groups(rows),
        "accepted": sum(row.state == "accepted" for row in rows),
        "counting": sum(row.state != "not_applicable" for row in rows),
        "facts": _facts(case),
        "decisions": _decisions(request, case, rows, deed, form),
        "form": form,
        "paper_may": {
            name: workflow.may(case, name, request.user)
            for name in ("accept_paper", "return_paper", "mark_not_applicable")
        },
        "may_take": case.owner is None and workflow.may(case, "hand_over", request.user),
        "may_override": request.user.has_perm("placements.override_verdict"),
        "gate_needs": NEEDS.get(case.verdict.outcome, ""),
        "happened": page.happened(case),
        "undoable": page.undoable(case, request.user),
        "before": before,
        "after": after,
        "tab": queue.tab_of(case.waits_for if case.waits_for != "nobody" else "done"),
    }
    return render(request, "permits/desk_case.html", context)


def _facts(case):
    """What the student answered in the check, as her slip has it."""
    return case.verdict.assessment["slip"].get("answers", [])


def _decisions(request, case, rows, deed, form):
    """Give each thing that may be decided now: its form, its guards, whether they are cleared."""
    found = []
    for code, one in DEEDS.items():
        if one.apart or not workflow.may(case, one.verb, request.user) or not one.fits(case):
            continue
        guards = page.guards_of(case, one.verb, rows) if one.verb in page.guards.GUARDS else []
        found.append(
            {
                "code": code,
                "deed": one,
                "form": form if code == deed else form_of(code, case),
                "open": code == deed,
                "guards": guards,
                "ready": not page.guards.missing(guards),
            }
        )
    return found


def _neighbours(request, case):
    """Give the cases before and after this one among those that wait for the same side."""
    same = queue.all_for(request.user).filter(waits_for=case.waits_for)
    order = list(queue.in_order(same).values_list("pk", flat=True))
    place = order.index(case.pk)
    before = order[place - 1] if place else None
    after = order[place + 1] if place + 1 < len(order) else None
    return before, after
