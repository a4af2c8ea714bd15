"""All classes of equivalent facts: each has one outcome, and no finding is out of reach."""

import random
from datetime import date

import pytest

from careers.law import (
    DOCUMENTS,
    FIELDS,
    FLAGS,
    KINDS,
    OUTCOMES,
    UNKNOWN,
    Facts,
    Policy,
    assess,
    edition_for,
)
from careers.law.facts import STATUSES, effective_values
from careers.law.findings import ADDING, DECIDING
from careers.law.outcomes import STEPS
from careers.law.possibilities import explore, leaves
from tests.law.answers import any_facts

ON = date(2026, 11, 22)


def classes_of(status):
    """Give the leaves of all that could be, for a person of one status."""
    edition = edition_for(ON)
    facts = Facts(**dict.fromkeys(FIELDS, UNKNOWN) | {"status_of_residence": status})
    settings = {"flag_unpaid_over28_in_vacation": True}
    return leaves(explore({**edition.parameters, **effective_values(facts), **settings}, edition))


@pytest.mark.parametrize("status", STATUSES)
def test_every_class_of_facts_ends_in_exactly_one_outcome(status):
    for leaf in classes_of(status):
        deciding = [f for f in DECIDING if f.when.holds(leaf.values)]

        assert deciding[0] is leaf.finding
        assert leaf.finding.outcome in OUTCOMES


def test_no_deciding_finding_is_out_of_reach():
    reached = {leaf.finding.id for status in (*STATUSES, UNKNOWN) for leaf in classes_of(status)}

    assert reached == {finding.id for finding in DECIDING}


def test_no_finding_flag_paper_kind_or_step_is_out_of_reach():
    dice = random.Random(8)
    people = [any_facts(dice, unsure=0.02) for _ in range(12_000)]
    answers = [assess(Facts(**person), ON, Policy()) for person in people]

    reasons = {reason.finding for answer in answers for reason in answer.reasons}
    assert {f.id for f in (*DECIDING, *ADDING)} - reasons == set()
    assert {flag for answer in answers for flag in answer.flags} == set(FLAGS)
    assert {paper for answer in answers for paper in answer.documents} == set(DOCUMENTS)
    assert {answer.kind for answer in answers} == set(KINDS)
    assert {step for answer in answers for step in answer.steps} == set(STEPS)
    assert {answer.outcome for answer in answers} == set(OUTCOMES)


def test_lists_are_written_in_their_fixed_order():
    dice = random.Random(9)
    for _ in range(500):
        answer = assess(Facts(**any_facts(dice)), ON)

        assert list(answer.flags) == [code for code in FLAGS if code in answer.flags]
        assert list(answer.documents) == [code for code in DOCUMENTS if code in answer.documents]
