import itertools
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from careers.law import FIELDS, UNKNOWN, Facts, assess
from tests.law.answers import HOURS, NUMBERS, any_facts

ON = date(2026, 11, 22)
STUDENT = Facts(
    institution="japan",
    status_of_residence="STUDENT",
    enrolment="enrolled",
    level="undergrad",
    final_year=False,
    pay_kind="wage",
    hours_per_week=Decimal(20),
    hours_per_day=Decimal(8),
)


def every_value(name):
    field = FIELDS[name]
    if field.kind == "choice":
        return field.codes
    if field.kind == "yes_no":
        return (True, False)
    return NUMBERS.get(name, [*HOURS, Decimal(10), Decimal("9.75"), Decimal("19.75")])


def test_an_unknown_that_changes_nothing_keeps_the_outcome():
    answer = assess(replace(STUDENT, credits_pct=UNKNOWN, duration_days=UNKNOWN), ON)

    assert answer.outcome == "V_NEED_BLANKET"
    assert answer.unknown == ()


def test_an_unknown_that_could_change_the_outcome_leads_to_the_office_and_is_named():
    answer = assess(replace(STUDENT, hours_per_week=UNKNOWN), ON)

    assert answer.outcome == "V_BUREAU"
    assert answer.kind == "CONFIRM"
    assert answer.documents == ("O_BUREAU_CONFIRMATION",)
    assert answer.unknown == ("hours_per_week",)
    assert answer.possible == ("V_NEED_BLANKET", "V_NEED_INDIVIDUAL_CASE")


def test_an_unknown_status_is_not_guessed():
    answer = assess(replace(STUDENT, status_of_residence=UNKNOWN), ON)

    assert answer.outcome == "V_BUREAU"
    assert answer.flags == ("F_STATUS_UNKNOWN",)


def test_the_customers_flag_is_up_if_any_possibility_raises_it():
    unsure_of_pay = replace(STUDENT, pay_kind=UNKNOWN, has_blanket_permission=True)

    assert assess(unsure_of_pay, ON).flagged


def test_flags_are_those_common_to_all_possibilities():
    unsure_of_day = replace(STUDENT, pay_kind="flat_allowance", hours_per_day=UNKNOWN)

    assert assess(unsure_of_day, ON).flags == ("F_ALLOWANCE_TREATED_AS_PAY",)


def test_a_term_week_not_known_is_not_longer_than_the_longest_week():
    partial = replace(STUDENT, in_long_vacation="partial", term_hours_per_week=UNKNOWN)

    assert assess(partial, ON).outcome == "V_NEED_BLANKET"


def test_a_fact_that_matters_only_together_with_another_is_named_too():
    both = replace(STUDENT, hours_per_week=UNKNOWN, other_weekly_work_hours=UNKNOWN)

    assert assess(both, ON).unknown == ("hours_per_week", "other_weekly_work_hours")


@pytest.mark.parametrize("seed", range(150))
def test_unknowns_are_decided_as_if_each_value_were_tried(seed):
    dice = random.Random(seed)
    known = any_facts(dice)
    unsure = dice.sample([n for n in known if n != "status_of_residence"], 2)
    tried = []
    for values in itertools.product(*(every_value(name) for name in unsure)):
        person = {**known, **dict(zip(unsure, values, strict=True))}
        if person["term_hours_per_week"] <= person["hours_per_week"]:
            tried.append(assess(Facts(**person), ON))

    answer = assess(Facts(**{**known, **dict.fromkeys(unsure, UNKNOWN)}), ON)

    outcomes = {one.outcome for one in tried}
    assert answer.outcome == (outcomes.pop() if len(outcomes) == 1 else "V_BUREAU")
    assert answer.flagged == any(one.flagged for one in tried)
    if not answer.possible:
        assert set(answer.flags) == set.intersection(*(set(one.flags) for one in tried))
        assert set(answer.documents) == set.intersection(*(set(one.documents) for one in tried))


def test_nothing_known_at_all_is_answered_in_reasonable_time():
    nothing = Facts(**dict.fromkeys(FIELDS, UNKNOWN) | {"status_of_residence": "STUDENT"})

    answer = assess(nothing, ON)

    assert answer.outcome == "V_BUREAU"
    assert len(answer.unknown) > 15
