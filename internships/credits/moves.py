"""How every verb is written: the row locked, the ball passed, one event, one letter, or nothing."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk import letters
from careers.people.models import User
from careers.people.office import office_settings
from careers.record import log
from careers.record.models import Event
from careers.record.refusals import Refused, TooLate
from internships.credits import calculation, rights
from internships.credits.ball import BALL, ball_of
from internships.credits.models import CreditRequest, State, Step, WaitsFor
from internships.credits.readiness import credits_of
from internships.credits.transitions import VERBS, Verb


def locked(request: CreditRequest) -> CreditRequest:
    rows = CreditRequest.objects.select_for_update(of=("self",)).with_all()
    return rows.get(pk=request.pk)


def taken(request: CreditRequest, name: str, by: User, *, step: int | None = None) -> CreditRequest:
    """Give the request as it is now, locked, if the verb may start from there."""
    row, verb = locked(request), VERBS[name]
    current = row.current_step
    moved_on = step is not None and (current is None or current.order != step)
    late = row.state_today not in verb.starts or moved_on
    # Who had the step may be told that somebody was faster; others are refused.
    if late and rights.had_a_part(row, verb, by):
        raise TooLate(last_event(row))
    if not rights.is_allowed(row, verb, by):
        raise PermissionDenied
    return row


def move(
    row: CreditRequest, name: str, by: User, *, step: int | None = None, why: str = "", **changes
) -> Event:
    verb = VERBS[name]
    if verb.reason:
        must_have(why)
    return write_down(row, verb, by, changes, why, step=step)


def write_down(
    row: CreditRequest,
    verb: Verb,
    by: User | None,
    changes: dict[str, Any],
    why: str,
    *,
    step: int | None = None,
) -> Event:
    """Write changes, ball and letters to a locked row, and the event."""
    was_draft = row.state == State.DRAFT
    changes = _by_keys(changes)
    if verb.leads_to:
        changes["state"] = str(verb.leads_to)
    before = {name: getattr(row, name) for name in (*changes, *BALL)}
    set_values(row, changes)
    ball = ball_of(row)
    set_values(row, ball)
    row.save()
    written = [] if was_draft and verb.to == "advisor" else _write_letters(row, verb)
    after = changes | ball | ({"step": step} if step else {}) | {"letters": written}
    return log.append(
        verb.event,
        row,
        actor=by,
        about=row.student.user,
        before=before,
        after=after,
        reason=why,
    )


def set_values(row: CreditRequest, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _write_letters(row: CreditRequest, verb: Verb) -> list[int]:
    if not verb.letter:
        return []
    context = {"number": row.number, "link": row.get_absolute_url()}
    if row.due_on:
        context["due"] = row.due_on.isoformat()
    written = [
        letters.write(verb.letter, reader, row, context=context) for reader in _readers(row, verb)
    ]
    return [letter.pk for letter in written if letter]


def _readers(row: CreditRequest, verb: Verb) -> list[User | str]:
    """Give who reads the letter; where nobody is named, the office's own address."""
    if verb.to == "student":
        return [row.student.user]
    to_approvers = verb.to == "next" and row.waits_for != WaitsFor.ADVISOR
    people = row.approvers if to_approvers else [row.advisor] if row.advisor else []
    return people or [office_settings().email]


def must_have(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Write the reason: the student reads it."))


def decide(row: CreditRequest, decision: str, by: User, reason: str) -> None:
    step = row.current_step
    step.decision, step.decided_by, step.reason = decision, by, reason
    step.decided_at = timezone.now()
    step.save()


def begin_anew(row: CreditRequest) -> None:
    undecide(row.steps.all())


def undecide(steps: models.QuerySet[Step]) -> None:
    steps.update(decision="", decided_by=None, decided_at=None, reason="")


def calculate(row: CreditRequest) -> None:
    """Write what follows from course, days and hours: the rule, its credits, its deadline."""
    rule = calculation.rule_for(row.student, row.course)
    if rule is None:
        raise Refused(_("Your faculty has no rule for credit yet. Ask the office."))
    row.rule = rule
    row.hours_per_credit = rule.hours_per_credit
    row.evidence_due_on = calculation.evidence_due(rule, row.ends_on)
    row.credits_by_rule = credits_of(row).credits


def _by_keys(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Name rows by their keys, as the log and the columns do."""
    return {
        f"{name}_id" if isinstance(value, models.Model) else name: getattr(value, "pk", value)
        for name, value in changes.items()
    }


def last_event(request: CreditRequest) -> Event | None:
    return history_of(request).last()


def history_of(request: CreditRequest) -> models.QuerySet[Event]:
    """Give the deeds on a request, oldest first; openings are apart."""
    deeds = log.history(request).exclude(verb__in=log.OPENINGS)
    return deeds.order_by("at", "pk")
