"""What a line of a file writes: its host, its posting, what became of both in the log."""

from collections.abc import Set
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk import letters
from careers.people.models import User
from careers.record import log
from internships.board import content
from internships.board.importing.cells import COLUMNS, as_text, told
from internships.board.importing.comparing import (
    POSTING_FIELDS,
    changed_by,
    put,
    texts_of,
    turns_restricted,
)
from internships.board.importing.hosts import HostsOfFile
from internships.board.importing.results import Result
from internships.board.models import Organisation, Posting
from internships.board.numbers import next_number, ref_of
from internships.board.problems import OF_TODAY
from internships.board.workflow.changes import NO_CHANGE, pending_version

State = Posting.State


class Writer:
    """taken_refs: the numbers that the file names; no new posting gets one of them."""

    def __init__(
        self,
        hosts: HostsOfFile,
        *,
        publish: bool,
        dry_run: bool,
        at: datetime,
        by: User | None,
        taken_refs: Set[str],
    ):
        self._hosts = hosts
        self._publish = publish
        self._dry_run = dry_run
        self._at = at
        self._by = by
        self._taken_refs = taken_refs
        self._year = timezone.localdate(at).year
        self._next_number = next_number(self._year)

    def write(self, result: Result, host: Organisation | None) -> Organisation | None:
        """Write the line with its host, and give that; or what the database says against it."""
        try:
            with transaction.atomic():
                if host:
                    self._hosts.bring_up_to_date(
                        host, result.values, self._hosts.gaps(host, result.values)
                    )
                else:
                    host = self._hosts.add(result.values)
                if result.posting is None:
                    result.posting = self._add(result, host)
                    result.action = "created"
                else:
                    changed = self._change(result.posting, result, host)
                    result.action = "updated" if changed else "unchanged"
        except DatabaseError as error:
            result.action, result.posting = "refused", None
            result.notes.append(
                told(_("The database refused the line: %(why)s"), why=str(error).splitlines()[0])
            )
            return None
        return host

    def _add(self, result: Result, host: Organisation) -> Posting:
        texts = texts_in(result)
        posting = Posting(organisation=host, state=State.IN_REVIEW, posted_by=self._by)
        for name in POSTING_FIELDS:
            put(posting, name, result.values)
        posting.ref = result.values["ref"] or self._new_ref()
        posting.problems = _codes_in(texts)
        posting.words_changed_ja_at = posting.words_changed_en_at = self._at
        published = self._put_on_board(posting, result)
        if self._dry_run:
            return posting  # nothing after it asks for it, and to write it takes the longest
        posting.save()
        after = {name: text for name, text in texts.items() if text}
        log.append("imported", posting, actor=self._by, after=after)
        self._log_publication(posting, published=published)
        return posting

    def _change(self, posting: Posting, result: Result, host: Organisation) -> bool:
        """Write what the file says differently from its last time; edits by hand stay."""
        if result.changes:
            changed = set(result.changes)
            said = {name: new for name, (_old, new) in result.changes.items()}
            self._hosts.bring_up_to_date(host, result.values, changed)
            after = changed_by(content.with_pending(posting), changed, result.values, host)
            if self._has_to_wait(posting, after, result):
                result.waits = self._propose(posting, after, said)
                return result.waits
            result.leaves_board = turns_restricted(posting, after)
            self._say_at_once(posting, after, said)
        published = self._put_on_board(posting, result)
        if published:
            posting.save()
        self._log_publication(posting, published=published)
        return bool(result.changes) or published

    def _has_to_wait(self, posting, after, result: Result) -> bool:
        """Whether somebody looks at it before what stands on the board says this."""
        if turns_restricted(posting, after):
            return False
        if posting.pending is not None:
            return True
        changes = content.differences(posting, content.of(after))
        unseen = not self._publish or result.held
        return posting.state == State.PUBLISHED and unseen and bool(changes)

    def _propose(self, posting, after, said: dict[str, str]) -> bool:
        changes = pending_version(posting, after, by=self._by)
        if changes["pending"] == posting.pending:
            return False
        before = {name: getattr(posting, name) for name in changes}
        for name, value in changes.items():
            setattr(posting, name, value)
        posting.save(update_fields=changes)
        log.append(
            "proposed", posting, actor=self._by, before=before, after=changes | {"file": said}
        )
        return True

    def _say_at_once(self, posting: Posting, after: Posting, said: dict[str, Any]) -> None:
        """Let the posting say this at once; its versions are read from the event."""
        present = texts_of(posting)
        before: dict[str, Any] = {name: present[name] for name in said}
        changes = content.differences(posting, content.of(after))
        if "organisation_id" in changes:
            before = before | {"organisation_id": posting.organisation_id}
            said = said | {"organisation_id": after.organisation_id}
        if turns_restricted(posting, after):
            # It leaves the board, and what waited beside it goes along to be looked at.
            changes |= {"state": State.IN_REVIEW, **NO_CHANGE}
            before = before | {"state": State.PUBLISHED}
            said = said | {"state": State.IN_REVIEW}
        if posting.state == State.PUBLISHED and after.opens_at is None:
            changes.pop("opens_at", None)
        for name, value in changes.items():
            setattr(posting, name, value)
        if "problems" in said:
            posting.problems = _codes_in(said)
        if changes:
            posting.confirmed_at = self._at
        for language in {content.language(name) for name in changes} - {""}:
            setattr(posting, f"words_changed_{language}_at", self._at)
        posting.save()
        if not changes.keys().isdisjoint(("state", "closes_at")):
            letters.cancel(posting, "posting_closing")
        log.append("imported", posting, actor=self._by, before=before, after=said)

    def goes_up(self, posting: Posting, result: Result) -> bool:
        waits = posting.state == State.IN_REVIEW
        return self._publish and waits and not result.held and posting.closes_at is not None

    def _put_on_board(self, posting: Posting, result: Result) -> bool:
        if not self.goes_up(posting, result):
            return False
        posting.opens_at = posting.opens_at or self._at
        posting.published_at = self._at
        posting.state = State.PUBLISHED
        result.goes_up = True
        return True

    def _log_publication(self, posting, *, published: bool) -> None:
        if published:
            log.append(
                "published",
                posting,
                actor=self._by,
                before={"state": State.IN_REVIEW},
                after={"state": State.PUBLISHED},
            )

    def _new_ref(self) -> str:
        """Give the next number that neither a posting has nor a line of the file names."""
        while True:
            ref = ref_of(self._year, self._next_number)
            self._next_number += 1
            if ref not in self._taken_refs:
                return ref


def texts_in(result: Result) -> dict[str, str]:
    """Write what the file says as its next run will read it in the log."""
    texts = {name: as_text(result.values[name]) for name in COLUMNS}
    return texts | {"problems": ";".join(code for code in result.problems if code not in OF_TODAY)}


def _codes_in(texts: dict[str, str]) -> list[str]:
    return texts["problems"].split(";") if texts["problems"] else []
