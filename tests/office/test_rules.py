"""How we decide, and the rule bench."""

import html
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings as site
from django.db import IntegrityError
from django.db.transaction import atomic
from django.urls import reverse

from careers.law import OUTCOMES, RULEBOOK, Facts, assess
from careers.law.citations import LAST_CHECKED
from careers.law.parameters import PARAMETERS
from careers.record.models import Event
from internships.eligibility.case_files import read_rows
from internships.office.models import WorkedCase
from internships.office.rules import cases, lines
from internships.office.rules import differences as bench
from tests.factories import NOW, TODAY, make_student, make_user
from tests.permits.rows import make_case
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


TRIED = {
    "institution": "japan",
    "status_of_residence": "STUDENT",
    "level": "undergrad",
    "pay_kind": "wage",
    "hours_per_week": "30",
    "hours_per_day": "6",
    "has_blanket_permission": "y",
}
KEPT = {"expected": "V_NEED_INDIVIDUAL_CASE", "note": "Over 28, in no class: RULES step 9."}


def keep(client, **changes):
    client.cookies[site.LANGUAGE_COOKIE_NAME] = "en"
    return client.post(reverse("rule_case_add"), TRIED | KEPT | changes)


def row_of(shown, case):
    return next(row for row in shown.split("<tr>") if f">{case}</a>" in row)


@pytest.mark.parametrize("role", ["advisor", "reviewer"])
def test_staff_keep_a_case_with_its_note_and_all_see_who_did(signed_in, role):
    client = signed_in(role)

    keep(client)

    case = WorkedCase.objects.get()
    assert case.facts == TRIED
    assert case.on is None
    row = row_of(page(client, "rule_cases"), case)
    assert KEPT["note"] in row
    assert str(client.user) in row
    assert "22 Nov 2026" in row
    event = Event.objects.get(object_kind="office.WorkedCase")
    assert (event.verb, event.actor, event.reason) == ("added", client.user, KEPT["note"])


def test_a_case_of_which_the_rules_say_otherwise_is_marked_and_comes_first(signed_in):
    client = signed_in("advisor")
    keep(client, expected="V_NEED_BLANKET")

    shown = page(client, "rule_cases")

    assert "1 differs" in shown
    first = shown.split("<tbody>")[1].split("</tr>")[0]
    assert f">{WorkedCase.objects.get()}</a>" in first
    assert "V_NEED_BLANKET" in first
    assert "V_NEED_INDIVIDUAL_CASE" in first


def test_a_case_with_a_day_is_asked_by_the_rules_of_its_day(signed_in):
    client = signed_in("advisor")
    keep(client, on="2025-01-10")

    assert WorkedCase.objects.get().on == date(2025, 1, 10)
    assert "on=2025-01-10" in row_of(page(client, "rule_cases"), WorkedCase.objects.get())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"expected": ""}, "Choose what the rules should say."),
        ({"expected": "V_MADE_UP"}, "Choose what the rules should say."),
        ({"note": " "}, "Write how you worked it out."),
        ({"hours_per_week": "many"}, "Write one number."),
        ({"on": "2019-03-31"}, "We have no rules for this day."),
    ],
)
def test_a_case_that_is_not_whole_is_shown_again_with_what_was_typed(signed_in, changes, words):
    shown = keep(signed_in("advisor"), **changes)

    assert words in shown.content.decode()
    assert 'value="japan"' in shown.content.decode()
    assert not WorkedCase.objects.exists()


def test_the_same_case_is_kept_once(signed_in):
    client = signed_in("advisor")
    keep(client)

    shown = keep(client, expected="V_NEED_BLANKET")

    assert "There is a case of these facts and this day already." in shown.content.decode()
    assert WorkedCase.objects.count() == 1


def test_a_case_taken_out_is_asked_no_more_and_stays_in_the_record(signed_in):
    client = signed_in("advisor")
    keep(client)
    case = WorkedCase.objects.get()

    client.post(reverse("rule_case_withdraw", args=[case.pk]))
    again = client.post(reverse("rule_case_withdraw", args=[case.pk]), follow=True)

    assert f">{case}</a>" not in page(client, "rule_cases")
    assert "somebody else was faster" in again.content.decode()
    assert WorkedCase.objects.get().withdrawn_by == client.user
    verbs = Event.objects.filter(object_kind="office.WorkedCase").values_list("verb", flat=True)
    assert set(verbs) == {"added", "withdrawn"}
    keep(client)
    assert WorkedCase.objects.count() == 2


def test_the_database_keeps_no_case_without_a_note(person):
    with pytest.raises(IntegrityError, match="worked_case_says_why"), atomic():
        WorkedCase.objects.create(facts={}, expected="V_BUREAU", note="", added_by=person())


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
    earlier = result | {"outcome": "V_NOT_NEEDED", "documents": [], "flags": [], "reasons": []}
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
    assert ("so paid work needs a permission" in shown) is sees


def test_the_case_of_a_differing_placement_is_named_with_who_looks_after_it(signed_in, student):
    placement = differing(student)
    owner = make_user(roles=["reviewer"])
    case = make_case(placement=placement, owner=owner)

    shown = page(signed_in("reviewer"), "rule_differences")

    assert reverse("desk_case", args=[case.pk]) in shown
    assert str(owner) in shown


@pytest.mark.parametrize(
    ("query", "number", "words"),
    [
        ("", 1, "Under today's rules and settings"),
        ("?edition=2026-10-01", 1, "Under the rules for work from 1 Oct 2026"),
        ("?edition=2019-04-01", 1, "Under the rules for work from 1 Apr 2019"),
        ("?on=2025-05-31", 1, "Under the rules for work from 1 Apr 2025"),
        ("?on=2019-03-31", 0, "We have no rules for this day."),
        ("?on=soon", 0, "Write the date like 2027-02-15."),
        ("?edition=1999-01-01", 0, "Select a valid choice."),
        ("?edition=2025-04-01&on=2025-05-31", 0, "Choose an edition or write a day, not both."),
    ],
)
def test_another_edition_or_day_can_be_asked(signed_in, student, query, number, words):
    placement = differing(student)

    shown = page(signed_in("reviewer"), "rule_differences", query=query)

    assert words in html.unescape(shown)
    assert shown.count(placement.get_absolute_url()) == number


def test_a_limit_that_changes_lists_whom_it_touches_and_nobody_else(person, student):
    limit = next(one for one in RULEBOOK.parameters if one.name == "week_hours")
    lower = [replace(one, value=one.value - 10) if one is limit else one for one in PARAMETERS]
    stricter = replace(RULEBOOK, parameters=tuple(lower))
    touched = stored(student, hours_per_week=20)
    stored(make_student(), hours_per_week=18)

    reviewer = person("reviewer")

    found = bench.in_full(reviewer, bench.differing(reviewer, TODAY, stricter))

    assert [one.placement for one in found] == [touched]
    assert found[0].other.before == "V_NEED_BLANKET"
    assert bench.differing(reviewer, TODAY) == []


def stored(student, **facts):
    told = {
        "institution": "japan",
        "status_of_residence": "STUDENT",
        "level": "undergrad",
        "pay_kind": "wage",
        "hours_per_day": 5,
        "in_long_vacation": "n",
        "has_blanket_permission": False,
        "has_individual_permission": False,
        "final_year": False,
        "exchange_student": False,
    }
    result = assess(Facts(**told | facts), TODAY)
    kept = {"slip": SLIP, "law": result.to_dict()}
    return make_checked_placement(
        student, outcome=result.outcome, assessment=kept, digest=result.digest
    )


def test_the_list_of_differing_placements_costs_the_same(signed_in, assert_same_queries):
    client = signed_in("reviewer")

    assert_same_queries(
        lambda: client.get(reverse("rule_differences")),
        lambda: differing(make_student()),
        rows=(1, 3, 10),
        at_most=10,
    )


def test_a_placement_whose_last_day_is_over_is_not_asked_about(person, student):
    placement = differing(student)
    type(placement).objects.filter(pk=placement.pk).update(
        starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=1)
    )

    assert bench.differing(person("reviewer"), None) == []
