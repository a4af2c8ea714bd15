from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.people.calendar import AcademicCalendar
from careers.people.models import CalendarPeriod, Job, Student
from internships.board.facts import facts_of
from internships.board.models import Posting
from internships.board.verdicts import outcomes_for, signs_for
from tests.factories import TODAY, make_posting, make_student

pytestmark = pytest.mark.django_db
BOARD = "/internships/"
IN_TERM = {"starts_on": date(2027, 4, 12), "ends_on": date(2027, 5, 28)}
IN_VACATION = {"starts_on": date(2027, 2, 15), "ends_on": date(2027, 3, 12)}
VACATION = (date(2027, 2, 9), date(2027, 3, 31))


@pytest.fixture(autouse=True)
def calendar():
    for kind, starts_on, ends_on in [
        ("term", date(2026, 4, 1), date(2028, 3, 31)),
        ("long_vacation", *VACATION),
    ]:
        CalendarPeriod.objects.create(
            academic_year=2026,
            kind=kind,
            name_ja="期間",
            name_en="Period",
            starts_on=starts_on,
            ends_on=ends_on,
        )


def make_work(**fields):
    defaults = {
        "pay_kind": "wage",
        "weekly_hours": Decimal(20),
        "daily_hours": Decimal(5),
        "prefecture": "13",
    }
    return make_posting(**defaults | IN_TERM | fields)


def holder(**fields):
    """A student with a blanket permission that outlives every placement here."""
    until = date(2028, 4, 30)
    return make_student(blanket_permission_until=until, residence_expires_on=until, **fields)


def sign(student, posting):
    return signs_for(student, [posting])[posting.pk]


def works(student, hours):
    Job.objects.create(student=student, name="Café", weekly_hours=hours)
    return student


def test_a_posting_gives_its_facts_in_the_words_of_the_law():
    posting = make_work(**IN_VACATION, credit_bearing=True)

    facts = facts_of(posting, AcademicCalendar((VACATION,), ())).values

    assert facts == {
        "pay_kind": "wage",
        "hours_per_week": Decimal(20),
        "hours_per_day": Decimal(5),
        "in_long_vacation": "y",
        "term_hours_per_week": None,
        "duration_days": 26,
        "credit_bearing": True,
        "venue": "ordinary",
    }


@pytest.mark.parametrize(
    ("days", "season", "term_hours"),
    [
        ((VACATION[0], VACATION[1]), "y", None),
        ((VACATION[0] - timedelta(1), VACATION[1]), "partial", Decimal(20)),
        ((VACATION[0], VACATION[1] + timedelta(1)), "partial", Decimal(20)),
        ((date(2027, 1, 8), VACATION[0] - timedelta(1)), "n", None),
    ],
)
def test_the_season_counts_every_day_of_the_placement(days, season, term_hours):
    posting = make_work(starts_on=days[0], ends_on=days[1])

    facts = facts_of(posting, AcademicCalendar((VACATION,), ())).values

    assert (facts["in_long_vacation"], facts["term_hours_per_week"]) == (season, term_hours)


REASONS = [
    ("V_NO_RESTRICTION", {"status_of_residence": "PR"}, {}, "no limit on work"),
    ("V_NOT_NEEDED", {}, {"pay_kind": "none"}, "Unpaid: guidance asks for no permission."),
    ("V_NO_RESTRICTION", {"status_of_residence": "JAPANESE"}, {}, "Japanese nationals need no"),
    ("V_NOT_NEEDED", {}, {"pay_kind": "actual_costs"}, "Costs paid back by receipt"),
    ("V_NEED_BLANKET", {}, {}, "Paid: get blanket permission before you start. File by"),
    (
        "V_NEED_INDIVIDUAL_CASE",
        {"credits_earned": 60, "credits_required": 124},
        {"weekly_hours": 30},
        "The bureau decides case by case",
    ),
    ("V_FLAG_CONFIRM", {}, {"pay_kind": "none", "weekly_hours": 30}, "Unpaid, but over 28 h"),
    ("V_CHECK_SCOPE", {"status_of_residence": "WORK_ESHI"}, {}, "part of what your status"),
    ("V_CHANGE_STATUS", {"enrolment": "graduated"}, {}, "Your studies have ended"),
    ("V_CHANGE_STATUS", {"exchange": True}, {"weekly_hours": 30}, "exchange students"),
    ("V_PROHIBITED", {"enrolment": "leave"}, {}, "while you are not enrolled"),
    ("V_PROHIBITED", {"status_of_residence": "TEMP_VISITOR"}, {}, "paid work on your status"),
    ("V_BUREAU", {"status_of_residence": "UNKNOWN"}, {}, "not on record"),
    ("V_BUREAU", {"status_of_residence": "PREFER_NOT"}, {}, "not on record"),
    ("V_BUREAU", {"enrolment": "leave"}, {"pay_kind": "none"}, "You are on leave"),
]


@pytest.mark.parametrize(("outcome", "person", "work", "reason"), REASONS)
def test_a_sign_says_the_outcome_and_one_reason(outcome, person, work, reason):
    found = sign(make_student(**person), make_work(**work))

    assert found.outcome == outcome
    assert reason in found.reason


def test_a_permission_held_is_enough_and_the_hours_are_added_up():
    alone, with_job = holder(), works(holder(), Decimal("7.5"))
    posting = make_work()

    assert sign(alone, posting).reason == "Your blanket permission is enough: 20 h of 28 h a week."
    assert sign(with_job, posting).reason == (
        "Your blanket permission is enough: 20 h + 7.5 h = 27.5 h."
    )
    assert sign(with_job, posting).holds == "is enough"


@pytest.mark.parametrize(
    ("hours", "outcome", "reason"),
    [
        ("8", "V_COVERED", "20 h + 8 h = 28 h."),
        ("8.25", "V_REDUCE_OR_CONSULT", "20 h + 8.25 h = 28.25 h. Cut 0.25 hours, or ask us."),
    ],
)
def test_other_work_counts_up_to_28_hours_and_not_above(hours, outcome, reason):
    found = sign(works(holder(), Decimal(hours)), make_work())

    assert found.outcome == outcome
    assert reason in found.reason


@pytest.mark.parametrize(("day", "outcome"), [("8", "V_COVERED"), ("8.25", "V_NEED_INDIVIDUAL")])
def test_in_a_long_vacation_the_day_counts_and_not_the_week(day, outcome):
    student = holder(
        level="undergrad",
        expected_graduation=date(2027, 3, 31),
        credits_earned=118,
        credits_required=124,
    )
    found = sign(student, make_work(weekly_hours=40, daily_hours=Decimal(day), **IN_VACATION))

    assert found.outcome == outcome


def test_a_class_that_can_apply_hears_the_latest_safe_day_to_file():
    student = holder(
        expected_graduation=date(2028, 3, 31), credits_earned=118, credits_required=124
    )

    found = sign(student, make_work(weekly_hours=35))

    assert found.outcome == "V_NEED_INDIVIDUAL"
    assert found.file_by == date(2027, 2, 10)  # 60 days before is a holiday
    assert found.reason == (
        "Paid and over 28 h. You are in a class that can apply. File by Wed 10 Feb."
    )
    assert found.holds == "does not cover it"


def test_a_safe_day_that_is_over_is_said():
    found = sign(
        make_student(), make_work(starts_on=date(2026, 12, 14), ends_on=date(2026, 12, 18))
    )

    assert "The safe date was Thu 15 Oct. Move the start" in found.reason


@pytest.mark.parametrize(
    ("work", "words"),
    [
        ({"weekly_hours": None}, "The posting does not say: hours a week."),
        ({"pay_kind": ""}, "The posting does not say: what it pays."),
        ({"weekly_hours": None, "pay_kind": ""}, "what it pays, hours a week."),
        ({"weekly_hours": 40, "starts_on": None, "ends_on": None}, "dates"),
    ],
)
def test_what_the_posting_does_not_say_is_named(work, words):
    found = sign(holder(), make_work(**work))

    assert found.outcome == ""
    assert words in found.reason


def test_a_missing_fact_that_changes_nothing_is_no_obstacle():
    posting = make_work(weekly_hours=None, pay_kind="", starts_on=None, ends_on=None)

    assert sign(make_student(status_of_residence="PR"), posting).outcome == "V_NO_RESTRICTION"


def test_a_job_that_ends_before_the_placement_does_not_count():
    student = holder()
    Job.objects.create(student=student, name="Café", weekly_hours=20, ends_on=date(2027, 3, 1))

    assert sign(student, make_work()).outcome == "V_COVERED"


def test_days_before_the_first_rules_cannot_be_told():
    found = sign(holder(), make_work(starts_on=date(2018, 4, 2), ends_on=date(2018, 4, 6)))

    assert (found.outcome, found.reason) == ("", "These days lie before the first rules we know.")


def test_a_student_sees_her_own_flag_on_list_and_page(client):
    posting = make_work()
    student = works(holder(), 10)
    client.force_login(student.user)

    for address in (BOARD, posting.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Over 28 h with your other job" in page
        assert "20 h + 10 h = 30 h. Cut 2 hours, or ask us." in page
    assert f"/check/?p={posting.ref}" in page


def test_a_stay_confirmed_long_ago_answers_for_nobody(client):
    posting, student = make_work(), holder(facts_confirmed_on=TODAY - timedelta(days=366))
    client.force_login(student.user)

    told = sign(student, posting)
    page = client.get(posting.get_absolute_url()).text
    kept = client.get(f"{BOARD}?mine=fits").context["rows"]

    assert told.outcome == ""
    assert (
        "You last confirmed your stay on 21 Nov 2025. Confirm it again in “My record”"
        in told.reason
    )
    assert outcomes_for(student, [posting]) == {posting.pk: ""}
    assert "Permission needed, already held" not in page
    assert kept == []
    assert client.get(f"/check/?p={posting.ref}").status_code == 200  # it asks too


@pytest.mark.parametrize(
    ("ago", "status", "outcome"),
    [(365, "STUDENT", "V_COVERED"), (366, "STUDENT", ""), (366, "JAPANESE", "V_NO_RESTRICTION")],
)
def test_a_stay_answers_for_a_year_and_a_nationality_for_ever(ago, status, outcome):
    student = holder(status_of_residence=status, facts_confirmed_on=TODAY - timedelta(days=ago))

    assert sign(student, make_work()).outcome == outcome


@pytest.mark.parametrize(
    ("person", "work", "may_apply"),
    [
        ({"status_of_residence": "PR"}, {}, True),
        ({}, {}, True),  # blanket permission first
        ({}, {"starts_on": TODAY + timedelta(days=3)}, False),  # too late to file
        ({}, {"pay_kind": "none", "weekly_hours": 30}, False),
        ({"status_of_residence": "TEMP_VISITOR"}, {}, False),
        ({"status_of_residence": "UNKNOWN"}, {}, False),
        ({}, {"weekly_hours": None}, False),
    ],
)
def test_only_whom_a_posting_fits_is_told_to_apply_at_once(client, person, work, may_apply):
    posting = make_work(**work)
    client.force_login(make_student(**person).user)

    page = client.get(posting.get_absolute_url()).content.decode()

    assert page.count("You may apply now.") == (2 if may_apply else 0)
    assert page.count("Ask us before you apply.") == (0 if may_apply else 2)


def test_a_flag_on_the_list_is_never_older_than_what_it_hangs_on(client):
    posting, student = make_work(), holder()
    client.force_login(student.user)

    def reason():
        return client.get(BOARD).context["rows"][0].sign.reason

    first = reason()
    works(student, 4)
    with_a_job = reason()
    Posting.objects.filter(pk=posting.pk).update(weekly_hours=22)
    with_more_hours = reason()
    Student.objects.filter(pk=student.pk).update(status_of_residence="PR")
    with_another_status = reason()

    assert [first, with_a_job, with_more_hours, with_another_status] == [
        "Your blanket permission is enough: 20 h of 28 h a week.",
        "Your blanket permission is enough: 20 h + 4 h = 24 h.",
        "Your blanket permission is enough: 22 h + 4 h = 26 h.",
        "Your status of residence has no limit on work.",
    ]


def test_nobody_but_a_student_is_shown_a_flag(client, signed_in):
    posting = make_work(weekly_hours=30)
    flags = 'class="flag"'

    for address in (BOARD, posting.get_absolute_url()):
        assert flags not in client.get(address).content.decode()
    for role in ("advisor", "reviewer", "approver", "administrator"):
        for address in (BOARD, posting.get_absolute_url()):
            page = signed_in(role).get(address).content.decode()
            assert flags not in page
            assert "Paid: most limited statuses" in page
            assert "Over 28 hours a week: treated as needing" in page


def test_flags_are_kept_out_of_shared_caches(client):
    posting = make_work()
    client.force_login(make_student().user)

    for address in (BOARD, posting.get_absolute_url()):
        response = client.get(address)
        assert "private" in response["Cache-Control"]
        assert "Cookie" in response["Vary"]


def test_a_students_board_costs_the_same_whatever_it_lists(client, assert_same_queries):
    client.force_login(works(holder(), 10).user)

    # Three of them count anew what a change of the postings has made old.
    assert_same_queries(lambda: client.get(f"{BOARD}?pay=paid"), make_work, at_most=11)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{BOARD}?pay=paid")
    assert len(queries) <= 8


def test_a_visitor_is_offered_the_check(client):
    posting = make_work()

    for address in (BOARD, posting.get_absolute_url()):
        page = client.get(address).content.decode()
        assert f'href="/check/?p={posting.ref}">Would I need permission? Check</a>' in page
