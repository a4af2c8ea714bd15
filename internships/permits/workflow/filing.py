"""What becomes of a case at the bureau."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from careers.people.models import User
from careers.record.models import Event
from careers.record.refusals import Refused
from internships.permits.models import PermitCase
from internships.permits.reasons import Pair
from internships.permits.workflow.moving import move
from internships.permits.workflow.row import taken


@transaction.atomic
def record_filing(case: PermitCase, filing: dict[str, Any], *, by: User) -> Event:
    """filing: filed_on, bureau, receipt."""
    return move(taken(case, "record_filing", by), "record_filing", by, **filing)


@transaction.atomic
def record_grant(case: PermitCase, result: dict[str, Any], *, by: User) -> Event:
    """The permission was seen. result: decided_on, permission_number, valid_until."""
    row = taken(case, "record_grant", by)
    _must_follow_the_filing(row, result["decided_on"])
    return move(row, "record_grant", by, **result)


@transaction.atomic
def record_refusal(case: PermitCase, *, by: User, decided_on: date, reason: Pair) -> Event:
    row = taken(case, "record_refusal", by)
    _must_follow_the_filing(row, decided_on)
    changes = {"decided_on": decided_on, "reason_en": reason[0], "reason_ja": reason[1]}
    return move(row, "record_refusal", by, **changes)


def _must_follow_the_filing(case: PermitCase, decided_on: date) -> None:
    if decided_on < case.filed_on:
        raise Refused(_("The day of the result is before the day of filing."))
