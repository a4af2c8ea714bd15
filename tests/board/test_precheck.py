"""Who could take this? What the panel of the editor says for each group of students."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from internships.board.models import Posting
from internships.board.precheck import GROUPS, precheck
from tests.factories import make_posting, make_student

pytestmark = pytest.mark.django_db
PAID_35 = {
    "pay_kind": "wage",
    "weekly_hours": 35,
    "daily_hours": 7,
    "starts_on": date(2027, 4, 12),
    "ends_on": date(2027, 5, 14),
}


def lines_of(**fields):
    posting = make_posting(**PAID_35 | fields)
    panel = precheck(Posting.objects.get(pk=posting.pk))
    return dict(zip([group.key for group in GROUPS], panel.lines, strict=True)), panel


def test_paid_35_hours_in_term_is_said_group_by_group():
    lines, _panel = lines_of()

    assert {key: (line.kind, str(line.verdict)) for key, line in lines.items()} == {
        "unlimited": ("clear", "No restriction"),
        "finishing": ("need", "Individual: class that can apply"),
        "graduate": ("need", "Individual: class that can apply"),
        "other": ("confirm", "Individual: case by case"),
        "exchange": ("confirm", "Another status first"),
        "dependent": ("confirm", "Individual: case by case"),
        "designated": ("need", "Individual: class that can apply"),
        "cultural": ("confirm", "Individual: case by case"),
        "abroad": ("route", "Own route: No. 9, if part of their course"),
        "visitor": ("stop", "Not possible"),
        "work": ("confirm", "Depends on the status"),
        "unknown": ("unknown", "Talk to us first"),
    }


def test_unpaid_over_28_hours_is_to_be_confirmed():
    lines, _panel = lines_of(pay_kind="none")

    assert str(lines["other"].verdict) == "Confirm with the bureau first"


def test_a_restricted_business_is_possible_for_nobody_who_is_limited():
    lines, _panel = lines_of(venue="fueiho", state="draft")

    assert {lines[key].kind for key in ("finishing", "other", "exchange", "dependent")} == {"stop"}


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"weekly_hours": None}, ["hours in the largest week"]),
        ({"pay_kind": ""}, ["what the student receives"]),
        ({"starts_on": None, "ends_on": None}, ["first and last day"]),
    ],
)
def test_missing_facts_are_named(missing, words):
    lines, panel = lines_of(**missing)

    assert set(words) <= set(panel.missing)
    assert str(lines["other"].verdict) == "Cannot tell yet"


def test_it_says_what_28_hours_would_change():
    _lines, panel = lines_of()

    changes = dict(panel.fewer.changes)
    assert panel.fewer.hours == 28
    assert "Exchange students" in changes["Blanket permission: one already held is enough"]
    assert "Cultural Activities" not in str(changes)


def test_28_hours_change_nothing_where_there_are_no_more():
    _lines, panel = lines_of(weekly_hours=28)

    assert panel.fewer is None


def test_each_student_is_counted_in_one_group_and_only_while_enrolled():
    finishing = {
        "expected_graduation": date(2028, 3, 31),
        "credits_required": 124,
        "credits_earned": 112,
    }
    make_student(**finishing)
    make_student(**finishing | {"credits_earned": 111})
    make_student(level="master", expected_graduation=date(2028, 3, 31))
    make_student(level="doctor", expected_graduation=date(2029, 3, 31))
    make_student(exchange=True, **finishing)
    make_student(status_of_residence="JAPANESE")
    make_student(status_of_residence="DA_OFFER")
    make_student(status_of_residence="PREFER_NOT")
    make_student(expected_graduation=None)
    make_student(enrolment="leave")

    lines, _panel = lines_of()

    assert {key: line.count for key, line in lines.items() if line.count != 0} == {
        "unlimited": 1,
        "finishing": 1,
        "graduate": 1,
        "other": 3,
        "exchange": 1,
        "designated": 1,
        "abroad": None,
        "unknown": 1,
    }


@pytest.mark.parametrize(("number", "small"), [(4, True), (5, False)])
def test_a_group_under_five_is_not_counted_out(number, small):
    for _ in range(number):
        make_student(status_of_residence="DEPENDENT")

    lines, panel = lines_of()

    assert lines["dependent"].is_small is small
    assert panel.fewer.people == (0 if small else 5)


def test_days_before_the_first_rules_have_no_panel():
    posting = make_posting(starts_on=date(2019, 3, 31), ends_on=date(2019, 4, 30))

    assert precheck(posting) is None


def test_the_panel_costs_three_queries():
    posting = make_posting(**PAID_35)
    precheck(posting)

    with CaptureQueriesContext(connection) as queries:
        precheck(posting)

    # The settings are read once a group outside a request; in one they are read once.
    assert len({query["sql"] for query in queries}) <= 3
