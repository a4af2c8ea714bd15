"""What would change the answer: single other answers, proved by asking the law again."""

from collections.abc import Iterator
from typing import Any

from careers.desk.flags import flag_of
from internships.eligibility import decide
from internships.eligibility.law_words import both
from internships.eligibility.page import say_value
from internships.eligibility.questions import FIELDS, STEPS, UNSURE
from internships.eligibility.run import Run
from internships.eligibility.wording import STEP_WORDS

# From the answer a student hopes for to the one she should know of.
_USEFUL = (
    "V_NO_RESTRICTION",
    "V_NOT_NEEDED",
    "V_WITHIN_STATUS",
    "V_COVERED",
    "V_STATUS_TEMP_VISITOR",
    "V_STATUS_DA12",
    "V_STATUS_DA9",
    "V_STATUS_CULTURAL",
    "V_NEED_BLANKET",
    "V_NEED_INDIVIDUAL",
    "V_FLAG_CONFIRM",
    "V_REDUCE_OR_CONSULT",
    "V_NEED_INDIVIDUAL_CASE",
    "V_CHECK_SCOPE",
    "V_CHANGE_STATUS",
    "V_BUREAU",
    "V_NOT_POSSIBLE_AS_PLANNED",
    "V_PROHIBITED",
)
# Who she is does not change with a plan; a status she does not have is no advice.
_GIVEN = {"institution", "status_of_residence", "level", "exchange_student", "prefecture"}
_MOST = 5


def changes_of(run: Run) -> list[dict[str, Any]]:
    """Give the single other answers that alter the outcome, the useful ones first."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for key, value in _others(run):
        outcome = decide.decide({**run.facts, key: value}, run.on).outcome
        if outcome not in (run.assessment.outcome, "V_BUREAU"):
            found.setdefault((key, outcome), {"key": key, "value": value, "outcome": outcome})
    ranked = sorted(found.values(), key=lambda one: _USEFUL.index(one["outcome"]))
    return [_said(one) for one in ranked[:_MOST]]


def _others(run: Run) -> Iterator[tuple[str, Any]]:
    """Give other values of each answer that took part: every choice, both sides of a limit."""
    for key, now in run.walk.values.items():
        field = FIELDS[key]
        if key in _GIVEN or now == UNSURE or field.kind not in ("choice", "number"):
            continue
        if field.kind == "choice":
            yield from ((key, value) for value in field.choices if value != now)
        elif key in _LIMITED:
            yield key, decide.limit_of(key, run.on)


_LIMITED = ("hours_per_week", "hours_per_day", "term_hours_per_week", "other_weekly_work_hours")


def _said(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": both(lambda: _words(one)),
        "outcome": one["outcome"],
        "words": both(lambda: flag_of(one["outcome"]).words),
    }


def _words(one: dict[str, Any]) -> str:
    key = one["key"]
    step = next(step for step in STEPS if key in {field.key for field in step.fields})
    return f"{STEP_WORDS[step.code].short}: {say_value(key, one['value'])}"
