"""Credit and the placement it is for: asked from both sides, joined, and moved together."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from internships.credits import moves
from internships.credits.models import State
from internships.placements.models import Placement
from internships.placements.workflow import Checked, Plan, save_checked_placement
from tests.credits.rows import fresh, make_course, make_credit, make_rule
from tests.factories import make_placement, make_posting, make_student, make_user

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2027, 2, 15), date(2027, 2, 26)


@pytest.fixture
def posting(student):
    make_rule(student.faculty)
    make_course(code="CAR202")
    return make_posting(
        starts_on=FIRST,
        ends_on=LAST,
        daily_hours=Decimal(8),
        days_per_week=5,
        credit_bearing=True,
        course_code="CAR202",
    )


def save(student, posting, *, first=FIRST, last=LAST) -> Placement:
    checked = Checked(
        facts={},
        origins={},
        policy={},
        assessment={},
        edition="2026-10-01",
        digest=f"{first}{last}",
        outcome="V_NOT_NEEDED",
        flagged=False,
        decided_for=first,
    )
    plan = Plan(posting=posting, starts_on=first, ends_on=last)
    return save_checked_placement(student, plan, checked, actor=student.user)[0]


def test_a_posting_that_gives_credit_says_to_students_where_to_ask(client, student, posting):
    address = reverse("credit_new_posting", args=[posting.ref])
    without = make_posting()

    shown = {}
    for role in ("student", "advisor", "visitor"):
        client.logout()
        if role != "visitor":
            client.force_login(student.user if role == "student" else make_user(roles=["advisor"]))
        shown[role] = address in client.get(posting.get_absolute_url()).content.decode()
    client.force_login(student.user)

    assert shown == {"student": True, "advisor": False, "visitor": False}
    assert "/credits/for-posting/" not in client.get(without.get_absolute_url()).content.decode()


def test_a_placement_says_where_to_ask_and_then_where_the_request_stands(student_client, student):
    placement = make_placement(student=student)

    before = student_client.get(placement.get_absolute_url()).content.decode()
    credit = make_credit(student=student, placement=placement, state=State.SUBMITTED)
    after = student_client.get(placement.get_absolute_url()).content.decode()

    assert reverse("credit_new", args=[placement.pk]) in before
    assert reverse("credit_new", args=[placement.pk]) not in after
    assert credit.get_absolute_url() in after


def test_a_placement_saved_after_credit_was_asked_for_its_posting_is_joined(student, posting):
    credit = make_credit(
        student=student, posting=posting, state=State.APPROVED, starts_on=FIRST, ends_on=LAST
    )
    over = make_credit(student=student, posting=posting, state=State.REJECTED)

    placement = save(student, posting)

    assert (fresh(credit).placement, fresh(credit).state) == (placement, "approved")
    assert fresh(over).placement is None
    assert moves.last_event(credit).verb == "got its placement"


def test_other_days_of_the_saved_placement_bring_the_plan_back_to_the_student(student, posting):
    credit = make_credit(
        student=student, posting=posting, state=State.APPROVED, starts_on=FIRST, ends_on=LAST
    )

    save(student, posting, last=date(2027, 2, 19))

    credit = fresh(credit)
    assert (credit.ends_on, credit.host_hours) == (date(2027, 2, 19), Decimal(40))
    assert (credit.state, credit.waits_for, credit.current_step.order) == (
        "needs_info",
        "student",
        1,
    )
    assert credit.reason


def test_the_placement_of_another_student_is_not_joined(student, posting):
    credit = make_credit(student=student, posting=posting, state=State.SUBMITTED)

    save(make_student(), posting)

    assert fresh(credit).placement is None
