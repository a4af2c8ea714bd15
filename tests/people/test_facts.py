"""What the record of a student says in the words of the law."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from careers.law import UNKNOWN, Policy, merge
from careers.people.facts import facts_of, fullest_week
from careers.people.kept import keeping
from careers.people.models import Job, OfficeSettings, StatusOfResidence, Student
from careers.people.office import policy
from tests.factories import TODAY, make_student

FIRST, LAST = date(2027, 2, 15), date(2027, 3, 12)


def job(hours, starts_on=None, ends_on=None, **fields):
    return Job(
        name="Cafe", weekly_hours=Decimal(hours), starts_on=starts_on, ends_on=ends_on, **fields
    )


def test_a_record_gives_the_facts_of_the_law(db):
    student = make_student(
        status_of_residence="STUDENT",
        level="master",
        credits_earned=28,
        credits_required=40,
        expected_graduation=date(2027, 3, 31),
        blanket_permission_until=date(2027, 4, 15),
    )

    found = facts_of(student, FIRST, LAST)

    assert found.facts == {
        "institution": "japan",
        "status_of_residence": "STUDENT",
        "enrolment": "enrolled",
        "exchange_student": False,
        "level": "master",
        "credits_pct": Decimal(70),
        "final_year": True,
        "has_blanket_permission": True,
        "permission_covers_period": True,
        "other_weekly_work_hours": Decimal(0),
    }
    assert found.origins["level"] == "record"
    assert found.origins["final_year"] == "derived"


@pytest.mark.parametrize(
    ("earned", "required", "percent"),
    [
        (108, 120, "90"),
        (107, 120, "89.16"),
        (8999, 10000, "89.99"),
        (130, 124, "100"),
        (0, 30, "0"),
    ],
)
def test_credits_are_a_share_of_what_is_needed_never_rounded_up(earned, required, percent):
    student = Student(credits_earned=earned, credits_required=required)

    assert student.credits_percent == Decimal(percent)


def test_who_needs_no_credits_has_no_share_of_them():
    assert Student(credits_earned=0, credits_required=0).credits_percent is None


def test_a_status_kept_to_herself_is_unknown_to_the_law(db):
    student = make_student(status_of_residence="PREFER_NOT")

    assert facts_of(student, FIRST, LAST).facts["status_of_residence"] == "UNKNOWN"


@pytest.mark.parametrize(
    ("graduates_on", "last_day", "is_final"),
    [
        (date(2027, 3, 31), date(2027, 3, 31), True),
        (date(2027, 3, 31), date(2026, 4, 1), True),
        (date(2027, 3, 31), date(2026, 3, 31), False),
        (date(2027, 4, 1), date(2027, 3, 31), False),
        (date(2027, 4, 1), date(2027, 4, 1), True),
        (date(2026, 9, 30), date(2027, 3, 12), True),
    ],
)
def test_final_year_is_the_academic_year_of_the_last_day(db, graduates_on, last_day, is_final):
    student = make_student(expected_graduation=graduates_on)

    assert facts_of(student, last_day - timedelta(days=7), last_day).facts["final_year"] is is_final


def test_a_permission_covers_a_placement_up_to_its_last_day(db):
    student = make_student(blanket_permission_until=LAST)

    assert facts_of(student, FIRST, LAST).facts["permission_covers_period"] is True
    day_more = LAST + timedelta(days=1)
    assert facts_of(student, FIRST, day_more).facts["permission_covers_period"] is False


@pytest.mark.parametrize(
    ("until", "held"), [(TODAY, True), (TODAY - timedelta(days=1), False), (None, False)]
)
def test_a_permission_that_has_ended_is_not_held(db, until, held):
    student = make_student(blanket_permission_until=until)

    assert facts_of(student, FIRST, LAST).facts["has_blanket_permission"] is held


def test_what_is_not_known_is_left_out(db):
    student = make_student(expected_graduation=None, credits_required=None)

    assert not {"final_year", "credits_pct"} & set(facts_of(student, FIRST, LAST).facts)


def test_a_gap_is_not_sure_for_the_law_and_never_a_no(db):
    student = make_student(
        expected_graduation=None,
        credits_required=None,
        status_of_residence="PREFER_NOT",
        blanket_permission_until=LAST,
    )

    values = facts_of(student).for_the_law().values

    unknown = {name for name, value in values.items() if value is UNKNOWN}
    assert unknown == {
        "final_year",
        "credits_pct",
        "status_of_residence",
        "permission_covers_period",
    }


def test_what_is_beside_the_point_is_no_doubt(db):
    student = make_student(credits_earned=0, credits_required=0, blanket_permission_until=None)

    values = facts_of(student, FIRST, LAST).for_the_law().values

    assert not {"credits_pct", "permission_covers_period"} & set(values)


@pytest.mark.parametrize("status", StatusOfResidence.values)
def test_the_law_takes_every_status_of_a_record(db, status):
    student = make_student(status_of_residence=status, credits_earned=71, credits_required=124)

    together = merge(facts_of(student, FIRST, LAST).for_the_law())

    assert together.facts.level == "undergrad"
    assert set(together.origins.values()) == {"record"}


def test_the_choices_of_the_office_are_the_policy_of_the_law(db):
    OfficeSettings.load()
    assert policy() == Policy()

    OfficeSettings.objects.update(flag_unpaid_over28_in_vacation=False, bureau_lead_days=90)

    assert policy() == Policy(flag_unpaid_over28_in_vacation=False, bureau_lead_days=90)


def test_without_dates_only_what_needs_none_is_given(db):
    student = make_student(blanket_permission_until=LAST)

    facts = facts_of(student).facts

    assert "final_year" not in facts
    assert "permission_covers_period" not in facts
    assert facts["has_blanket_permission"] is True


@pytest.mark.parametrize(
    ("jobs", "hours"),
    [
        ([], 0),
        ([job(10)], 10),
        ([job(10), job(8)], 18),
        ([job(10, ends_on=FIRST)], 10),
        ([job(10, ends_on=FIRST - timedelta(days=1))], 0),
        ([job(10, starts_on=LAST)], 10),
        ([job(10, starts_on=LAST + timedelta(days=1))], 0),
        # One ends, the other begins: within 7 days both count, later only the larger.
        ([job(10, ends_on=FIRST), job(8, starts_on=FIRST + timedelta(days=6))], 18),
        ([job(10, ends_on=FIRST), job(8, starts_on=FIRST + timedelta(days=7))], 10),
        ([job("100.5"), job("100.5")], 168),
    ],
)
def test_other_work_is_the_fullest_seven_days_of_the_placement(jobs, hours):
    assert fullest_week(jobs, FIRST, LAST) == hours


def test_assistants_of_the_own_university_are_not_counted(db):
    student = make_student()
    student.jobs.create(name="Teaching", weekly_hours=10, is_own_university_tara=True)
    student.jobs.create(name="Cafe", weekly_hours=6)

    assert facts_of(student, FIRST, LAST).facts["other_weekly_work_hours"] == 6


def test_without_dates_jobs_that_go_on_or_are_to_come_count(db):
    student = make_student()
    student.jobs.create(name="Past", weekly_hours=20, ends_on=TODAY - timedelta(days=1))
    student.jobs.create(name="Now", weekly_hours=6, ends_on=TODAY)

    assert facts_of(student).facts["other_weekly_work_hours"] == 6


def test_jobs_and_calendar_are_read_once_for_many_postings(db, django_assert_num_queries):
    student = make_student()
    student.jobs.create(name="Cafe", weekly_hours=6)

    with django_assert_num_queries(2), keeping():
        for days in range(25):
            facts_of(student, FIRST, LAST + timedelta(days=days))
