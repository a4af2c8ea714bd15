"""Facts: what is known of a person and an activity, in the words of the case files.

A field holds a value, `UNKNOWN` ("not sure"), or None: a blank, which stands for
the default of the field. Where there is no safe default, a blank is not known either.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Final


class Unknown(Enum):
    UNKNOWN = "?"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN

Value = str | bool | int | Decimal | Unknown | None

STATUSES = (
    "STUDENT",
    "DEPENDENT",
    "DA_JOBSEARCH",
    "DA_OFFER",
    "DA_INTERN_9",
    "DA_SUMMER_12",
    "DA_OTHER",
    "CULTURAL",
    "TEMP_VISITOR",
    "WORK_ESHI",
    "WORK_OTHER",
    "PR",
    "SPECIAL_PR",
    "LTR",
    "SPOUSE_JP",
    "SPOUSE_PR",
    "JAPANESE",
    "NONE_ABROAD",
)
LEVELS = (
    "undergrad",
    "master",
    "doctor",
    "junior-college",
    "kosen",
    "vocational",
    "research-student",
)


@dataclass(frozen=True)
class Field:
    """How one fact may look. `unit` is the smallest step that makes a difference."""

    kind: str
    codes: tuple[str, ...] = ()
    default: Value = UNKNOWN
    maximum: Decimal = Decimal(0)
    unit: Decimal = Decimal(1)


def _choice(*codes: str, default: Value = UNKNOWN) -> Field:
    return Field("choice", codes=codes, default=default)


def _yes_no(*, default: Value = False) -> Field:
    return Field("yes_no", default=default)


def _number(maximum: str, unit: str, default: Value = UNKNOWN) -> Field:
    return Field("number", default=default, maximum=Decimal(maximum), unit=Decimal(unit))


def _days(maximum: int, default: Value = UNKNOWN) -> Field:
    return Field("days", default=default, maximum=Decimal(maximum))


FIELDS: Final[dict[str, Field]] = {
    "institution": _choice("japan", "foreign"),
    "status_of_residence": _choice(*STATUSES),
    "enrolment": _choice("enrolled", "leave", "graduated", "withdrawn", default="enrolled"),
    "exchange_student": _yes_no(),
    "level": _choice(*LEVELS),
    "final_year": _yes_no(),
    # A blank is "credits not shown": it never helps, and it is no doubt to settle either.
    "credits_pct": _number("100", "0.01", default=None),
    "paid": _yes_no(default=UNKNOWN),
    "pay_kind": _choice("none", "actual_costs", "flat_allowance", "wage"),
    "hours_per_week": _number("168", "0.25"),
    "hours_per_day": _number("24", "0.25"),
    "in_long_vacation": _choice("y", "n", "partial", default="n"),
    "term_hours_per_week": _number("168", "0.25"),
    "other_weekly_work_hours": _number("168", "0.25", default=Decimal(0)),
    "duration_days": _days(3660),
    "credit_bearing": _yes_no(),
    "venue": _choice("ordinary", "fueiho", "own_university_ta_ra", default="ordinary"),
    "has_blanket_permission": _yes_no(),
    "has_individual_permission": _yes_no(),
    "permission_covers_period": _yes_no(default=True),
    "foreign_degree_course": _yes_no(default=True),
    # A blank skips the half-of-course test, as the reference says.
    "foreign_programme_years": _number("12", "0.5", default=None),
    "foreign_prior_intern_days": _days(3660, default=0),
    "foreign_in_recess": _yes_no(),
}


@dataclass(frozen=True)
class Problem:
    """One value that cannot be read: its field, what is wrong (a code) and the value."""

    field: str
    code: str
    value: str


class FactsError(ValueError):
    """One or more facts cannot be read; `problems` lists them all."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.field}: {p.code} ({p.value})" for p in self.problems))


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts of one person and one activity. Hashable; checked when made.

    Hours and percentages are Decimal, days are int, yes/no are bool, the rest codes.
    """

    institution: str | Unknown | None = None
    status_of_residence: str | Unknown | None = None
    enrolment: str | Unknown | None = None
    exchange_student: bool | Unknown | None = None
    level: str | Unknown | None = None
    final_year: bool | Unknown | None = None
    credits_pct: Decimal | Unknown | None = None
    paid: bool | Unknown | None = None
    pay_kind: str | Unknown | None = None
    hours_per_week: Decimal | Unknown | None = None
    hours_per_day: Decimal | Unknown | None = None
    in_long_vacation: str | Unknown | None = None
    term_hours_per_week: Decimal | Unknown | None = None
    other_weekly_work_hours: Decimal | Unknown | None = None
    duration_days: int | Unknown | None = None
    credit_bearing: bool | Unknown | None = None
    venue: str | Unknown | None = None
    has_blanket_permission: bool | Unknown | None = None
    has_individual_permission: bool | Unknown | None = None
    permission_covers_period: bool | Unknown | None = None
    foreign_degree_course: bool | Unknown | None = None
    foreign_programme_years: Decimal | Unknown | None = None
    foreign_prior_intern_days: int | Unknown | None = None
    foreign_in_recess: bool | Unknown | None = None

    def __post_init__(self) -> None:
        problems = []
        for name, field in FIELDS.items():
            value = getattr(self, name)
            if value is None or value is UNKNOWN:
                continue
            if field.kind == "number" and type(value) is int:
                value = Decimal(value)
                object.__setattr__(self, name, value)
            if code := _problem(field, value):
                problems.append(Problem(name, code, str(value)))
        if problems:
            raise FactsError(problems)

    @classmethod
    def parse(cls, raw: Mapping[str, str]) -> "Facts":
        """Read facts from raw words: '' or a missing name is a blank, '?' is not sure.

        Yes and no are y and n. Full-width letters and digits are read as usual ones.
        Names that are no facts are passed over. Raises FactsError for all problems at once.
        """
        return cls(**parse_values(raw))  # type: ignore[arg-type]

    @classmethod
    def from_dict(cls, stored: Mapping[str, str]) -> "Facts":
        return cls.parse(stored)

    def to_dict(self) -> dict[str, str]:
        """Give the canonical words of all fields, in fixed order, for storing and digests."""
        return {name: write_value(getattr(self, name)) for name in FIELDS}

    def given(self) -> dict[str, Value]:
        """Give the fields that are filled in (with a value or 'not sure')."""
        return {name: v for name in FIELDS if (v := getattr(self, name)) is not None}

    def effective(self, name: str) -> Value:
        """Give the value that counts: the default where the field is blank."""
        if name == "pay_kind":
            return _effective_pay_kind(self.pay_kind, self.paid)
        value: Value = getattr(self, name)
        return FIELDS[name].default if value is None else value


def effective_values(facts: Facts) -> dict[str, Value]:
    """Give all facts as they count: defaults filled in, pay as one code."""
    values: dict[str, Value] = {}
    for name, field in FIELDS.items():
        value = getattr(facts, name)
        values[name] = field.default if value is None else value
    values["pay_kind"] = _effective_pay_kind(facts.pay_kind, facts.paid)
    if values["status_of_residence"] is UNKNOWN:
        # "Never guess a status": it is not tried with each possible value.
        values["status_of_residence"] = "UNKNOWN"
    values["hours_per_week"] = _largest_week(values)
    return values


def parse_values(raw: Mapping[str, str]) -> dict[str, Value]:
    """Read the facts among raw words into values; see Facts.parse."""
    values: dict[str, Value] = {}
    problems = []
    for name, field in FIELDS.items():
        word = _narrow(raw.get(name))
        try:
            values[name] = _read(field, word, name)
        except ValueError as error:
            problems.append(Problem(name, str(error), word))
    if problems:
        raise FactsError(problems)
    return values


def parse_value(name: str, word: str) -> Value:
    """Read one raw word as a value of the named field. Raises FactsError."""
    return parse_values({name: word})[name]


def write_value(value: Value) -> str:
    """Write a value as parse_value reads it, always in the same way."""
    if value is None:
        return ""
    if value is UNKNOWN:
        return "?"
    if isinstance(value, bool):
        return "y" if value else "n"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


def _effective_pay_kind(pay_kind: Value, paid: Value) -> Value:
    if pay_kind is not None:
        return pay_kind
    if isinstance(paid, bool):
        return "wage" if paid else "none"
    return UNKNOWN


def _largest_week(values: Mapping[str, Value]) -> Value:
    """Give the largest week; where a longer one is stated for the term, that one counts."""
    week, in_term = values["hours_per_week"], values["term_hours_per_week"]
    if values["in_long_vacation"] == "partial" and isinstance(week, Decimal):
        return max(week, in_term) if isinstance(in_term, Decimal) else week
    return week


def _narrow(word: object) -> str:
    return unicodedata.normalize("NFKC", "" if word is None else str(word)).strip()


def _read(field: Field, word: str, name: str) -> Value:
    if word == "":
        return None
    if word == "?" or (name == "status_of_residence" and word.upper() == "UNKNOWN"):
        return UNKNOWN
    if field.kind == "yes_no":
        return _read_yes_no(word)
    if field.kind == "choice":
        return _read_choice(field, word)
    return _read_number(field, word)


def _read_yes_no(word: str) -> bool:
    answers = {"y": True, "yes": True, "n": False, "no": False}
    if word.lower() not in answers:
        raise ValueError("not_yes_or_no")
    return answers[word.lower()]


def _read_choice(field: Field, word: str) -> str:
    for code in field.codes:
        if code.lower() == word.lower():
            return code
    raise ValueError("not_a_choice")


def _read_number(field: Field, word: str) -> Decimal | int:
    try:
        number = Decimal(word)
    except InvalidOperation:
        raise ValueError("not_a_number") from None
    if not number.is_finite():
        raise ValueError("not_a_number")
    if field.kind == "days" and number != number.to_integral_value():
        raise ValueError("not_whole")
    if not 0 <= number <= field.maximum:
        raise ValueError("out_of_range")
    return int(number) if field.kind == "days" else number


def _problem(field: Field, value: object) -> str:
    if field.kind == "yes_no":
        return "" if isinstance(value, bool) else "not_yes_or_no"
    if field.kind == "choice":
        return "" if value in field.codes else "not_a_choice"
    wanted: type = int if field.kind == "days" else Decimal
    if isinstance(value, bool) or not isinstance(value, wanted):
        return "not_a_number"
    return "" if 0 <= value <= field.maximum else "out_of_range"  # type: ignore[operator]
