"""The large sample, built at a small size: the same proportions, states and people."""

import io
from collections import Counter

import pytest
import time_machine
from django.contrib.auth.hashers import is_password_usable
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test import override_settings
from django.utils import timezone
from django.utils.translation import override

from careers.desk import files
from careers.desk.models import Enquiry, Letter
from careers.people.demo_people import demo_groups
from careers.people.models import Student, User
from careers.record.models import Event
from internships.board.models import Organisation, Posting
from internships.credits import calculation
from internships.credits import tasks as credit_tasks
from internships.credits.models import CreditRequest
from internships.office.demo import build
from internships.office.demo.large.size import LARGE, Size
from internships.office.models import DemoClock
from internships.permits import ball, guards, queue, workflow
from internships.permits.models import LIVE, DocumentVersion, PermitCase
from internships.placements.models import Condition, Placement, Verdict
from tests.factories import NOW

SMALL = Size(
    students=240,
    international=90,
    staff=20,
    approvers=20,
    organisations=180,
    postings=320,
    open_postings=110,
    placements=140,
    cases=60,
    requests=100,
    enquiries=40,
)


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    return tmp_path_factory.mktemp("papers")


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, papers):
    """Built once; gives what the builder told on the way."""
    stream = io.StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        frozen = time_machine.travel(NOW, tick=False)
        with frozen, override("en"), override_settings(PRIVATE_FILES=papers):
            build.build_large(timezone.localdate(), lambda line: None, stream, SMALL)
        # What is checked at the end of a transaction is checked now.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield stream.getvalue()
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("told", "db")


def test_there_is_as_much_of_everything_as_was_asked_for():
    office = User.objects.filter(roles__overlap=["advisor", "reviewer", "administrator"])
    there = Size(
        students=Student.objects.count(),
        international=Student.objects.exclude(status_of_residence="JAPANESE").count(),
        staff=office.count(),
        approvers=User.objects.filter(roles__contains=["approver"]).count(),
        organisations=Organisation.objects.count(),
        postings=Posting.objects.count(),
        open_postings=Posting.objects.open(timezone.now()).count(),
        placements=Placement.objects.count(),
        cases=PermitCase.objects.count(),
        requests=CreditRequest.objects.count(),
        enquiries=Enquiry.objects.count(),
    )

    assert there == SMALL


def test_the_large_size_is_that_of_a_real_university():
    assert (LARGE.students, LARGE.international, LARGE.staff, LARGE.approvers) == (
        30_000, 3_000, 40, 400,
    )  # fmt: skip
    assert (LARGE.organisations, LARGE.postings, LARGE.open_postings) == (6_000, 15_000, 1_200)
    assert (LARGE.placements, LARGE.cases, LARGE.requests) == (10_000, 2_500, 5_000)


def test_nobody_of_it_has_a_password_and_the_same_people_sign_in_by_one_click(settings):
    settings.DEMO = True
    shown = [person.user.email for group in demo_groups() for person in group.people]

    assert not any(map(is_password_usable, User.objects.values_list("password", flat=True)))
    assert "22h10005@example.ac.jp" in shown
    assert "ishikawa.y@example.ac.jp" in shown
    assert not any(email.startswith("staff") for email in shown)


def test_cases_and_requests_stand_in_every_state():
    cases = Counter(PermitCase.objects.values_list("state", flat=True))
    requests = Counter(CreditRequest.objects.values_list("state", flat=True))

    assert set(cases) == set(PermitCase.State)
    assert sum(cases[state] for state in LIVE) > SMALL.cases / 5
    assert set(requests) == set(CreditRequest.State) - {"evidence_due"}


def test_every_case_waits_for_whom_the_verbs_would_have_it_wait_for():
    for case in PermitCase.objects.select_related("placement__student__user", "verdict"):
        who = ball.who_acts(case, case.requirements.all())

        assert (case.waits_for, case.due) == (who, ball.due_day(case, who)), case.number


def test_a_condition_of_the_start_is_met_where_its_case_is_fulfilled():
    for case in PermitCase.objects.select_related("placement", "verdict"):
        met = case.placement.conditions.get(code=Condition.PERMISSION).state == "met"

        assert met == guards.is_fulfilled(case), case.number


def test_gates_stand_open_where_a_case_has_opened_them():
    through = Placement.objects.filter(gate_opened_at__isnull=False)

    assert through.count() > 10
    assert not through.filter(state__in=["planned", "cancelled"]).exists()
    assert not through.exclude(permit_cases__state__in=["granted", "answered"]).exists()
    assert not through.filter(gate_opened_at__date__gt=F("starts_on")).exists()
    numbers = {case.placement_id: case.number for case in PermitCase.objects.all()}
    assert all(numbers[one.pk] == one.gate_reason for one in through)


def test_the_log_tells_of_each_case_what_became_of_it():
    lacking = []
    for case in PermitCase.objects.all():
        moves = [
            event.after["state"]
            for event in workflow.history_of(case).filter(object_kind="permits.PermitCase")
            if "state" in (event.after or {})
        ]
        lacking += [] if moves and moves[0] == case.state else [case.number]

    assert lacking == []


def test_nothing_happened_tomorrow_or_before_the_plan_was_saved():
    assert not Event.objects.filter(at__gt=timezone.now()).exists()
    assert not PermitCase.objects.filter(opened_at__lt=F("placement__created_at")).exists()
    assert not PermitCase.objects.filter(filed_on__gt=timezone.localdate()).exists()
    assert not PermitCase.objects.filter(decided_on__lt=F("filed_on")).exists()


def test_every_letter_about_a_case_leads_its_reader_to_that_case():
    letters = Letter.objects.filter(object_kind="permits.PermitCase")
    cases = {str(case.pk): case for case in PermitCase.objects.all()}

    assert letters.exists()
    for letter in letters:
        assert f"/{letter.object_id}/" in letter.context["link"]
        assert letter.context["number"] == cases[letter.object_id].number
        assert letter.context["link"] in letter.body


def test_each_paper_that_was_sent_is_there(papers):
    versions = DocumentVersion.objects.select_related("file")

    assert versions.count() > 100
    with override_settings(PRIVATE_FILES=papers):
        assert all(files.storage().exists(one.file.stored_as) for one in versions)


def test_verdicts_are_those_of_the_law():
    said = list(Verdict.objects.values_list("outcome", "assessment__law__outcome"))

    assert len({outcome for outcome, _law in said}) >= 6
    assert all(outcome == law for outcome, law in said)


def test_credits_follow_the_rules_of_the_faculties():
    requests = CreditRequest.objects.select_related("student", "course", "rule")
    for request in requests.filter(made_at__lt=NOW, pk__gt=40):
        assert request.credits_asked <= request.credits_by_rule
        assert request.credits_asked <= request.rule.max_credits_per_request
        assert request.evidence_due_on == calculation.evidence_due(request.rule, request.ends_on)


def test_a_decider_finds_work():
    approver = User.objects.filter(roles__contains=["approver"]).order_by("pk").first()
    reviewer = User.objects.filter(roles__contains=["reviewer"]).order_by("pk").first()

    assert credit_tasks.waiting(approver).exists()
    assert queue.counts(queue.all_for(reviewer))["office"] > 0


def test_progress_comes_in_plain_lines_where_there_is_no_terminal(told):
    assert "students: 180\n" in told
    assert "postings ...\n" in told
    assert "\r" not in told


def test_a_second_run_says_what_is_there_and_changes_nothing(capsys):
    before = Event.objects.count()

    call_command("demo", "--size=large", "--lang=en")

    assert "240 students, 40 members of staff, 320 postings, 110 of them open" in (
        capsys.readouterr().out
    )
    assert Event.objects.count() == before
    assert DemoClock.objects.get().built_on == timezone.localdate()
