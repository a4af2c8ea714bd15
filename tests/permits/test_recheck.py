"""What another plan does to a case: only what it touches is asked for again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from careers.desk.models import Letter
from careers.record import log
from internships.permits import workflow
from internships.permits.models import PermitCase
from internships.placements import workflow as placements
from tests.factories import TODAY, make_user
from tests.permits.rows import APPLYING, OUTCOME_OF, make_case, make_placement_for, slip_with
from tests.placements.slips import CHECKED, PLAN

pytestmark = pytest.mark.django_db
FACTS = CHECKED.facts
LONGER = replace(PLAN, ends_on=PLAN.ends_on + timedelta(days=14))


def change(case, *, plan=PLAN, kind="individual", codes=APPLYING, facts=FACTS, by=None):
    checked = replace(
        CHECKED,
        outcome=OUTCOME_OF[kind],
        facts=facts,
        digest=f"{kind} {' '.join(codes)}",  # another answer has another digest
        assessment={"slip": slip_with(codes)},
    )
    actor = by or case.student.user
    placements.change_facts(case.placement, plan, checked, actor=actor)
    case.refresh_from_db()
    return case


def states(case):
    return dict(case.requirements.values_list("code", "state"))


@pytest.mark.parametrize("state", ["submitted", "ready_to_file", "returned"])
def test_another_period_asks_again_for_the_papers_that_name_it_and_for_no_other(state):
    case = change(make_case(state=state, paper="accepted"), plan=LONGER)

    assert states(case) == {
        "D_APP": "returned",
        "D_PASSPORT": "accepted",
        "D_HOST_STATEMENT": "returned",
    }
    assert (case.state, case.waits_for) == ("returned", "student")
    assert log.history(case).first().verb == "reopened papers"


def test_other_facts_of_the_student_alone_touch_no_paper():
    case = make_case(state="submitted", paper="accepted")

    change(case, facts=FACTS | {"credits_pct": "97"})

    assert set(states(case).values()) == {"accepted"}
    assert case.state == "submitted"
    assert case.verdict == case.placement.verdicts.first()


def test_a_paper_that_is_new_is_asked_for_and_one_that_is_not_needed_is_set_aside():
    case = make_case(state="open", paper="missing")

    change(case, codes=["D_APP", "D_PASSPORT", "D_CREDIT_CERT"])

    assert states(case) == {
        "D_APP": "missing",
        "D_PASSPORT": "missing",
        "D_HOST_STATEMENT": "not_applicable",
        "D_CREDIT_CERT": "missing",
    }
    assert case.state == "open"


@pytest.mark.parametrize("state", ["open", "submitted", "filed", "granted"])
def test_another_kind_of_permission_ends_the_case_and_a_new_one_can_be_opened(state):
    case = change(make_case(state=state, paper="accepted"), kind="blanket", codes=["D_APP"])

    assert case.state == "closed"
    assert case.placement.conditions.get().state == "open"
    assert workflow.open_case(case.placement, by=case.student.user).kind == "blanket"


def test_another_plan_after_the_gate_was_opened_closes_it(reviewer):
    case = make_case(state="granted", paper="accepted")
    workflow.open_gate(case, by=reviewer)

    change(case, plan=LONGER, by=reviewer)

    case.placement.refresh_from_db()
    assert (case.state, case.placement.state) == ("closed", "planned")
    assert not case.placement.gate_open
    assert Letter.objects.filter(kind="permit_lapsed", to_user=case.student.user).exists()
    # What waited to be said of the former plan is not said any more.
    assert Letter.objects.get(kind="permit_gate_open").state == "cancelled"


def test_a_cancelled_placement_ends_its_open_case_and_a_seen_permission_stays_seen(student):
    live = make_case(student=student, state="submitted")
    placement = make_placement_for(student, facts={"pay_kind": "none"})
    seen = make_case(student=student, placement=placement, state="granted")

    for case in (live, seen):
        placements.cancel(case.placement, actor=student.user)
        case.refresh_from_db()

    assert (live.state, live.waits_for) == ("closed", "nobody")
    assert (seen.state, seen.waits_for) == ("granted", "nobody")
    placements.restore(seen.placement, actor=student.user)
    seen.refresh_from_db()
    assert seen.waits_for == "office"


@pytest.mark.parametrize("verb", ["upload", "submit"])
def test_on_a_cancelled_placement_nothing_goes_on(student, verb):
    case = make_case(student=student, state="open")
    case.placement.state = "cancelled"
    case.placement.save()

    with pytest.raises(workflow.TooLate):
        workflow.submit(case, by=student.user)


def test_the_database_keeps_one_live_case_a_placement(student):
    case = make_case(student=student, state="submitted")

    with pytest.raises(IntegrityError, match="permit_one_live_case"), transaction.atomic():
        make_case(student=student, placement=case.placement)
    make_case(student=student, placement=case.placement, state="closed")


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("permit_filed_has_a_day", {"state": "filed"}),
        ("permit_granted_was_seen", {"state": "granted", "filed_on": TODAY}),
        ("permit_answer_is_whole", {"answer": "may_start"}),
    ],
)
def test_the_database_wants_what_each_state_says(student, name, changes):
    case = make_case(student=student, state="submitted")

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PermitCase.objects.filter(pk=case.pk).update(**changes)


def test_a_raw_attempt_to_start_behind_the_closed_gate_is_refused_by_the_database(student):
    case = make_case(student=student, state="granted")

    with pytest.raises(IntegrityError, match="placement_starts_through_the_gate"):
        connection.cursor().execute(
            "UPDATE placements_placement SET state = 'started' WHERE id = %s",
            [case.placement_id],
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_the_same_moment_one_acts_and_the_other_is_told():
    case = make_case(state="submitted", paper="accepted")
    reviewers = [make_user(roles=["reviewer"]) for _number in range(2)]

    def act(by):
        try:
            workflow.mark_ready_to_file(case, by=by)
            return "done"
        except workflow.TooLate as late:
            return late.event.verb
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(act, reviewers))

    assert answers == ["done", "marked ready to file"]
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_open_one_case(student):
    placement = make_placement_for(student)

    def click(_number):
        try:
            return workflow.open_case(placement, by=student.user).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        opened = set(pool.map(click, range(2)))

    assert len(opened) == 1
    assert PermitCase.objects.count() == 1
