"""What a credit request still lacks, and what its hours are worth."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from internships.credits import calculation
from internships.credits.models import NEEDED, CreditRequest, Evidence


def what_is_missing(request: CreditRequest) -> list[str | Promise]:
    """Say what keeps a request from being sent: its words, its credits, and the records."""
    found: list[str | Promise] = []
    if not request.plan.strip():
        found.append(_("Write your plan: what you will do, day by day or week by week."))
    if request.credits_asked > request.credits_by_rule:
        found.append(over_the_rule(request))
    found += [obstacle.words for obstacle in obstacles_of(request)]
    return found


def over_the_rule(request: CreditRequest) -> str:
    """Say that more is asked for than the rule gives, and how the rule counts."""
    words = _("You ask for %(asked)s credits, the rule gives %(given)s.")
    credits = credits_of(request)
    counted = {"asked": request.credits_asked, "given": credits.credits}
    return f"{words % counted} {calculation.explained(credits)}"


def credits_of(request: CreditRequest, hours: Decimal | None = None):
    return calculation.credits_for(
        request.student,
        request.course,
        request.rule,
        request.planned_hours if hours is None else hours,
        apart_from=request.pk,
    )


def obstacles_of(request: CreditRequest) -> list[calculation.Obstacle]:
    return calculation.obstacles(
        request.student,
        request.course,
        request.rule,
        request.posting,
        request.starts_on,
        request.ends_on,
    )


def most_credits(request: CreditRequest, hours: Decimal) -> int:
    """Give what the hours really worked are worth: never more than was approved."""
    return min(request.credits_asked, credits_of(request, hours).credits)


def missing_evidence(request: CreditRequest) -> list[str]:
    there = set(request.evidence.values_list("kind", flat=True))
    return [str(Evidence.Kind(kind).label) for kind in NEEDED if kind not in there]
