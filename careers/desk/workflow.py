"""The verbs of an enquiry: ask, answer, write again, close."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from careers.desk import letters
from careers.desk.models import Enquiry, EnquiryMessage
from careers.people.models import User
from careers.record import log

# verb → (states it starts from, state it leads to)
TRANSITIONS: dict[str, tuple[set[str], str]] = {
    "answer": ({Enquiry.State.OPEN, Enquiry.State.ANSWERED}, Enquiry.State.ANSWERED),
    "write_again": (
        {Enquiry.State.OPEN, Enquiry.State.ANSWERED, Enquiry.State.CLOSED},
        Enquiry.State.OPEN,
    ),
    "close": ({Enquiry.State.OPEN, Enquiry.State.ANSWERED}, Enquiry.State.CLOSED),
}


class TooLate(Exception):
    """Somebody else was faster; the page says what happened."""


@transaction.atomic
def ask(enquiry: Enquiry, text: str) -> Enquiry:
    """Store a question and its first message. The same form sent twice asks once."""
    earlier = Enquiry.objects.filter(form_key=enquiry.form_key).first()
    if earlier:
        return earlier
    enquiry.waits_since = timezone.now()
    enquiry.save()
    EnquiryMessage.objects.create(
        enquiry=enquiry, author=enquiry.asker, text=text, form_key=enquiry.form_key
    )
    log.append("asked", enquiry, actor=enquiry.asker, about=enquiry.asker)
    return enquiry


@transaction.atomic
def answer(enquiry: Enquiry, text: str, *, by: User, form_key: UUID) -> Enquiry:
    """The office writes; the asker gets a letter."""
    enquiry = _move(enquiry, "answer", owner=by)
    if _write(enquiry, text, by=by, from_office=True, form_key=form_key):
        log.append("answered", enquiry, actor=by, about=enquiry.asker)
        letters.write(
            "enquiry_answered",
            enquiry.asker or enquiry.email,
            enquiry,
            language=enquiry.language,
            context={"link": reverse("enquiry_detail", args=[enquiry.pk])}
            if enquiry.asker
            else {"link_purpose": "enquiry"},
        )
    return enquiry


@transaction.atomic
def write_again(enquiry: Enquiry, text: str, *, by: User | None, form_key: UUID) -> Enquiry:
    """The asker writes once more; the enquiry waits for the office again."""
    waits_since = enquiry.waits_since if enquiry.state == Enquiry.State.OPEN else timezone.now()
    enquiry = _move(enquiry, "write_again", waits_since=waits_since)
    if _write(enquiry, text, by=by, from_office=False, form_key=form_key):
        log.append("wrote again", enquiry, actor=by, about=enquiry.asker)
    return enquiry


@transaction.atomic
def close(enquiry: Enquiry, *, by: User) -> Enquiry:
    """Nothing is left to say. Writing again opens it."""
    enquiry = _move(enquiry, "close")
    log.append("closed", enquiry, actor=by, about=enquiry.asker)
    return enquiry


def _move(enquiry: Enquiry, verb: str, **changes) -> Enquiry:
    before, after = TRANSITIONS[verb]
    moved = Enquiry.objects.filter(pk=enquiry.pk, state__in=before).update(state=after, **changes)
    if not moved:
        raise TooLate
    enquiry.refresh_from_db()
    return enquiry


def _write(
    enquiry: Enquiry, text: str, *, by: User | None, from_office: bool, form_key: UUID
) -> bool:
    """Add a message; the same form sent twice adds it once."""
    _message, made = EnquiryMessage.objects.get_or_create(
        form_key=form_key,
        defaults={"enquiry": enquiry, "author": by, "text": text, "from_office": from_office},
    )
    return made
