"""What the pages of the wizard show: fields with their words, the road, the ledgers."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careers.desk.dates import is_japanese, plain_day, span
from careers.people.calendar import academic_calendar
from careers.prefectures import prefecture_choices, prefecture_name
from internships.board import words as board_words
from internships.eligibility import wording
from internships.eligibility.answers import plain_number, read, to_query
from internships.eligibility.questions import FIELDS, PREFER_NOT, STEPS, UNSURE, Field, Step
from internships.eligibility.run import Run
from internships.eligibility.walk import CALENDAR, POSTING, RECORD, Asked
from internships.eligibility.wording import Words


@dataclass(frozen=True)
class ShownField:
    """One field of a question page, with what was typed and what is wrong with it."""

    field: Field
    label: str
    value: str
    unsure: bool
    error: str
    choices: list[dict[str, Any]] = field(default_factory=list)

    @property
    def first_id(self) -> str:
        return f"id_{self.field.key}_0" if self.field.kind == "choice" else f"id_{self.field.key}"

    @property
    def unsure_label(self) -> str:
        return wording.unsure_label(self.field.key)

    @property
    def has_unsure_box(self) -> bool:
        return self.field.kind != "choice" and self.field.key != "ends_on"

    @property
    def size(self) -> int:
        return 12 if self.field.kind == "day" else 6


@dataclass(frozen=True)
class Line:
    """A line of a ledger or of the road: what was asked, the answer, where it comes from."""

    code: str
    words: Words
    said: str
    term: str
    origin: str
    note: str
    change: str


class Page:
    def __init__(self, run: Run, asked: Asked | None = None, problems: dict | None = None):
        self.run, self.asked = run, asked
        self.problems = problems if problems is not None else (asked.problems if asked else {})

    @cached_property
    def words(self) -> Words:
        return words_of(self.asked.step, self.run, self.asked.fields)

    @property
    def number(self) -> int:
        codes = [one.step.code for one in self.run.expected.asked]
        code = self.asked.step.code
        return codes.index(code) + 1 if code in codes else len(codes)

    @property
    def total(self) -> int:
        return max(len(self.run.expected.asked), self.number)

    @property
    def back(self) -> str:
        """The question before this one; before the first, where the student came from."""
        before = self.run.walk.asked[: self._position]
        if before:
            return change_address(self.run, before[-1].step.code)
        if self.run.posting:
            return reverse("posting_detail", args=[self.run.posting.ref])
        return reverse("front")

    @property
    def _position(self) -> int:
        return [one.step.code for one in self.run.walk.asked].index(self.asked.step.code)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Every other answer travels with this one; nothing is lost by going back."""
        own = {one.key for one in self.asked.fields}
        kept = [(key, value) for key, value in self.run.walk.written.items() if key not in own]
        ref = [("p", self.run.walk.ref)] if self.run.walk.ref else []
        return [*ref, *kept, ("go", self.asked.step.code)]

    @property
    def fields(self) -> list[ShownField]:
        return [self._shown(one) for one in self.asked.fields]

    @property
    def errors(self) -> list[ShownField]:
        return [one for one in self.fields if one.error]

    @property
    def several(self) -> bool:
        return len(self.asked.fields) > 1

    @property
    def box_last(self) -> bool:
        """Two days are not known together: one box stands below both."""
        return self.asked.step.code == "dates"

    @property
    def term(self) -> str:
        return "" if is_japanese() else self.words.term

    @property
    def see_template(self) -> str:
        return f"eligibility/see/{self.words.see}.html"

    @property
    def vacations(self):
        today = timezone.localdate()
        return [span for span in academic_calendar().vacations if span[1] >= today]

    def _said_once(self, key: str) -> str:
        value = self.run.said_once.facts.get(key) if self.run.said_once else None
        return value or ""

    @property
    def asks_again(self) -> bool:
        """The record knows an answer, but she gave it too long ago."""
        return any(self._said_once(key) for key in self.keys)

    @property
    def known_line(self) -> str:
        """What the posting or the record already says about this question."""
        if self.asks_again:
            said = comma().join(say_value(key, self._said_once(key)) for key in self.keys)
            day = plain_day(self.run.said_once.confirmed_on)
            return _("Your record says: %(said)s, confirmed %(day)s. Is it still so?") % {
                "said": said,
                "day": day,
            }
        for source in self.run.sources:
            known = [(key, source.facts.get(key)) for key in self.keys]
            if source.origin == POSTING and self.asked.step.code == "pay" and known[0][1]:
                return _known_line(
                    POSTING, " ".join(filter(None, board_words.pay(self.run.posting)))
                )
            if any(value is not None for _key, value in known):
                said = comma().join(
                    say_value(key, value) for key, value in known if value is not None
                )
                return _known_line(source.origin, said)
        return ""

    @property
    def keys(self) -> list[str]:
        return [one.key for one in self.asked.fields]

    def _shown(self, one: Field) -> ShownField:
        answer = self.asked.answers.get(one.key)
        typed = self.run.written.get(one.key, "")
        value = typed or (answer.raw if answer else self._said_once(one.key))
        problem = self.problems.get(one.key, "")
        error = wording.error_words(one, problem) if problem else ""
        if problem == "day_order":
            error = self._order_words(error)
        return ShownField(
            field=one,
            label=wording.field_label(one.key),
            value="" if value == UNSURE and one.kind != "choice" else value,
            unsure=value == UNSURE,
            error=error,
            choices=self._choices(one),
        )

    def _order_words(self, error: str) -> str:
        """A year written by habit is the common slip: offer the next one."""
        from_day, to_day = (
            _typed_day(self.run.written.get(key, "")) for key in ("starts_on", "ends_on")
        )
        if from_day and to_day:
            meant = _next_year(to_day, from_day)
            if meant:
                return f"{error} " + _("Did you mean %(day)s?") % {"day": meant.isoformat()}
        return str(error)

    def _choices(self, one: Field) -> list[dict[str, Any]]:
        if one.kind == "prefecture":
            return [{"value": code, "label": name} for code, name in prefecture_choices()]
        if one.kind != "choice":
            return []
        values = [*one.choices]
        values += [PREFER_NOT] if one.offers_not_to_say else []
        return [_choice(one.key, value) for value in (*values, UNSURE)]

    @property
    def road(self) -> list[dict[str, Any]]:
        """The answers so far, where we are, and what is still likely to come."""
        here = self.asked.step.code
        lines = [line for line in answered_lines(self.run) if line.code != here]
        before = [line for line in lines if self._is_before(line.code)]
        after = [line for line in lines if not self._is_before(line.code)]
        steps = [{"state": "done", "line": line} for line in before]
        steps.append({"state": "now", "title": self.words.short})
        steps += [{"state": "done", "line": line} for line in after]
        steps += [{"state": "todo", "title": title} for title in self._to_come()]
        return [*steps, {"state": "todo", "title": _("Your result")}]

    def _is_before(self, code: str) -> bool:
        codes = [one.step.code for one in self.run.walk.asked]
        return codes.index(code) < codes.index(self.asked.step.code)

    def _to_come(self) -> list[str]:
        here = self.asked.step.code
        return [
            words_of(one.step, self.run, one.fields).short
            for one in self.run.expected.asked
            if "typical" in one.origins.values() and one.step.code != here
        ]


def _choice(key: str, value: str) -> dict[str, Any]:
    option = wording.option_of(key, value)
    return {
        "value": value,
        "label": option.label,
        "term": "" if is_japanese() else option.term,
        "help": option.help,
        "unsure": value in (UNSURE, PREFER_NOT),
    }


def _known_line(origin: str, said: str) -> str:
    if origin == RECORD:
        return _("Your record says: %(said)s. Change this only if it is different now.") % {
            "said": said
        }
    return _(
        "The posting says: %(said)s. Change this only if the company told you something else."
    ) % {"said": said}


def words_of(step: Step, run: Run, fields: tuple[Field, ...] = ()) -> Words:
    """From abroad the office is found by the company's address, not by the student's."""
    abroad = run.walk.values.get("institution") == "foreign"
    if step.code == "prefecture" and abroad:
        return wording.HOST_PREFECTURE
    return wording.step_words(step, fields)


def change_address(run: Run, code: str) -> str:
    query = to_query(run.walk.written, run.walk.ref)
    return f"{reverse('wizard')}?{query}{'&' if query else ''}at={code}"


def answered_lines(run: Run) -> list[Line]:
    return [_line(run, one) for one in run.walk.asked if one.answered]


def ledgers(run: Run) -> list[tuple[str, list[Line]]]:
    """Give the answers in three ledgers: you, the placement, work and permissions."""
    steps = {one.step.code: one.step for one in run.walk.asked}
    lines = answered_lines(run)
    return [
        (title, [line for line in lines if steps[line.code].ledger == code])
        for code, title in LEDGERS.items()
        if any(steps[line.code].ledger == code for line in lines)
    ]


LEDGERS = {
    "you": gettext_lazy("You"),
    "placement": gettext_lazy("The placement"),
    "work": gettext_lazy("Work and permissions you have"),
}


def _line(run: Run, asked: Asked) -> Line:
    values = {key: answer.value for key, answer in asked.answers.items()}
    said, term = say_answer(asked.step, values)
    return Line(
        code=asked.step.code,
        words=words_of(asked.step, run, asked.fields),
        said=said,
        term=term,
        origin=origin_words(run, asked.origin),
        note=_note(run, asked),
        change=change_address(run, asked.step.code),
    )


def origin_words(run: Run, origin: str) -> str:
    if origin == RECORD and run.student and run.student.facts_confirmed_on:
        return _("your record, confirmed %(day)s") % {
            "day": plain_day(run.student.facts_confirmed_on)
        }
    return str(wording.ORIGINS.get(origin, ""))


def _note(run: Run, asked: Asked) -> str:
    """What the calendar adds to the dates, said where the dates are said."""
    if asked.step.code != "dates":
        return ""
    where = run.walk.values.get("in_long_vacation")
    if (
        run.walk.values.get("institution") != "japan"
        or run.walk.origins.get("in_long_vacation") != CALENDAR
    ):
        return ""
    if not run.calendar_covers:
        return _("Outside our academic calendar: counted as term time.")
    return {
        "y": _("All of it lies inside a long vacation of the university."),
        "partial": _("Part of it lies inside a long vacation of the university."),
        "n": _("Outside the long vacations in the university's regulations."),
    }[where]


def fact_label(name: str) -> str:
    """Give the short words for a fact or for an answer that leads to one."""
    return wording.field_label(name)


def say_answer(step: Step, values: dict[str, Any]) -> tuple[str, str]:
    """Give an answer in words, with the official Japanese term where there is one."""
    if UNSURE in values.values() and step.code in ("dates",):
        return _("Not known yet"), ""
    if step.code == "dates":
        return span(values["starts_on"], values["ends_on"]), ""
    if len(values) > 1:
        return comma().join(_named_value(key, value) for key, value in values.items()), ""
    key, value = next(iter(values.items()))
    if FIELDS[key].kind == "choice":
        option = wording.option_of(key, value)
        term = "" if is_japanese() or value in (UNSURE, PREFER_NOT) else option.term
        return str(option.label), term
    return say_value(key, value), ""


def comma() -> str:
    return "、" if is_japanese() else ", "


def _named_value(key: str, value: Any) -> str:
    """Beside other values, one that is not sure needs its name."""
    if value == UNSURE:
        return _("%(what)s: not sure") % {"what": wording.field_label(key)}
    return say_value(key, value)


def say_value(key: str, value: Any) -> str:
    """Give one value with its unit."""
    if value == UNSURE:
        return _("not sure")
    if FIELDS[key].kind == "choice":
        return str(wording.option_of(key, value).label)
    if isinstance(value, date):
        return plain_day(value)
    if key == "prefecture":
        return prefecture_name(value)
    return _say_number(key, value)


def _say_number(key: str, value) -> str:
    number = plain_number(value)
    if key in ("duration_days", "foreign_prior_intern_days"):
        return ngettext("%(number)s day", "%(number)s days", int(value)) % {"number": number}
    return _UNITS[key] % {"number": number}


_UNITS = {
    "hours_per_week": gettext_lazy("%(number)s hours a week"),
    "hours_per_day": gettext_lazy("%(number)s a day"),
    "term_hours_per_week": gettext_lazy("%(number)s hours a week"),
    "other_weekly_work_hours": gettext_lazy("%(number)s hours a week"),
    "foreign_programme_years": gettext_lazy("%(number)s years"),
    "credits_earned": gettext_lazy("%(number)s credits earned"),
    "credits_required": gettext_lazy("%(number)s needed"),
}


def _typed_day(written: str) -> date | None:
    value = read(FIELDS["ends_on"], written).value
    return value if isinstance(value, date) else None


def _next_year(day: date, after: date) -> date | None:
    try:
        meant = day.replace(year=day.year + 1)
    except ValueError:
        return None
    return meant if after <= meant else None


def dropped_words(run: Run, codes: list[str]) -> list[str]:
    """Name the questions whose answers no longer count after a change."""
    keys = set(codes)
    return list(
        dict.fromkeys(
            str(words_of(step, run).short)
            for step in STEPS
            if keys & {one.key for one in step.fields}
        )
    )
