"""Random people: answers to all questions, right and odd, from a seed."""

import random
from decimal import Decimal

from careers.law import FIELDS, QUESTIONS, UNKNOWN

HOURS = [Decimal(n) for n in ("0", "0.25", "8", "8.25", "18", "20", "28", "28.25", "40", "40.25")]
NUMBERS = {
    "hours_per_day": [Decimal(n) for n in ("0.25", "8", "8.25", "24")],
    "credits_pct": [Decimal(n) for n in ("0", "89.99", "90", "100")],
    "duration_days": [1, 90, 91, 92, 93, 365, 366],
    "foreign_programme_years": [Decimal(n) for n in ("0.5", "1", "2", "4")],
    "foreign_prior_intern_days": [0, 1, 100, 365],
}
# What most people answer comes up often, so that the rare questions behind it do too.
OFTEN = {
    "institution": "japan",
    "status_of_residence": "STUDENT",
    "enrolment": "enrolled",
    "venue": "ordinary",
}


def any_value(dice: random.Random, name: str, *, unsure: float = 0.0):
    """Give a possible value of a fact; with the given chance 'not sure'."""
    if dice.random() < unsure:
        return UNKNOWN
    field = FIELDS[name]
    if name in OFTEN and dice.random() < 0.6:
        return OFTEN[name]
    if field.kind == "choice":
        return dice.choice(field.codes)
    if field.kind == "yes_no":
        return dice.choice([True, False])
    return dice.choice(NUMBERS.get(name, HOURS))


def any_facts(dice: random.Random, *, unsure: float = 0.0) -> dict:
    """Give a value for each fact; a week in term is not longer than the longest week."""
    values = {name: any_value(dice, name, unsure=unsure) for name in FIELDS if name != "paid"}
    if values["term_hours_per_week"] is not UNKNOWN and values["hours_per_week"] is not UNKNOWN:
        values["term_hours_per_week"] = min(values["term_hours_per_week"], values["hours_per_week"])
    return values


def walk(person: dict) -> dict:
    """Answer the questions in one pass as the person would; give the answers."""
    given: dict = {}
    for question in QUESTIONS:
        if question.key not in given and question.asked(given):
            given[question.key] = person[question.key]
    return given
