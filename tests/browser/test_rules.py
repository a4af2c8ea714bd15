"""How we decide, the rule bench and a reviewer's own answer in a real browser."""

import pytest
from django.urls import reverse

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
