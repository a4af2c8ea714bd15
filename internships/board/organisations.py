"""Organisations: which one somebody means by the names she types, and the verbs of the office.

As with postings, every verb locks the row and looks at what was done since: of two people at
once the second is told what the first has done.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from careers.people.models import User
from careers.record import log
from careers.record.models import Event
from internships.board import numbers, workflow
from internships.board.folding import name_key
from internships.board.models import Agreement, Organisation, Posting

FACTS = ("name_ja", "name_en", "name_kana", "url", "industry")
FLAG = ("flag", "flag_staff", "flag_student_ja", "flag_student_en")
NOTES = ("memo", "addendum_ja", "addendum_en")
DECLARATION = ("declaration", "declared_on", "declared_by")
# Forms of companies and the like: two names that differ in these alone may mean one host.
_LEGAL = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|(一般|公益)?(社団|財団)法人|(独立行政|国立大学|学校|医療|"
    r"社会福祉|特定非営利活動|npo)法人|\((株|有|合|同|財|社)\)|"
    r"\b(inc|incorporated|co|ltd|limited|k\.?k|llc|corp|corporation|company|gmbh|plc)\b\.?"
)


class Conflict(Exception):
    """Somebody has done something since the form was opened: `events`, oldest first."""

    def __init__(self, events: list[Event]):
        super().__init__(events[-1].verb)
        self.events = events


class Hosts:
    """Who is meant by names, of all that any of a list of names may mean.

    One query, however long the list and however many organisations there are.
    """

    def __init__(self, names: Iterable[tuple[str, str]]):
        wanted = {name_key(name) for pair in names for name in pair} - {""}
        rows = Organisation.objects.filter(Q(name_ja_key__in=wanted) | Q(name_en_key__in=wanted))
        self._by_key: dict[str, dict[int, Organisation]] = defaultdict(dict)
        self._former: dict[int, set[str]] = defaultdict(set)
        for row in rows.select_related("merged_into").order_by("pk"):
            self.add(row)

    def add(self, organisation: Organisation) -> None:
        """Know it by its present names from now on."""
        for name in _keys(organisation) - {""}:
            self._by_key[name][organisation.pk] = organisation
            if organisation.merged_into_id:
                self._former[organisation.merged_into_id].add(name)

    def forget(self, organisation: Organisation) -> None:
        for name in _keys(organisation) - {""}:
            del self._by_key[name][organisation.pk]

    def find(self, name_ja: str, name_en: str) -> Organisation | None:
        """Give the host of these names, whatever the width and case of the letters."""
        ja, en = name_key(name_ja), name_key(name_en)
        found = self._named(ja)
        if not found:
            # Two hosts may share an English name; the Japanese one tells them apart.
            found = [row for row in self._named(en) if not (ja and row.name_ja)]
        return found[0].present if found else None

    def was_called(self, organisation: Organisation, name: str) -> bool:
        """Whether one that was merged into it had this name."""
        return name_key(name) in self._former[organisation.pk]

    def _named(self, wanted: str) -> list[Organisation]:
        """Give those of a name. One merged away is still known by it, after all others."""
        return sorted(
            self._by_key.get(wanted, {}).values(),
            key=lambda row: (row.merged_into_id is not None, row.pk),
        )


def _keys(organisation: Organisation) -> set[str]:
    return {name_key(organisation.name_ja), name_key(organisation.name_en)}


def find(name_ja: str, name_en: str) -> Organisation | None:
    return Hosts([(name_ja, name_en)]).find(name_ja, name_en)


def find_or_add(name_ja: str, name_en: str, *, by: User) -> Organisation:
    """Give the host of these names, made if nobody knows it yet; call inside a transaction."""
    found = find(name_ja, name_en)
    if found is None:
        numbers.one_at_a_time()  # two who write the same new name make it once
        found = find(name_ja, name_en)
    if found is None:
        found = Organisation.objects.create(name_ja=name_ja, name_en=name_en)
        log.append("added", found, actor=by, after={"name_ja": name_ja, "name_en": name_en})
        return found
    blank = {
        field: value
        for field, value in (("name_ja", name_ja), ("name_en", name_en))
        if value and not getattr(found, field)
    }
    _write(found, blank, by, "edited")
    return found


@transaction.atomic
def write_notes(
    organisation: Organisation, values: Mapping[str, str], *, by: User, seen: int | None = None
) -> Event | None:
    """Keep what the office remembers of a host, and what it tells all beside its postings.

    seen: `version` of the organisation that the writer looked at. Raises Conflict where somebody
    has written notes since; other deeds do not matter to them.
    """
    if not by.has_perm("board.change_posting"):
        raise PermissionDenied
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = _differing(row, {name: values[name] for name in NOTES})
    if changed and seen is not None and (events := _notes_since(row, seen)):
        raise Conflict(events)
    return _write(row, changed, by, "edited")


def _notes_since(row: Organisation, seen: int) -> list[Event]:
    since = log.history(row).filter(pk__gt=seen).order_by("pk")
    return [event for event in since if not set(NOTES).isdisjoint(event.after or {})]


@transaction.atomic
def change(
    organisation: Organisation, values: Mapping[str, Any], *, by: User, seen: int, verb: str
) -> Event | None:
    """Write what differs: facts ("edited") or the declaration ("declared")."""
    hold_postings(organisation)
    row = _taken(organisation, by, seen)
    return _write(row, values, by, verb)


@transaction.atomic
def set_flag(
    organisation: Organisation,
    values: Mapping[str, Any],
    *,
    by: User,
    seen: int,
    close_postings: bool = False,
) -> Event | None:
    """Set or take away a warning or a stop; a stop may close what is on the board."""
    numbers.one_at_a_time()  # no import publishes meanwhile
    hold_postings(organisation)  # nor does anybody else
    row = _taken(organisation, by, seen)
    if not values["flag"]:
        values = dict.fromkeys(FLAG, "")
    event = _write(row, values, by, "flagged" if values["flag"] else "flag taken away")
    if close_postings and row.is_stopped:
        for posting in row.postings.filter(state=Posting.State.PUBLISHED).order_by("pk"):
            if not posting.is_closed(timezone.now()):
                workflow.withdraw(posting, by=by, reason=row.flag_staff[:1000])
    return event


@transaction.atomic
def save_agreement(
    organisation: Organisation, agreement: Agreement, *, by: User, seen: int
) -> Event | None:
    """Add an agreement, or write what differs in one."""
    row = _taken(organisation, by, seen)
    names = ("title", "valid_from", "valid_until", "note")
    agreement.organisation = row
    old = Agreement.objects.filter(pk=agreement.pk, organisation=row).first()
    before = {name: getattr(old, name) for name in names} if old else {}
    after = {name: getattr(agreement, name) for name in names}
    if before == after:
        return None
    agreement.save()
    verb = "agreement changed" if old else "agreement added"
    return log.append(verb, row, actor=by, before=before, after=after)


@transaction.atomic
def merge(old: Organisation, into: Organisation, *, by: User) -> Event:
    """Make two one: postings, agreements and names move over, the old address leads on.

    What the one that stays lacks it takes from the other; of two flags the stricter stands.
    """
    _must_be_allowed(by)
    numbers.one_at_a_time()
    hold_postings(old, into)
    rows = {
        row.pk: row
        for row in Organisation.objects.select_for_update(of=("self",))
        .filter(pk__in=(old.pk, into.pk))
        .order_by("pk")
    }
    old, into = rows[old.pk], rows[into.pk]
    if old == into or old.merged_into_id or into.merged_into_id:
        raise Conflict(list(log.history(old).order_by("pk")) or [_last(into)])
    moved = _move_postings(old, into, by)
    old.agreements.update(organisation=into)
    old.former.update(merged_into=into)
    taken = taken_over(into, old)
    before = {name: getattr(into, name) for name in taken}
    for name, value in taken.items():
        setattr(into, name, value)
    into.save()
    old.merged_into = into
    old.save()
    log.append("merged away", old, actor=by, after={"into": into.pk})
    after = {"organisation": old.pk, "postings": moved} | taken
    return log.append("merged", into, actor=by, before=before, after=after)


def _move_postings(old: Organisation, into: Organisation, by: User) -> list[str]:
    refs = []
    for posting in old.postings.select_for_update(of=("self",)).order_by("pk"):
        posting.organisation = into
        posting.save()
        change = {"before": {"organisation_id": old.pk}, "after": {"organisation_id": into.pk}}
        log.append("moved", posting, actor=by, **change)
        refs.append(posting.ref)
    return refs


def taken_over(into: Organisation, old: Organisation) -> dict[str, Any]:
    """Give what the one that stays takes from the other, as it would be afterwards."""
    taken = {
        name: getattr(old, name) for name in FACTS if getattr(old, name) and not getattr(into, name)
    }
    for name in NOTES:
        if getattr(old, name) and getattr(old, name) != getattr(into, name):
            taken[name] = "\n".join(filter(None, (getattr(into, name), getattr(old, name))))
    strict = ["", Organisation.Flag.WARNING, Organisation.Flag.STOP]
    if strict.index(old.flag) > strict.index(into.flag):
        taken |= {name: getattr(old, name) for name in FLAG}
    # Whoever has said that a ground applies is not made clean by the other's word.
    if old.may_be_declined or (old.declaration and not into.declaration):
        taken |= {name: getattr(old, name) for name in DECLARATION}
    return taken


def likely_same(organisation: Organisation) -> list[Organisation]:
    """Give others that may be the same: by name, kana or website."""
    others = Organisation.objects.present().exclude(pk=organisation.pk).order_by("pk")
    marks = marks_of(organisation)
    return [other for other in others if marks & marks_of(other)]


def all_likely_same() -> list[list[Organisation]]:
    """Give the groups of organisations that may be one, each in the order they were made."""
    by_mark = defaultdict(list)
    for organisation in Organisation.objects.present().order_by("pk"):
        for mark in marks_of(organisation):
            by_mark[mark].append(organisation)
    groups = {tuple(row.pk for row in rows): rows for rows in by_mark.values() if len(rows) > 1}
    return list(groups.values())


def marks_of(organisation: Organisation) -> set[tuple[str, str]]:
    """Give what two rows of one organisation are likely to share."""
    host = urlsplit(organisation.url).hostname or ""
    marks = {
        ("name", core(organisation.name_ja)),
        ("name", core(organisation.name_en)),
        ("kana", core(organisation.name_kana)),
        ("website", host.removeprefix("www.")),
    }
    return {mark for mark in marks if mark[1]}


def core(name: str) -> str:
    """Give a name without its legal form, blanks and signs."""
    plain = _LEGAL.sub("", unicodedata.normalize("NFKC", name).casefold())
    return re.sub(r"[\W_]", "", plain)


def expiring(on: date) -> Q:
    """Say of an organisation that an agreement of it ends soon."""
    ending = Agreement.objects.filter(valid_until__range=(on, on + Agreement.SOON))
    return Q(pk__in=ending.order_by().values("organisation"))  # once, however many end


def version(organisation: Organisation) -> int:
    last = _last(organisation)
    return last.pk if last else 0


def _last(organisation: Organisation) -> Event | None:
    return log.history(organisation).first()


def _must_be_allowed(by: User) -> None:
    if not by.has_perm("board.change_organisation"):
        raise PermissionDenied


def hold_postings(*of: Organisation) -> None:
    """Hold postings before organisations, as all verbs do: nobody waits in a circle."""
    held = Posting.objects.filter(organisation__in=of).select_for_update(of=("self",))
    list(held.order_by("pk").values_list("pk"))


def _taken(organisation: Organisation, by: User, seen: int) -> Organisation:
    """Lock the row, if nobody has done anything since `seen`."""
    _must_be_allowed(by)
    row = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    since = log.history(row).filter(pk__gt=seen).order_by("pk")
    if events := list(since):
        raise Conflict(events)
    return row


def _differing(row: Organisation, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def _write(row: Organisation, values: Mapping[str, Any], by: User, verb: str) -> Event | None:
    """Write what differs, with its event."""
    changed = _differing(row, values)
    if not changed:
        return None
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=changed)
    return log.append(verb, row, actor=by, before=before, after=changed)
