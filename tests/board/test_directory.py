from datetime import date

import pytest

from careers.prefectures import PREFECTURES
from internships.board.models import Bureau, MinimumWage, Resource
from internships.board.reference import load_reference_data
from tests.factories import TODAY, number

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference():
    load_reference_data()


def make_resource(**fields):
    n = next(number)
    defaults = {
        "category": "job_site",
        "name_en": f"Site {n}",
        "name_ja": f"サイト{n}",
        "checked_on": date(2026, 11, 22),
    }
    return Resource.objects.create(**defaults | fields)


def test_loading_the_reference_data_twice_changes_nothing():
    first = load_reference_data()
    second = load_reference_data()

    assert first == {
        "sources": 51,
        "immigration offices": 15,
        "groups of synonyms": 2,
        "minimum wages": 47,
    }
    assert second == dict.fromkeys(first, 0)


def test_what_the_office_changed_stays_as_the_office_wrote_it(reference):
    Bureau.objects.filter(code="OSA").update(phone="06-0000-0000", kept_by_office=True)
    Bureau.objects.filter(code="SPK").update(phone="wrong")

    load_reference_data()

    assert Bureau.objects.get(code="OSA").phone == "06-0000-0000"
    assert Bureau.objects.get(code="SPK").phone == "011-261-7502"


def test_every_prefecture_has_a_minimum_wage_and_a_responsible_office(reference):
    for code in PREFECTURES:
        assert MinimumWage.objects.on_days(code, TODAY, TODAY) is not None
        assert Bureau.objects.responsible_for(code) is not None


@pytest.mark.parametrize(
    ("prefecture", "office"),
    [
        ("14", "YOK"),  # a district office names it, so the bureau does not answer
        ("28", "UKB"),
        ("47", "OKA"),
        ("13", "TYO"),
        ("01", "SPK"),
        ("46", "FUK"),
    ],
)
def test_the_district_office_that_names_a_prefecture_goes_before_the_bureau(
    reference, prefecture, office
):
    assert Bureau.objects.responsible_for(prefecture).code == office


def test_a_prefecture_nobody_names_has_no_office():
    assert Bureau.objects.responsible_for("13") is None


@pytest.mark.parametrize(
    ("day", "yen", "fiscal_year"),
    [(date(2026, 3, 30), 951, 2024), (date(2026, 3, 31), 1031, 2025)],
)
def test_the_wage_in_force_on_a_day_is_the_newest_that_took_effect(day, yen, fiscal_year):
    MinimumWage.objects.create(prefecture="05", yen_per_hour=951, effective_from="2024-10-01")
    MinimumWage.objects.create(prefecture="05", yen_per_hour=1031, effective_from="2026-03-31")

    wage = MinimumWage.objects.on_days("05", day, day)

    assert (wage.yen_per_hour, wage.fiscal_year) == (yen, fiscal_year)


def test_the_directory_groups_sources_and_says_when_each_was_checked(client, reference):
    page = client.get("/sources/").content.decode()

    assert page.index("Job-search websites") < page.index("Internship agents")
    assert 'href="https://job.rikunabi.com/"' in page
    assert page.count("Checked on 22 Nov 2026") == 51
    assert "Official page" in page
    assert "Secondary source" in page


def test_a_source_the_office_hides_is_not_listed(client):
    make_resource(name_en="Shown site")
    make_resource(name_en="Hidden site", is_shown=False)

    page = client.get("/sources/").content.decode()

    assert "Shown site" in page
    assert "Hidden site" not in page


def test_a_chosen_prefecture_leads_to_its_office(client, reference):
    response = client.get("/offices/", {"prefecture": "14"})

    page = response.content.decode()
    assert response.context["responsible"].code == "YOK"
    assert "Your office in Kanagawa" in page
    assert "Unverified: call before you go" in page
    assert '<span lang="ja">〒236-0002 神奈川県横浜市金沢区鳥浜町10-7</span>' in page


@pytest.mark.parametrize("query", ["prefecture=99", "prefecture=", "x=1", "prefecture=13&x=1"])
def test_an_address_without_a_known_prefecture_becomes_the_plain_list(client, query):
    response = client.get(f"/offices/?{query}")

    assert (response.status_code, response.url) == (302, "/offices/")


@pytest.mark.parametrize("address", ["/sources/", "/offices/", "/offices/?prefecture=13"])
def test_the_directory_costs_the_same_whatever_it_lists(client, assert_same_queries, address):
    assert_same_queries(lambda: client.get(address), make_resource, at_most=4)
