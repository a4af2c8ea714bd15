import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

from careers.law import Facts, assess, what_would_change
from tests.law.answers import any_facts

ON = date(2026, 11, 22)
UNPAID_35 = Facts(
    institution="japan",
    status_of_residence="STUDENT",
    pay_kind="none",
    hours_per_week=Decimal(35),
    hours_per_day=Decimal(7),
)


def test_the_most_useful_change_comes_first():
    first = what_would_change(UNPAID_35, ON)[0]

    assert (first.field, first.values, first.outcome, first.direction) == (
        "hours_per_week",
        (Decimal(28),),
        "V_NOT_NEEDED",
        "down",
    )


def test_any_pay_for_a_long_week_is_said_to_need_individual_permission():
    paid = [change for change in what_would_change(UNPAID_35, ON) if change.field == "pay_kind"]

    assert [(set(change.values), change.outcome) for change in paid] == [
        ({"wage", "flat_allowance"}, "V_NEED_INDIVIDUAL_CASE")
    ]


def test_every_change_is_proved_by_assessing_again():
    dice = random.Random(10)
    for _ in range(60):
        facts = Facts(**any_facts(dice))
        before = assess(facts, ON)
        for change in what_would_change(facts, ON):
            for value in change.values:
                after = assess(replace(facts, **{change.field: value}), ON)
                assert after.outcome == change.outcome != before.outcome


def test_a_person_without_a_work_limit_hears_nothing_of_hours():
    facts = replace(UNPAID_35, status_of_residence="PR")

    assert {change.field for change in what_would_change(facts, ON)} == {"status_of_residence"}
