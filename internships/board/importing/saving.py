"""Lines of a file to organisations and postings: all of a file or, where it stops, nothing."""

import copy
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
from careers.record.models import Event
from internships.board import content, organisations
from internships.board.folding import name_key, without_controls
from internships.board.importing.cells import (
    COLUMNS,
    ORGANISATION_FIELDS,
    Reading,
    as_text,
    read_line,
    told,
)
from internships.board.importing.sheets import Line, Table
from internships.board.models import Organisation, Posting
from internships.board.numbers import next_number, one_at_a_time, ref_of
from internships.board.problems import (
    BLOCKING,
    OF_TODAY,
    SETTLED_BY,
    STOPPED,
    WageTable,
    find_problems,
    in_order,
)
from internships.board.workflow.changes import NO_CHANGE, pending_version

ACTIONS = ("created", "updated", "unchanged", "refused")
State = Posting.State
POSTING_FIELDS = [name for name in COLUMNS if name not in ORGANISATION_FIELDS]


class Stopped(Exception):
    """Nothing was written and a person has to decide; the message is for people."""


@dataclass
class Result:
    """What became of one line."""

    line: Line
    values: dict[str, Any]
    action: str
    problems: list[str] = field(default_factory=list)
    notes: list[str | Promise] = field(default_factory=list)
    posting: Posting | None = None
    # What it changes is kept beside what stands on the board until somebody approves it.
    waits: bool = False
    # It was on the board and may not be there any more.
    leaves_board: bool = False

    @property
    def why(self) -> str:
        return " / ".join(map(str, self.notes))

    @property
    def held(self) -> bool:
        """Has to be settled by somebody before it may be on the board."""
        return bool(self.notes) or not BLOCKING.isdisjoint(self.problems)


@dataclass
class Summary:
    results: list[Result]
    published: int = 0

    def count(self, action: str) -> int:
        return sum(result.action == action for result in self.results)

    @property
    def refused(self) -> list[Result]:
        return [result for result in self.results if result.action == "refused"]

    @property
    def waiting(self) -> int:
        return sum(result.waits for result in self.results)

    @property
    def held(self) -> list[Result]:
        return [result for result in self.results if result.posting and result.held]


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
    command. dry_run: do everything, then undo it.
    Raises Stopped, unless forced, when more than half of a source's open postings would leave
    the board.
    """
    with transaction.atomic():
        one_at_a_time()
        at = timezone.now()
        open_before = _open_by_source(at)
        importer = _Importer(table, publish=publish, at=at, by=by)
        summary = Summary([importer.take(line) for line in table.lines])
        summary.published = importer.published
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
    def __init__(self, table: Table, *, publish: bool, at: datetime, by: User | None):
        self.publish = publish
        self.by = by
        self.at = at
        self.today = timezone.localdate(at)
        self.wages = WageTable()
        self.seen_refs: dict[str, int] = {}
        self.seen_plans: Counter = Counter()
        self.published = 0
        readings = [(line, read_line(line.cells)) for line in table.lines]
        self.readings = {line.row: reading for line, reading in readings}
        names = [_names(reading.values) for _line, reading in readings]
        self.organisations = _Organisations(names, by)
        known = self._known([reading.values for _line, reading in readings])
        self.by_ref = {posting.ref: posting for posting in known}
        self.by_host: dict[int, list[Posting]] = defaultdict(list)
        for posting in known:
            self.by_host[posting.organisation_id].append(posting)
        self.imported = _last_imported(known)
        self.next_number = next_number(self.today.year)

    def _known(self, lines: list[dict[str, Any]]) -> list[Posting]:
        """Give all that the lines may mean, by number or by plan, and let nobody change it."""
        refs = {values["ref"] for values in lines if values["ref"]}
        hosts = {self.organisations.find(values) for values in lines if not values["ref"]} - {None}
        found = Posting.objects.filter(Q(ref__in=refs) | Q(organisation__in=hosts))
        found = found.select_related("organisation").order_by("pk")
        return list(found.select_for_update(of=("self",)))

    def take(self, line: Line) -> Result:
        reading = self.readings[line.row]
        reason = self._reason_to_refuse(line, reading)
        if reason:
            codes = reading.problems | self._codes(reading)
            return Result(
                line, reading.values, "refused", in_order(codes), [*reading.notes, reason]
            )
        result = Result(line, reading.values, "", notes=reading.notes)
        try:
            with transaction.atomic():
                self._save(result, reading)
        except DatabaseError as error:
            result.action, result.posting = "refused", None
            self.organisations.forget_the_last_made()
            result.notes.append(
                told(_("The database refused the line: %(why)s"), why=str(error).splitlines()[0])
            )
        return result

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

    def _save(self, result: Result, reading: Reading) -> None:
        values = reading.values
        named = self.by_ref.get(values["ref"])
        organisation = self.organisations.find_or_add(values, likely=named and named.organisation)
        plan = _plan(values)
        posting = named or self._same_plan(values, organisation, plan)
        if posting:
            _leave_unsaid(reading, posting, set(COLUMNS) - result.line.cells.keys())
        codes = reading.problems | self._codes(reading)
        if self.seen_plans[organisation.pk, plan]:
            codes.add("P_DUP")
        self.seen_plans[organisation.pk, plan] += 1
        if values["ref"]:
            self.seen_refs[values["ref"]] = result.line.excel_row
        if organisation.is_stopped:
            result.notes.append(STOPPED)
        result.problems = in_order(codes)
        texts = {name: as_text(values[name]) for name in COLUMNS}
        texts["problems"] = ";".join(in_order(codes - OF_TODAY))
        if posting is None:
            result.posting = self._add(result, organisation, texts)
            result.action = "created"
        else:
            result.posting = posting
            changed = self._change(posting, result, reading, organisation, texts)
            result.action = "updated" if changed else "unchanged"

    def _same_plan(self, values, organisation, plan) -> Posting | None:
        """Find the posting of a line without a number; the n-th line of a plan means the n-th."""
        if values["ref"]:
            return None
        same = [
            posting
            for posting in self.by_host[organisation.pk]
            # A title or day corrected by hand must not make the line look new.
            if plan in (_plan(vars(posting)), _plan(self.imported.get(posting.pk, vars(posting))))
        ]
        count = self.seen_plans[organisation.pk, plan]
        return same[count] if count < len(same) else None

    def _add(self, result: Result, organisation, texts) -> Posting:
        posting = Posting(organisation=organisation, state=State.IN_REVIEW, posted_by=self.by)
        for name in POSTING_FIELDS:
            _put(posting, name, result.values)
        posting.ref = result.values["ref"] or self._new_ref()
        posting.problems = texts["problems"].split(";") if texts["problems"] else []
        posting.words_changed_ja_at = posting.words_changed_en_at = self.at
        published = self._put_on_board(posting, result)
        posting.save()
        after = {name: text for name, text in texts.items() if text}
        log.append("imported", posting, actor=self.by, after=after)
        self._log_publication(posting, published=published)
        return posting

    def _change(self, posting, result: Result, reading: Reading, organisation, texts) -> bool:
        """Write what the file says differently from its last time; edits by hand stay."""
        shown = content.with_pending(posting)
        present, wanted = texts_of(posting), texts_of(shown)
        before = self.imported.get(posting.pk) or present
        if posting.pending is not None:
            texts = texts | {"problems": present["problems"]}  # of what stands on the board
        changed = _changed(texts, before, present, wanted, reading.derived)
        if changed:
            self.organisations.bring_up_to_date(organisation, result.values, changed)
            said = {name: texts[name] for name in sorted(changed)}
            after = _changed_by(shown, changed, result.values, organisation)
            if self._has_to_wait(posting, after, result):
                result.waits = self._propose(posting, after, said)
                return result.waits
            result.leaves_board = _turns_restricted(posting, after)
            self._write(posting, after, {name: present[name] for name in said}, said)
        published = self._put_on_board(posting, result)
        if published:
            posting.save()
        self._log_publication(posting, published=published)
        return bool(changed) or published

    def _has_to_wait(self, posting, after, result: Result) -> bool:
        """Whether somebody looks at it before what stands on the board says this."""
        if _turns_restricted(posting, after):
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

    def _write(self, posting, after, before: dict[str, Any], said: dict[str, Any]) -> None:
        """Let the posting say this at once; its versions are read from the event."""
        changes = content.differences(posting, content.of(after))
        if "organisation_id" in changes:
            before = before | {"organisation_id": posting.organisation_id}
            said = said | {"organisation_id": after.organisation_id}
        if _turns_restricted(posting, after):
            # It leaves the board, and what waited beside it goes along to be looked at.
            changes |= {"state": State.IN_REVIEW, **NO_CHANGE}
            before = before | {"state": State.PUBLISHED}
            said = said | {"state": State.IN_REVIEW}
        if posting.state == State.PUBLISHED and after.opens_at is None:
            changes.pop("opens_at", None)
        for name, value in changes.items():
            setattr(posting, name, value)
        if "problems" in said:
            posting.problems = said["problems"].split(";") if said["problems"] else []
        if changes:
            posting.confirmed_at = self.at
        for language in {content.language(name) for name in changes} - {""}:
            setattr(posting, f"words_changed_{language}_at", self.at)
        posting.save()
        if not changes.keys().isdisjoint(("state", "closes_at")):
            letters.cancel(posting, "posting_closing")
        log.append("imported", posting, actor=self.by, before=before, after=said)

    def _put_on_board(self, posting, result: Result) -> bool:
        waits = posting.state == State.IN_REVIEW
        if not self.publish or result.held or not waits or posting.closes_at is None:
            return False
        posting.opens_at = posting.opens_at or self.at
        posting.published_at = self.at
        posting.state = State.PUBLISHED
        self.published += 1
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
        self.next_number += 1
        return ref_of(self.today.year, self.next_number - 1)


class _Organisations:
    """The hosts of a file: known ones are found by their names, others are made."""

    def __init__(self, names: Iterable[tuple[str, str]], by: User | None):
        self.by = by
        self._known = organisations.Hosts(names)
        self._last_made: Organisation | None = None

    def find(self, values: Mapping[str, Any]) -> Organisation | None:
        return self._known.find(*_names(values))

    def find_or_add(
        self, values: dict[str, Any], *, likely: Organisation | None = None
    ) -> Organisation:
        """Give the host of a line; of two with the same names the likely one."""
        self._last_made = None
        found = likely if likely and _has_names(likely, values) else self.find(values)
        if found is None:
            made = {f: values[c] for c, f in ORGANISATION_FIELDS.items()}
            found = self._last_made = Organisation.objects.create(**made)
            log.append(
                "imported", found, actor=self.by, after={"name": found.name_ja or found.name_en}
            )
        else:
            blank = {c for c, f in ORGANISATION_FIELDS.items() if not getattr(found, f)}
            self.bring_up_to_date(found, values, blank)
        self._known.add(found)
        return found

    def forget_the_last_made(self) -> None:
        """Its line was undone, and with it the organisation."""
        if self._last_made:
            self._known.forget(self._last_made)

    def bring_up_to_date(self, organisation, values, columns: set[str]) -> None:
        """Write the named columns of the host where the file gives something else."""
        if not self._new(organisation, values, columns):
            return
        organisations.hold_postings(organisation)
        held = Organisation.objects.select_for_update()
        organisation.refresh_from_db(fields=organisations.FACTS, from_queryset=held)
        new = self._new(organisation, values, columns)
        if not new:
            return
        before = {name: getattr(organisation, name) for name in new}
        for name, value in new.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=new)
        log.append("imported", organisation, actor=self.by, before=before, after=new)

    def _new(self, organisation, values, columns: set[str]) -> dict[str, str]:
        return {
            name: values[column]
            for column, name in ORGANISATION_FIELDS.items()
            if column in columns
            and values[column]
            and not self._known.was_called(organisation, values[column])
            and getattr(organisation, name) != values[column]
        }


def _names(values: Mapping[str, Any]) -> tuple[str, str]:
    return values["organisation_ja"], values["organisation_en"]


def _has_names(organisation: Organisation, values) -> bool:
    names = (organisation.name_ja, organisation.name_en)
    return [*map(name_key, names)] == [*map(name_key, _names(values))]


def _plan(values: Mapping[str, Any]) -> tuple[str, str, str]:
    """Give what names a posting within its host; of values or of a file's texts alike."""
    title = name_key(values["title_ja"] or values["title_en"])
    return title, as_text(values["starts_on"]), as_text(_last_day(values))


def _last_day(values: Mapping[str, Any]):
    """Give the last day, unless it lies before the first: then neither can be relied on."""
    first, last = values["starts_on"], values["ends_on"]
    return None if first and last and last < first else last


def _leave_unsaid(reading: Reading, posting: Posting, columns: set[str]) -> None:
    """Of columns that the file does not have the posting stays as it is, doubts included."""
    shown = content.with_pending(posting)
    for name in columns:
        host_field = ORGANISATION_FIELDS.get(name)
        said = getattr(shown.organisation, host_field) if host_field else getattr(shown, name)
        reading.values[name] = said
    doubts = _settled_by(columns) - _settled_by(set(COLUMNS) - columns)
    reading.problems |= doubts.intersection(posting.problems)


def _settled_by(columns: set[str]) -> set[str]:
    return set().union(*(SETTLED_BY.get(name, set()) for name in columns))


def _put(posting: Posting, name: str, values: dict[str, Any]) -> None:
    value = values[name]
    if name == "ref":
        return
    if name in ("starts_on", "ends_on"):
        posting.starts_on, posting.ends_on = values["starts_on"], _last_day(values)
        return
    if name == "credit_bearing":
        value = bool(value)
    setattr(posting, name, value or _default(name) if value in ("", None) else value)


def _changed(texts, before, present, shown, derived: set[str]) -> set[str]:
    """Give the columns that the file says differently from its last time and from the posting.

    present: what stands on the board; shown: that with the change that waits, if one does.
    A file that says all that the posting says, as one made from it does, changes nothing: what
    was read in a file of old may have left problems that the posting's facts alone do not show.
    """
    sent = texts | {name: "" for name in derived if not present[name]}
    if shown == present and all(sent[name] == present[name] for name in COLUMNS):
        return set()
    return {
        name
        for name in texts
        if texts[name] not in (before.get(name, ""), shown[name])
        # The file takes back its own change that waits, not the one somebody wrote by hand.
        and (texts[name] != present[name] or shown[name] == before.get(name, ""))
    }


def _changed_by(shown: Posting, changed: set[str], values, organisation) -> Posting:
    after = copy.copy(shown)
    for name in changed & set(POSTING_FIELDS):
        _put(after, name, values)
    if changed & {"organisation_ja", "organisation_en"}:
        after.organisation = organisation
    return after


def _turns_restricted(posting: Posting, after: Posting) -> bool:
    return posting.state == State.PUBLISHED and after.venue == Posting.Venue.FUEIHO


def _default(name: str) -> Any:
    return {"source": Posting.Source.OFFICE, "venue": Posting.Venue.ORDINARY}.get(
        name, "" if Posting._meta.get_field(name).empty_strings_allowed else None
    )


def _last_imported(postings: Iterable[Posting]) -> dict[int, dict[str, str]]:
    """Give by posting the texts of the file's last version; nothing for one written by hand."""
    events = Event.objects.filter(
        object_kind=Posting._meta.label,
        object_id__in=[str(posting.pk) for posting in postings],
        verb__in=("imported", "proposed"),
    ).order_by("pk")
    texts: dict[int, dict[str, str]] = defaultdict(lambda: dict.fromkeys(COLUMNS, ""))
    for event in events:
        said = event.after if event.verb == "imported" else event.after.get("file")
        if said:
            texts[int(event.object_id)] |= said
    return dict(texts)


def texts_of(posting: Posting) -> dict[str, str]:
    """Write a posting as a line of the postings file."""
    host = posting.organisation
    texts = {column: as_text(getattr(host, name)) for column, name in ORGANISATION_FIELDS.items()}
    texts |= {name: as_text(getattr(posting, name)) for name in POSTING_FIELDS}
    # As a file gives it back: lines end in one way, and nothing stands around the words.
    texts = {name: without_controls(text) for name, text in texts.items()}
    return texts | {"problems": ";".join(posting.problems)}
