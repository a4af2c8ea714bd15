"""Open placements and their cases of which other rules would say otherwise: who, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery

from careers.law import RULEBOOK, Assessment, Rulebook
from careers.people.models import User
from careers.people.roles import FieldGroup, Sight, may_see
from internships.eligibility import law_words
from internships.permits.models import PermitCase
from internships.placements.models import Placement, Verdict
from internships.placements.today import Otherwise, said_on, said_today


@dataclass(frozen=True)
class Differing:
    """sees: whether the reader may know the reasons, which tell a status of residence."""

    placement: Placement
    case: PermitCase | None
    other: Otherwise
    sees: bool

    @property
    def reasons_more(self) -> list[dict[str, Any]]:
        return _reasons(self.other.assessed_now, self.other.assessed_before)

    @property
    def reasons_less(self) -> list[dict[str, Any]]:
        return _reasons(self.other.assessed_before, self.other.assessed_now)


def differing(user: User, on: date | None, book: Rulebook = RULEBOOK) -> list[Differing]:
    """Ask the rules of a day, or without one those of each day of work, about all that is open."""
    found = []
    for verdict in _newest_verdicts(user):
        other = said_on(verdict, on, book) if on else said_today(verdict, book)
        if other:
            placement = verdict.placement
            sees = may_see(user, FieldGroup.RESIDENCE, placement.student) is Sight.YES
            case = next(iter(placement.live_cases), None)
            found.append(Differing(placement, case, other, sees))
    return found


def _newest_verdicts(user: User):
    newest = Verdict.objects.filter(placement=OuterRef("pk")).order_by("-made_at", "-pk")
    open_ones = Placement.objects.visible_to(user).live().order_by()
    wanted = open_ones.annotate(newest=Subquery(newest.values("pk")[:1])).values("newest")
    cases = PermitCase.objects.readable_by(user).live().select_related("owner")
    return (
        Verdict.objects.filter(pk__in=wanted)
        .select_related("placement__student__user", "placement__posting__organisation")
        .prefetch_related(Prefetch("placement__permit_cases", cases, to_attr="live_cases"))
        .order_by("placement__starts_on", "pk")
    )


def _reasons(these: Assessment, without: Assessment) -> list[dict[str, Any]]:
    told = {reason.finding for reason in without.reasons}
    return [law_words.reason(one, these) for one in these.reasons if one.finding not in told]
