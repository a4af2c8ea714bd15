"""The pages of the wizard: which facts of the law stand together, and in which order.

Which fact still matters, its options and its words are the law's (`careers.law.QUESTIONS`).
Here is only what is about pages: two facts on one page, the days and credits that people know
instead of the facts that follow from them, and the address that finds the immigration office.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from careers.law import FIELDS as FACTS
from careers.law import QUESTIONS, UNKNOWN, Question
from careers.law.conditions import PAID
from careers.law.predicates import All, Is

UNSURE = "unsure"
PREFER_NOT = "prefer_not"
_YES_NO = {"y": True, "n": False}
_ALL_CREDITS = Decimal(100)

Rules = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One answer: a choice, a number, a day or a prefecture; `question` asks for its fact."""

    key: str
    kind: str
    choices: tuple[str, ...] = ()
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    places: int = 0
    question: Question | None = None

    @property
    def offers_not_to_say(self) -> bool:
        return self.question is not None and self.question.prefer_not_to_say


@dataclass(frozen=True)
class Step:
    """One page of the wizard; `ledger` names the part of "check your answers" it belongs to.

    questions: the page is shown while one of them may matter. without_dates: not when the days
    are known, for the answer follows from them.
    """

    code: str
    ledger: str
    fields: tuple[Field, ...]
    questions: tuple[Question, ...] = ()
    without_dates: bool = False

    def asked(self, values: Mapping[str, Any], rules: Rules) -> tuple[Field, ...]:
        """Give the fields that may still matter after these answers."""
        if self.without_dates and days_known(values):
            return ()
        given = facts_given(values)
        matter = [one for one in self.questions if one.may_matter(given, rules)]
        return tuple(
            field
            for field in self.fields
            if (field.question in matter if field.question else bool(matter))
        )


def days_known(values: Mapping[str, Any]) -> bool:
    return not any(values.get(key) in (None, UNSURE) for key in ("starts_on", "ends_on"))


def facts_given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the facts of the law that these answers say; "not sure" is UNKNOWN."""
    given = {key: _fact(key, value) for key, value in values.items() if key in FACTS}
    if "credits_earned" in values:
        given["credits_pct"] = _credits(values)
    return given


def _fact(name: str, value: Any) -> Any:
    if value in (None, UNSURE, PREFER_NOT):
        return UNKNOWN
    kind = FACTS[name].kind
    if kind == "yes_no":
        return _YES_NO[value]
    return int(value) if kind == "days" else value


def _credits(values: Mapping[str, Any]) -> Any:
    earned, needed = values.get("credits_earned"), values.get("credits_required")
    if isinstance(earned, Decimal) and isinstance(needed, Decimal):
        # Never rounded up: a limit that is not reached stays unreached.
        share = (earned * _ALL_CREDITS / needed).quantize(Decimal("0.01"), ROUND_DOWN)
        return min(share, _ALL_CREDITS)
    return UNKNOWN


def _questions(key: str) -> list[Question]:
    return [one for one in QUESTIONS if one.key == key]


def _field(question: Question) -> Field:
    if question.options:
        codes = tuple(option.code for option in question.options)
        return Field(question.key, "choice", codes, question=question)
    return Field(
        question.key,
        "number",
        low=question.minimum,
        high=question.maximum,
        places=-int(question.step.normalize().as_tuple().exponent),
        question=question,
    )


def _page(code: str, ledger: str, *keys: str, turn: int = 0, without_dates: bool = False) -> Step:
    """Make a page of the facts named; turn: a fact that has two places in the law's order."""
    asked = tuple(_questions(key)[turn] for key in keys)
    return Step(code, ledger, tuple(map(_field, asked)), asked, without_dates)


def _plain_number(key: str, low: int, high: int) -> Field:
    return Field(key, "number", low=Decimal(low), high=Decimal(high), places=1)


# The days tell the vacation, the length, the end of a permission and by when to file.
_FROM_DAYS = tuple(_questions(key)[0] for key in ("hours_per_week", "duration_days"))
_FILED_WITHOUT_HOURS = Question(
    "pay_kind",
    All(
        Is("institution", "japan"),
        Is("status_of_residence", "CULTURAL"),
        _questions("pay_kind")[0].guard,
        PAID,
    ),
)

LAW_STEPS = (
    _page("institution", "you", "institution"),
    _page("status", "you", "status_of_residence"),
    _page("enrolment", "you", "enrolment"),
    _page("venue", "placement", "venue"),
    # Asked here for teaching and research assistants, later for all who pass the limit.
    _page("assistant_exchange", "you", "exchange_student"),
    _page("assistant_level", "you", "level"),
    _page("pay", "placement", "pay_kind"),
    _page("degree_course", "you", "foreign_degree_course"),
    _page("credit", "placement", "credit_bearing"),
    Step(
        "dates",
        "placement",
        (Field("starts_on", "day"), Field("ends_on", "day")),
        (*_FROM_DAYS, _FILED_WITHOUT_HOURS),
    ),
    _page("duration", "placement", "duration_days", without_dates=True),
    _page("vacation", "placement", "in_long_vacation", without_dates=True),
    _page("hours", "placement", "hours_per_week", "hours_per_day"),
    _page("course_length", "you", "foreign_programme_years"),
    _page("earlier_days", "you", "foreign_prior_intern_days"),
    _page("recess", "placement", "foreign_in_recess"),
    _page("other_work", "work", "other_weekly_work_hours"),
    _page("term_hours", "placement", "term_hours_per_week"),
    _page("blanket", "work", "has_blanket_permission"),
    _page("exchange", "you", "exchange_student", turn=1),
    _page("individual", "work", "has_individual_permission"),
    _page("covers", "work", "permission_covers_period"),
    _page("level", "you", "level", turn=1),
    _page("final_year", "you", "final_year"),
    Step(
        "credits",
        "you",
        (_plain_number("credits_earned", 0, 999), _plain_number("credits_required", 1, 999)),
        tuple(_questions("credits_pct")),
    ),
)
# Not a question of law: asked when the result sends the student to an immigration office.
OFFICE_STEP = Step("prefecture", "you", (Field("prefecture", "prefecture"),))

STEPS = (*LAW_STEPS, OFFICE_STEP)
FIELDS: dict[str, Field] = {field.key: field for step in STEPS for field in step.fields}
