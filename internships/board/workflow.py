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
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from careers.desk import files, letters
from careers.desk.models import Letter
from careers.people.models import User
from careers.people.office import office_settings
from careers.record import log
from careers.record.models import Event
from internships.board import content, numbers
from internships.board.content import differences, logged, read, with_pending
from internships.board.duplicates import duplicates_of
from internships.board.models import Organisation, Posting
from internships.board.problems import (
    BLOCKING,
    FOUND,
    OF_TODAY,
    SETTLED_BY,
    STOPPED,
    WageTable,
    find_problems,
    in_order,
)
from internships.board.versions import Version

State = Posting.State
ANY = frozenset(State)
# States in which a posting has been on the board, so that a change may wait beside it.
ON_BOARD = frozenset({State.PUBLISHED, State.WITHDRAWN})
Pending = Posting.PendingState
WAITS = frozenset({"in_review"})
NO_PENDING = {"pending": None, "pending_state": "", "pending_by_id": None}
UNDO_WITHIN = timedelta(minutes=10)
MOST_FILES = 5


@dataclass(frozen=True)
class Verb:
    """starts: the states it may start from; leads_to: where it ends, None where it stays."""

    event: str
    permission: str
    starts: frozenset[State]
    leads_to: State | None
    undoable: bool = True
    # Where a verb is about a pending version: the states of that version it may start from.
    pending: frozenset[str] | None = None
    # Where a verb hangs on the clock: whether the posting must be over, or must not be.
    closed: bool | None = None


VERBS: dict[str, Verb] = {
    # From nothing: there is no posting yet.
    "save_draft": Verb("drafted", "board.add_posting", frozenset(), State.DRAFT, undoable=False),
    # With the setting "a second person publishes", or without the right to publish, a change of
    # a published posting becomes a pending version and the approved one stays up; the writer's
    # own publish and republish lead to in_review.
    "edit": Verb("edited", "board.change_posting", ANY, None),
    "propose": Verb("proposed", "board.change_posting", ON_BOARD, None),
    "approve_change": Verb(
        "approved change", "board.publish_posting", ON_BOARD, None, pending=WAITS
    ),
    "return_change": Verb(
        "returned change", "board.publish_posting", ON_BOARD, None, pending=WAITS
    ),
    "resubmit_change": Verb(
        "resubmitted change",
        "board.change_posting",
        ON_BOARD,
        None,
        pending=frozenset({"returned"}),
    ),
    "drop_change": Verb(
        "dropped change",
        "board.change_posting",
        ON_BOARD,
        None,
        pending=frozenset({"in_review", "returned"}),
    ),
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
    # A later closing date; and, once it is over, another round on the board.
    "extend": Verb(
        "extended", "board.publish_posting", frozenset({State.PUBLISHED}), None, closed=False
    ),
    "relist": Verb("relisted", "board.publish_posting", ON_BOARD, State.PUBLISHED, closed=True),
    "note_outcome": Verb("noted outcome", "board.change_posting", ON_BOARD, None, closed=True),
    "confirm": Verb(
        "confirmed", "board.change_posting", frozenset({State.PUBLISHED}), None, closed=False
    ),
    "assign": Verb("assigned", "board.change_posting", ANY, None),
    "label": Verb("labelled", "board.change_posting", ANY, None),
}
UNDONE = "undone"
# The letter to whoever wrote what is returned, and the deeds that send it.
RETURNED = "posting_returned"
_RETURNING = ("returned", "returned change")
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
    has done something since. While a pending version waits, the edit is one of that.
    """
    row = _taken(posting, "edit", by)
    goes_up = row.state == State.PUBLISHED
    if row.pending is not None or (goes_up and needs_second_person(row, by, now_writing=True)):
        return _propose(row, values, by=by, seen=seen)
    changed = differences(row, values)
    if not changed:
        return None
    _must_have_seen(row, seen)
    after = _with(row, changed)
    if goes_up and (found := obstacles(after)):
        raise Refused(*found)
    return _move(row, "edit", by, **_changes(after, changed))


@transaction.atomic
def propose(posting: Posting, values: Mapping[str, Any], *, by: User, seen: int) -> Event | None:
    """Keep an edit as a pending version; what is on the board stays as it is."""
    return _propose(_taken(posting, "propose", by), values, by=by, seen=seen)


def _propose(row: Posting, values: Mapping[str, Any], *, by: User, seen: int) -> Event | None:
    """Of a row that is locked. A change back to what stands on the board drops out."""
    shown = with_pending(row)
    changed = differences(shown, values)
    if not changed:
        return None
    _must_have_seen(row, seen)
    after = _with(shown, changed)
    if found := obstacles(after):
        raise Refused(*found)
    names = {*(row.pending or ()), *changed}
    wanted = differences(row, {name: getattr(after, name) for name in names})
    if not wanted:
        return _move(row, "propose", by, **NO_PENDING)
    pending = {"pending": logged(wanted), "pending_state": Pending.IN_REVIEW}
    return _move(row, "propose", by, **pending, pending_by_id=by.pk)


@transaction.atomic
def approve_change(posting: Posting, *, by: User, seen: int, reason: str = "") -> Event:
    """Put the pending version in place of the approved one; `seen` as in `edit`."""
    row = _taken(posting, "approve_change", by)
    _must_have_seen(row, seen)
    if office_settings().second_person_publishes and row.pending_by_id == by.pk:
        raise Refused(_("You wrote this change. Another person approves it."))
    after = with_pending(row)
    _hold_organisation(after)
    if found := obstacles(after):
        raise Refused(*found)
    changed = differences(row, content.of(after))
    changes = _changes(after, changed)
    answered = {*row.problems, *_problems(row)}
    codes = in_order((BLOCKING - _REFUSED) & set(changes["problems"]) - answered)
    if codes and not reason.strip():
        raise ReasonNeeded(codes)
    return _move(row, "approve_change", by, reason=reason, **changes, **NO_PENDING)


@transaction.atomic
def return_change(posting: Posting, *, by: User, reason: str) -> Event:
    """Give a pending version back to whoever wrote it, saying what to mend."""
    row = _taken(posting, "return_change", by)
    event = _move(row, "return_change", by, reason=reason, pending_state=Pending.RETURNED)
    _write_returned(row, row.pending_by, by)
    return event


@transaction.atomic
def resubmit_change(posting: Posting, *, by: User, reason: str = "") -> Event:
    """Ask for approval again without another word; an edit of it asks by itself."""
    row = _taken(posting, "resubmit_change", by)
    return _move(row, "resubmit_change", by, reason=reason, pending_state=Pending.IN_REVIEW)


@transaction.atomic
def drop_change(posting: Posting, *, by: User) -> Event:
    """Give up a pending version: its writer may, and who publishes."""
    row = _taken(posting, "drop_change", by)
    if row.pending_by_id != by.pk and not by.has_perm("board.publish_posting"):
        raise PermissionDenied
    return _move(row, "drop_change", by, **NO_PENDING)


def attach(posting: Posting, upload: UploadedFile, *, by: User, seen: int) -> Event | None:
    """Add a file that everybody may read, by way of `edit`, so that it is approved like words.

    Raises ValidationError for a file that is no PDF, JPEG or PNG, is too large, or is broken.
    """
    _must_be_allowed(by, "edit")
    names = with_pending(posting).attachments
    if len(names) >= MOST_FILES:
        raise Refused(_("A posting has at most 5 files. Remove one first."))
    with files.keep(upload, by=by) as file:
        return edit(posting, {"attachments": [*names, file.pk]}, by=by, seen=seen)


def detach(posting: Posting, file_id: int, *, by: User, seen: int) -> Event | None:
    names = with_pending(posting).attachments
    kept = [one for one in names if one != file_id]
    return edit(posting, {"attachments": kept}, by=by, seen=seen)


@transaction.atomic
def restore(posting: Posting, version: Version, *, by: User, seen: int) -> Event | None:
    """Write what an earlier version said, by way of `edit`, so that it is approved like one."""
    return edit(posting, version.values, by=by, seen=seen)


def _must_have_seen(row: Posting, seen: int) -> None:
    since = events_since(row, seen)
    if since:
        raise Conflict(row, since)


def _must_have_no_change(row: Posting) -> None:
    if row.pending is not None:
        raise Refused(_("A change of it waits. Approve, return or drop that first."))


def _with(posting: Posting, values: Mapping[str, Any]) -> Posting:
    after = copy.copy(posting)
    for name, value in values.items():
        setattr(after, name, value)
    return after


def _changes(after: Posting, changed: dict[str, Any]) -> dict[str, Any]:
    """Give all that is written with changed content: the age of the words, the problems."""
    now = timezone.now()
    ages = {
        f"words_changed_{language}_at": now
        for language, names in WORDS.items()
        if not changed.keys().isdisjoint(names)
    }
    return {**changed, **ages, "confirmed_at": now, "problems": _problems(after, changed)}


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
    row = _taken(posting, "return_posting", by)
    event = _move(row, "return_posting", by, reason=reason)
    _write_returned(row, row.posted_by, by)
    return event


def _write_returned(row: Posting, writer: User | None, by: User) -> None:
    if writer is None or writer.pk == by.pk:
        return
    context = {"link": reverse("posting_edit", args=[row.ref]), "ref": row.ref}
    letters.write("posting_returned", writer, row, context=context)


@transaction.atomic
def withdraw(posting: Posting, *, by: User, reason: str) -> Event:
    """Close it before its day. It keeps its address and says that it is closed."""
    row = _taken(posting, "withdraw", by)
    now = timezone.now()
    return _move(row, "withdraw", by, reason=reason, withdrawn_at=now, withdrawn_reason=reason)


@transaction.atomic
def republish(posting: Posting, *, by: User, reason: str = "") -> Event:
    row = _taken(posting, "republish", by)
    _must_have_no_change(row)
    _must_be_ready(row, reason)
    state = State.IN_REVIEW if needs_second_person(row, by) else State.PUBLISHED
    changes = {"state": state, "withdrawn_at": None, "withdrawn_reason": ""}
    return _move(row, "republish", by, reason=reason, **changes)


@transaction.atomic
def extend(posting: Posting, *, by: User, closes_at: datetime) -> Event:
    """Give it a later closing date; where a second person publishes, that waits for approval."""
    row = _taken(posting, "extend", by)
    if closes_at <= max(row.closes_at, timezone.now()):
        raise Refused(_("Write a day after the present closing date."))
    if row.pending is not None or needs_second_person(row, by, now_writing=True):
        return _propose(row, {"closes_at": closes_at}, by=by, seen=version(row))
    after = _with(row, {"closes_at": closes_at})
    if found := obstacles(after):
        raise Refused(*found)
    return _move(row, "extend", by, **_changes(after, {"closes_at": closes_at}))


@transaction.atomic
def relist(posting: Posting, *, by: User, closes_at: datetime, reason: str = "") -> Event:
    """Put what is over on the board once more, from now to a new day; its outcome is another."""
    row, now = _taken(posting, "relist", by), timezone.now()
    _must_have_no_change(row)
    opened = {"opens_at": now, "closes_at": closes_at}
    after = _with(row, opened)
    after.problems = _problems(after, opened)
    _must_be_ready(after, reason)
    outcome = dict.fromkeys(("outcome_applied", "outcome_accepted", "outcome_at"))
    state = State.IN_REVIEW if needs_second_person(row, by) else State.PUBLISHED
    changes = {
        "state": state,
        "published_at": now,
        "problems": after.problems,
        "withdrawn_at": None,
        "withdrawn_reason": "",
        "outcome_note": "",
    }
    return _move(row, "relist", by, reason=reason, **opened, **changes, **outcome)


@transaction.atomic
def note_outcome(
    posting: Posting, *, by: User, applied: int | None, accepted: int | None, note: str = ""
) -> Event:
    """Keep what came of it, once it is over; None where nobody knows."""
    row = _taken(posting, "note_outcome", by)
    if accepted is not None and (applied is None or accepted > applied):
        raise Refused(_("More were accepted than applied."))
    numbers_of = {"outcome_applied": applied, "outcome_accepted": accepted}
    outcome = {**numbers_of, "outcome_note": note, "outcome_at": timezone.now()}
    return _move(row, "note_outcome", by, **outcome)


@transaction.atomic
def confirm(posting: Posting, *, by: User) -> Event:
    """Somebody has read it again and it holds: it counts as updated now."""
    return _move(_taken(posting, "confirm", by), "confirm", by, confirmed_at=timezone.now())


@transaction.atomic
def assign(posting: Posting, *, by: User, to: User | None) -> Event | None:
    """Say who looks after it: a person who may change postings, or nobody."""
    row = _taken(posting, "assign", by)
    if row.assignee_id == (to and to.pk):
        return None
    if to and not (to.is_active and to.has_perm("board.change_posting")):
        raise Refused(_("This person does not work on postings."))
    return _move(row, "assign", by, assignee_id=to and to.pk)


@transaction.atomic
def label(
    posting: Posting, *, by: User, add: Iterable[str] = (), drop: Iterable[str] = ()
) -> Event | None:
    row, dropped = _taken(posting, "label", by), set(drop)
    labels = [one for one in dict.fromkeys([*row.labels, *add]) if one not in dropped]
    return None if labels == row.labels else _move(row, "label", by, labels=labels)


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
    _take_back_letter(row, last)
    before = {name: read(name, value) for name, value in last.before.items()}
    for name, value in before.items():
        setattr(row, name, value)
    if row.state == State.PUBLISHED and row.organisation.is_stopped:
        raise Refused(STOPPED)
    row.save()
    return log.append(UNDONE, row, actor=by, before=last.after, after=last.before, reason=last.verb)


def _take_back_letter(row: Posting, event: Event) -> None:
    """What was returned by mistake is taken back before the letter has gone out, or not at all."""
    if event.verb not in _RETURNING:
        return
    about = {"object_kind": Posting._meta.label, "object_id": str(row.pk), "kind": RETURNED}
    if Letter.objects.filter(**about, state=Letter.State.SENT, created_at__gte=event.at).exists():
        raise Refused(_("It is too late to undo this: the letter has gone out."))
    letters.cancel(row, RETURNED)


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
    if posting.organisation.is_stopped:
        found.append(STOPPED)
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
    found = {*posting.problems, *(["P_DUP"] if duplicates_of(posting) else [])}
    return in_order((BLOCKING - _REFUSED) & found)


def needs_second_person(posting: Posting, by: User, *, now_writing: bool = False) -> bool:
    """Whether the office wants somebody else to publish what this person wrote."""
    if not by.has_perm("board.publish_posting"):
        return True
    if not office_settings().second_person_publishes:
        return False
    return now_writing or by.pk in (posting.posted_by_id, _last_writer(posting))


def _last_writer(posting: Posting) -> int | None:
    last = log.history(posting).filter(verb__in=_WRITING).first()
    return last.actor_id if last else None


def _must_be_allowed(by: User, name: str) -> None:
    if not by.has_perm(VERBS[name].permission):
        raise PermissionDenied


def may_start(name: str, posting: Posting | None, by: User) -> bool:
    """Whether this person could start the verb now, as far as the table says."""
    return by.has_perm(VERBS[name].permission) and _fits(name, posting or Posting())


def _fits(name: str, posting: Posting) -> bool:
    verb = VERBS[name]
    fits = verb.pending is None or posting.pending_state in verb.pending
    in_time = verb.closed is None or verb.closed == posting.is_closed(timezone.now())
    return posting.state in verb.starts and fits and in_time


def last_deed(posting: Posting, event: str) -> Event | None:
    return log.history(posting).filter(verb=event).first()


def _taken(posting: Posting, name: str, by: User) -> Posting:
    """Lock the row and give it as it is now, if the verb may start from there."""
    _must_be_allowed(by, name)
    row = (
        Posting.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=posting.pk)
    )
    if not _fits(name, row):
        raise TooLate(log.history(row).first())
    return row


def _must_be_ready(row: Posting, reason: str) -> None:
    _hold_organisation(row)
    found = obstacles(row, timezone.now())
    if found:
        raise Refused(*found)
    codes = doubts(row)
    if codes and not reason.strip():
        raise ReasonNeeded(codes)


def _hold_organisation(row: Posting) -> None:
    """Nobody stops the organisation between this look and the publication."""
    row.organisation = Organisation.objects.select_for_update().get(pk=row.organisation_id)


def _move(row: Posting, name: str, by: User, *, reason: str = "", **changes) -> Event:
    """Write the changes to a row that is locked, and the event."""
    verb = VERBS[name]
    if verb.leads_to:
        changes = {"state": verb.leads_to} | changes
    before = {field: getattr(row, field) for field in changes}
    for field, value in changes.items():
        setattr(row, field, value)
    row.save()
    if not changes.keys().isdisjoint(("state", "closes_at")):
        letters.cancel(row, "posting_closing")
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
