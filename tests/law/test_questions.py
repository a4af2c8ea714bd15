import random
from datetime import date
from decimal import Decimal

import pytest

from careers.law import QUESTIONS, UNKNOWN, Facts, assess, edition_for
from careers.law.facts import effective_values
from careers.law.possibilities import candidates
from tests.law.answers import any_facts, walk

ON = date(2026, 11, 22)
EDITION = edition_for(ON)


def test_an_answer_to_an_unasked_question_never_changes_the_outcome():
    dice = random.Random(4)
    for _ in range(4_000):
        person = any_facts(dice)
        given = walk(person)

        asked_only = assess(Facts(**given), ON)
        with_the_rest = assess(Facts(**person), ON)

        assert asked_only.outcome == with_the_rest.outcome, given


def test_a_person_who_is_not_sure_of_something_reaches_an_end_and_an_outcome():
    dice = random.Random(5)
    for _ in range(1_000):
        person = any_facts(dice, unsure=0.15)
        given = walk(person)
        answer = assess(Facts(**given), ON)

        # Who does not know where she studies is asked nothing more, so all is to be found out.
        if given["institution"] is not UNKNOWN:
            assert set(answer.unknown) <= {n for n, v in given.items() if v is UNKNOWN}, given


def results_by_answer(question, given, dice):
    """Give what each answer to a question leads to, for one person who answered so far."""
    person = any_facts(dice) | given
    values = {**EDITION.parameters, **effective_values(Facts(**person))}
    for value in candidates(question.key, values, EDITION.limits):
        changed = person | {question.key: value}
        if changed["term_hours_per_week"] > changed["hours_per_week"]:
            changed["term_hours_per_week"] = changed["hours_per_week"]
        answer = assess(Facts(**walk(changed)), ON)
        yield answer.outcome, answer.flags, answer.documents, answer.kind, answer.flagged


def test_a_question_is_asked_only_where_an_answer_could_change_the_result():
    dice = random.Random(11)
    seen = set()
    for _ in range(700):
        given, person = {}, any_facts(dice)
        for question in QUESTIONS:
            if question.key in given or not question.asked(given):
                continue
            place = (question.key, *sorted((name, str(value)) for name, value in given.items()))
            if place not in seen:
                seen.add(place)
                # Whoever comes here: one of so many people is told another thing by the answer.
                assert any(
                    len(set(results_by_answer(question, given, dice))) > 1 for _ in range(80)
                ), place
            given[question.key] = person[question.key]


@pytest.mark.parametrize(
    ("week", "day", "other", "asked"),
    [
        ("16", "6", "0", False),
        ("28", "6", "0", False),
        ("28.25", "6", "0", True),
        ("16", "6", "12", False),
        ("16", "6", "12.25", True),
        ("16", "6", "28.25", False),
        ("40", "6", "28.25", True),
        ("40", "8.25", "0", False),
    ],
)
def test_hours_in_term_are_asked_only_where_they_could_be_over_the_limit(week, day, other, asked):
    given = {
        "institution": "japan",
        "status_of_residence": "STUDENT",
        "enrolment": "enrolled",
        "venue": "ordinary",
        "pay_kind": "wage",
        "in_long_vacation": "partial",
        "hours_per_week": Decimal(week),
        "hours_per_day": Decimal(day),
        "other_weekly_work_hours": Decimal(other),
    }
    question = next(one for one in QUESTIONS if one.key == "term_hours_per_week")

    assert question.asked(given) == asked
    assert question.may_matter(given) == asked


def test_every_question_is_asked_of_somebody_and_left_out_for_somebody():
    dice = random.Random(6)
    walks = [walk(any_facts(dice)) for _ in range(3_000)]

    for question in QUESTIONS[2:]:
        assert any(question.key in given for given in walks), question.key
        assert any(question.key not in given for given in walks), question.key


def test_the_first_two_questions_are_asked_of_everybody():
    assert [q.key for q in QUESTIONS if q.asked({})] == ["institution", "status_of_residence"]


def test_a_permanent_resident_is_asked_nothing_more():
    given = {"institution": "japan", "status_of_residence": "PR"}

    assert [q.key for q in QUESTIONS if q.key not in given and q.asked(given)] == []


def test_a_person_who_prefers_not_to_name_the_status_is_asked_nothing_more():
    given = {"institution": "japan", "status_of_residence": UNKNOWN}

    assert [q.key for q in QUESTIONS if q.key not in given and q.asked(given)] == []


def test_a_question_waits_for_the_answer_it_hangs_on():
    given = {"institution": "japan", "status_of_residence": "STUDENT", "enrolment": "enrolled"}

    asked = [q.key for q in QUESTIONS if q.key not in given and q.asked(given)]

    assert asked == ["venue"]


def test_after_one_pass_no_question_is_left():
    dice = random.Random(7)
    for _ in range(2_000):
        given = walk(any_facts(dice, unsure=0.1))

        left = [q.key for q in QUESTIONS if q.key not in given and q.asked(given)]

        assert left == [], given


def test_a_question_that_stands_twice_has_the_same_words_and_answers():
    for question in QUESTIONS:
        for other in QUESTIONS:
            if other.key == question.key:
                assert other.options == question.options
