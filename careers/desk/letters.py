"""The outbox: a hand-over writes a letter, which goes out a little later or is cancelled.

A letter is written from `templates/letters/<kind>.txt` in the reader's language when it is
sent: first line the subject, the rest the text. It says what, by when and where to look; what
is private stays on the page it leads to.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from careers.desk import links
from careers.desk.models import Letter
from careers.people.models import OfficeSettings, User
from careers.record import log

logger = logging.getLogger(__name__)

ATTEMPTS = 5
BETWEEN = "\n* * *\n\n"


def write(
    kind: str,
    to: User | str,
    about: models.Model,
    *,
    context: dict[str, Any] | None = None,
    language: str = "",
    delay: timedelta | None = None,
    key: str = "",
) -> Letter | None:
    """Put a letter into the outbox, in the transaction of the verb that calls it.

    to: a person, or the address of somebody without an account.
    context: JSON values for the template; `link` is the path of the page it leads to,
    `link_purpose` asks for a one-time link to `about`, made when the letter goes out;
    `stop_purpose` for a link that ends letters of its kind, also by one click in the mail
    program (RFC 8058): letters that nobody waits for carry one.
    key: says what this letter says only once; None is returned when it was said already.
    """
    person = to if isinstance(to, User) else None
    values = {
        "kind": kind,
        "to_user": person,
        "to_email": "" if person else to,
        "language": language or (person.language if person else ""),
        "context": context or {},
        "object_kind": about._meta.label,
        "object_id": str(about.pk),
        "send_after": timezone.now() + (settings.LETTER_DELAY if delay is None else delay),
    }
    if not key:
        return Letter.objects.create(**values)
    letter, made = Letter.objects.get_or_create(key=key, defaults=values)
    return letter if made else None


def cancel(about: models.Model, *kinds: str) -> int:
    """Cancel what still waits about an object; give how many. What is sent stays sent."""
    waiting = Letter.objects.filter(
        object_kind=about._meta.label, object_id=str(about.pk), state=Letter.State.WAITING
    )
    if kinds:
        waiting = waiting.filter(kind__in=kinds)
    return waiting.update(state=Letter.State.CANCELLED)


def take_back(pk: int) -> bool:
    """Cancel one letter. False where it has gone out already."""
    waiting = Letter.objects.filter(pk=pk, state=Letter.State.WAITING)
    return bool(waiting.update(state=Letter.State.CANCELLED))


@transaction.atomic
def send_again(letter: Letter, *, by: User) -> bool:
    """Put a letter that failed back into the outbox. False where it does not stand failed."""
    failed = Letter.objects.filter(pk=letter.pk, state=Letter.State.FAILED)
    values = {"state": Letter.State.WAITING, "attempts": 0, "send_after": timezone.now()}
    if not failed.update(**values):
        return False
    log.append("sent again", letter, actor=by, about=letter.to_user)
    return True


def may_read(user: User, letter: Letter) -> bool:
    """Whether somebody may read what a letter says: who may see what it is about, or its reader.

    To whom letters went and whether they arrived is for everybody with `desk.view_letter`.
    """
    app, model = letter.object_kind.lower().split(".")
    return letter.to_user_id == user.pk or user.has_perm(f"{app}.view_{model}")


def send_due(now: datetime | None = None) -> int:
    """Send every letter that is due, one transaction each; give how many went out.

    Two senders share the work: a locked letter is left to the other. A sender killed between
    the mail server's yes and the commit sends again, under the same Message-ID. One that cannot
    be written does not hold up the others: it is put off, and in the end stands as failed.
    """
    sent = 0
    now = now or timezone.now()
    due = Letter.objects.filter(state=Letter.State.WAITING, send_after__lte=now)
    for pk in list(due.order_by("send_after", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            letter = (
                Letter.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("to_user")
                .filter(pk=pk, state=Letter.State.WAITING)
                .first()
            )
            if letter is not None:
                sent += _send(letter, now)
    return sent


def _send(letter: Letter, now: datetime) -> bool:
    letter.attempts += 1
    try:
        with transaction.atomic():
            written = compose(letter)
    except Exception as error:
        logger.exception("letter not written", extra={"fields": {"letter": letter.pk}})
        _put_off(letter, error, now)
        return False
    letter.subject, letter.body = written.subject, written.kept
    message = EmailMessage(
        written.subject,
        written.body,
        to=[letter.address],
        headers={
            "Message-ID": f"<letter-{letter.pk}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language or "ja, en",
            **written.headers,
        },
    )
    try:
        message.send()
    except OSError as error:  # smtplib's errors are OSErrors too
        _put_off(letter, error, now)
        return False
    letter.state, letter.sent_at, letter.error = Letter.State.SENT, now, ""
    letter.save()
    return True


def _put_off(letter: Letter, error: Exception, now: datetime) -> None:
    letter.error = _name(error)
    if letter.attempts >= ATTEMPTS:
        letter.state = Letter.State.FAILED
    else:
        letter.send_after = now + timedelta(minutes=5 * 2**letter.attempts)
    letter.save()


def _name(error: Exception) -> str:
    """Give the kind of an error: its text may hold what the letter says."""
    return type(error).__name__


@dataclass(frozen=True)
class Composed:
    """body: the text to send; kept: the same without the secrets of its links."""

    subject: str
    body: str
    kept: str
    headers: dict[str, str]


def compose(letter: Letter) -> Composed:
    """Write a letter; where the reader's language is not known, in both."""
    context = dict(letter.context)
    path = context.pop("link", "")
    tokens, stop_address = [], ""
    if purpose := context.pop("link_purpose", ""):
        tokens.append(links.make(purpose, letter.object_kind, letter.object_id))
        path = links.path(purpose, tokens[-1])
    if purpose := context.pop("stop_purpose", ""):
        lives = links.STOP_LIVES
        tokens.append(links.make(purpose, letter.object_kind, letter.object_id, lives=lives))
        stop_address = settings.SITE_ADDRESS + links.path(purpose, tokens[-1])
    context |= {
        "letter": letter,
        "office": OfficeSettings.load(),
        "address": settings.SITE_ADDRESS + path if path else "",
        "stop_address": stop_address,
    }
    languages = [letter.language] if letter.language else ["ja", "en"]
    subjects, bodies = zip(*(written(letter.kind, one, context) for one in languages), strict=True)
    body = BETWEEN.join(bodies)
    return Composed(" / ".join(subjects)[:200], body, _without(tokens, body), _stop(stop_address))


def _without(tokens: list[str], text: str) -> str:
    for token in tokens:
        text = text.replace(token, "…")
    return text


def _stop(address: str) -> dict[str, str]:
    if not address:
        return {}
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def written(kind: str, language: str, context: dict[str, Any]) -> tuple[str, str]:
    with translation.override(language):
        text = render_to_string(f"letters/{kind}.txt", context)
    subject, _rule, body = text.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"
