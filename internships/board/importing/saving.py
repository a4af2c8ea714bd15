"""Lines of a file to organisations and postings: all of a file or, where it stops, nothing."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers import spreadsheets
from careers.desk import letters
from careers.people.models import User
from careers.record import log
from internships.board import content
from internships.board.importing.cells import COLUMNS, Reading, as_text, read_line, told
from internships.board.importing.comparing import (
    POSTING_FIELDS,
    changed_by,
    changed_columns,
    last_imported,
    leave_unsaid,
    plan_of,
    put,
    texts_of,
    turns_restricted,
)
from internships.board.importing.hosts import HostsOfFile, names_of
from internships.board.importing.results import Result, Summary
from internships.board.importing.sheets import Line, Table
from internships.board.models import Organisation, Posting
from internships.board.numbers import next_number, one_at_a_time, ref_of
from internships.board.problems import OF_TODAY, STOPPED, WORDS, WageTable, find_problems, in_order
from internships.board.workflow.changes import NO_CHANGE, pending_version

State = Posting.State


class Stopped(Exception):
    """Nothing was written and a person has to decide; the message is for people."""


def import_table(
    table: Table,
    *,
    publish: bool = False,
    dry_run: bool = False,
    force: bool = False,
    by: User | None = None,
) -> Summary:
    """Write a file's postings in one transaction and tell what became of each line.

    publish: put what has no blocking problem on the board; otherwise it waits for review, and
    a change of what is on the board waits beside it. by: who sends the file, None for the
    command. dry_run: tell what would become of each line; what is written for that is undone.
    Raises Stopped, unless forced, when more than half of a source's open postings would leave
    the board.
    """
    with transaction.atomic():
        one_at_a_time()
        at = timezone.now()
        open_before = _open_by_source(at)
        importer = _Importer(table, publish=publish, dry_run=dry_run, at=at, by=by)
        summary = Summary([importer.take(line) for line in table.lines])
        if not force:
            _stop_if_board_empties(open_before, _open_by_source(at))
        if dry_run:
            transaction.set_rollback(True)
    return summary


def _open_by_source(at: datetime) -> dict[str, set[int]]:
    found = defaultdict(set)
    for source, pk in Posting.objects.open(at).order_by("pk").values_list("source", "pk"):
        found[source].add(pk)
    return found


def _stop_if_board_empties(before: dict[str, set[int]], after: dict[str, set[int]]) -> None:
    still_open = set().union(*after.values())
    for source, postings in before.items():
        lost = len(postings - still_open)
        if lost * 2 > len(postings):
            raise Stopped(
                gettext(
                    "%(lost)s of %(all)s open postings of the source “%(source)s” would vanish."
                )
                % {"lost": lost, "all": len(postings), "source": Posting.Source(source).label}
            )


class _Importer:
    def __init__(
        self, table: Table, *, publish: bool, dry_run: bool, at: datetime, by: User | None
    ):
        self.publish = publish
        self.dry_run = dry_run
        self.by = by
        self.at = at
        self.today = timezone.localdate(at)
        self.wages = WageTable()
        self.seen_refs: dict[str, int] = {}
        self.seen_plans: Counter = Counter()
        readings = [(line, read_line(line.cells)) for line in table.lines]
        self.readings = {line.row: reading for line, reading in readings}
        self.named_refs = {reading.values["ref"] for _line, reading in readings}
        names = [names_of(reading.values) for _line, reading in readings]
        self.hosts = HostsOfFile(names, by)
        known = self._known([reading.values for _line, reading in readings])
        self.by_ref = {posting.ref: posting for posting in known}
        self.by_host: dict[int, list[Posting]] = defaultdict(list)
        for posting in known:
            self.by_host[posting.organisation_id].append(posting)
        self.imported = last_imported(known)
        self.next_number = next_number(self.today.year)

    def _known(self, lines: list[dict[str, Any]]) -> list[Posting]:
        """Give all that the lines may mean, by number or by plan, and let nobody change it."""
        hosts = {self.hosts.find(values) for values in lines if not values["ref"]} - {None}
        found = Posting.objects.filter(Q(ref__in=self.named_refs) | Q(organisation__in=hosts))
        found = found.select_related("organisation").order_by("pk")
        return list(found.select_for_update(of=("self",)))

    def take(self, line: Line) -> Result:
        reading = self.readings[line.row]
        result = Result(line, reading.values, notes=reading.notes)
        named = self.by_ref.get(reading.values["ref"])
        reason = self._reason_to_refuse(line, reading)
        if reason:
            if named:
                leave_unsaid(reading, named, set(COLUMNS) - line.cells.keys())
            result.problems = in_order(reading.problems | self._codes(reading))
            result.notes = [*reading.notes, reason]
            return result
        host = self.hosts.find(reading.values, likely=named and named.organisation)
        result.posting = named or self._same_plan(reading.values, host)
        self._look_at(result, reading, host)
        if result.posting and not self._has_to_write(result, host):
            result.action = result.planned = "unchanged"
        else:
            result.planned = "updated" if result.posting else "created"
            host = self._save_or_refuse(result, host)
        if host:
            self._remember(result, host)
        return result

    def _remember(self, result: Result, host: Organisation) -> None:
        self.hosts.remember(host)
        self.seen_plans[host.pk, plan_of(result.values)] += 1
        if result.values["ref"]:
            self.seen_refs[result.values["ref"]] = result.line.excel_row

    def _reason_to_refuse(self, line: Line, reading: Reading) -> str | Promise:
        values = reading.values
        if line.fault:
            return line.fault
        cut = next((name for name, text in line.cells.items() if spreadsheets.was_cut(text)), None)
        if cut:
            return told(
                _("%(column)s was cut when the file was written: take the list out as CSV."),
                column=cut,
            )
        if not values["organisation_ja"] and not values["organisation_en"]:
            reading.problems.add("P_ORG_MISSING")
            return _("The line names no organisation.")
        if not values["title_ja"] and not values["title_en"]:
            return _("The line has no title.")
        if values["ref"] in self.seen_refs:
            reading.problems.add("P_DUP")
            return told(
                _("Line %(row)s has the same number %(ref)s."),
                row=self.seen_refs[values["ref"]],
                ref=values["ref"],
            )
        return ""

    def _codes(self, reading: Reading) -> set[str]:
        codes = find_problems(reading.values, wages=self.wages, today=self.today)
        if "P_IMPOSSIBLE_DATE" in reading.problems:
            codes -= {"P_DATE_MISSING", "P_DEADLINE_MISSING"}
        if "P_CONTACT_BAD" in reading.problems:
            codes -= {"P_CONTACT_MISSING"}
        return codes

    def _same_plan(self, values, host: Organisation | None) -> Posting | None:
        """Find the posting of a line without a number; the n-th line of a plan means the n-th."""
        if values["ref"] or host is None:
            return None
        plan = plan_of(values)
        same = [
            posting
            for posting in self.by_host[host.pk]
            # A title or day corrected by hand must not make the line look new.
            if plan
            in (plan_of(vars(posting)), plan_of(self.imported.get(posting.pk, vars(posting))))
        ]
        count = self.seen_plans[host.pk, plan]
        return same[count] if count < len(same) else None

    def _look_at(self, result: Result, reading: Reading, host: Organisation | None) -> None:
        """Tell the problems of the line, and what it changes of a posting that is there."""
        posting, unsaid = result.posting, set(COLUMNS) - result.line.cells.keys()
        if posting:
            leave_unsaid(reading, posting, unsaid)
        codes = reading.problems | self._codes(reading)
        if host and self.seen_plans[host.pk, plan_of(reading.values)]:
            codes.add("P_DUP")
        if host and host.is_stopped:
            result.notes.append(STOPPED)
        if host and host.may_be_declined:
            result.notes.append(WORDS["P_DECLARED"])
        result.problems = in_order(codes)
        if posting is None:
            return
        present, shown = texts_of(posting), texts_of(content.with_pending(posting))
        # The number names a posting and is no fact of it: a line may find it without.
        texts = _texts(result) | {name: shown[name] for name in {*unsaid, "ref"}}
        if posting.pending is not None:
            texts["problems"] = present["problems"]  # of what stands on the board
        before = self.imported.get(posting.pk) or present
        changed = changed_columns(texts, before, present, shown, reading.derived)
        result.changes = {name: (shown[name], texts[name]) for name in sorted(changed)}

    def _has_to_write(self, result: Result, host: Organisation | None) -> bool:
        if result.changes or self._goes_up(result.posting, result):
            return True
        return bool(host and self.hosts.gaps(host, result.values))

    def _save_or_refuse(self, result: Result, host: Organisation | None) -> Organisation | None:
        """Write the line with its host, and give that; or what the database says against it."""
        try:
            with transaction.atomic():
                if host:
                    self.hosts.bring_up_to_date(
                        host, result.values, self.hosts.gaps(host, result.values)
                    )
                else:
                    host = self.hosts.add(result.values)
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
        texts = _texts(result)
        posting = Posting(organisation=host, state=State.IN_REVIEW, posted_by=self.by)
        for name in POSTING_FIELDS:
            put(posting, name, result.values)
        posting.ref = result.values["ref"] or self._new_ref()
        posting.problems = _codes_in(texts)
        posting.words_changed_ja_at = posting.words_changed_en_at = self.at
        published = self._put_on_board(posting, result)
        if self.dry_run:
            return posting  # nothing after it asks for it, and to write it takes the longest
        posting.save()
        after = {name: text for name, text in texts.items() if text}
        log.append("imported", posting, actor=self.by, after=after)
        self._log_publication(posting, published=published)
        return posting

    def _change(self, posting: Posting, result: Result, host: Organisation) -> bool:
        """Write what the file says differently from its last time; edits by hand stay."""
        if result.changes:
            changed, said = set(result.changes), {n: new for n, (_, new) in result.changes.items()}
            self.hosts.bring_up_to_date(host, result.values, changed)
            after = changed_by(content.with_pending(posting), changed, result.values, host)
            if self._has_to_wait(posting, after, result):
                result.waits = self._propose(posting, after, said)
                return result.waits
            result.leaves_board = turns_restricted(posting, after)
            self._write(posting, after, said)
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
        unseen = not self.publish or result.held
        return posting.state == State.PUBLISHED and unseen and bool(changes)

    def _propose(self, posting, after, said: dict[str, str]) -> bool:
        changes = pending_version(posting, after, by=self.by)
        if changes["pending"] == posting.pending:
            return False
        before = {name: getattr(posting, name) for name in changes}
        for name, value in changes.items():
            setattr(posting, name, value)
        posting.save(update_fields=changes)
        log.append(
            "proposed", posting, actor=self.by, before=before, after=changes | {"file": said}
        )
        return True

    def _write(self, posting: Posting, after: Posting, said: dict[str, Any]) -> None:
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
            posting.confirmed_at = self.at
        for language in {content.language(name) for name in changes} - {""}:
            setattr(posting, f"words_changed_{language}_at", self.at)
        posting.save()
        if not changes.keys().isdisjoint(("state", "closes_at")):
            letters.cancel(posting, "posting_closing")
        log.append("imported", posting, actor=self.by, before=before, after=said)

    def _goes_up(self, posting: Posting, result: Result) -> bool:
        waits = posting.state == State.IN_REVIEW
        return self.publish and waits and not result.held and posting.closes_at is not None

    def _put_on_board(self, posting: Posting, result: Result) -> bool:
        if not self._goes_up(posting, result):
            return False
        posting.opens_at = posting.opens_at or self.at
        posting.published_at = self.at
        posting.state = State.PUBLISHED
        result.goes_up = True
        return True

    def _log_publication(self, posting, *, published: bool) -> None:
        if published:
            log.append(
                "published",
                posting,
                actor=self.by,
                before={"state": State.IN_REVIEW},
                after={"state": State.PUBLISHED},
            )

    def _new_ref(self) -> str:
        """Give the next number that neither a posting has nor a line of the file names."""
        while True:
            ref = ref_of(self.today.year, self.next_number)
            self.next_number += 1
            if ref not in self.named_refs:
                return ref


def _texts(result: Result) -> dict[str, str]:
    """Write what the file says as its next run will read it in the log."""
    texts = {name: as_text(result.values[name]) for name in COLUMNS}
    return texts | {"problems": ";".join(code for code in result.problems if code not in OF_TODAY)}


def _codes_in(texts: dict[str, str]) -> list[str]:
    return texts["problems"].split(";") if texts["problems"] else []
