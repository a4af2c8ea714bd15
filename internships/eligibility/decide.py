"""From answers to facts of the law, and from the law to what the wizard needs."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from careers.law import FIELDS, UNKNOWN, Assessment, Facts, assess, edition_for, rules_for
from careers.people.office import policy
from internships.eligibility.questions import Rules, facts_given

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


def rules(on: date) -> Rules:
    """Give the numbers of a day of work and the office's policy, as the questions need them."""
    return rules_for(edition_for(on).parameters, policy())


def office_limit(on: date) -> Decimal:
    """Give the hours a week above which our office flags a placement, paid or not."""
    return edition_for(on).parameters["office_week_hours"]


def to_facts(values: Mapping[str, Any]) -> Facts:
    """Turn answers into facts. What was not asked or is not sure is unknown, never a "no"."""
    # The wizard asks what is received, never for a tick "paid or not".
    return Facts(**dict.fromkeys(FIELDS, UNKNOWN) | facts_given(values) | {"paid": None})


def decide(values: Mapping[str, Any], on: date) -> Assessment:
    return assess(to_facts(values), on, policy())


def needs_office(values: Mapping[str, Any], on: date) -> bool:
    return decide(values, on).outcome in _WITH_OFFICE
