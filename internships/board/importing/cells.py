"""One cell to one value. What cannot be understood stays empty and says why."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from careers.prefectures import PREFECTURES
from careers.spreadsheets import unsafe
from internships.board.folding import name_key, without_controls
from internships.board.models import Industry, Organisation, Posting

ORGANISATION_FIELDS = {
    "organisation_ja": "name_ja",
    "organisation_en": "name_en",
    "organisation_kana": "name_kana",
    "organisation_url": "url",
    "industry": "industry",
}
_COLUMNS = """
    ref title_ja title_en organisation_ja organisation_en organisation_kana organisation_url
    industry programme_type description_ja description_en requirements_ja requirements_en
    prefecture city_ja city_en work_style starts_on ends_on weekly_hours daily_hours days_per_week
    schedule_note pay_kind pay_yen pay_unit pay_note_ja pay_note_en japanese_level english_level
    faculties study_years credit_bearing course_code accepts_from_abroad openings opens_at
    closes_at apply_method apply_to source venue"""
COLUMNS = tuple(_COLUMNS.split())
_OF_CHOICES = "work_style pay_kind pay_unit japanese_level english_level apply_method source venue"
_NEVER_A_TEXT = """programme_type starts_on ends_on weekly_hours daily_hours days_per_week pay_yen
    credit_bearing accepts_from_abroad openings opens_at closes_at"""
STUDY_YEARS = ("B1", "B2", "B3", "B4", "B5", "B6", "M1", "M2", "D1", "D2", "D3", "D4")

_MINUS = str.maketrans({"−": "-", "‐": "-", "–": "-", "ー": "-"})
_NUMBER = re.compile(
    r"[¥\\]?\s*([+-]?\d[\d,]*(?:\.\d+)?)\s*(?:円|yen|時間|hours?|h|日|days?|名|人)?"
)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?")
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def told(words: Promise, /, **values: object) -> Promise:
    """Fill words when they are read: of one reading of a file each reader has her language."""
    return _filled(words, values)


def noted(column: str, words: Promise) -> Promise:
    return format_lazy("{}: {}", column, words)


_filled = lazy(lambda words, values: str(words) % values, str)


class NotUnderstood(ValueError):
    """A cell that gives no value; `code` is the problem it raises, if it has one of its own."""

    def __init__(self, words: Promise, *, code: str = "", **values: object):
        super().__init__(words)
        self.words = told(words, **values)
        self.code = code


@dataclass
class Reading:
    values: dict[str, Any]
    derived: set[str] = field(default_factory=set)
    problems: set[str] = field(default_factory=set)
    notes: list[Promise] = field(default_factory=list)


def read_line(cells: dict[str, str]) -> Reading:
    """Give a value for every column, empty where nothing usable was sent."""
    reading = Reading({})
    for column in COLUMNS:
        text = clean(cells.get(column, ""))
        try:
            reading.values[column] = READERS[column](text) if text else EMPTY[column]
        except NotUnderstood as error:
            reading.values[column] = EMPTY[column]
            reading.notes.append(noted(column, error.words))
            if error.code:
                reading.problems.add(error.code)
    _derive_hours(reading)
    _check_contact(reading)
    return reading


def plain(text: str) -> str:
    """Give text as numbers, dates and codes are compared: half width, no outer blanks."""
    return unicodedata.normalize("NFKC", text).strip()


def as_text(value: Any) -> str:
    """Write a value the way the postings file does."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "y" if value else "n"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ";".join(value)
    return str(value)


def clean(text: str) -> str:
    """Give what a cell says, without the mark that keeps a spreadsheet from running it."""
    return unsafe(without_controls(text)).strip()


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


def _text(longest: int | None) -> Callable[[str], str]:
    def read(text: str) -> str:
        if longest and len(text) > longest:
            raise NotUnderstood(
                _("%(length)s characters are too many; at most %(most)s fit."),
                length=len(text),
                most=longest,
            )
        return text

    return read


def _decimal(text: str, low: int, high: int) -> Decimal:
    match = _NUMBER.fullmatch(plain(text).translate(_MINUS))
    if match is None:
        raise NotUnderstood(_("“%(text)s” is not a number."), text=_shown(text))
    number = Decimal(match[1].replace(",", ""))
    if not low <= number <= high:
        raise NotUnderstood(
            _("“%(text)s” is not between %(low)s and %(high)s."),
            text=_shown(text),
            low=low,
            high=high,
        )
    return number


def _hours(high: int, places: str = "0.01") -> Callable[[str], Decimal]:
    return lambda text: _decimal(text, 0, high).quantize(Decimal(places))


def _whole(high: int, low: int = 0) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = _decimal(text, low, high)
        if number != number.to_integral_value():
            raise NotUnderstood(_("“%(text)s” is not a whole number."), text=_shown(text))
        return int(number)

    return read


def _choice(codes: list[str]) -> Callable[[str], str]:
    by_key = {name_key(code): code for code in codes}

    def read(text: str) -> str:
        try:
            return by_key[name_key(text)]
        except KeyError:
            raise NotUnderstood(
                _("“%(text)s” is none of: %(codes)s."), text=_shown(text), codes=", ".join(codes)
            ) from None

    return read


def _prefecture(text: str) -> str:
    for code, names in PREFECTURES.items():
        if plain(text).zfill(2) == code or name_key(text) in {name_key(name) for name in names}:
            return code
    raise NotUnderstood(_("“%(text)s” is no prefecture."), text=_shown(text))


def _yes_no(text: str) -> bool:
    return _choice(["y", "n"])(text) == "y"


def _several(one: Callable[[str], str]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        parts = [part for part in re.split(r"[;,、]", plain(text)) if part.strip()]
        return list(dict.fromkeys(one(part) for part in parts))

    return read


def _faculty(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,49}", plain(text).lower()):
        raise NotUnderstood(_("“%(text)s” is no code of a faculty."), text=_shown(text))
    return plain(text).lower()


def _faculties(text: str) -> list[str]:
    codes = _several(_faculty)(text)
    return ["any"] if "any" in codes else codes


def _date(text: str) -> date:
    return _day(plain(text).translate(_MINUS).split("T")[0], shown=text)


def _day(text: str, *, shown: str) -> date:
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise NotUnderstood(_("“%(text)s” is no date like 2027-02-15."), text=_shown(shown))
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        raise NotUnderstood(
            _("“%(text)s” is a date that does not exist."),
            text=_shown(shown),
            code="P_IMPOSSIBLE_DATE",
        ) from None


def _moment(without_hour: time) -> Callable[[str], datetime]:
    def read(text: str) -> datetime:
        day_text, _gap, time_text = plain(text).replace("T", " ").partition(" ")
        day = _day(day_text, shown=text)
        moment = datetime.combine(day, _clock(time_text, without_hour, shown=text))
        if moment.tzinfo is None:
            moment = timezone.make_aware(moment)
        try:
            return timezone.localtime(moment)
        except OverflowError:
            raise NotUnderstood(
                _("“%(text)s” is a date that does not exist."),
                text=_shown(text),
                code="P_IMPOSSIBLE_DATE",
            ) from None

    return read


def _clock(text: str, without_hour: time, *, shown: str) -> time:
    if not text.strip():
        return without_hour
    match = _TIME.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        hour, minute, second, zone = match.groups()
        return time.fromisoformat(f"{hour:0>2}:{minute}:{second or '00'}{zone or ''}")
    except ValueError:
        raise NotUnderstood(_("“%(text)s” has no time like 17:00."), text=_shown(shown)) from None


def _web_address(text: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        raise NotUnderstood(_("“%(text)s” is no web address."), text=_shown(text)) from None
    return _text(200)(text)


def _ref(text: str) -> str:
    if len(plain(text)) > 20 or not _REF.fullmatch(plain(text)):
        raise NotUnderstood(_("“%(text)s” cannot be a number of a posting."), text=_shown(text))
    return plain(text)


def _longest(column: str) -> int | None:
    model = Organisation if column in ORGANISATION_FIELDS else Posting
    return model._meta.get_field(ORGANISATION_FIELDS.get(column, column)).max_length


def _codes(column: str) -> list[str]:
    return [str(code) for code, _name in Posting._meta.get_field(column).choices]


READERS: dict[str, Callable[[str], Any]] = {
    column: _text(_longest(column)) for column in COLUMNS
} | {
    "ref": _ref,
    "organisation_url": _web_address,
    "industry": _choice(Industry.values),
    "programme_type": _whole(4, low=1),
    "prefecture": _prefecture,
    **{column: _choice(_codes(column)) for column in _OF_CHOICES.split()},
    "starts_on": _date,
    "ends_on": _date,
    "weekly_hours": _hours(168),
    "daily_hours": _hours(24),
    "days_per_week": _hours(7, "0.1"),
    "pay_yen": _whole(100_000_000),
    "faculties": _faculties,
    "study_years": _several(_choice(list(STUDY_YEARS))),
    "credit_bearing": _yes_no,
    "accepts_from_abroad": _yes_no,
    "openings": _whole(9999),
    "opens_at": _moment(time(0, 0)),
    "closes_at": _moment(time(23, 59)),
}
EMPTY: dict[str, Any] = (
    dict.fromkeys(COLUMNS, "")
    | dict.fromkeys(_NEVER_A_TEXT.split())
    | {"faculties": [], "study_years": []}
)


def _derive_hours(reading: Reading) -> None:
    values = reading.values
    daily, days = values["daily_hours"], values["days_per_week"]
    if values["weekly_hours"] is None and daily is not None and days is not None:
        values["weekly_hours"] = (daily * days).quantize(Decimal("0.01"))
        reading.derived.add("weekly_hours")


def _check_contact(reading: Reading) -> None:
    """Leave out an address that cannot work: nobody must apply into the void."""
    method, address = reading.values["apply_method"], reading.values["apply_to"]
    check = {"email": validate_email, "url": URLValidator(schemes=["http", "https"])}.get(method)
    if not address or check is None:
        return
    try:
        check(address)
    except ValidationError:
        reading.problems.add("P_CONTACT_BAD")
        reading.values["apply_to"] = ""
        reading.notes.append(
            noted("apply_to", told(_("“%(text)s” is no working address."), text=_shown(address)))
        )
