"""From answers to facts of the law, and from the law to what the wizard needs."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from careers.law import UNKNOWN, Assessment, Facts, assess, edition_for
from careers.law.facts import FIELDS
from careers.people.office import policy
from internships.eligibility.questions import PREFER_NOT, UNSURE, Limits

_YES_NO = {"y": True, "n": False}
_ALL_CREDITS = Decimal(100)
# Each of these sends the student to an immigration office, so its address is asked for.
_WITH_OFFICE = {
    "V_NEED_BLANKET",
    "V_NEED_INDIVIDUAL",
    "V_NEED_INDIVIDUAL_CASE",
    "V_REDUCE_OR_CONSULT",
    "V_FLAG_CONFIRM",
    "V_CHECK_SCOPE",
    "V_CHANGE_STATUS",
    "V_BUREAU",
    "V_STATUS_DA9",
    "V_STATUS_DA12",
    "V_STATUS_CULTURAL",
}


def limits(on: date) -> Limits:
    """Give the limits of the law on a day of work, for the questions that depend on them."""
    known = edition_for(on).parameters
    return Limits(
        weekly=known["week_hours"],
        daily=known["vacation_day_hours"],
        summer_job_days=known["longest_summer_job_days"],
        unpaid_passes_in_vacation=not policy().flag_unpaid_over28_in_vacation,
    )


def office_limit(on: date) -> Decimal:
    """Give the hours a week above which our office flags a placement, paid or not."""
    return edition_for(on).parameters["office_week_hours"]


def limit_of(key: str, on: date) -> Decimal:
    """Give the value of an answer in hours that just keeps the limit; of other work, none."""
    known = limits(on)
    return {"hours_per_day": known.daily, "other_weekly_work_hours": Decimal(0)}.get(
        key, known.weekly
    )


def to_facts(values: Mapping[str, Any]) -> Facts:
    """Turn answers into facts. What was not asked or is not sure is unknown, never a "no"."""
    known = {name: _fact(name, values.get(name)) for name in FIELDS}
    # The wizard asks what is received, never for a tick "paid or not".
    known["paid"] = None
    known["credits_pct"] = _credits(values)
    return Facts(**known)


def _fact(name: str, value: Any) -> Any:
    if value in (None, UNSURE, PREFER_NOT):
        return UNKNOWN
    kind = FIELDS[name].kind
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


def decide(values: Mapping[str, Any], on: date) -> Assessment:
    return assess(to_facts(values), on, policy())


def needs_office(values: Mapping[str, Any], on: date) -> bool:
    return decide(values, on).outcome in _WITH_OFFICE
