from datetime import date
from decimal import Decimal

import pytest

from careers.law import (
    FIELDS,
    UNKNOWN,
    Assessment,
    Facts,
    FactsError,
    PartialFacts,
    Policy,
    assess,
    merge,
    text,
)

ON = date(2026, 11, 22)


def test_raw_words_are_read_with_full_width_digits_and_blanks():
    facts = Facts.parse(
        {
            "status_of_residence": " student ",
            "hours_per_week": "２７．５",
            "duration_days": "３０",
            "exchange_student": "ｙ",
            "final_year": "n",
            "credits_pct": "?",
            "level": "",
            "unheard_of": "x",
        }
    )

    assert facts == Facts(
        status_of_residence="STUDENT",
        hours_per_week=Decimal("27.5"),
        duration_days=30,
        exchange_student=True,
        final_year=False,
        credits_pct=UNKNOWN,
    )


def test_all_problems_are_named_at_once():
    with pytest.raises(FactsError) as caught:
        Facts.parse(
            {
                "hours_per_week": "168.25",
                "hours_per_day": "eight",
                "level": "bachelor",
                "final_year": "maybe",
                "duration_days": "1.5",
                "other_weekly_work_hours": "-1",
                "credits_pct": "NaN",
            }
        )

    assert {(p.field, p.code) for p in caught.value.problems} == {
        ("hours_per_week", "out_of_range"),
        ("hours_per_day", "not_a_number"),
        ("level", "not_a_choice"),
        ("final_year", "not_yes_or_no"),
        ("duration_days", "not_whole"),
        ("other_weekly_work_hours", "out_of_range"),
        ("credits_pct", "not_a_number"),
    }
    for problem in caught.value.problems:
        assert text(f"problem.{problem.code}", "ja")


@pytest.mark.parametrize(
    ("hours", "readable"), [("0", True), ("168", True), ("168.25", False), ("-0.25", False)]
)
def test_hours_lie_between_0_and_168(hours, readable):
    try:
        Facts.parse({"hours_per_week": hours})
    except FactsError:
        assert not readable
    else:
        assert readable


def test_facts_made_in_code_are_checked_too():
    with pytest.raises(FactsError):
        Facts(status_of_residence="student")
    with pytest.raises(FactsError):
        Facts(hours_per_week=27.5)
    with pytest.raises(FactsError):
        Facts(paid="y")


def test_stored_facts_are_read_back_as_they_were():
    facts = Facts(
        institution="japan",
        status_of_residence=UNKNOWN,
        hours_per_week=Decimal("27.50"),
        final_year=False,
        duration_days=30,
    )

    assert Facts.from_dict(facts.to_dict()) == facts
    assert facts.to_dict()["hours_per_week"] == "27.5"
    assert list(facts.to_dict()) == list(FIELDS)


def test_a_stored_answer_is_read_back_as_it_was():
    answer = assess(
        Facts(institution="japan", status_of_residence="STUDENT", pay_kind=UNKNOWN), ON, Policy()
    )

    assert Assessment.from_dict(answer.to_dict()) == answer
    assert Assessment.from_dict(answer.to_dict()).digest == answer.digest


def test_a_digest_names_facts_policy_and_edition():
    facts = Facts(institution="japan", status_of_residence="PR")
    answer = assess(facts, ON)

    assert answer.digest == assess(facts, date(2026, 12, 1)).digest
    assert answer.digest != assess(facts, date(2025, 12, 1)).digest
    assert answer.digest != assess(facts, ON, Policy(bureau_lead_days=30)).digest


def test_later_facts_win_and_each_keeps_its_origin():
    merged = merge(
        PartialFacts("profile", {"status_of_residence": "STUDENT", "level": "master"}),
        PartialFacts("posting", {"pay_kind": "wage", "hours_per_week": Decimal(20)}),
        PartialFacts("answer", {"hours_per_week": Decimal(30), "level": None}),
    )

    assert merged.facts == Facts(
        status_of_residence="STUDENT", level="master", pay_kind="wage", hours_per_week=Decimal(30)
    )
    assert merged.origins == {
        "status_of_residence": "profile",
        "level": "profile",
        "pay_kind": "posting",
        "hours_per_week": "answer",
    }


def test_a_later_word_on_pay_replaces_the_earlier_one_whole():
    merged = merge(
        PartialFacts("posting", {"pay_kind": "wage"}), PartialFacts("answer", {"paid": False})
    )

    assert merged.facts.effective("pay_kind") == "none"
    assert merged.origins == {"paid": "answer"}


def test_a_fact_nobody_knows_of_is_refused():
    with pytest.raises(FactsError):
        merge(PartialFacts("answer", {"shoe_size": Decimal(42)}))


def test_the_setting_for_unpaid_long_weeks_in_the_vacation():
    facts = Facts(
        institution="japan",
        status_of_residence="STUDENT",
        pay_kind="none",
        hours_per_week=Decimal(40),
        in_long_vacation="y",
    )
    off = Policy(flag_unpaid_over28_in_vacation=False)

    assert assess(facts, ON).outcome == "V_FLAG_CONFIRM"
    assert assess(facts, ON, off).outcome == "V_NOT_NEEDED"
    assert not assess(facts, ON, off).flagged


def test_the_setting_does_not_reach_a_plan_that_is_partly_in_term():
    facts = Facts(
        institution="japan",
        status_of_residence="STUDENT",
        pay_kind="none",
        hours_per_week=Decimal(40),
        in_long_vacation="partial",
        term_hours_per_week=Decimal(20),
    )
    off = Policy(flag_unpaid_over28_in_vacation=False)

    assert assess(facts, ON, off).outcome == "V_FLAG_CONFIRM"


def test_a_policy_refuses_what_makes_no_sense():
    with pytest.raises(ValueError):
        Policy(bureau_lead_days=-1)
    with pytest.raises(ValueError):
        Policy(mixed_week_reading="guess")


def test_blank_facts_whose_default_took_part_are_named_as_assumptions():
    facts = Facts(
        institution="japan",
        status_of_residence="STUDENT",
        pay_kind="wage",
        hours_per_week=Decimal(20),
    )

    answer = assess(facts, ON)

    assert "in_long_vacation" in answer.assumptions
    assert "foreign_in_recess" not in answer.assumptions
