"""The fast form of each condition answers as its written form, whatever is known."""

import random
from datetime import date

import pytest

from careers.law import UNKNOWN, Facts, edition_for
from careers.law.compiled import compiled
from careers.law.editions import what_was_decided
from careers.law.facts import effective_values
from careers.law.findings import ADDING, DECIDING, FLAGGED
from careers.law.predicates import All, Any, Is, Not
from tests.law.answers import any_facts

EDITION = edition_for(date(2026, 11, 22))
CONDITIONS = {finding.id: finding.when for finding in (*DECIDING, *ADDING)} | {"flagged": FLAGGED}


@pytest.mark.parametrize("unsure", [0, 0.1, 0.5])
def test_the_fast_form_answers_as_the_written_form(unsure):
    dice = random.Random(27)
    for _ in range(150):
        facts = Facts(**any_facts(dice, unsure=unsure))
        settings = {"flag_unpaid_over28_in_vacation": dice.random() < 0.5}
        values = {**EDITION.parameters, **effective_values(facts), **settings}
        values |= what_was_decided(dice.choice(DECIDING))

        for name, condition in CONDITIONS.items():
            assert compiled(condition)(values) is condition.holds(values), name


@pytest.mark.parametrize("value", [True, False, UNKNOWN])
def test_a_part_not_known_leaves_the_whole_not_known_unless_another_settles_it(value):
    values = {"a": value, "b": UNKNOWN}
    parts = Is("a", True), Is("b", True)

    for condition in (All(*parts), Any(*parts), Not(All(*parts)), Not(Any(*parts)), All(), Any()):
        assert compiled(condition)(values) is condition.holds(values)


def test_what_is_left_out_after_a_finding_could_not_have_been_added():
    dice = random.Random(28)
    for _ in range(300):
        facts = Facts(**any_facts(dice))
        settings = {"flag_unpaid_over28_in_vacation": True}
        values = {**EDITION.parameters, **effective_values(facts), **settings}
        decided = next(finding for finding in DECIDING if finding.when.holds(values))
        values |= what_was_decided(decided)

        added = [finding for finding in ADDING if finding.when.holds(values)]

        assert set(added) <= set(EDITION.added_to[decided.id])
