"""Open placements and their cases of which other rules would say otherwise: who, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from careers.law import RULEBOOK, Assessment, Rulebook
from careers.people.models import User
from careers.people.roles import FieldGroup, Sight, may_see
from internships.eligibility import law_words
from internships.permits.models import PermitCase
from internships.placements.models import Placement, Verdict
from internships.placements.today import Otherwise, law_said_on


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


def differing(
    user: User, on: date | None, book: Rulebook = RULEBOOK
) -> list[tuple[int, Otherwise]]:
    """Ask the rules of a day, or without one those of each day of work, about all that is open.

    Gives the key of each verdict that would be another, by the first day. Verdicts of the same
    facts, answer and day are asked once: classmates with the same plan are many.
    """
    rows = list(_newest_verdicts(user).values_list("pk", "digest", "outcome", *_DAYS))
    today = timezone.localdate()
    questions = {
        pk: (digest, outcome, on or (decided_for if starts_on else today))
        for pk, digest, outcome, decided_for, starts_on in rows
    }
    one_of_each = {question: pk for pk, question in questions.items()}
    stored = Verdict.objects.filter(pk__in=one_of_each.values()).order_by("pk")
    law = dict(stored.values_list("pk", "assessment__law"))
    answers = {
        question: law_said_on(law[pk], question[-1], book) for question, pk in one_of_each.items()
    }
    return [(pk, answers[question]) for pk, question in questions.items() if answers[question]]


_DAYS = ("decided_for", "placement__starts_on")


def in_full(user: User, found: list[tuple[int, Otherwise]]) -> list[Differing]:
    """Give the placements and cases of some of these verdicts."""
    cases = PermitCase.objects.readable_by(user).live().select_related("owner")
    verdicts = Verdict.objects.select_related(
        "placement__student__user", "placement__posting__organisation"
    ).prefetch_related(Prefetch("placement__permit_cases", cases, to_attr="live_cases"))
    rows = verdicts.defer("assessment", "facts").in_bulk([pk for pk, _other in found])
    return [_in_full(user, rows[pk].placement, other) for pk, other in found]


def _in_full(user: User, placement: Placement, other: Otherwise) -> Differing:
    sees = may_see(user, FieldGroup.RESIDENCE, placement.student) is Sight.YES
    return Differing(placement, next(iter(placement.live_cases), None), other, sees)


def _newest_verdicts(user: User):
    """Give the verdict that holds for each placement that is not over."""
    newest = Verdict.objects.filter(placement=OuterRef("pk")).order_by("-made_at", "-pk")
    not_over = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    open_ones = Placement.objects.visible_to(user).live().filter(not_over).order_by()
    wanted = open_ones.annotate(newest=Subquery(newest.values("pk")[:1])).values("newest")
    return Verdict.objects.filter(pk__in=wanted).order_by("placement__starts_on", "pk")


def _reasons(these: Assessment, without: Assessment) -> list[dict[str, Any]]:
    told = {reason.finding for reason in without.reasons}
    return [law_words.reason(one, these) for one in these.reasons if one.finding not in told]
