import random
from datetime import date

from careers.law import QUESTIONS, UNKNOWN, Facts, assess
from tests.law.answers import any_facts, walk

ON = date(2026, 11, 22)


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
