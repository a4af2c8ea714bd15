"""Lines of a file to organisations and postings: all of a file or, where it stops, nothing."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers import spreadsheets
from careers.people.models import User
from internships.board import content
from internships.board.importing.cells import COLUMNS, Reading, read_line, told
from internships.board.importing.comparing import (
    changed_columns,
    last_imported,
    leave_unsaid,
    plan_of,
    texts_of,
)
from internships.board.importing.hosts import HostsOfFile, names_of
from internships.board.importing.results import Result, Summary
from internships.board.importing.sheets import Line, Table
from internships.board.importing.writing import Writer, texts_in
from internships.board.models import Organisation, Posting
from internships.board.numbers import one_at_a_time
from internships.board.problems import STOPPED, WORDS, WageTable, find_problems, in_order


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
    """Finds out what each line means and what is wrong with it; the writer writes that."""

    def __init__(
        self, table: Table, *, publish: bool, dry_run: bool, at: datetime, by: User | None
    ):
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
        self.writer = Writer(
            self.hosts, publish=publish, dry_run=dry_run, at=at, by=by, taken_refs=self.named_refs
        )

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
            host = self.writer.write(result, host)
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
        texts = texts_in(result) | {name: shown[name] for name in {*unsaid, "ref"}}
        if posting.pending is not None:
            texts["problems"] = present["problems"]  # of what stands on the board
        before = self.imported.get(posting.pk) or present
        changed = changed_columns(texts, before, present, shown, reading.derived)
        result.changes = {name: (shown[name], texts[name]) for name in sorted(changed)}

    def _has_to_write(self, result: Result, host: Organisation | None) -> bool:
        if result.changes or self.writer.goes_up(result.posting, result):
            return True
        return bool(host and self.hosts.gaps(host, result.values))
