"""Writing: a draft, its edits, its files, and an earlier version taken up again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk import files
from careers.people.models import User
from careers.record import log
from careers.record.models import Event
from careers.record.refusals import Refused
from internships.board import numbers
from internships.board.attachments import files_of
from internships.board.content import differences, with_pending
from internships.board.folding import name_key
from internships.board.models import Posting
from internships.board.transitions import State
from internships.board.versions import Version
from internships.board.workflow.changes import propose_locked
from internships.board.workflow.readiness import (
    changes_of,
    must_be_answered_for,
    needs_second_person,
    problems_of,
)
from internships.board.workflow.row import (
    move,
    must_be_allowed,
    must_have_seen,
    taken,
    with_values,
)

MOST_FILES = 5
SAME_VISIT = timedelta(hours=1)


@transaction.atomic
def save_draft(
    values: Mapping[str, Any], *, by: User, form_key: UUID, copied_from: str = ""
) -> Posting:
    """Make a posting that only the office sees. The same form sent twice makes one.

    So does going back and saving the same again: the form then has a new key.
    """
    must_be_allowed(by, "save_draft")
    numbers.one_at_a_time()
    now = timezone.now()
    if earlier := _saved_before(values, form_key, by, now):
        return earlier
    posting = Posting(state=State.DRAFT, form_key=form_key, posted_by=by, **values)
    posting.ref = _next_ref(now)
    posting.words_changed_ja_at = posting.words_changed_en_at = now
    posting.problems = problems_of(posting)
    posting.save()
    after = {name: value for name, value in values.items() if value not in ("", None, [])}
    reason = f"copy of {copied_from}" if copied_from else ""
    log.append("drafted", posting, actor=by, after=after, reason=reason)
    return posting


def _saved_before(values: Mapping[str, Any], form_key: UUID, by: User, now: datetime):
    hers = Posting.objects.filter(posted_by=by)
    again = Q(state=State.DRAFT, created_at__gt=now - SAME_VISIT, **values)
    return hers.filter(Q(form_key=form_key) | again).order_by("pk").last()


@transaction.atomic
def edit(
    posting: Posting, values: Mapping[str, Any], *, by: User, seen: int, reason: str = ""
) -> Event | None:
    """Write what differs from the posting as it is; nothing differs, nothing is done.

    seen: `version` of the posting that the editor looked at. Raises Conflict where somebody
    has done something since. While a pending version waits, the edit is one of that. reason:
    why what is on the board may get a doubt that it did not have.
    """
    row = taken(posting, "edit", by)
    goes_up = row.state == State.PUBLISHED
    if row.pending is not None or (goes_up and needs_second_person(row, by, now_writing=True)):
        return propose_locked(row, values, by=by, seen=seen)
    changed = differences(row, values)
    if not changed:
        return None
    must_have_seen(row, seen)
    after = with_values(row, changed)
    if goes_up:
        must_be_answered_for(row, after, changed, reason)
    return move(row, "edit", by, reason=reason, **changes_of(after, changed))


def attach(posting: Posting, upload: UploadedFile, *, by: User, seen: int) -> Event | None:
    """Add a file that everybody may read, by way of `edit`, so that it is approved like words.

    Raises ValidationError for a file that is no PDF, JPEG or PNG, is too large, or is broken; or
    that nobody could tell from another one beside it.
    """
    must_be_allowed(by, "edit")
    shown = with_pending(posting)
    names = shown.attachments
    if len(names) >= MOST_FILES:
        raise Refused(_("A posting has at most 5 files. Remove one first."))
    if name_key(upload.name or "") in {name_key(file.name) for file in files_of(shown)}:
        raise ValidationError(
            _("A file of this name is attached already. Remove that one, or rename this one.")
        )
    with files.keep(files.without_metadata(upload), by=by) as file:
        return edit(posting, {"attachments": [*names, file.pk]}, by=by, seen=seen)


def detach(posting: Posting, file_id: int, *, by: User, seen: int) -> Event | None:
    names = with_pending(posting).attachments
    kept = [one for one in names if one != file_id]
    return edit(posting, {"attachments": kept}, by=by, seen=seen)


@transaction.atomic
def restore(
    posting: Posting, version: Version, *, by: User, seen: int, reason: str = ""
) -> Event | None:
    """Write what an earlier version said, by way of `edit`, so that it is approved like one."""
    return edit(posting, version.values, by=by, seen=seen, reason=reason)


@transaction.atomic
def mark_still_right(posting: Posting, language: str, *, by: User) -> Event:
    """The older words were read again and still hold: they count as old as the newer ones."""
    row = taken(posting, "mark_still_right", by)
    other = "en" if language == "ja" else "ja"
    newer = getattr(row, f"words_changed_{other}_at")
    return move(row, "mark_still_right", by, **{f"words_changed_{language}_at": newer})


def _next_ref(now: datetime) -> str:
    year = timezone.localdate(now).year
    return numbers.ref_of(year, numbers.next_number(year))
