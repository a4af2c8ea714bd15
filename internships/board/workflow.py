"""The verbs of a posting. One table says who may do what, from which state, and where it leads.

Every verb locks the row before it looks at the state, so of two people at once the second is
told what the first has done; and every verb appends one event in the same transaction.
"""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from careers.people.models import User
from careers.people.office import office_settings
from careers.record import log
from careers.record.models import Event
from internships.board import numbers
from internships.board.models import Posting
from internships.board.problems import (
    BLOCKING,
    FOUND,
    OF_TODAY,
    SETTLED_BY,
    WageTable,
    find_problems,
    in_order,
)

State = Posting.State
ANY = frozenset(State)
UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Verb:
    """starts: the states it may start from; leads_to: where it ends, None where it stays."""

    event: str
    permission: str
    starts: frozenset[State]
    leads_to: State | None
    undoable: bool = True


VERBS: dict[str, Verb] = {
    # From nothing: there is no posting yet.
    "save_draft": Verb("drafted", "board.add_posting", frozenset(), State.DRAFT, undoable=False),
    # With the setting "a second person publishes", a change of a published posting by its
    # writer leads to in_review, and so do her own publish and republish.
    "edit": Verb("edited", "board.change_posting", ANY, None),
    "mark_still_right": Verb("marked still right", "board.change_posting", ANY, None),
    "submit": Verb(
        "submitted",
        "board.add_posting",
        frozenset({State.DRAFT, State.RETURNED}),
        State.IN_REVIEW,
    ),
    "publish": Verb(
        "published",
        "board.publish_posting",
        frozenset({State.DRAFT, State.IN_REVIEW, State.RETURNED}),
        State.PUBLISHED,
    ),
    "return_posting": Verb(
        "returned", "board.publish_posting", frozenset({State.IN_REVIEW}), State.RETURNED
    ),
    "withdraw": Verb(
        "withdrawn", "board.publish_posting", frozenset({State.PUBLISHED}), State.WITHDRAWN
    ),
    "republish": Verb(
        "republished", "board.publish_posting", frozenset({State.WITHDRAWN}), State.PUBLISHED
    ),
}
UNDONE = "undone"
_UNDOABLE = {verb.event: verb for verb in VERBS.values() if verb.undoable}
_WRITING = ("drafted", "edited")
# The words whose age is shown, by language.
WORDS = {
    language: tuple(f"{name}_{language}" for name in ("title", "description", "requirements"))
    for language in ("ja", "en")
}
# Refused outright; every other doubt needs a reason from the person who publishes.
_REFUSED = frozenset({"P_FUEIHO", "P_DEADLINE_MISSING"})


class TooLate(Exception):
    """Somebody was faster. `event` is the last deed, None where the log knows none."""

    def __init__(self, event: Event | None):
        super().__init__(event and event.verb)
        self.event = event


class Conflict(TooLate):
    """Somebody changed the posting while it was being edited: `posting` as it is now,
    `events` what was done since, oldest first."""

    def __init__(self, posting: Posting, events: list[Event]):
        super().__init__(events[-1])
        self.posting, self.events = posting, events


class Refused(Exception):
    """The posting is not ready for this; `reasons` are words for people."""

    def __init__(self, *reasons: str | Promise):
        super().__init__(*reasons)
        self.reasons = reasons


class ReasonNeeded(Refused):
    """Allowed, but only by somebody who writes down why; `codes` are the doubts."""

    def __init__(self, codes: list[str]):
        super().__init__(_("Write why it may go on the board all the same."))
        self.codes = codes


@transaction.atomic
def save_draft(
    values: Mapping[str, Any], *, by: User, form_key: UUID, copied_from: str = ""
) -> Posting:
    """Make a posting that only the office sees. The same form sent twice makes one."""
    _must_be_allowed(by, "save_draft")
    numbers.one_at_a_time()
    earlier = Posting.objects.filter(form_key=form_key, posted_by=by).first()
    if earlier:
        return earlier
    now = timezone.now()
    posting = Posting(state=State.DRAFT, form_key=form_key, posted_by=by, **values)
    posting.ref = _next_ref(now)
    posting.words_changed_ja_at = posting.words_changed_en_at = now
    posting.problems = _problems(posting)
    posting.save()
    after = {name: value for name, value in values.items() if value not in ("", None, [])}
    reason = f"copy of {copied_from}" if copied_from else ""
    log.append("drafted", posting, actor=by, after=after, reason=reason)
    return posting


@transaction.atomic
def edit(posting: Posting, values: Mapping[str, Any], *, by: User, seen: int) -> Event | None:
    """Write what differs from the posting as it is; nothing differs, nothing is done.

    seen: `version` of the posting that the editor looked at. Raises Conflict where somebody
    has done something since.
    """
    row = _taken(posting, "edit", by)
    changed = differences(row, values)
    if not changed:
        return None
    since = events_since(row, seen)
    if since:
        raise Conflict(row, since)
    now = timezone.now()
    for language, names in WORDS.items():
        if not changed.keys().isdisjoint(names):
            changed[f"words_changed_{language}_at"] = now
    if row.state == State.PUBLISHED and needs_second_person(row, by, now_writing=True):
        changed["state"] = State.IN_REVIEW
    after = copy.copy(row)
    for name, value in changed.items():
        setattr(after, name, value)
    if after.state == State.PUBLISHED and (found := obstacles(after)):
        raise Refused(*found)
    return _move(row, "edit", by, **changed, problems=_problems(after, changed))


def differences(posting: Posting, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(posting, name) != value}


@transaction.atomic
def mark_still_right(posting: Posting, language: str, *, by: User) -> Event:
    """The older words were read again and still hold: they count as old as the newer ones."""
    row = _taken(posting, "mark_still_right", by)
    other = "en" if language == "ja" else "ja"
    newer = getattr(row, f"words_changed_{other}_at")
    return _move(row, "mark_still_right", by, **{f"words_changed_{language}_at": newer})


@transaction.atomic
def submit(posting: Posting, *, by: User) -> Event:
    return _move(_taken(posting, "submit", by), "submit", by)


@transaction.atomic
def publish(posting: Posting, *, by: User, reason: str = "") -> Event:
    """Put it on the board, from `opens_at` or at once; or hand it to a second person."""
    row = _taken(posting, "publish", by)
    _must_be_ready(row, reason)
    if needs_second_person(row, by):
        if row.state == State.IN_REVIEW:
            raise Refused(_("You wrote this posting. Another person publishes it."))
        return _move(row, "submit", by, reason=reason)
    now = timezone.now()
    return _move(row, "publish", by, reason=reason, opens_at=row.opens_at or now, published_at=now)


@transaction.atomic
def return_posting(posting: Posting, *, by: User, reason: str) -> Event:
    """Give it back to whoever wrote it, saying what to mend."""
    return _move(_taken(posting, "return_posting", by), "return_posting", by, reason=reason)


@transaction.atomic
def withdraw(posting: Posting, *, by: User, reason: str) -> Event:
    """Close it before its day. It keeps its address and says that it is closed."""
    row = _taken(posting, "withdraw", by)
    now = timezone.now()
    return _move(row, "withdraw", by, reason=reason, withdrawn_at=now, withdrawn_reason=reason)


@transaction.atomic
def republish(posting: Posting, *, by: User, reason: str = "") -> Event:
    row = _taken(posting, "republish", by)
    _must_be_ready(row, reason)
    state = State.IN_REVIEW if needs_second_person(row, by) else State.PUBLISHED
    changes = {"state": state, "withdrawn_at": None, "withdrawn_reason": ""}
    return _move(row, "republish", by, reason=reason, **changes)


@transaction.atomic
def undo(posting: Posting, event_id: int, *, by: User) -> Event:
    """Take back one's own last deed within ten minutes, if nobody did anything since."""
    row = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
    last = log.history(row).first()
    if last is None or last.pk != event_id:
        raise TooLate(last)
    verb = _UNDOABLE.get(last.verb)
    if verb is None or last.actor_id != by.pk or not by.has_perm(verb.permission):
        raise PermissionDenied
    if timezone.now() - last.at > UNDO_WITHIN:
        raise Refused(_("The ten minutes for undoing this are over. Nothing was changed."))
    before = {name: _read(name, value) for name, value in last.before.items()}
    for name, value in before.items():
        setattr(row, name, value)
    row.save()
    return log.append(UNDONE, row, actor=by, before=last.after, after=last.before, reason=last.verb)


def can_be_undone(event: Event | None) -> bool:
    return event is not None and event.verb in _UNDOABLE


def version(posting: Posting) -> int:
    """Give the number of the last deed: it grows with every change, whoever makes it."""
    last = log.history(posting).first()
    return last.pk if last else 0


def events_since(posting: Posting, seen: int) -> list[Event]:
    return list(log.history(posting).filter(pk__gt=seen).order_by("pk"))


def obstacles(posting: Posting, at: datetime | None = None) -> list[Promise]:
    """Say what no reason can overcome on the way to the board; with `at`, at that moment."""
    found = []
    if posting.venue == Posting.Venue.FUEIHO:
        found.append(_("A place of restricted (amusement) business can never be published."))
    if posting.closes_at is None:
        found.append(_("A published posting needs a closing date."))
    elif at and posting.closes_at <= at:
        found.append(_("The closing date has passed. Write a later one."))
    elif posting.opens_at and posting.closes_at <= posting.opens_at:
        found.append(_("It would close before it comes on the board."))
    return found


def doubts(posting: Posting) -> list[str]:
    """Give the codes of problems that somebody has to answer for before it is published."""
    return in_order((BLOCKING - _REFUSED).intersection(posting.problems))


def needs_second_person(posting: Posting, by: User, *, now_writing: bool = False) -> bool:
    """Whether the office wants somebody else to publish what this person wrote."""
    if not office_settings().second_person_publishes:
        return False
    return now_writing or by.pk in (posting.posted_by_id, _last_writer(posting))


def _last_writer(posting: Posting) -> int | None:
    last = log.history(posting).filter(verb__in=_WRITING).first()
    return last.actor_id if last else None


def _must_be_allowed(by: User, name: str) -> None:
    if not by.has_perm(VERBS[name].permission):
        raise PermissionDenied


def _taken(posting: Posting, name: str, by: User) -> Posting:
    """Lock the row and give it as it is now, if the verb may start from there."""
    _must_be_allowed(by, name)
    row = (
        Posting.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=posting.pk)
    )
    if row.state not in VERBS[name].starts:
        raise TooLate(log.history(row).first())
    return row


def _must_be_ready(row: Posting, reason: str) -> None:
    found = obstacles(row, timezone.now())
    if found:
        raise Refused(*found)
    codes = doubts(row)
    if codes and not reason.strip():
        raise ReasonNeeded(codes)


def _move(row: Posting, name: str, by: User, *, reason: str = "", **changes) -> Event:
    """Write the changes to a row that is locked, and the event."""
    verb = VERBS[name]
    if verb.leads_to:
        changes = {"state": verb.leads_to} | changes
    before = {field: getattr(row, field) for field in changes}
    for field, value in changes.items():
        setattr(row, field, value)
    row.save()
    return log.append(verb.event, row, actor=by, before=before, after=changes, reason=reason)


def _problems(posting: Posting, changed: Iterable[str] = ()) -> list[str]:
    """Give the codes of the facts as they are now; what was read in a file stays until mended."""
    settled = set().union(*(SETTLED_BY.get(name, set()) for name in changed))
    kept = set(posting.problems) - FOUND - settled
    found = find_problems(vars(posting), wages=WageTable(), today=timezone.localdate())
    return in_order(kept | found - OF_TODAY)


def _next_ref(now: datetime) -> str:
    year = timezone.localdate(now).year
    return numbers.ref_of(year, numbers.next_number(year))


def _read(name: str, value: Any) -> Any:
    """Read a value of the log as the field holds it."""
    return None if value is None else Posting._meta.get_field(name).to_python(value)
