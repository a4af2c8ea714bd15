"""Saving a checked placement once, cancelling it, and taking that back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from careers.record import log
from internships.placements import workflow
from internships.placements.models import Placement, Verdict
from internships.placements.signals import facts_changed
from internships.placements.workflow import Plan, TooLate
from tests.factories import NOW, make_placement, make_posting, make_student, make_user
from tests.placements.slips import CHECKED, PLAN


def save(student, plan=PLAN, checked=CHECKED):
    return workflow.save_checked_placement(student, plan, checked, actor=student.user)


def test_saving_keeps_the_plan_the_verdict_and_an_event(student):
    placement, made = save(student)

    verdict = placement.verdicts.get()
    event = log.history(placement).get()
    assert made
    assert (placement.state, placement.host_name) == ("planned", "北野ロボティクス")
    assert (verdict.outcome, verdict.facts, verdict.file_by) == (
        "V_NEED_INDIVIDUAL",
        CHECKED.facts,
        CHECKED.file_by,
    )
    assert (event.verb, event.actor, event.about) == ("saved", student.user, student.user)


def test_the_event_log_holds_no_fact_of_the_student(student):
    placement, _made = save(student)

    event = log.history(placement).get()
    assert event.after == {"state": "planned", "outcome": "V_NEED_INDIVIDUAL"}


def test_saving_the_same_result_again_gives_the_same_placement(student):
    first, _made = save(student)

    second, made = save(student)

    assert (second, made) == (first, False)
    assert Verdict.objects.count() == 1


def test_other_answers_another_edition_or_another_posting_are_another_placement(student):
    plans = [PLAN, Plan(posting=make_posting()), Plan(posting=make_posting())]
    results = [CHECKED, replace(CHECKED, facts={"pay_kind": "none"})]
    results.append(replace(CHECKED, digest="e" * 64))

    saved = {save(student, plan, result)[0].pk for plan in plans for result in results}

    assert len(saved) == 9


@pytest.mark.django_db
def test_two_students_may_save_the_same_result():
    assert save(make_student())[0] != save(make_student())[0]


@pytest.mark.django_db
def test_a_cancelled_result_can_be_saved_anew(student):
    first, _made = save(student)
    workflow.cancel(first, actor=student.user)

    second, made = save(student)

    assert made and second != first


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_save_once(student):
    def click(_number):
        try:
            return save(student)[0].pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        saved = set(pool.map(click, range(2)))

    assert len(saved) == 1
    assert Placement.objects.count() == 1


def test_the_database_itself_refuses_the_same_result_twice(student):
    first, _made = save(student)

    with pytest.raises(IntegrityError, match="placement_saved_once"), transaction.atomic():
        make_placement(student=student, check_key=first.check_key)


def test_cancelling_and_restoring_are_in_the_log(student):
    placement, _made = save(student)

    workflow.cancel(placement, actor=student.user, reason="Another offer")
    restored = workflow.restore(placement, actor=student.user)

    assert restored.state == "planned"
    verbs = [event.verb for event in log.history(placement)]
    assert verbs == ["restored", "cancelled", "saved"]


def test_a_placement_restored_after_its_gate_was_open_waits_at_the_gate_again(student):
    placement = make_placement(
        student=student,
        state="cleared",
        gate_opened_at=NOW,
        gate_opened_by=make_user(roles=["reviewer"]),
        gate_reason="Permission seen",
    )

    workflow.cancel(placement, actor=student.user)
    restored = workflow.restore(placement, actor=student.user)

    assert (restored.state, restored.gate_open) == ("planned", False)


@pytest.mark.parametrize("state", ["started", "ended", "cancelled"])
def test_what_has_started_is_not_cancelled(student, state):
    placement = make_placement(
        student=student,
        state=state,
        gate_opened_at=NOW,
        gate_opened_by=make_user(roles=["reviewer"]),
        gate_reason="Permission seen",
    )

    with pytest.raises(TooLate):
        workflow.cancel(placement, actor=student.user)


def test_restoring_what_was_saved_anew_says_so(student):
    first, _made = save(student)
    workflow.cancel(first, actor=student.user)
    save(student)

    with pytest.raises(TooLate):
        workflow.restore(first, actor=student.user)


@pytest.mark.parametrize("state", ["cleared", "started", "ended"])
def test_the_database_lets_nothing_start_while_the_gate_is_closed(student, state):
    with pytest.raises(IntegrityError, match="placement_starts_through_the_gate"):
        make_placement(student=student, state=state)


def test_the_database_wants_a_reason_for_an_open_gate(student):
    with pytest.raises(IntegrityError, match="placement_starts_through_the_gate"):
        make_placement(
            student=student,
            state="started",
            gate_opened_at=NOW,
            gate_opened_by=make_user(roles=["reviewer"]),
        )


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(outcome="V_NOT_NEEDED"), lambda rows: rows.delete()]
)
def test_a_stored_verdict_can_be_neither_changed_nor_deleted(student, change):
    placement, _made = save(student)

    with pytest.raises(DatabaseError), transaction.atomic():
        change(Verdict.objects.filter(placement=placement))

    assert placement.verdicts.get().outcome == "V_NEED_INDIVIDUAL"


@pytest.mark.django_db
def test_a_person_sees_her_own_placements_and_those_of_her_office():
    placement, _made = save(make_student())
    others = [make_user(roles=[role]) for role in ("approver", "administrator")]
    office = [make_user(roles=[role]) for role in ("advisor", "reviewer")]
    nobody = [make_student().user, *others]

    assert [Placement.objects.visible_to(user).count() for user in nobody] == [0, 0, 0]
    assert [Placement.objects.visible_to(user).count() for user in office] == [1, 1]
    assert Placement.objects.visible_to(placement.student.user).get() == placement


def test_the_gate_opens_once_every_condition_is_met_and_closes_again(student):
    placement, _made = save(student)
    reviewer = make_user(roles=["reviewer"])

    with pytest.raises(workflow.GateStaysClosed):
        workflow.open_gate(placement, actor=reviewer, reason="Permission seen")
    workflow.meet(placement, "permission", actor=reviewer)
    opened = workflow.open_gate(placement, actor=reviewer, reason="Permission seen")
    closed = workflow.close_gate(placement, actor=reviewer)

    assert (opened.state, opened.gate_opened_by, opened.gate_opened_at) == (
        "cleared",
        reviewer,
        NOW,
    )
    assert (closed.state, closed.gate_open, closed.gate_reason) == ("planned", False, "")
    verbs = [event.verb for event in log.history(placement)]
    assert verbs == ["gate closed", "gate opened", "saved"]


@pytest.mark.parametrize("outcome", ["V_PROHIBITED", "V_NOT_POSSIBLE_AS_PLANNED"])
def test_on_a_plan_that_is_not_possible_the_gate_never_opens(student, outcome):
    placement, _made = save(student, checked=replace(CHECKED, outcome=outcome))
    reviewer = make_user(roles=["reviewer"])
    workflow.meet(placement, "permission", actor=reviewer)

    with pytest.raises(workflow.GateStaysClosed):
        workflow.open_gate(placement, actor=reviewer, reason="All the same")


def test_other_facts_give_the_same_placement_another_verdict_and_tell_the_rooms(student):
    placement, _made = save(student)
    told = []
    later = replace(PLAN, ends_on=PLAN.ends_on.replace(day=26))

    def hear(placement, before, verdict, **rest):
        told.append((placement.ends_on, before.outcome, verdict.outcome))

    facts_changed.connect(hear)
    try:
        changed = replace(CHECKED, outcome="V_NEED_INDIVIDUAL_CASE", digest="e" * 16)
        workflow.change_facts(placement, later, changed, actor=student.user)
    finally:
        facts_changed.disconnect(hear)

    assert told == [(later.ends_on, "V_NEED_INDIVIDUAL", "V_NEED_INDIVIDUAL_CASE")]
    assert placement.verdicts.count() == 2


def test_a_raw_attempt_to_start_behind_a_closed_gate_is_refused_by_the_database(student):
    placement, _made = save(student)

    with pytest.raises(IntegrityError, match="placement_starts_through_the_gate"):
        connection.cursor().execute(
            "UPDATE placements_placement SET state = 'started' WHERE id = %s", [placement.pk]
        )
