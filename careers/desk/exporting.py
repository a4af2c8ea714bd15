"""Enquiries as a file: who waits for what since when, without the words of anybody."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from careers import spreadsheets
from careers.desk.models import Enquiry
from careers.people.models import User
from careers.record import log

HEADERS = ["number", "topic", "state", "from", "asked_on", "waits_since", "answer_by", "owner"]


@transaction.atomic
def enquiries_as_file(kind: str, tab: str, enquiries: Iterable[Enquiry], *, by: User):
    rows = list(enquiries)
    name = f"enquiries-{tab}-{timezone.localdate()}"
    made = spreadsheets.as_file(kind, name, HEADERS, map(_line, rows))
    log.append("exported", by, actor=by, after={"enquiries": len(rows)})
    return made


def _line(enquiry: Enquiry) -> list:
    waits = enquiry.state == Enquiry.State.OPEN
    return [
        enquiry.pk,
        enquiry.topic,
        enquiry.state,
        enquiry.asked_by,
        timezone.localdate(enquiry.asked_at),
        timezone.localdate(enquiry.waits_since) if waits else None,
        enquiry.answer_by if waits else None,
        enquiry.owner,
    ]
