"""The road of a placement: what comes after the result, who does it, and by when."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from careers.desk.dates import near_day
from careers.desk.filing import MOVE_THE_START, is_late
from careers.law.dates import working_days_before

YOU, REVIEWER = _("You"), _("Permission reviewer")

NOTHING_TO_DO = {"V_NO_RESTRICTION", "V_NOT_NEEDED", "V_WITHIN_STATUS", "V_COVERED"}
TO_APPLY = {"V_NEED_BLANKET", "V_NEED_INDIVIDUAL", "V_NEED_INDIVIDUAL_CASE", "V_CHANGE_STATUS"}
TO_CONFIRM = {"V_FLAG_CONFIRM", "V_CHECK_SCOPE", "V_REDUCE_OR_CONSULT"}
TO_REDUCE = {"V_REDUCE_OR_CONSULT"}
FROM_ABROAD = {"V_STATUS_DA9", "V_STATUS_DA12", "V_STATUS_CULTURAL", "V_STATUS_TEMP_VISITOR"}
OUR_CHECK_DAYS = 3


@dataclass(frozen=True)
class Step:
    code: str
    what: str
    who: str = ""
    due: date | None = None
    gate: bool = False


# The safe day has passed: stands on the road before what cannot be done in time any more.
TOO_LATE = Step("late", MOVE_THE_START, YOU)


def steps_of(outcome: str, starts_on: date | None, file_by: date | None) -> list[Step]:
    """Give the steps after the check, in order. The last ones are the gate and the first day."""
    ours = next((make for group, make in _ROADS if outcome in group), None)
    if ours is None:  # not possible: no gate opens on this plan
        return [Step("change_plan", _("Change the plan, or choose another placement"), YOU)]
    late = is_late(file_by)
    return [
        *([TOO_LATE] if late else []),
        *ours(None if late else file_by),
        Step("gate", _("Start gate"), REVIEWER, gate=True),
        Step("first_day", _("First day"), "", starts_on),
    ]


def papers_by(file_by: date | None) -> date | None:
    """Give the day by which papers should be here, so that we can check them in time."""
    return working_days_before(file_by, OUR_CHECK_DAYS) if file_by else None


def _papers_only(file_by: date | None) -> list[Step]:
    return [Step("papers", _("Papers to our office"), YOU)]


def _apply(file_by: date | None) -> list[Step]:
    return [
        Step("papers", _("All papers to our office"), YOU, papers_by(file_by)),
        Step("check", _("Our check"), REVIEWER),
        Step("file", _("File at the immigration bureau"), YOU, file_by),
    ]


def _confirm(file_by: date | None) -> list[Step]:
    return [
        Step("ask", _("Ask the bureau, and tell us its answer"), YOU, file_by),
        Step("answer", _("We confirm the answer"), REVIEWER),
    ]


def _reduce(file_by: date | None) -> list[Step]:
    plan = _("Send us a plan of hours within the limit, or the bureau's answer")
    return [Step("ask", plan, YOU), Step("answer", _("We confirm it"), REVIEWER)]


def _talk(file_by: date | None) -> list[Step]:
    return [
        Step("talk", _("Talk to our office, with these answers"), YOU),
        Step("answer", _("We ask the bureau where it is open, and record the answer"), REVIEWER),
    ]


def _come(file_by: date | None) -> list[Step]:
    return [
        Step("contract", _("Contract and papers, with your university and the company"), YOU),
        Step(
            "file", _("Application at the bureau or the embassy"), _("You or the company"), file_by
        ),
        Step("status", _("Status of residence recorded"), REVIEWER),
    ]


_ROADS: list[tuple[set[str], Callable[[date | None], list[Step]]]] = [
    (NOTHING_TO_DO, _papers_only),
    (TO_APPLY, _apply),
    (TO_REDUCE, _reduce),
    (TO_CONFIRM, _confirm),
    ({"V_BUREAU"}, _talk),
    (FROM_ABROAD, _come),
]


def road(
    steps: list[Step],
    *,
    checked_on: date | None = None,
    gate_open: bool = False,
    done: Collection[str] = (),
) -> list[dict]:
    """Give the road component its steps: what is done, where the student stands, what comes."""
    shown = [_shown(step) | ({"state": "done"} if step.code in done else {}) for step in steps]
    if checked_on:
        checked = {"state": "done", "what": _("Checked"), "who": YOU, "when": near_day(checked_on)}
        shown.insert(0, checked)
    here = next((one for one in shown if one["state"] in ("todo", "gate")), None)
    if gate_open:
        for one in shown:
            if one["state"] == "gate":
                one["state"] = "open"
                break
            one["state"] = "done"
    elif here and here["state"] == "todo":
        here["state"] = "now"
    return shown


def _shown(step: Step) -> dict:
    when = ""
    if step.due:
        by = _("by %(day)s") % {"day": near_day(step.due)}
        when = near_day(step.due) if step.code == "first_day" else by
    return {
        "state": "gate" if step.gate else "todo",
        "what": step.what,
        "who": step.who,
        "when": when,
    }
