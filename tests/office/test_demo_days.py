"""The sample university as of its own day, the next one, 40 and 200 days later."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.models import F
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from careers.desk import files
from careers.desk.models import Enquiry, EnquiryMessage, Letter
from careers.people.calendar import academic_calendar
from careers.people.demo_people import demo_groups
from careers.people.kept import keeping
from careers.people.models import Job, Student, User
from careers.record import log
from internships.board import tasks as board_tasks
from internships.board.models import Organisation, Posting, ViewCount, stale
from internships.board.organisations import expiring
from internships.board.verdicts import signs_for
from internships.credits import moves
from internships.credits.models import CreditRequest, State
from internships.office.demo import build
from internships.office.models import DemoClock
from internships.permits import workflow
from internships.permits.models import DocumentVersion, PermitCase
from internships.placements.models import Placement, Verdict
from tests.factories import NOW

STATES = [state for state in State if state != State.DRAFT]
# What the law can say to somebody whose university is in Japan.
KINDS = {
    "V_NO_RESTRICTION",
    "V_NOT_NEEDED",
    "V_COVERED",
    "V_NEED_BLANKET",
    "V_NEED_INDIVIDUAL",
    "V_NEED_INDIVIDUAL_CASE",
    "V_REDUCE_OR_CONSULT",
    "V_FLAG_CONFIRM",
    "V_CHECK_SCOPE",
    "V_BUREAU",
    "V_CHANGE_STATUS",
    "V_PROHIBITED",
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    return tmp_path_factory.mktemp("papers")


@pytest.fixture(scope="module", params=[0, 1, 40, 200])
def built_at(request, django_db_setup, django_db_blocker, papers):
    """The sample, built once for all tests of a day and then taken away."""
    moment = NOW + timedelta(days=request.param)
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(moment, tick=False), override_settings(PRIVATE_FILES=papers):
            build.build(timezone.localdate(), lambda line: None)
        yield moment
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def demo_day(built_at, frozen_moment, db):
    frozen_moment.move_to(built_at)


def test_the_board_is_never_empty():
    assert Posting.objects.filter(state="published").count() == 157
    assert Posting.objects.open(timezone.now()).count() > 50


def test_no_date_contradicts_another():
    today = timezone.localdate()
    graduated = Student.objects.filter(enrolment="graduated")
    here = Student.objects.exclude(enrolment="graduated")

    assert graduated.exists()
    assert not graduated.filter(expected_graduation__gte=today).exists()
    assert not here.filter(expected_graduation__lt=today).exists()
    assert not Student.objects.filter(residence_expires_on__lt=today).exists()
    assert not Student.objects.filter(facts_confirmed_on__gt=today).exists()
    assert not Job.objects.filter(ends_on__lt=today).exists()
    assert not DemoClock.objects.exclude(built_on=today).exists()


def test_every_posting_was_published_before_it_opened_and_not_later_than_today():
    published = Posting.objects.filter(state="published")

    assert not published.filter(published_at__gt=F("opens_at")).exists()
    assert not published.filter(published_at__gt=timezone.now()).exists()


def test_there_is_something_to_do_with_postings_for_each_page_of_the_office():
    now, today = timezone.now(), timezone.localdate()
    advisor = User.objects.get(email="mori.k@example.ac.jp")
    postings, hosts = Posting.objects.all(), Organisation.objects.all()

    assert set(postings.values_list("state", flat=True)) == {*Posting.State} - {"withdrawn"}
    assert set(postings.values_list("pending_state", flat=True)) == {"", *Posting.PendingState}
    assert postings.exclude(labels=[]).count() > 2
    assert postings.filter(assignee=advisor).exists()
    assert postings.filter(outcome_accepted__gt=0).exists()
    assert postings.filter(stale(now)).exists()
    assert board_tasks.tasks(advisor)
    assert postings.filter(state="draft", posted_by=advisor).exists()
    assert Enquiry.objects.filter(topic="problem", state="open").exists()
    assert Enquiry.objects.filter(topic="problem", state="answered").exists()
    assert {"", *Organisation.Flag} == set(hosts.values_list("flag", flat=True))
    assert hosts.filter(expiring(today)).exists()
    assert hosts.exclude(memo="").exclude(addendum_en="").exists()


@pytest.mark.parametrize("role", ["advisor", "reviewer", "approver", "administrator"])
def test_each_counter_of_a_home_page_leads_to_a_list_of_as_many(client, role):
    person = User.objects.filter(roles=[role]).order_by("pk").first()
    client.force_login(person)

    counters = client.get(reverse("home")).context["counters"]

    assert counters or role == "approver"
    for one in counters:
        page = client.get(one.url).context["page"]
        assert page.paginator.count == one.number, one.words


def test_what_was_done_with_a_posting_is_told_in_the_order_of_its_days():
    for posting in Posting.objects.all():
        events = list(log.history(posting))
        verbs = [event.verb for event in events]
        told = [event.pk for event in events]

        assert told == sorted(told, reverse=True), posting.ref
        assert verbs[-1] in ("imported", "drafted"), posting.ref
        assert events[0].at <= timezone.now()


def test_postings_were_opened_while_they_were_open_and_not_later_than_today():
    counts = list(ViewCount.objects.select_related("posting"))

    assert {count.posting for count in counts} == set(Posting.objects.open(timezone.now()))
    for count in counts:
        assert timezone.localdate(count.posting.opens_at) <= count.day <= timezone.localdate()


def test_the_calendar_covers_every_open_posting():
    calendar = academic_calendar()

    for posting in Posting.objects.open(timezone.now()):
        assert calendar.covers(posting.starts_on, posting.ends_on), posting.ref


def test_internships_of_type_3_without_credit_lie_in_a_long_vacation():
    calendar = academic_calendar()

    for posting in Posting.objects.open(timezone.now()).filter(
        programme_type=3, credit_bearing=False
    ):
        assert calendar.in_long_vacation(posting.starts_on, posting.ends_on) == "y", posting.ref


def test_each_kind_of_flag_shows_to_one_of_those_who_sign_in_by_one_click(settings):
    settings.DEMO = True
    postings = list(Posting.objects.open(timezone.now()).select_related("organisation"))
    people = [person.user for group in demo_groups() for person in group.people]
    students = [user.student for user in people if user.is_student]

    with keeping():
        signs = [sign for one in students for sign in signs_for(one, postings).values()]

    assert {sign.outcome for sign in signs} == KINDS


# Those for which credit was asked; the last five are over.
WITH_CREDIT = [
    ("23E10142", "I26-0013", "V_NO_RESTRICTION"),
    ("23E10188", "I26-0013", "V_COVERED"),
    ("24E10077", "I26-0045", "V_COVERED"),
    ("24E10120", "I26-0029", "V_COVERED"),
    ("25M50130", "I26-0074", "V_NO_RESTRICTION"),
    ("26M50101", "I26-0041", "V_FLAG_CONFIRM"),
    ("24F20311", "I26-0108", "V_COVERED"),
    ("24F10266", "I26-0108", "V_NO_RESTRICTION"),
    ("24L10118", "I26-0021", "V_COVERED"),
    ("24A10022", "I26-0048", "V_NO_RESTRICTION"),
    ("24C10245", "I26-0044", "V_NO_RESTRICTION"),
    ("24L10155", "I26-0025", "V_COVERED"),
    ("24T10041", "I26-0038", "V_NO_RESTRICTION"),
    ("25L10201", "I26-0064", "V_NOT_NEEDED"),
    ("26B10512", "I26-0009", "V_NO_RESTRICTION"),
    ("25C10230", "I26-0050", "V_NOT_NEEDED"),
    ("25M50055", "I26-0004", "V_FLAG_CONFIRM"),
    ("23F10299", "I26-0043", "V_NO_RESTRICTION"),
    ("23L10144", "I26-0094", "V_NO_RESTRICTION"),
    ("24C10245", "I26-0094", "V_NO_RESTRICTION"),
    ("24L10155", "I26-0094", "V_COVERED"),
    ("23G10029", "I26-0087", "V_NO_RESTRICTION"),
]


def test_students_have_saved_placements_with_the_verdicts_of_the_wizard():
    verdicts = Verdict.objects.order_by("pk").values_list(
        "placement__student__student_no", "placement__posting__ref", "outcome"
    )

    assert list(verdicts) == [
        ("22H10005", "I26-0050", "V_NO_RESTRICTION"),
        ("24A10039", "I26-0086", "V_COVERED"),
        ("24A10039", "I26-0060", "V_FLAG_CONFIRM"),
        ("23A10018", "I26-0011", "V_NEED_BLANKET"),
        ("23C10087", "I26-0085", "V_REDUCE_OR_CONSULT"),
        ("25M50021", "I26-0032", "V_NEED_INDIVIDUAL"),
        ("24G10012", "I26-0089", "V_NEED_BLANKET"),
        ("25M50088", "I26-0124", "V_NEED_INDIVIDUAL_CASE"),
        ("22D70002", "I26-0105", "V_NEED_INDIVIDUAL"),
        ("24B10101", "I26-0086", "V_CHECK_SCOPE"),
        ("24F20311", "I26-0085", "V_REDUCE_OR_CONSULT"),
        ("26X80003", "I26-0064", "V_NOT_NEEDED"),
        *WITH_CREDIT,
    ]
    by_state = dict.fromkeys(Placement.State.values, 0)
    for placement in Placement.objects.all():
        by_state[placement.state] += 1
    assert by_state == {"planned": 21, "cleared": 8, "started": 0, "ended": 5, "cancelled": 0}


def test_there_is_a_permission_case_in_every_state_and_no_day_contradicts_another():
    today = timezone.localdate()
    cases = PermitCase.objects.select_related("placement__posting", "verdict")

    assert {case.state for case in cases} == set(PermitCase.State.values)
    for case in cases:
        opened = timezone.localdate(case.opened_at)
        days = [
            timezone.localdate(case.placement.posting.opens_at),
            timezone.localdate(case.verdict.made_at),
            opened,
            case.filed_on,
            case.decided_on,
            case.answered_on,
            today,
        ]
        known = [day for day in days if day]
        assert known == sorted(known), case.placement.posting.ref
        assert opened <= timezone.localdate(case.waits_since) <= today
        happened = [event.at for event in workflow.history_of(case)]
        assert happened == sorted(happened, reverse=True)
        assert happened[0] <= timezone.now()


def test_papers_of_the_cases_can_be_opened(settings, papers):
    settings.PRIVATE_FILES = papers
    assert DocumentVersion.objects.count() > 20
    for version in DocumentVersion.objects.select_related("file"):
        assert files.storage().size(version.file.stored_as) == version.file.size


def test_letters_of_earlier_days_have_gone_out():
    of_cases = Letter.objects.filter(object_kind=PermitCase._meta.label)
    assert of_cases.filter(state="sent").exists()
    assert not of_cases.exclude(state="sent").exists()


def test_questions_to_the_office_stand_in_every_state_and_none_in_the_future():
    asked = Enquiry.objects.all()
    states = set(asked.values_list("state", flat=True))
    visitors = asked.filter(asker=None)

    assert states == set(Enquiry.State.values)
    assert {"", "posting", "placement"} == set(asked.values_list("object_kind", flat=True))
    assert visitors.exists()
    assert asked.exclude(answers="").exists()
    assert not asked.filter(waits_since__gt=timezone.now()).exists()
    assert not EnquiryMessage.objects.filter(written_at__gt=timezone.now()).exists()
    assert not asked.filter(waits_since__lt=F("asked_at")).exists()


def test_letters_stand_in_every_state_and_read_as_they_were_sent():
    states = set(Letter.objects.values_list("state", flat=True))

    assert states == set(Letter.State.values)
    assert not Letter.objects.filter(state="sent", body="").exists()
    assert not Letter.objects.filter(sent_at__gt=timezone.now()).exists()


def test_credit_requests_stand_in_every_state_and_no_day_contradicts_another():
    today, now = timezone.localdate(), timezone.now()
    requests = list(CreditRequest.objects.with_state_on(today).with_all())

    assert Counter(one.state_now for one in requests) == {
        "draft": 5,
        "submitted": 13,
        "needs_info": 3,
        "approved": 8,
        "evidence_due": 1,
        "evidence_submitted": 1,
        "completed": 2,
        "failed": 1,
        "rejected": 4,
        "withdrawn": 2,
    }
    for one in requests:
        happened = [event.at for event in moves.history_of(one)]
        decided = [step.decided_at for step in one.steps.all() if step.decided_at]
        days = [
            moment for moment in (one.submitted_at, *decided, one.evidence_submitted_at) if moment
        ]
        assert happened == sorted(happened) and happened[-1] <= now, one.number
        assert days == sorted(days) and one.waits_since <= now, one.number
        if one.placement:
            of_placement = (one.placement.starts_on, one.placement.ends_on)
            assert of_placement == (one.starts_on, one.ends_on), one.number
        if one.state in ("evidence_submitted", "completed", "failed"):
            assert one.placement.state == "ended" and one.placement.gate_open


@pytest.mark.parametrize(
    "choice",
    [
        *[f"waits={who}" for who in ("decision", "student", "advisor", "approver", "result")],
        *[f"state={state}" for state in STATES],
        *[f"hours={hours}" for hours in ("enough", "short", "over")],
        *[f"evidence={evidence}" for evidence in ("later", "to_read", "read")],
        *[f"gate={gate}" for gate in ("open", "closed", "none")],
        "due=week",
    ],
)
def test_every_filter_of_credit_has_something_to_show(client, choice):
    client.force_login(User.objects.get(roles__contains=["administrator"]))
    name, value = choice.split("=")
    query = {"waits": "all"} | {name: value}

    response = client.get(reverse("admin:credits_creditrequest_changelist"), query)

    assert list(response.context["cl"].result_list)
