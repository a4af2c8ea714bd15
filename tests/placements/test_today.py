"""A saved slip stays as it was, and says where today's rules would say otherwise."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from careers.law import RULEBOOK, Facts, Policy, assess
from internships.placements.today import said_today
from tests.placements.slips import SLIP, make_checked_placement

ON = date(2027, 2, 15)
UNPAID = Facts(
    institution="japan",
    status_of_residence="STUDENT",
    pay_kind="none",
    hours_per_week=Decimal(40),
    hours_per_day=Decimal(8),
    in_long_vacation="y",
)
PAID = replace(UNPAID, pay_kind="wage", in_long_vacation="n", hours_per_week=Decimal(24))

pytestmark = pytest.mark.django_db


def saved(student, facts, policy=None):
    """Save a slip as the office's settings were then."""
    result = assess(facts, ON, policy)
    kept = {"law": result.to_dict(), "slip": SLIP}
    placement = make_checked_placement(
        student, assessment=kept, facts=facts.to_dict(), outcome=result.outcome, decided_for=ON
    )
    return placement.verdicts.get()


def test_nothing_is_said_while_the_rules_are_the_same(student):
    assert said_today(saved(student, UNPAID)) is None


def test_a_changed_setting_of_the_office_is_said_with_all_it_changes(student):
    verdict = saved(student, UNPAID, Policy(flag_unpaid_over28_in_vacation=False))

    found = said_today(verdict)

    assert (found.before, found.now) == ("V_NOT_NEEDED", "V_FLAG_CONFIRM")
    assert found.papers_more and not found.papers_less
    assert verdict.outcome == "V_NOT_NEEDED"


def test_a_changed_limit_is_said_on_either_side(student):
    verdict = saved(student, PAID)
    limits = tuple(
        replace(one, value=Decimal(24)) if one.name == "week_hours" else one
        for one in RULEBOOK.parameters
    )
    lower = tuple(
        replace(one, value=Decimal(20)) if one.name == "week_hours" else one
        for one in RULEBOOK.parameters
    )

    assert said_today(verdict, replace(RULEBOOK, parameters=limits)) is None
    found = said_today(verdict, replace(RULEBOOK, parameters=lower))
    assert found.before == "V_NEED_BLANKET" != found.now


def test_the_student_reads_it_above_her_slip(student, student_client):
    verdict = saved(student, UNPAID, Policy(flag_unpaid_over28_in_vacation=False))
    address = reverse("placement_detail", args=[verdict.placement_id])

    text = student_client.get(address, headers={"accept-language": "en"}).content.decode()

    assert text.index("Today's rules say something else") < text.index('class="slip"')
