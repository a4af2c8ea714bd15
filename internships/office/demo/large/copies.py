"""Cases that went the way of one that was told: its rows again, of other people and days."""

import io
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import PurePath
from typing import Any

from django.db import models
from django.urls import resolve, reverse
from django.utils.dateparse import parse_date, parse_datetime

from careers.desk import files, letters
from careers.desk.models import Letter
from careers.law.dates import working_days_before
from careers.people.models import User
from careers.record.models import Event
from internships.board.models import Bureau
from internships.office.demo.large.dated import write
from internships.permits import ball, workflow
from internships.permits.models import DocumentVersion, PermitCase, Requirement
from internships.placements.models import Condition, Placement, Verdict
from internships.placements.steps import OUR_CHECK_DAYS

OF_PEOPLE = {
    *("actor_id", "about_id", "owner_id", "checked_by_id", "met_by_id", "gate_opened_by_id"),
    *("uploaded_by_id", "to_user_id"),
}
# These hang on the days of the placement; all other days were so many weeks earlier.
OF_PLAN = {"due", "valid_until"}
DAYS = OF_PLAN | {"filed_on", "decided_on", "answered_on", "correct_by"}


@dataclass
class Copy:
    """Whose case it is, who looks after it, and by how much earlier all of it happened."""

    placement: Placement
    verdict: Verdict
    condition: Condition
    reviewer: User
    bureau: Bureau
    back: timedelta
    case: PermitCase = None
    letters: dict[int, int] = field(default_factory=dict)
    rows: dict[int, Requirement] = field(default_factory=dict)

    @property
    def student(self) -> User:
        return self.placement.student.user


class _Told:
    """The case that was told, with all that hangs on it."""

    def __init__(self, case: PermitCase):
        rows = PermitCase.objects.select_related("placement__student__user", "verdict")
        self.case = rows.get(pk=case.pk)
        self.placement = self.case.placement
        self.student = self.placement.student.user
        self.condition = self.placement.conditions.get(code=Condition.PERMISSION)
        self.rows = list(case.requirements.order_by("position"))
        versions = DocumentVersion.objects.filter(requirement__case=case)
        self.versions = list(versions.select_related("file").order_by("pk"))
        about = {"object_kind": PermitCase._meta.label, "object_id": str(case.pk)}
        self.letters = list(Letter.objects.filter(**about).order_by("pk"))
        gate = {"object_kind": Placement._meta.label, "object_id": str(self.placement.pk)}
        opened = Event.objects.filter(verb="gate opened", **gate)
        self.events = [*reversed(workflow.history_of(case)), *opened.order_by("pk")]


class _Retelling:
    """Says each value of the case that was told as it is in one copy."""

    def __init__(self, told: _Told, copy: Copy):
        self.copy = copy
        owner = {told.case.owner_id: copy.reviewer.pk} if told.case.owner_id else {}
        self.people = {told.student.pk: copy.student.pk} | owner
        own = _days_of(copy.placement, copy.verdict)
        self.plan = dict(zip(_days_of(told.placement, told.case.verdict), own, strict=True))

    def again(self, row: models.Model, **changes) -> models.Model:
        values = {
            one.attname: self.said(one.attname, getattr(row, one.attname))
            for one in row._meta.concrete_fields
            if not one.primary_key
        }
        again = type(row)(**values)
        for name, value in changes.items():
            setattr(again, name, value)
        return again

    def said(self, name: str, value: Any) -> Any:
        if name in OF_PEOPLE:
            return self.people.get(value, value)
        if name == "bureau_id":
            return value and self.copy.bureau.pk
        if name in OF_PLAN and value in self.plan:
            return self.plan[value]
        return value - self.copy.back if isinstance(value, date) else value

    def event_value(self, name: str, value: Any) -> Any:
        """The same for what the log keeps as JSON."""
        if name == "letter":
            return self.copy.letters[value]
        if name in ("receipt", "permission_number") and value:
            return getattr(self.copy.case, name)
        if isinstance(value, str) and (name in DAYS or name.endswith("_at")):
            said = self.said(name, parse_date(value) if name in DAYS else parse_datetime(value))
            return said and said.isoformat()
        return self.said(name, value)

    def told(self, values: dict[str, Any] | None) -> dict[str, Any] | None:
        return values and {name: self.event_value(name, value) for name, value in values.items()}


def _days_of(placement: Placement, verdict: Verdict) -> tuple[date | None, ...]:
    """Give the days by which things are due in a case, and to which a permission may last."""
    papers_by = verdict.file_by and working_days_before(verdict.file_by, OUR_CHECK_DAYS)
    held = placement.student.blanket_permission_until
    return (placement.starts_on, placement.ends_on, papers_by, verdict.file_by, held)


def retell(case: PermitCase, copies: list[Copy]) -> None:
    """Write the copies of a case: rows, files, letters, events, and where the placement stands."""
    if not copies:
        return
    told = _Told(case)
    ways = [_Retelling(told, copy) for copy in copies]
    _write_cases(told, ways)
    _write_papers(told, ways)
    _write_letters(told, ways)
    _write_placements(told, ways)
    _write_events(told, ways)


def _write_cases(told: _Told, ways: list[_Retelling]) -> None:
    for way in ways:
        copy = way.copy
        copy.case = way.again(told.case, placement=copy.placement, verdict=copy.verdict)
        copy.placement.gate_opened_at = way.said("", told.placement.gate_opened_at)
        copy.case.due = ball.due_day(copy.case, copy.case.waits_for)
    write([way.copy.case for way in ways])
    for way in ways:
        row = way.copy.case
        row.receipt = row.receipt and f"S-{row.pk:05}"
        row.permission_number = row.permission_number and f"S-{row.pk:05}-1"
    names = ["receipt", "permission_number"]
    PermitCase.objects.bulk_update([way.copy.case for way in ways if way.copy.case.receipt], names)


def _write_papers(told: _Told, ways: list[_Retelling]) -> None:
    for way in ways:
        way.copy.rows = {row.pk: way.again(row, case=way.copy.case) for row in told.rows}
    write([row for way in ways for row in way.copy.rows.values()])
    sheets = [(version, _content(version.file.stored_as)) for version in told.versions]
    versions = []
    for way in ways:
        for version, content in sheets:
            ending = PurePath(version.file.stored_as).suffix
            name = files.storage().save(f"{secrets.token_hex(16)}{ending}", io.BytesIO(content))
            kept = way.again(version.file, stored_as=name)
            paper = way.copy.rows[version.requirement_id]
            versions.append(way.again(version, requirement=paper, file=kept))
    write([version.file for version in versions])
    for version in versions:
        version.file_id = version.file.pk
    write(versions)


def _content(name: str) -> bytes:
    with files.storage().open(name) as file:
        return file.read()


def _write_letters(told: _Told, ways: list[_Retelling]) -> None:
    written = []
    for way in ways:
        for letter in told.letters:
            context = letter.context | {
                "link": _link(letter, way.copy.case),
                "number": way.copy.case.number,
                "due": way.event_value("due", letter.context["due"]) or "",
            }
            again = way.again(letter, object_id=str(way.copy.case.pk), context=context)
            composed = letters.compose(again)
            again.subject, again.body = composed.subject, composed.kept
            written.append(again)
    write(written)
    new = iter(written)
    for way in ways:
        way.copy.letters = {letter.pk: next(new).pk for letter in told.letters}


def _link(letter: Letter, case: PermitCase) -> str:
    return reverse(resolve(letter.context["link"]).url_name, args=[case.pk])


def _write_placements(told: _Told, ways: list[_Retelling]) -> None:
    for way in ways:
        placement, condition = way.copy.placement, way.copy.condition
        placement.state = told.placement.state
        placement.gate_opened_by_id = way.said(
            "gate_opened_by_id", told.placement.gate_opened_by_id
        )
        placement.gate_reason = told.placement.gate_reason and way.copy.case.number
        condition.state = told.condition.state
        condition.met_by_id = way.said("met_by_id", told.condition.met_by_id)
        condition.met_at = way.said("met_at", told.condition.met_at)
    names = ["state", "gate_opened_at", "gate_opened_by", "gate_reason"]
    Placement.objects.bulk_update([way.copy.placement for way in ways], names)
    conditions = [way.copy.condition for way in ways]
    Condition.objects.bulk_update(conditions, ["state", "met_by", "met_at"])


def _write_events(told: _Told, ways: list[_Retelling]) -> None:
    events = []
    for way in ways:
        numbers = {
            (PermitCase._meta.label, str(told.case.pk)): way.copy.case,
            (Placement._meta.label, str(told.placement.pk)): way.copy.placement,
        } | {(row._meta.label, str(row.pk)): way.copy.rows[row.pk] for row in told.rows}
        for one in told.events:
            about = numbers[one.object_kind, one.object_id]
            again = way.again(one, object_id=str(about.pk))
            again.before, again.after = way.told(one.before), way.told(one.after)
            if one.object_kind == Placement._meta.label:
                again.reason = way.copy.case.number
            events.append(again)
    write(events)
