"""What stands between a posting and the board, and what only a second person may answer for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from careers.people.models import User
from careers.people.office import office_settings
from careers.record import log
from careers.record.refusals import Refused
from internships.board.advice import breaks_its_type
from internships.board.duplicates import duplicates_of
from internships.board.models import Organisation, Posting
from internships.board.problems import (
    BLOCKING,
    FOUND,
    OF_TABLES,
    OF_TODAY,
    SETTLED_BY,
    STOPPED,
    WageTable,
    find_problems,
    in_order,
)
from internships.board.workflow.refusals import ReasonNeeded

# The first two are refused outright; every other doubt needs a reason from whoever publishes.
TO_ANSWER_FOR = BLOCKING - {"P_FUEIHO", "P_DEADLINE_MISSING"} | {"P_TYPE_RULE", "P_DECLARED"}
_WRITING = ("drafted", "edited", "relisted")
# The words whose age is shown, by language.
WORDS_OF = {
    language: tuple(f"{name}_{language}" for name in ("title", "description", "requirements"))
    for language in ("ja", "en")
}


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
    return _to_answer_for(posting, {*posting.problems, *OF_TABLES & set(problems_of(posting))})


def _to_answer_for(posting: Posting, codes: set[str]) -> list[str]:
    duplicate = {"P_DUP"} if duplicates_of(posting) else set()
    type_rule = {"P_TYPE_RULE"} if breaks_its_type(vars(posting)) else set()
    declared = {"P_DECLARED"} if posting.organisation.may_be_declined else set()
    return in_order(TO_ANSWER_FOR & (codes | duplicate | type_rule | declared))


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


def must_be_ready(row: Posting, reason: str) -> None:
    hold_organisation(row)
    found = obstacles(row, timezone.now())
    if found:
        raise Refused(*found)
    codes = doubts(row)
    if codes and not reason.strip():
        raise ReasonNeeded(codes)


def must_be_answered_for(row: Posting, after: Posting, changed: Iterable[str], reason: str) -> None:
    """Of a change of what is on the board: only a doubt that is new asks for a reason."""
    if found := obstacles(after):
        raise Refused(*found)
    asked = set(_to_answer_for(after, set(problems_of(after, changed))))
    known = {*row.problems, *_to_answer_for(row, set(problems_of(row)))}
    codes = in_order(asked - known)
    if codes and not reason.strip():
        raise ReasonNeeded(codes)


def must_have_no_change(row: Posting) -> None:
    if row.pending is not None:
        raise Refused(_("A change of it waits. Approve, return or drop that first."))


def hold_organisation(row: Posting) -> None:
    """Nobody stops the organisation between this look and the publication."""
    row.organisation = Organisation.objects.select_for_update().get(pk=row.organisation_id)


def problems_of(posting: Posting, changed: Iterable[str] = ()) -> list[str]:
    """Give the codes of the facts as they are now; what was read in a file stays until mended.

    changed: the fields that were written anew.
    """
    settled = set().union(*(SETTLED_BY.get(name, set()) for name in changed))
    kept = set(posting.problems) - FOUND - settled
    found = find_problems(vars(posting), wages=WageTable(), today=timezone.localdate())
    return in_order(kept | found - OF_TODAY)


def changes_of(after: Posting, changed: dict[str, Any]) -> dict[str, Any]:
    """Give all that is written with changed content: the age of the words, the problems."""
    now = timezone.now()
    ages = {
        f"words_changed_{language}_at": now
        for language, names in WORDS_OF.items()
        if not changed.keys().isdisjoint(names)
    }
    return {**changed, **ages, "confirmed_at": now, "problems": problems_of(after, changed)}
