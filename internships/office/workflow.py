"""The verbs of the rule bench: add a worked case, take one out."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from careers.law import Facts
from careers.people.models import User
from careers.record import log
from internships.office.models import WorkedCase


class TooLate(Exception):
    """Somebody else was faster; the page says so."""


@transaction.atomic
def add_case(facts: Facts, on: date | None, expected: str, note: str, *, actor: User) -> WorkedCase:
    """Keep a case for the bench. Raises TooLate where these facts and this day have one."""
    given = {name: word for name, word in facts.to_dict().items() if word}
    case = WorkedCase(facts=given, on=on, expected=expected, note=note, added_by=actor)
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as first:
        raise TooLate from first
    log.append("added", case, actor=actor, after={"expected": expected}, reason=note)
    return case


@transaction.atomic
def withdraw_case(pk: int, *, actor: User) -> WorkedCase:
    """Take a case out; it stays in the record. Raises TooLate where it is out already."""
    case = WorkedCase.objects.select_for_update().get(pk=pk)
    if case.withdrawn_at:
        raise TooLate
    case.withdrawn_by, case.withdrawn_at = actor, timezone.now()
    case.save(update_fields=["withdrawn_by", "withdrawn_at"])
    log.append("withdrawn", case, actor=actor, before={"expected": case.expected})
    return case
