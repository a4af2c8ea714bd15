"""What a line of a file says of a posting, beside what the posting says."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from careers.record.models import Event
from internships.board import content
from internships.board.folding import name_key, without_controls
from internships.board.importing.cells import COLUMNS, ORGANISATION_FIELDS, Reading, as_text
from internships.board.models import Posting
from internships.board.problems import SETTLED_BY

POSTING_FIELDS = [name for name in COLUMNS if name not in ORGANISATION_FIELDS]


def plan_of(values: Mapping[str, Any]) -> tuple[str, str, str]:
    """Give what names a posting within its host; of values or of a file's texts alike."""
    title = name_key(values["title_ja"] or values["title_en"])
    return title, as_text(values["starts_on"]), as_text(_last_day(values))


def _last_day(values: Mapping[str, Any]):
    """Give the last day, unless it lies before the first: then neither can be relied on."""
    first, last = values["starts_on"], values["ends_on"]
    return None if first and last and last < first else last


def leave_unsaid(reading: Reading, posting: Posting, columns: set[str]) -> None:
    """Of columns that the file does not have the posting stays as it is, doubts included."""
    shown = content.with_pending(posting)
    # Names and facts of its host are not filled in: the line may name another one.
    for name in columns - ORGANISATION_FIELDS.keys():
        reading.values[name] = getattr(shown, name)
    doubts = _settled_by(columns) - _settled_by(set(COLUMNS) - columns)
    reading.problems |= doubts.intersection(posting.problems)


def _settled_by(columns: set[str]) -> set[str]:
    return set().union(*(SETTLED_BY.get(name, set()) for name in columns))


def put(posting: Posting, name: str, values: dict[str, Any]) -> None:
    value = values[name]
    if name == "ref":
        return
    if name in ("starts_on", "ends_on"):
        posting.starts_on, posting.ends_on = values["starts_on"], _last_day(values)
        return
    if name == "credit_bearing":
        value = bool(value)
    setattr(posting, name, value or _default(name) if value in ("", None) else value)


def changed_columns(texts, before, present, shown, derived: set[str]) -> set[str]:
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


def changed_by(shown: Posting, changed: set[str], values, organisation) -> Posting:
    after = copy.copy(shown)
    for name in changed & set(POSTING_FIELDS):
        put(after, name, values)
    if changed & {"organisation_ja", "organisation_en"}:
        after.organisation = organisation
    return after


def turns_restricted(posting: Posting, after: Posting) -> bool:
    return posting.state == Posting.State.PUBLISHED and after.venue == Posting.Venue.FUEIHO


def _default(name: str) -> Any:
    return {"source": Posting.Source.OFFICE, "venue": Posting.Venue.ORDINARY}.get(
        name, "" if Posting._meta.get_field(name).empty_strings_allowed else None
    )


def last_imported(postings: Iterable[Posting]) -> dict[int, dict[str, str]]:
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
