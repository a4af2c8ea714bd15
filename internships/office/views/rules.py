"""How we decide, for everybody; and the rule bench of the office."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careers.law import NoEdition, assess, citation, text, value_words, what_would_change
from careers.law.diagram import diagram
from careers.people.office import policy
from careers.people.roles import FieldGroup, Sight, may_see
from internships.eligibility import law_words
from internships.office.rules import cases, lines
from internships.office.rules.forms import FactsForm
from internships.placements.models import Placement, Verdict
from internships.placements.today import said_today

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
    form = FactsForm(request.GET or None)
    answer = _answer(form) if form.is_bound and form.is_valid() else None
    return render(request, "office/rules/try.html", {"form": form, "answer": answer})


def _answer(form):
    on = form.cleaned_data["on"]
    try:
        found = assess(form.facts, on, policy())
    except NoEdition:
        form.add_error("on", _("We have no rules for this day."))
        return None
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
    """Open placements of which today's rules and settings say otherwise than the stored slip."""
    page = Paginator(_differing(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "office/rules/differences.html", {"page": page})


def _differing(user):
    """Of her reasons only who may see her status is told; the words of the answer are for both."""
    newest = Verdict.objects.filter(placement=OuterRef("pk")).order_by("-made_at", "-pk")
    open_ones = Placement.objects.visible_to(user).live().order_by()
    wanted = open_ones.annotate(newest=Subquery(newest.values("pk")[:1])).values("newest")
    verdicts = Verdict.objects.filter(pk__in=wanted).select_related(
        "placement__student__user", "placement__posting__organisation"
    )
    found = []
    for verdict in verdicts.order_by("placement__starts_on", "pk"):
        if other := said_today(verdict):
            sees = may_see(user, FieldGroup.RESIDENCE, verdict.placement.student) is Sight.YES
            found.append({"placement": verdict.placement, "other": other, "sees": sees})
    return found
