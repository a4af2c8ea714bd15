"""The walk of the wizard: which question comes next, what counts, and what a link says."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from urllib.parse import parse_qs

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.law import QUESTIONS, Policy, edition_for, rules_for
from internships.eligibility.answers import collect, read, to_query
from internships.eligibility.questions import FIELDS, PREFER_NOT, STEPS, UNSURE
from internships.eligibility.walk import POSTING, RECORD, YOU, Source, walk
from internships.eligibility.wording import field_label, option_of, step_words

RULES = rules_for(edition_for(date(2026, 11, 22)).parameters, Policy())


def walked(written, **extra):
    return walk(written, rules=RULES, **extra)


def codes(found):
    return [one.step.code for one in found.asked if one.answered]


def next_code(**written):
    found = walked({key: str(value) for key, value in written.items()}).current
    return found.step.code if found else None


STUDENT = {
    "institution": "japan",
    "status_of_residence": "STUDENT",
    "enrolment": "enrolled",
    "venue": "ordinary",
}
ABROAD = {"institution": "foreign", "status_of_residence": "NONE_ABROAD", "venue": "ordinary"}
PAID = STUDENT | {
    "pay_kind": "wage",
    "credit_bearing": "n",
    "starts_on": UNSURE,
    "in_long_vacation": "n",
}
OVER = PAID | {"hours_per_week": "35", "hours_per_day": "7", "other_weekly_work_hours": "0"}


def test_from_nothing_the_first_question_is_where_she_studies():
    assert next_code() == "institution"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"institution": "japan"}, "status"),
        ({"institution": "japan", "status_of_residence": "STUDENT"}, "enrolment"),
        ({"institution": "japan", "status_of_residence": "DEPENDENT"}, "venue"),
        ({"institution": "foreign", "status_of_residence": "NONE_ABROAD"}, "venue"),
        (ABROAD, "pay"),
        (ABROAD | {"pay_kind": "wage"}, "degree_course"),
        (ABROAD | {"pay_kind": "none"}, "credit"),
        (ABROAD | {"status_of_residence": "DA_INTERN_9"}, "other_work"),
        (STUDENT | {"enrolment": "leave"}, "pay"),
        (STUDENT, "pay"),
        (STUDENT | {"venue": "own_university_ta_ra"}, "assistant_exchange"),
        (STUDENT | {"pay_kind": "wage"}, "credit"),
        (PAID, "hours"),
        (PAID | {"hours_per_week": 20, "hours_per_day": 8}, "other_work"),
        (
            PAID
            | {"in_long_vacation": "partial", "hours_per_week": 40, "hours_per_day": 8}
            | {"other_weekly_work_hours": 0},
            "term_hours",
        ),
        (OVER, "exchange"),
        (OVER | {"exchange_student": "n"}, "individual"),
        (OVER | {"exchange_student": "n", "has_individual_permission": "n"}, "level"),
        (OVER | {"exchange_student": "n", "has_individual_permission": "y"}, "covers"),
    ],
)
def test_each_answer_leads_to_the_question_that_matters_next(answers, expected):
    assert next_code(**answers) == expected


@pytest.mark.parametrize(
    "answers",
    [
        {"institution": "japan", "status_of_residence": "PR"},
        {"institution": UNSURE, "status_of_residence": "JAPANESE"},
        {"institution": "japan", "status_of_residence": UNSURE},
        {"institution": "japan", "status_of_residence": PREFER_NOT},
        {"institution": UNSURE, "status_of_residence": "STUDENT"},
        STUDENT | {"enrolment": "withdrawn"},
        STUDENT | {"enrolment": "graduated"},
        STUDENT | {"enrolment": "leave", "pay_kind": "none"},
        STUDENT | {"venue": "fueiho"},
        ABROAD | {"venue": "fueiho"},
        ABROAD | {"pay_kind": "wage", "foreign_degree_course": "n"},
    ],
)
def test_the_wizard_stops_early_where_nothing_else_matters(answers):
    assert walked(answers).complete


@pytest.mark.parametrize(
    ("key", "inside", "outside"),
    [("hours_per_week", "28", "28.5")],
)
def test_the_limit_itself_is_inside(key, inside, outside):
    answers = PAID | {"hours_per_day": "8", "other_weekly_work_hours": "0"}

    assert next_code(**answers | {key: inside}) == "blanket"
    assert next_code(**answers | {key: outside}) == "exchange"


def test_in_the_vacation_the_limit_goes_by_the_day():
    answers = OVER | {"in_long_vacation": "y", "hours_per_week": "40"}

    assert next_code(**answers | {"hours_per_day": "8"}) == "blanket"
    assert next_code(**answers | {"hours_per_day": "8.25"}) == "exchange"


def test_an_answer_to_a_question_no_longer_asked_does_not_count():
    answers = STUDENT | {"venue": "fueiho", "pay_kind": "wage", "has_blanket_permission": "y"}

    found = walked(answers)

    assert found.values == STUDENT | {"venue": "fueiho"}
    assert found.dropped(answers) == ("pay_kind", "has_blanket_permission")


def test_changing_an_answer_keeps_the_later_ones_that_still_apply():
    answers = OVER | {"status_of_residence": "DEPENDENT"}

    found = walked(answers)

    assert found.dropped(answers) == ("enrolment", "in_long_vacation")
    assert "hours_per_week" in found.written


def test_not_sure_asks_for_everything_that_either_answer_would_need():
    answers = PAID | {"hours_per_week": UNSURE, "hours_per_day": "8"}
    answers |= {"other_weekly_work_hours": "0", "has_blanket_permission": "n"}

    assert next_code(**answers) == "exchange"


def test_what_the_posting_says_answers_its_questions():
    posting = Source(POSTING, {"pay_kind": "wage", "credit_bearing": "n"})

    found = walked(STUDENT, sources=(posting,))

    assert found.current.step.code == "dates"
    assert found.origins["pay_kind"] == POSTING
    assert found.written == STUDENT


def test_an_explicit_answer_wins_over_the_posting_and_the_record():
    posting = Source(POSTING, {"pay_kind": "wage"})
    record = Source(RECORD, {"status_of_residence": "STUDENT", "pay_kind": "none"})

    found = walked(
        STUDENT | {"status_of_residence": "DEPENDENT", "pay_kind": "actual_costs"},
        sources=(posting, record),
    )

    assert (found.values["status_of_residence"], found.values["pay_kind"]) == (
        "DEPENDENT",
        "actual_costs",
    )
    assert found.origins["pay_kind"] == YOU


def test_a_value_out_of_range_leads_to_its_question_with_the_error():
    found = walked(PAID | {"hours_per_week": "169", "hours_per_day": "8"})

    assert found.current.step.code == "hours"
    assert found.current.problems == {"hours_per_week": "number"}
    assert found.written["hours_per_week"] == "169"


def test_a_wrong_early_answer_is_shown_before_later_ones():
    assert walked(OVER | {"status_of_residence": "X"}).current.step.code == "status"


@pytest.mark.parametrize(
    ("key", "written", "value"),
    [
        ("hours_per_week", "27.5", Decimal("27.5")),
        ("hours_per_week", "２７．５", Decimal("27.5")),
        ("hours_per_week", "27,5", Decimal("27.5")),
        ("hours_per_week", "0", Decimal(0)),
        ("hours_per_week", "168", Decimal(168)),
        ("hours_per_day", "24", Decimal(24)),
        ("starts_on", "2027-02-15", date(2027, 2, 15)),
        ("starts_on", "２０２７／２／１５", date(2027, 2, 15)),
        ("starts_on", "2027年2月15日", date(2027, 2, 15)),
        ("starts_on", "2019-04-01", date(2019, 4, 1)),
        ("pay_kind", UNSURE, UNSURE),
        ("status_of_residence", PREFER_NOT, PREFER_NOT),
        ("prefecture", "13", "13"),
    ],
)
def test_answers_are_read_as_people_write_them(key, written, value):
    assert read(FIELDS[key], written).value == value


@pytest.mark.parametrize(
    ("key", "written", "problem"),
    [
        ("hours_per_week", "168.25", "number"),
        ("hours_per_week", "-1", "number"),
        ("hours_per_week", "1e3", "number"),
        ("hours_per_week", "nan", "number"),
        ("hours_per_week", "🍵", "number"),
        ("hours_per_week", "‮28", "number"),
        ("hours_per_day", "24.5", "number"),
        ("starts_on", "2027-02-30", "day"),
        ("starts_on", "15/02/2027", "day"),
        ("starts_on", "2019-03-31", "day_range"),
        ("starts_on", "2100-01-01", "day_range"),
        ("pay_kind", "<script>", "choice"),
        ("pay_kind", PREFER_NOT, "choice"),
        ("prefecture", "48", "choice"),
        ("credits_required", "0", "number"),
    ],
)
def test_what_cannot_be_an_answer_is_named_and_kept(key, written, problem):
    answer = read(FIELDS[key], written)

    assert (answer.problem, answer.raw) == (problem, written)


def test_the_last_day_before_the_first_is_an_error_of_the_last_day():
    found = walked(
        STUDENT
        | {"pay_kind": "wage", "credit_bearing": "n"}
        | {"starts_on": "2027-03-12", "ends_on": "2027-03-11"}
    )

    assert found.current.problems == {"ends_on": "day_order"}


def test_unknown_keys_are_dropped_and_typed_values_count_before_the_box():
    query = {"name": ["Tran"], "hours_per_week": ["", "20", UNSURE], "pay_kind": ["wage", "none"]}

    assert collect(query) == {"hours_per_week": "20", "pay_kind": "wage"}


def random_answers(seed):
    """A mix of answers from different paths: mostly good ones, some unsure, some nonsense."""
    chance = Random(seed)
    keys = [key for key in FIELDS if chance.random() < 0.9]
    chance.shuffle(keys)
    return {key: random_value(FIELDS[key], chance) for key in keys}


def random_value(field, chance):
    if chance.random() < 0.05:
        return chance.choice([UNSURE, "", "x", "-1", "２０", "<b>", "9999"])
    if field.kind == "choice":
        return chance.choice(field.choices)
    if field.kind == "number":
        return str(chance.randint(int(field.low), int(min(field.high, 60))))
    if field.kind == "prefecture":
        return chance.choice(["01", "13", "47"])
    return (date(2027, 1, 1) + timedelta(days=chance.randrange(400))).isoformat()


MIXES = st.integers(0, 2**32).map(random_answers)
ROUNDS = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
# Twenty thousand mixes in all; in eight parts, which the machine's processors share.
PARTS, MIXES_IN_A_PART = range(8), 2500


@pytest.mark.parametrize("part", PARTS)
def test_only_answers_to_asked_questions_count_and_a_link_says_exactly_those(part):
    for seed in range(part * MIXES_IN_A_PART, (part + 1) * MIXES_IN_A_PART):
        answers = random_answers(seed)
        written = collect({key: [value] for key, value in answers.items()})

        found = walked(written)
        again = walked(collect(parse_qs(found.query)))

        asked = {one.key for each in found.asked for one in each.step.fields}
        assert set(found.values) <= asked, seed
        assert set(found.written) <= asked, seed
        assert set(written) <= set(found.dropped(written)) | set(found.written), seed
        assert again.query == found.query, seed
        assert (again.values, again.origins) == (found.values, found.origins), seed
        assert codes(again) == codes(found), seed


@ROUNDS
@given(MIXES, st.randoms())
def test_the_order_in_the_address_changes_nothing(answers, shuffled):
    keys = list(answers)
    shuffled.shuffle(keys)
    written = collect({key: [answers[key]] for key in keys})

    assert walked(written).query == walked(collect({k: [v] for k, v in answers.items()})).query


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_page_and_every_option_has_words(language):
    with override(language):
        for step in STEPS:
            words = step_words(step)
            assert words.question and words.short and words.why, step.code
        for key, field in FIELDS.items():
            assert field_label(key), key
            assert all(option_of(key, choice).label for choice in field.choices), key


def test_the_pages_ask_every_question_of_the_law_once_and_in_its_order():
    """A guard looks only at what was asked before, so the order is the law's."""
    pages = [question for step in STEPS for question in step.questions if step.code != "dates"]

    assert pages == list(QUESTIONS)


def test_the_address_has_one_fixed_order():
    assert to_query({"pay_kind": "wage", "institution": "japan"}, "I26-0001") == (
        "p=I26-0001&institution=japan&pay_kind=wage"
    )
