"""The reviewers' queue: what waits for whom, the nearest day first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careers.people.models import User
from internships.permits.models import FILING, PermitCase
from internships.permits.tasks import MOVE_OF_A_STUDENT

Ball, State, Kind = PermitCase.Ball, PermitCase.State, PermitCase.Kind


@dataclass(frozen=True)
class Tab:
    code: str
    words: str
    which: Q


_SETTLED = Q(state__in=[State.GRANTED, State.ANSWERED])
_AT_THE_GATE = _SETTLED & Q(
    placement__gate_opened_at=None, placement__state__in=["planned", "cleared"]
)
TABS = [
    Tab("office", gettext_lazy("Wait for us"), Q(waits_for=Ball.OFFICE)),
    Tab("student", gettext_lazy("Wait for student"), Q(waits_for=Ball.STUDENT)),
    Tab("bureau", gettext_lazy("At the bureau"), Q(waits_for=Ball.BUREAU)),
    Tab("gate", gettext_lazy("Start gate closed"), _AT_THE_GATE),
    Tab("done", gettext_lazy("Done"), Q(waits_for=Ball.NOBODY)),
]
_TABS = {tab.code: tab for tab in TABS}


def tab_of(code: str) -> Tab:
    return _TABS.get(code, TABS[0])


def all_for(user: User) -> QuerySet[PermitCase]:
    """Give every case but a reviewer's own."""
    return PermitCase.objects.exclude(placement__student__user=user)


def counts(cases: QuerySet[PermitCase]) -> dict[str, int]:
    """Count every tab by one query; what is done grows for ever and is not counted."""
    wanted = {tab.code: Count("pk", filter=tab.which) for tab in TABS if tab.code != "done"}
    return cases.aggregate(**wanted)


def in_order(cases: QuerySet[PermitCase]) -> QuerySet[PermitCase]:
    return cases.order_by(F("due").asc(nulls_last=True), "pk")


def narrowed(
    cases: QuerySet[PermitCase], choices: dict[str, Any], words: str, user: User
) -> QuerySet[PermitCase]:
    """choices: owner (mine, none), kind, faculty, as the form has cleaned them."""
    owner = {"mine": Q(owner=user), "none": Q(owner=None)}.get(choices.get("owner") or "")
    if owner is not None:
        cases = cases.filter(owner)
    if choices.get("kind"):
        cases = cases.filter(kind=choices["kind"])
    if choices.get("faculty"):
        cases = cases.filter(placement__student__faculty=choices["faculty"])
    for word in words.split():
        cases = cases.filter(_holds(word))
    return cases


def _holds(word: str) -> Q:
    found = Q(placement__student__student_no__istartswith=word)
    for name in ("family_name", "given_name", "name_romaji", "name_kana"):
        found |= Q(**{f"placement__student__user__{name}__icontains": word})
    for name in ("name_ja", "name_en"):
        found |= Q(**{f"placement__posting__organisation__{name}__icontains": word})
    return found | Q(placement__host_name__icontains=word)


def rows(cases: QuerySet[PermitCase]) -> QuerySet[PermitCase]:
    """Give all that a line of the queue shows, without the slips."""
    return (
        in_order(cases)
        .with_papers()
        .select_related(
            "placement__student__user",
            "placement__student__faculty",
            "placement__posting__organisation",
            "verdict__made_by_override",
            "owner",
        )
        .without_slips()
    )


def next_step(case: PermitCase) -> str:
    """Say in words what is to be done next; the counts of papers have to be at hand."""
    if case.is_late_to_file:
        return str(MOVE_OF_A_STUDENT)
    if case.state == State.SUBMITTED and case.waits_for == Ball.OFFICE:
        return _our_next_step(case)
    return {
        State.OPEN: _("Student collects papers"),
        State.SUBMITTED: _("Student brings what is missing"),
        State.RETURNED: _("Student corrects"),
        State.READY_TO_FILE: _("Student files"),
        State.FILED: _("Record the result"),
        State.GRANTED: _gate_words(case),
        State.ANSWERED: _gate_words(case),
        State.REFUSED: _("Not granted"),
        State.CLOSED: _("Closed"),
    }[case.state]


def _our_next_step(case: PermitCase) -> str:
    if case.kind == Kind.CONFIRM:
        return _("Confirm the bureau's answer") if case.answer else _("Record the bureau's answer")
    if case.papers_to_check:
        words = ngettext("Check %(number)s paper", "Check %(number)s papers", case.papers_to_check)
        return words % {"number": case.papers_to_check}
    return _("Mark ready to file") if case.kind in FILING else _("Confirm the papers")


def _gate_words(case: PermitCase) -> str:
    if case.placement.gate_open:
        return _("Gate open")
    if case.waits_for == Ball.OFFICE:
        return _("Open the start gate")
    return _("Student goes on after the answer")
