"""How we decide, and the rule bench."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.urls import reverse

from careers.law import OUTCOMES, RULEBOOK, Facts, assess
from careers.law.citations import LAST_CHECKED
from internships.eligibility.case_files import read_rows
from internships.office.rules import cases, lines
from tests.factories import NOW, make_student
from tests.placements.slips import SLIP, make_checked_placement

LANGUAGES = ["ja", "en"]


def page(client, name, language="en", query=""):
    client.cookies[site.LANGUAGE_COOKIE_NAME] = language
    return client.get(f"{reverse(name)}{query}").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_may_read_every_rule_with_its_source_and_day(client, db, language):
    shown = page(client, "how_we_decide", language)

    for rule in (*RULEBOOK.editions[-1].deciding, *RULEBOOK.editions[-1].adding):
        assert f'id="{rule.id}"' in shown
        assert all(citation in shown for citation in rule.citations)
    assert RULEBOOK.editions[-1].digest in shown
    assert (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="decisions" role="img" lang="{language}"'
        in shown
    )


@pytest.mark.parametrize("edition", RULEBOOK.editions, ids=lambda edition: edition.name)
def test_an_older_edition_can_be_read_as_it_was(client, db, edition):
    shown = page(client, "how_we_decide", query=f"?edition={edition.name}")

    assert edition.digest in shown
    fee = f"{edition.parameters['change_fee_yen']:,f}"
    assert f"<td>{fee}</td>" in shown


def test_an_edition_nobody_made_is_not_there(client, db):
    assert client.get(reverse("how_we_decide"), {"edition": "1999-01-01"}).status_code == 404


def test_the_newest_edition_comes_first_and_says_what_changed():
    newest, _penalties, fees, first = lines.editions("en")

    assert [(c.before, c.after) for c in newest.numbers] == [("6,000", "10,000")]
    assert [(c.before, c.after) for c in fees.numbers] == [("4,000", "6,000")]
    assert first.is_first
    assert not first.numbers


def test_uncertain_rules_say_so_and_who_decides(client, db):
    shown = page(client, "how_we_decide")

    uncertain = [
        rule
        for rule in (
            *lines.deciding(RULEBOOK.editions[-1], "en"),
            *lines.adding(RULEBOOK.editions[-1], "en"),
        )
        if rule.uncertain
    ]
    assert uncertain
    words = "Part of this is not verified: the immigration bureau decides."
    assert shown.count(words) == len(uncertain)


@pytest.mark.parametrize(("days", "marked"), [(180, False), (181, True)])
def test_a_source_not_read_for_180_days_is_marked(client, db, frozen_moment, days, marked):
    read_at = NOW + (LAST_CHECKED - NOW.date())
    frozen_moment.move_to(read_at + timedelta(days=days))

    assert ("not checked for half a year" in page(client, "how_we_decide")) is marked


def test_every_rule_that_decides_has_an_outcome_in_words():
    for language in LANGUAGES:
        for rule in lines.deciding(RULEBOOK.editions[-1], language):
            assert rule.condition
            assert rule.outcome in OUTCOMES
            assert rule.sources


BENCH = ["rule_list", "rule_cases", "rule_try", "rule_differences"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BENCH)
@pytest.mark.parametrize("role", ["advisor", "reviewer"])
def test_the_bench_opens_for_those_who_advise_and_review(signed_in, role, name, language):
    assert "<table" in (shown := page(signed_in(role), name, language)) or "<form" in shown


def test_every_worked_case_is_shown_and_is_as_expected(signed_in):
    shown = page(signed_in("reviewer"), "rule_cases")

    assert all(f">{name}</a>" in shown for name in ("L001", "L070", "W001"))
    assert "All are as expected." in shown


def test_a_case_that_differs_says_in_what():
    row = read_rows(cases.FOLDER / "reference.csv")[0]
    wrong = replace(row, cells=row.cells | {"expected_outcome": "V_PROHIBITED"})
    told = cases._case(wrong, RULEBOOK.editions[-1].starts)
    assert told.differs == (("outcome", "V_PROHIBITED", "V_NOT_NEEDED"),)


def test_any_facts_are_answered_with_reasons_and_what_would_change(signed_in):
    query = (
        "?on=2027-05-10&institution=japan&status_of_residence=STUDENT&level=undergrad"
        "&pay_kind=wage&hours_per_week=30&hours_per_day=6&has_blanket_permission=y"
    )

    shown = page(signed_in("advisor"), "rule_try", query=query)

    assert "Individual permission, case by case" in shown
    assert "30 hours a week are over 28." in shown
    assert "28 or less" in shown


def test_not_sure_names_the_facts_to_find_out(signed_in):
    query = "?institution=japan&status_of_residence=STUDENT&pay_kind=%3F&hours_per_week=20"

    assert "Find this out first" in page(signed_in("advisor"), "rule_try", query=query)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?hours_per_week=many", "Write one number."),
        ("?hours_per_week=200", "This number is not possible here."),
        ("?on=2019-03-31", "We have no rules for this day."),
    ],
)
def test_what_cannot_be_asked_is_told_beside_its_field_and_kept(signed_in, query, words):
    shown = page(signed_in("advisor"), "rule_try", query=query)

    assert words in shown
    assert f'value="{query.rpartition("=")[2]}"' in shown


def differing(student):
    facts = Facts(
        institution="japan",
        status_of_residence="STUDENT",
        pay_kind="wage",
        hours_per_week=20,
        hours_per_day=5,
        has_blanket_permission=False,
    )
    result = assess(facts, RULEBOOK.editions[-1].starts).to_dict()
    earlier = result | {"outcome": "V_NOT_NEEDED", "documents": [], "flags": []}
    return make_checked_placement(
        student, outcome="V_NOT_NEEDED", assessment={"slip": SLIP, "law": earlier}
    )


@pytest.mark.parametrize(("role", "sees"), [("advisor", False), ("reviewer", True)])
def test_placements_of_which_the_rules_now_say_otherwise_are_listed(signed_in, student, role, sees):
    placement = differing(student)

    shown = page(signed_in(role), "rule_differences")

    assert placement.get_absolute_url() in shown
    assert "Blanket permission first" in shown
    assert ("Application form" in shown) is sees


def test_the_list_of_differing_placements_costs_the_same(signed_in, assert_same_queries):
    client = signed_in("reviewer")

    assert_same_queries(
        lambda: client.get(reverse("rule_differences")),
        lambda: differing(make_student()),
        rows=(1, 3, 10),
        at_most=9,
    )
