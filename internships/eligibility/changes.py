"""What would change the answer: single other answers, proved by asking the law again."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from careers.desk.flags import flag_of
from careers.law import UNKNOWN, Facts
from careers.law.changes import Change, what_would_change
from careers.people.office import policy
from internships.eligibility.law_words import both
from internships.eligibility.page import fact_label, say_value
from internships.eligibility.run import Run

# Who she is does not change with a plan, and another kind of place is another plan.
_GIVEN = {"institution", "status_of_residence", "level", "exchange_student", "venue"}
_PERMISSIONS = ("has_blanket_permission", "has_individual_permission")
_MOST = 6


def changes_of(run: Run) -> list[dict[str, Any]]:
    """Give the single other answers that alter the outcome, the useful ones first."""
    if run.assessment.unknown:
        return []  # what must be found out comes first
    changes = what_would_change(_as_held(run.assessment.facts), run.rules_on, policy())
    found = [one for one in changes if one.field not in _GIVEN and not _idle(one)]
    return [_said(one) for one in found[:_MOST]]


def _as_held(facts: Facts) -> Facts:
    """A permission nobody asked about is not held: the safe side for what would come instead."""
    held = {name: False for name in _PERMISSIONS if getattr(facts, name) is UNKNOWN}
    return replace(facts, **held)


def _idle(change: Change) -> bool:
    """Nothing to plan: none at all, fewer credits, a later end; of leaving, only the warning."""
    if change.field == "enrolment":
        return change.outcome != "V_PROHIBITED"
    if change.direction == "down" and change.values == (0,):
        return True  # "nothing or less" is no plan
    fewer_credits = (change.field, change.direction) == ("credits_pct", "down")
    return fewer_credits or (change.field == "final_year" and change.values == (False,))


def _said(change: Change) -> dict[str, Any]:
    return {
        "text": both(lambda: _words(change)),
        "outcome": change.outcome,
        "words": both(lambda: flag_of(change.outcome).words),
    }


def _words(change: Change) -> str:
    said = _(" or ").join(_value(change.field, value) for value in change.values)
    if change.direction == "down":
        said = _("%(value)s or less") % {"value": said}
    elif change.direction == "up":
        said = _("%(value)s or more") % {"value": said}
    return _("%(question)s: %(answer)s") % {"question": fact_label(change.field), "answer": said}


def _value(name: str, value: Any) -> str:
    if name == "credits_pct":
        return f"{value.normalize():f} %"
    if isinstance(value, bool):
        return say_value(name, "y" if value else "n")
    return say_value(name, Decimal(value) if isinstance(value, int) else value)
