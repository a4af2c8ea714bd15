"""The verbs of an enquiry: ask, answer, withdraw an answer, write again, take, close.

Every verb locks the enquiry first, so of two people at once the second is told what the first
has done; and every verb appends one event in the same transaction.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from careers.desk import letters
from careers.desk.models import Enquiry, EnquiryMessage, Letter
from careers.people.models import User
from careers.record import log
from careers.record.models import Event

OPEN, ANSWERED, CLOSED = Enquiry.State.OPEN, Enquiry.State.ANSWERED, Enquiry.State.CLOSED
ANSWER = "desk.answer_enquiry"
SAME_VISIT = timedelta(hours=1)


@dataclass(frozen=True)
class Verb:
    """leads_to: None where the state stays. permission: "" for the asker herself."""

    event: str
    permission: str
    starts: frozenset[str]
    leads_to: str | None
    letter: str = ""


VERBS: dict[str, Verb] = {
    # From nothing: there is no enquiry yet.
    "ask": Verb("asked", "", frozenset(), OPEN),
    "write_again": Verb("wrote again", "", frozenset({OPEN, ANSWERED, CLOSED}), OPEN),
    "take": Verb("took", ANSWER, frozenset({OPEN, ANSWERED}), None),
    "answer": Verb(
        "answered",
        ANSWER,
        frozenset({OPEN, ANSWERED, CLOSED}),
        ANSWERED,
        letter="enquiry_answered",
    ),
    "withdraw_answer": Verb("withdrew answer", ANSWER, frozenset({ANSWERED}), OPEN),
    "close": Verb("closed", ANSWER, frozenset({OPEN, ANSWERED}), CLOSED),
}


class TooLate(Exception):
    """Somebody was faster. `events` is what was done since, oldest first; empty where the
    time for it is over."""

    def __init__(self, *events: Event):
        super().__init__(*(event.verb for event in events))
        self.events = events


@transaction.atomic
def ask(enquiry: Enquiry, text: str) -> Enquiry:
    """Store a question and its first message. The same form sent twice asks once.

    So does going back and sending the same words again: the form then has a new key.
    """
    if again := _asked_before(enquiry, text):
        return again
    enquiry.waits_since = timezone.now()
    values = {
        field.name: getattr(enquiry, field.name)
        for field in Enquiry._meta.concrete_fields
        if field.name not in ("id", "form_key")
    }
    stored, made = Enquiry.objects.get_or_create(form_key=enquiry.form_key, defaults=values)
    if made:
        _write(stored, text, by=stored.asker, form_key=stored.form_key)
        log.append("asked", stored, actor=stored.asker, about=stored.asker)
    elif stored.asker_id != enquiry.asker_id:
        raise PermissionDenied
    return stored


def _asked_before(enquiry: Enquiry, text: str) -> Enquiry | None:
    said = EnquiryMessage.objects.filter(from_office=False, text=text).values("enquiry")
    alike = ("asker", "email", "topic", "object_kind", "object_id", "answers")
    return (
        Enquiry.objects.filter(asked_at__gt=timezone.now() - SAME_VISIT, pk__in=said)
        .filter(**{name: getattr(enquiry, name) for name in alike})
        .first()
    )


@transaction.atomic
def answer(
    enquiry: Enquiry, text: str, *, by: User, form_key: UUID, seen: int | None = None
) -> EnquiryMessage:
    """The office writes; the asker gets a letter after the delay.

    seen: `version` of the exchange that was answered. Raises TooLate where a colleague or the
    asker did something since. The same form sent twice answers once.
    """
    row = _locked(enquiry)
    earlier = EnquiryMessage.objects.filter(form_key=form_key, enquiry=row).first()
    if earlier:
        return earlier
    if seen is not None and (since := events_since(row, seen, by=by)):
        raise TooLate(*since)
    _move(row, "answer", by, owner=by)
    letter = letters.write(
        VERBS["answer"].letter,
        row.asker or row.email,
        row,
        language="" if row.asker and row.asker.language else row.language,
        context={"link": reverse("enquiry_detail", args=[row.pk])}
        if row.asker
        else {"link_purpose": "enquiry"},
    )
    return _write(row, text, by=by, form_key=form_key, from_office=True, letter=letter)


@transaction.atomic
def withdraw_answer(message: EnquiryMessage, *, by: User) -> EnquiryMessage:
    """Take an own answer back before its letter goes out and before it was read."""
    row = _locked(message.enquiry)
    message = EnquiryMessage.objects.select_for_update().get(pk=message.pk)
    if message.author_id != by.pk or not message.from_office:
        raise PermissionDenied
    if message.withdrawn_at:
        return message
    last = row.messages.filter(withdrawn_at=None).last()
    if message.read_at or last != message or not letters.take_back(message.letter_id):
        raise TooLate
    _move(row, "withdraw_answer", by)
    message.withdrawn_at = timezone.now()
    message.save(update_fields=["withdrawn_at"])
    return message


@transaction.atomic
def write_again(enquiry: Enquiry, text: str, *, by: User | None, form_key: UUID) -> EnquiryMessage:
    """The asker writes once more; the enquiry waits for the office again."""
    row = _locked(enquiry)
    earlier = EnquiryMessage.objects.filter(form_key=form_key, enquiry=row).first()
    if earlier:
        return earlier
    waits_since = row.waits_since if row.state == OPEN else timezone.now()
    _move(row, "write_again", by, waits_since=waits_since)
    return _write(row, text, by=by, form_key=form_key)


@transaction.atomic
def take(enquiry: Enquiry, *, by: User, seen: int) -> Enquiry:
    """Look after an enquiry from now on. Raises TooLate where a colleague did something since."""
    row = _locked(enquiry)
    if row.owner_id == by.pk:
        return row
    if since := events_since(row, seen, by=by):
        raise TooLate(*since)
    return _move(row, "take", by, owner=by)


@transaction.atomic
def close(enquiry: Enquiry, *, by: User, seen: int | None = None) -> Enquiry:
    """Nothing is left to say. Writing again opens it."""
    row = _locked(enquiry)
    if seen is not None and (since := events_since(row, seen, by=by)):
        raise TooLate(*since)
    return _move(row, "close", by)


@transaction.atomic
def note_reading(enquiry: Enquiry, *, by: User | None, office: bool) -> None:
    """Mark what the other side wrote as read; remember that the office opened it, once a visit."""
    now = timezone.now()
    theirs = enquiry.messages.filter(from_office=not office, withdrawn_at=None, read_at=None)
    theirs.update(read_at=now)
    if not office or by is None:
        return
    openings = log.history(enquiry).filter(verb=log.OPENED, actor=by)
    if not openings.filter(at__gt=now - SAME_VISIT).exists():
        log.append(log.OPENED, enquiry, actor=by, about=enquiry.asker)


def version(enquiry: Enquiry) -> int:
    """Give the number of the last deed: it grows with every change, whoever makes it."""
    last = _deeds(enquiry).first()
    return last.pk if last else 0


def events_since(enquiry: Enquiry, seen: int, *, by: User) -> list[Event]:
    """Give what others did since, oldest first."""
    return list(_deeds(enquiry).filter(pk__gt=seen).exclude(actor=by).order_by("pk"))


def _deeds(enquiry: Enquiry):
    return log.history(enquiry).exclude(verb__in=log.OPENINGS)


def _locked(enquiry: Enquiry) -> Enquiry:
    rows = Enquiry.objects.select_for_update(of=("self",)).select_related("asker")
    return rows.get(pk=enquiry.pk)


def _move(row: Enquiry, name: str, by: User | None, **changes) -> Enquiry:
    """Write the changes to a row that is locked, and the event."""
    verb = VERBS[name]
    if verb.permission and not by.has_perm(verb.permission):
        raise PermissionDenied
    if row.state not in verb.starts:
        raise TooLate(*_deeds(row)[:1])
    if verb.leads_to:
        changes = {"state": verb.leads_to} | changes
    before = {field: _plain(getattr(row, field)) for field in changes}
    for field, value in changes.items():
        setattr(row, field, value)
    row.save(update_fields=list(changes))
    after = {field: _plain(value) for field, value in changes.items()}
    log.append(verb.event, row, actor=by, about=row.asker, before=before, after=after)
    return row


def _plain(value):
    return value.pk if isinstance(value, User) else value


def _write(
    enquiry: Enquiry,
    text: str,
    *,
    by: User | None,
    form_key: UUID,
    from_office: bool = False,
    letter: Letter | None = None,
) -> EnquiryMessage:
    return EnquiryMessage.objects.create(
        enquiry=enquiry,
        author=by,
        text=text,
        from_office=from_office,
        form_key=form_key,
        letter=letter,
    )
