"""How we decide, for everybody; and the rule bench of the office."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careers.desk.notes import note_done
from careers.law import assess, citation, text, value_words, what_would_change
from careers.law.diagram import diagram
from careers.people.office import policy
from internships.eligibility import law_words
from internships.office import workflow
from internships.office.models import WorkedCase
from internships.office.rules import cases, lines
from internships.office.rules.differences import differing, in_full
from internships.office.rules.forms import FactsForm, KeepForm, OtherRulesForm

PAGE_SIZE = 25


@login_not_required
@require_safe
def how_we_decide(request):
    """The rules in the order in which they decide, with their sources; one edition at a time."""
    return render(request, "office/rules/how_we_decide.html", _edition_context(request))


def _edition_context(request):
    edition, language = _edition_asked(request), _language()
    return {
        "edition": edition,
        "editions": lines.editions(language),
        "deciding": lines.deciding(edition, language),
        "adding": lines.adding(edition, language),
        "numbers": lines.numbers(edition, language),
        # Drawn from the rules alone, with every word escaped.
        "diagram": mark_safe(diagram(edition, language)),
        "read_again_before": timezone.localdate() - lines.FRESH_FOR,
    }


def _edition_asked(request):
    name = request.GET.get("edition", "")
    edition = lines.edition_named(name) if name else lines.edition_on(timezone.localdate())
    if edition is None:
        raise Http404
    return edition


def _language() -> str:
    return "ja" if get_language() == "ja" else "en"


@require_safe
@permission_required("office.use_rule_bench", raise_exception=True)
def rule_list(request):
    """All rules of an edition, with their names and since when they hold."""
    return render(request, "office/rules/rule_list.html", _edition_context(request))


@require_safe
@permission_required("office.use_rule_bench", raise_exception=True)
def rule_cases(request):
    """The worked cases, expected and actual, by the rules of one edition."""
    edition = _edition_asked(request)
    found = cases.worked_cases(edition.starts)
    context = {
        "edition": edition,
        "editions": lines.editions(_language()),
        "cases": found,
        "failed": sum(bool(case.differs) for case in found),
    }
    return render(request, "office/rules/cases.html", context)


@require_safe
@permission_required("office.use_rule_bench", raise_exception=True)
def rule_try(request):
    """Any facts on any day: the whole answer, without anybody's name."""
    return _tried(request, FactsForm(request.GET or None))


@require_POST
@permission_required("office.use_rule_bench", raise_exception=True)
def rule_case_add(request):
    """Keep the facts tried as a worked case, with what should come out and how it was found."""
    facts_form, keep_form = FactsForm(request.POST), KeepForm(request.POST)
    if not (facts_form.is_valid() and keep_form.is_valid()):
        return _tried(request, facts_form, keep_form)
    # A day left blank stays blank: the case then holds under every edition.
    on = facts_form.cleaned_data["on"] if request.POST.get("on") else None
    try:
        case = workflow.add_case(facts_form.facts, on, **keep_form.cleaned_data, actor=request.user)
    except workflow.TooLate:
        keep_form.add_error(None, _("There is a case of these facts and this day already."))
        return _tried(request, facts_form, keep_form)
    undo = reverse("rule_case_withdraw", args=[case.pk])
    note_done(request, _("The case is kept and asked with the others."), undo=undo)
    return redirect("rule_cases")


@require_POST
@permission_required("office.use_rule_bench", raise_exception=True)
def rule_case_withdraw(request, pk):
    """Take a case of our staff out; whoever may add one may do this, and the log keeps both."""
    case = get_object_or_404(WorkedCase, pk=pk)
    try:
        workflow.withdraw_case(case.pk, actor=request.user)
    except workflow.TooLate:
        messages.warning(request, _("Nothing was changed: somebody else was faster."))
    else:
        messages.success(request, _("The case is taken out."))
    return redirect("rule_cases")


def _tried(request, form, keep_form=None):
    answer = _answer(form) if form.is_bound and form.is_valid() else None
    given = (request.POST if keep_form else request.GET).items()
    context = {
        "form": form,
        "answer": answer,
        "keep_form": keep_form or KeepForm(),
        "given": [(name, word) for name, word in given if name in form.fields and word],
    }
    return render(request, "office/rules/try.html", context)


def _answer(form):
    on = form.cleaned_data["on"]
    found = assess(form.facts, on, policy())
    language = _language()
    edition = lines.edition_on(on)
    return {
        "found": found,
        "edition": edition,
        "kind": text(f"kind.{found.kind}", language),
        "flags": [
            (code, law_words.law_text(f"flag.{code}.sentence", found)) for code in found.flags
        ],
        "papers": law_words.papers(found),
        "reasons": [
            (
                law_words.reason(one, found),
                [lines.source_line(citation(c), language) for c in one.citations],
            )
            for one in found.reasons
        ],
        "unknown": [text(f"fact.{name}", language) for name in found.unknown],
        "changes": [_change(one, language) for one in what_would_change(form.facts, on, policy())],
        "read_again_before": timezone.localdate() - lines.FRESH_FOR,
    }


def _change(one, language):
    values = text("phrase.or", language).join(
        value_words(one.field, v, language) for v in one.values
    )
    return {
        "fact": text(f"fact.{one.field}", language),
        "values": values,
        "direction": one.direction,
        "outcome": one.outcome,
    }


@require_safe
@permission_required("office.use_rule_bench", raise_exception=True)
def rule_differences(request):
    """Open placements and cases of which other rules say otherwise than the stored slip."""
    form = OtherRulesForm(request.GET)
    found, day = [], None
    if form.is_valid():
        day = form.cleaned_data["day"]
        found = differing(request.user, day)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = in_full(request.user, page.object_list)
    edition = lines.edition_on(day) if day else None
    context = {"form": form, "page": page, "edition": edition}
    return render(request, "office/rules/differences.html", context)
