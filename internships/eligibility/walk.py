"""Walk the answers: which questions are asked, what fills each, and where the walk stops."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from internships.eligibility.answers import Answer, plain_number, read, to_query
from internships.eligibility.questions import (
    FIELDS,
    LAW_STEPS,
    OFFICE_STEP,
    UNSURE,
    Field,
    Rules,
    Step,
)

YOU, POSTING, RECORD, CALENDAR = "you", "posting", "record", "calendar"
Derive = Callable[[Mapping[str, Any]], Mapping[str, tuple[Any, str]]]
# Follow from the days at once, and are asked only while the days are not known.
FROM_DAYS = ("duration_days", "in_long_vacation")


@dataclass(frozen=True)
class Source:
    """Facts that answer questions the student has not: her record, or the posting."""

    origin: str
    facts: Mapping[str, Any]
    confirmed_on: date | None = None


@dataclass
class Asked:
    """A question that still matters, with the answer to each of its fields."""

    step: Step
    fields: tuple[Field, ...]
    answers: dict[str, Answer] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        return not self.problems and all(one.key in self.answers for one in self.fields)

    @property
    def origin(self) -> str:
        """Where the answer comes from; one word typed makes it the student's own."""
        origins = set(self.origins.values())
        return YOU if YOU in origins else next(iter(origins), "")


@dataclass(frozen=True)
class Walk:
    """Every question that matters in order, up to where each answer is known or not."""

    asked: tuple[Asked, ...]
    values: Mapping[str, Any]
    origins: Mapping[str, str]
    written: Mapping[str, str]
    ref: str = ""

    @property
    def current(self) -> Asked | None:
        """The first question without a usable answer; None when all are answered."""
        return next((one for one in self.asked if not one.answered), None)

    @property
    def complete(self) -> bool:
        return self.current is None

    @property
    def query(self) -> str:
        return to_query(self.written, self.ref)

    def find(self, code: str) -> Asked | None:
        return next((one for one in self.asked if one.step.code == code), None)

    def dropped(self, written: Mapping[str, str]) -> tuple[str, ...]:
        """Name the answers in `written` that no question asks for any more."""
        return tuple(key for key in FIELDS if key in written and key not in self.written)


def walk(
    written: Mapping[str, str],
    *,
    sources: tuple[Source, ...] = (),
    derive: Derive = lambda values: {},
    rules: Rules,
    needs_office: Callable[[Mapping[str, Any]], bool] = lambda values: False,
    ref: str = "",
    guess: Source | None = None,
) -> Walk:
    """Walk the questions with what is written in the address and what the sources know.

    derive: gives what follows from the values so far (calendar, graduation); needs_office:
    whether the result of these values sends the student to an immigration office;
    guess: stands in for what nobody knows, to count the questions to come.
    """
    path = _Path(written, sources, derive, rules, guess)
    for step in LAW_STEPS:
        path.visit(step)
    done = all(one.answered for one in path.asked)
    if not done or needs_office(path.values):
        path.take(OFFICE_STEP, OFFICE_STEP.fields)
    return Walk(tuple(path.asked), path.values, path.origins, path.kept, ref)


class _Path:
    def __init__(self, written, sources, derive, rules, guess):
        self.written, self.sources, self.derive, self.rules = written, sources, derive, rules
        self.guess = guess
        self.asked: list[Asked] = []
        self.values: dict[str, Any] = {}
        self.origins: dict[str, str] = {}
        self.kept: dict[str, str] = {}
        self.seen: set[str] = set()

    def visit(self, step: Step) -> None:
        asked = step.asked(self.values, self.rules)
        fields = tuple(one for one in asked if one.key not in self.seen)
        if fields:
            self.take(step, fields)

    def take(self, step: Step, fields: tuple[Field, ...]) -> None:
        asked = Asked(step, fields)
        for one in fields:
            self.seen.add(one.key)
            self._answer(asked, one)
        self._judge_together(asked)
        for key, answer in asked.answers.items():
            self.values[key] = answer.value
            self.origins[key] = asked.origins[key]
        self.asked.append(asked)
        self._derive()

    def _answer(self, asked: Asked, one) -> None:
        key = one.key
        if key in self.written:
            answer = read(one, self.written[key])
            self.kept[key] = answer.raw
            if answer.problem:
                asked.problems[key] = answer.problem
                return
            asked.answers[key], asked.origins[key] = answer, YOU
            return
        for value, origin in self._known(key):
            if value is not None:
                raw = plain_number(value) if isinstance(value, Decimal) else str(value)
                asked.answers[key], asked.origins[key] = Answer(raw, value), origin
                return

    def _known(self, key: str) -> Iterator[tuple[Any, str]]:
        """Give what each place says of a fact, the one that counts first."""
        for source in self.sources:
            yield source.facts.get(key), source.origin
        yield self.derive(self.values).get(key, (None, ""))
        if self.guess:
            yield self.guess.facts.get(key), self.guess.origin

    def _judge_together(self, asked: Asked) -> None:
        """What no field can judge alone: pairs of days, of hours and of credits."""
        pair = _PAIRS.get(asked.step.code)
        if pair is None or len(asked.fields) < len(asked.step.fields):
            return
        first, second = (one.key for one in asked.fields)
        if asked.step.code == "dates" and UNSURE in (
            getattr(asked.answers.get(first), "value", None),
            getattr(asked.answers.get(second), "value", None),
        ):
            for key in (first, second):
                asked.answers[key] = Answer(UNSURE, UNSURE)
                asked.origins.setdefault(key, YOU)
                asked.problems.pop(key, None)
            self.kept.pop(second, None)
            self.kept[first] = UNSURE
            return
        typed = YOU in asked.origins.values()
        if typed and first in asked.answers and second in asked.answers:
            values = asked.answers[first].value, asked.answers[second].value
            if UNSURE not in values and not pair.fits(*values):
                asked.problems[second] = pair.problem
                for key in (first, second):
                    asked.answers.pop(key)

    def _derive(self) -> None:
        derived = self.derive(self.values)
        for key in FROM_DAYS:
            if key in derived and key not in self.values:
                self.values[key], self.origins[key] = derived[key]


@dataclass(frozen=True)
class _Pair:
    fits: Callable[[Any, Any], bool]
    problem: str


_PAIRS = {
    "dates": _Pair(lambda first, last: first <= last, "day_order"),
    "hours": _Pair(lambda week, day: week <= day * 7 and day <= week, "hours_fit"),
    "credits": _Pair(lambda earned, needed: earned <= needed * Decimal("1.5"), "credits_fit"),
}
