"""How we decide, the rule bench and a reviewer's own answer in a real browser."""

import pytest
from django.urls import reverse

from internships.office.models import WorkedCase
from tests.browser_fixtures import press
from tests.placements.slips import make_checked_placement

TRIED = (
    "?on=2027-05-10&institution=japan&status_of_residence=STUDENT&level=undergrad"
    "&pay_kind=wage&hours_per_week=30&hours_per_day=6&has_blanket_permission=y"
)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pages_of_the_rules_are_accessible(open_page, assert_accessible, person, language):
    reviewer = person("reviewer")
    placement = make_checked_placement(person("student").student)
    addresses = {
        reverse("how_we_decide"): None,
        reverse("rule_list"): reviewer,
        reverse("rule_cases"): reviewer,
        reverse("rule_try") + TRIED: reviewer,
        reverse("rule_differences"): reviewer,
        reverse("placement_override", args=[placement.pk]): reviewer,
    }

    for address, reader in addresses.items():
        page = open_page(address, reader, language=language, width=390)

        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


@pytest.mark.parametrize(("language", "javascript"), [("ja", True), ("en", False)])
def test_an_advisor_keeps_a_case_and_finds_it_among_the_others(
    open_page, assert_accessible, person, language, javascript
):
    keep = {"ja": "この計算例を登録", "en": "Keep this case"}[language]
    wanted = {
        "ja": "規則が出すべき判定を選んでください。",
        "en": "Choose what the rules should say.",
    }
    page = open_page(
        reverse("rule_try") + TRIED,
        person("advisor"),
        language=language,
        width=390,
        javascript=javascript,
    )

    page.locator("[name=note]").fill("Over 28, in no class.")
    press(page.get_by_role("button", name=keep))
    assert wanted[language] in page.content()
    assert page.locator("[name=note]").input_value() == "Over 28, in no class."
    page.locator("[name=expected]").select_option("V_NEED_BLANKET")
    press(page.get_by_role("button", name=keep))

    first = page.locator("tbody tr").first.inner_text()
    assert str(WorkedCase.objects.get()) in first
    assert "V_NEED_INDIVIDUAL_CASE" in first
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if javascript:
        assert_accessible(page)
