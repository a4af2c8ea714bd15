"""How we decide, and the rule bench."""

from datetime import timedelta

import pytest
from django.conf import settings as site
from django.urls import reverse

from careers.law import OUTCOMES, RULEBOOK
from careers.law.citations import LAST_CHECKED
from internships.office.rules import lines
from tests.factories import NOW

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
