"""How we decide, for everybody; and the rule bench of the office."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from careers.law.diagram import diagram
from internships.office.rules import lines


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
