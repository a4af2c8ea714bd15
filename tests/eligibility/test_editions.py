"""A link to a result keeps its answer; a placement that spans a change of rules shows both."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from careers.law import RULEBOOK, assess, edition_for
from internships.eligibility.editions import edition_id, linked_edition, rule_changes
from internships.placements.models import Placement
from tests.eligibility.answers import ENGLISH, EXCHANGE, OVER, STUDENT, said, visit
from tests.law import invented

pytestmark = pytest.mark.django_db

NOW_IN_FORCE = RULEBOOK.editions[-1]
BEFORE = RULEBOOK.editions[-2]


def address_of_the_result(client, answers):
    page = said(visit(client, "check_answers", answers))
    link = page.split('class="btn btn-primary go" href="')[1].split('"')[0].replace("&amp;", "&")
    return link, {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}


def test_a_link_to_a_result_names_its_edition_and_nothing_of_anybody(client):
    _link, query = address_of_the_result(client, EXCHANGE)

    assert query == EXCHANGE | {"e": edition_id(edition_for(date(2027, 4, 12)))}


def test_a_link_of_the_rules_in_force_shows_no_note(client):
    link, _query = address_of_the_result(client, OVER)

    page = said(client.get(link, headers=ENGLISH))

    assert "have changed since this link was made" not in page
    assert "were corrected since" not in page
    assert "Save as my placement" not in page  # a visitor signs in first
    assert "Sign in and save" in page


def test_an_old_link_shows_the_old_answer_and_what_has_changed(client):
    shown = visit(client, "check_result", EXCHANGE, e=edition_id(BEFORE))

    page = said(shown)
    slip = shown.context["slip"]
    assert slip["edition"] == BEFORE.name
    assert slip["decided_for"] == "2027-04-12"
    assert "The rules have changed since this link was made" in page
    assert "by the rules for work from 1 Jun 2025" in page
    assert "the rules for work from 1 Oct 2026 hold today" in page
    assert "from ¥6,000 at the counter" in page
    assert "Answer, papers and notes are the same under both." in page
    assert "Sign in and save" not in page


def test_todays_answer_is_one_step_from_an_old_link(client):
    shown = visit(client, "check_result", EXCHANGE, e=edition_id(BEFORE))
    link = said(shown).split("See and keep the answer")[0].rpartition('href="')[2].split('"')[0]

    today = client.get(link.replace("&amp;", "&"), headers=ENGLISH)

    assert today.context["slip"]["edition"] == NOW_IN_FORCE.name
    assert "from ¥10,000 at the counter" in said(today)


def test_paper_and_pdf_of_an_old_link_stay_old(client):
    answers = EXCHANGE | {"e": edition_id(BEFORE)}
    written = "&".join(f"{key}={value}" for key, value in answers.items())

    printed = said(visit(client, "check_result", answers, print=""))
    pdf = client.post(reverse("check_pdf"), {"answers": written})

    assert f"規則版</span> {BEFORE.name}" in printed
    assert "Decided by the rules for work from 1 Jun 2025" in printed
    assert pdf["Content-Type"] == "application/pdf"


def test_an_edition_that_was_corrected_says_so(client):
    shown = visit(client, "check_result", OVER, e=f"{NOW_IN_FORCE.name}.{'0' * 12}")

    assert "These rules were corrected since this link was made" in said(shown)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2026-10-01",
        "2026-10-02.000000000000",
        "9999-12-31.000000000000",
        "<script>alert(1)</script>",
        "2025-06-01.000000000000\n",
        "\x00",
        "二〇二五",
        "2" * 5000,
    ],
)
def test_a_link_edited_by_hand_never_breaks(client, written):
    shown = visit(client, "check_result", EXCHANGE, e=written)

    assert shown.status_code == 200
    assert "<script>" not in said(shown)
    # With its end cut off by a blank it is a fine old link, and anything else is none.
    expected = BEFORE if written.startswith("2025-06-01.") else NOW_IN_FORCE
    assert shown.context["slip"]["edition"] == expected.name


def test_no_link_names_rules_that_came_after_its_day():
    early = date(2025, 1, 10)

    assert linked_edition(edition_id(NOW_IN_FORCE), early) is None
    assert linked_edition(edition_id(RULEBOOK.editions[0]), early).edition.name == "2019-04-01"


def test_an_old_link_is_saved_under_the_rules_of_today(student_client):
    answers = EXCHANGE | {"e": edition_id(BEFORE)}

    student_client.post(
        reverse("check_save", query=answers), {"host_name": "Kitano"}, headers=ENGLISH
    )

    assert Placement.objects.get().verdicts.get().edition == NOW_IN_FORCE.name


def test_a_placement_that_spans_a_change_shows_both_editions(client):
    answers = EXCHANGE | {"starts_on": "2026-09-01", "ends_on": "2026-11-30"}

    shown = visit(client, "check_result", answers)

    page = said(shown)
    assert shown.context["slip"]["edition"] == "2025-06-01"
    assert "The rules change during this placement" in page
    assert "From 1 Oct 2026:" in page
    assert "the answer, the papers and the notes stay the same." in page
    assert "6,000 → 10,000" in page


def test_a_placement_of_one_edition_speaks_of_no_change(client):
    shown = visit(client, "check_result", EXCHANGE)

    assert shown.context["slip"]["rule_changes"] == []


def test_a_limit_that_changes_during_a_placement_gives_each_part_its_answer():
    first, last = date(2027, 2, 1), date(2027, 4, 30)
    book = invented.rising()

    (change,) = rule_changes(assess(invented.STUDENT, first, book=book), first, last, book)

    assert change["edition"] == "2027-04-01"
    assert (change["outcome"], change["same"]) == ("V_COVERED", False)


def test_days_that_nobody_asks_for_choose_no_rules(client):
    graduated = STUDENT | {"enrolment": "graduated", "prefecture": "13"}

    shown = visit(client, "check_result", graduated, starts_on="2020-01-10", ends_on="2020-02-10")

    assert shown.context["slip"]["edition"] == NOW_IN_FORCE.name
