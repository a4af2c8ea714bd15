"""What must hold whoever writes: the database refuses the rest. And two people at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from careers.desk.models import Letter
from internships.credits import workflow
from internships.credits.models import CreditRequest, State, Step
from tests.credits.rows import approver_of, fresh, make_credit
from tests.factories import NOW, make_placement, make_user


def at_once(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
@pytest.mark.parametrize("step", [1, 2])
def test_no_request_is_approved_past_an_open_step(step):
    credit = make_credit(state=State.SUBMITTED, step=step)

    with pytest.raises(IntegrityError, match="was skipped"):
        at_once("UPDATE credits_creditrequest SET state = 'approved' WHERE id = %s", credit.pk)


@pytest.mark.django_db
def test_the_second_step_is_not_signed_before_the_first():
    credit = make_credit(state=State.SUBMITTED)
    second = credit.steps.get(order=2)
    second.decision, second.decided_by, second.decided_at = "approved", make_user(), NOW

    with pytest.raises(IntegrityError, match="earlier step"), transaction.atomic():
        second.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (State.APPROVED, {"credits_asked": 3}),
        (State.COMPLETED, {"credits_granted": 3}),
        (State.COMPLETED, {"final_mark": "F"}),
        (State.FAILED, {"credits_granted": 1}),
        (State.REJECTED, {"reason": ""}),
        (State.SUBMITTED, {"state": "evidence_due"}),
        (State.SUBMITTED, {"host_hours": 0}),
        (State.EVIDENCE_SUBMITTED, {"evidence_submitted_at": None}),
    ],
)
def test_the_database_refuses_what_cannot_be(state, changes):
    credit = make_credit(state=state)

    with pytest.raises(IntegrityError), transaction.atomic():
        CreditRequest.objects.filter(pk=credit.pk).update(**changes)


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_the_same_moment_the_second_is_told_of_the_first():
    credit = make_credit(state=State.SUBMITTED, step=2)
    people = [approver_of(credit), make_user(roles=["administrator"])]

    def decide(user):
        try:
            if user == people[0]:
                workflow.approve(credit, by=user, step=2)
            else:
                workflow.reject(credit, by=user, step=2, reason="No.")
            return "done"
        except workflow.TooLate as late:
            return late.event.verb
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decide, people))

    assert answers in (["approved", "done"], ["done", "rejected"])
    assert Letter.objects.count() == 1
    assert fresh(credit).steps.exclude(decision="").count() == 2


@pytest.mark.django_db
def test_a_second_click_never_signs_the_next_step():
    credit = make_credit(state=State.SUBMITTED)
    everybody = make_user(roles=["administrator"])
    workflow.approve(credit, by=everybody, step=1)

    with pytest.raises(workflow.TooLate):
        workflow.approve(credit, by=everybody, step=1)

    assert Step.objects.filter(request=credit, decision="approved").count() == 1


@pytest.mark.django_db
def test_a_changed_plan_is_decided_from_the_first_step_again():
    credit = make_credit(state=State.SUBMITTED, step=2)
    workflow.send_back(credit, by=approver_of(credit), step=2, reason="Fewer hours.")

    workflow.edit(credit, {"host_hours": 60}, by=credit.student.user)
    workflow.submit(credit, by=credit.student.user)

    assert fresh(credit).waits_for == "advisor"


@pytest.mark.django_db
def test_words_added_go_back_to_the_step_that_asked():
    credit = make_credit(state=State.SUBMITTED, step=2)
    workflow.send_back(credit, by=approver_of(credit), step=2, reason="Add a summary.")

    workflow.edit(credit, {"plan": "With a summary."}, by=credit.student.user)
    workflow.submit(credit, by=credit.student.user)

    assert fresh(credit).waits_for == "approver"


@pytest.mark.django_db
def test_a_cancelled_placement_takes_its_request_along():
    from internships.placements import workflow as placements

    placement = make_placement()
    credit = make_credit(state=State.SUBMITTED, student=placement.student, placement=placement)

    placements.cancel(placement, actor=placement.student.user)

    assert fresh(credit).state == "withdrawn"
