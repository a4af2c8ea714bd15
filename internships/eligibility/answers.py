"""The answers in the address: read them, judge each alone, write them in one fixed order."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from careers.prefectures import PREFECTURES
from internships.eligibility.questions import FIELDS, PREFER_NOT, UNSURE, Field

# A day before the first edition has no rules; the last one keeps a slip of the pen out.
FIRST_DAY = date(2019, 4, 1)
LAST_DAY = date(2099, 12, 31)
# Longer than any answer: what is cut here was never one.
_LONGEST = 60
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}\Z")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\Z")


@dataclass(frozen=True)
class Answer:
    """One field as written, what it means, and what is wrong with it (a code for words)."""

    raw: str
    value: Any = None
    problem: str = ""


def read(field: Field, written: str) -> Answer:
    raw = unicodedata.normalize("NFKC", written).strip()[:_LONGEST]
    if raw == UNSURE:
        return Answer(raw, UNSURE)
    if not raw:
        return Answer("", problem="empty")
    return _READERS[field.kind](field, raw)


def _read_choice(field: Field, raw: str) -> Answer:
    allowed = (*field.choices, PREFER_NOT) if field.offers_not_to_say else field.choices
    return Answer(raw, raw) if raw in allowed else Answer(raw, problem="choice")


def _read_prefecture(field: Field, raw: str) -> Answer:
    return Answer(raw, raw) if raw in PREFECTURES else Answer(raw, problem="choice")


def _read_number(field: Field, raw: str) -> Answer:
    if not re.fullmatch(r"-?\d{1,6}([.,]\d{1,4})?", raw):
        return Answer(raw, problem="number")
    try:
        value = Decimal(raw.replace(",", "."))
    except InvalidOperation:
        return Answer(raw, problem="number")
    too_fine = value != round(value, field.places)
    if too_fine or not field.low <= value <= field.high:
        return Answer(raw, problem="number")
    return Answer(plain_number(value), value)


def plain_number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read_day(field: Field, raw: str) -> Answer:
    parts = _DAY.match(raw.replace(" ", ""))
    try:
        value = date(*map(int, parts.groups())) if parts else None
    except ValueError:
        value = None
    if value is None:
        return Answer(raw, problem="day")
    if not FIRST_DAY <= value <= LAST_DAY:
        return Answer(raw, problem="day_range")
    return Answer(value.isoformat(), value)


_READERS = {
    "choice": _read_choice,
    "number": _read_number,
    "day": _read_day,
    "prefecture": _read_prefecture,
}


def collect(query: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Give what is written for each known key; every other key of the query is dropped.

    query: lists of values, as `dict(QueryDict.lists())`. A field comes twice when its page has
    a box "I am not sure" beside it: what is typed counts before the box.
    """
    written = {}
    for key in FIELDS:
        values = [value.strip() for value in query.get(key, ()) if value.strip()]
        if values:
            typed = [value for value in values if value != UNSURE]
            written[key] = (typed or values)[0][:_LONGEST]
    return written


def posting_ref(query: Mapping[str, Iterable[str]]) -> str:
    ref = next(iter(query.get("p", ())), "").strip()
    return ref if _REF.match(ref) else ""


def edition_named(query: Mapping[str, Iterable[str]]) -> str:
    """Give what a link to a result says of the rules it was made under."""
    return next(iter(query.get("e", ())), "").strip()[:_LONGEST]


def to_query(written: Mapping[str, str], ref: str = "", edition: str = "") -> str:
    """Give the one query string for these answers: fixed order, nothing else in it."""
    pairs = [("p", ref)] if ref else []
    pairs += [(key, written[key]) for key in FIELDS if key in written]
    return urlencode(pairs + ([("e", edition)] if edition else []))
