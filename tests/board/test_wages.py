"""Minimum wages: a new table is loaded in the admin and holds from its day on."""

from datetime import date, timedelta

import pytest

from careers.prefectures import PREFECTURES
from careers.record.models import Event
from internships.board.models import MinimumWage
from internships.board.reference import DATA
from internships.board.wages import Row, read_table
from tests.factories import NOW, make_posting

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/board/minimumwage/load/"
TOKYO = Row("13", 1300, date(2026, 10, 1))


@pytest.fixture
def administrator(signed_in):
    client = signed_in("administrator")
    client.cookies["django_language"] = "en"
    return client


def wages():
    rows = MinimumWage.objects.order_by("prefecture", "effective_from")
    return list(rows.values_list("prefecture", "yen_per_hour", "effective_from"))


@pytest.mark.parametrize(
    "line",
    [
        "東京都,1300,2026-10-01",
        "東京, 1300 ,2026/10/1",
        "Tokyo\t1,300\t2026-10-01",
        "13,1300円,2026年10月1日",
        "１３，１３００，２０２６－１０－０１".replace("，", ","),
        "\n\nTOKYO,1300,2026-10-01\n\n",
        "prefecture,yen,from\n13,1300,2026-10-01",
        "yen_per_hour,note,jis_code,effective_from\n1300,new,13,2026-10-01",
    ],
)
def test_a_line_is_understood_as_people_write_it(line):
    assert read_table(line) == [TOKYO]


def test_the_table_that_ships_can_be_read_as_it_is():
    rows = read_table((DATA / "minimum_wages.csv").read_text(encoding="utf-8"))

    assert [row.prefecture for row in rows] == list(PREFECTURES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Atlantis,1300,2026-10-01", "Line 1: “Atlantis” is no prefecture."),
        ("13,130,2026-10-01", "Line 1: “130” is no wage from 600 to 5000 yen."),
        ("13,13000,2026-10-01", "“13000” is no wage"),
        ("13,much,2026-10-01", "“much” is no wage"),
        ("13,1300,2026-02-30", "“2026-02-30” is no date like"),
        ("13,1300,1026-10-01", "“1026-10-01” is no date like"),
        ("13,1300", "“” is no date like"),
        ("13,1300,2026-10-01\n東京,1301,2026-10-01", "Line 2: the same as line 1."),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_nothing_is_kept(administrator, text, told):
    sent = f"{text}\n14,1225,2026-10-04"

    response = administrator.post(ADDRESS, {"table": sent})

    assert response.status_code == 200
    assert told in response.text
    assert response.context["form"]["table"].value() == sent
    assert not MinimumWage.objects.exists()


def test_a_table_is_loaded_beside_the_earlier_one_and_recorded(administrator):
    MinimumWage.objects.create(prefecture="13", yen_per_hour=1226, effective_from=date(2025, 10, 3))
    MinimumWage.objects.create(prefecture="14", yen_per_hour=1300, effective_from=date(2026, 10, 4))
    table = "東京都,1300,2026-10-01\n神奈川県,1301,2026-10-04\n東京都,1226,2025-10-03"

    response = administrator.post(ADDRESS, {"table": table}, follow=True)

    assert wages() == [
        ("13", 1226, date(2025, 10, 3)),
        ("13", 1300, date(2026, 10, 1)),
        ("14", 1301, date(2026, 10, 4)),
    ]
    assert "Added: 1. Changed: 1. Already there: 1." in response.text
    assert [event.verb for event in Event.objects.order_by("pk")] == ["added", "changed"]
    kept = MinimumWage.objects.filter(kept_by_office=True)
    assert {wage.prefecture for wage in kept.exclude(effective_from=date(2025, 10, 3))} == {
        "13",
        "14",
    }


def test_loading_the_same_table_twice_writes_nothing(administrator):
    administrator.post(ADDRESS, {"table": "13,1300,2026-10-01"})
    events = Event.objects.count()

    administrator.post(ADDRESS, {"table": "13,1300,2026-10-01"})

    assert Event.objects.count() == events


def test_a_lower_wage_than_before_is_loaded_and_questioned(administrator):
    MinimumWage.objects.create(prefecture="13", yen_per_hour=1226, effective_from=date(2025, 10, 3))

    same = administrator.post(ADDRESS, {"table": "13,1226,2026-09-01"}, follow=True)
    lower = administrator.post(ADDRESS, {"table": "13,1200,2026-10-01"}, follow=True)

    assert "Lower than the table before" not in same.text
    assert "Lower than the table before, which is rare; look again: Tokyo." in lower.text


def test_postings_that_now_pay_too_little_are_named_and_marked(administrator):
    paid = {"pay_kind": "wage", "pay_unit": "hour", "prefecture": "13"}
    days = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 20)}
    low = make_posting(pay_yen=1250, **paid, **days)
    high = make_posting(pay_yen=1300, **paid, **days)
    over = make_posting(pay_yen=1250, closes_at=NOW - timedelta(days=1), **paid, **days)

    early = make_posting(pay_yen=1250, state="withdrawn", withdrawn_at=NOW, **paid, **days)

    response = administrator.post(ADDRESS, {"table": "13,1300,2026-10-01"}, follow=True)

    assert f"pays less than the tables ask: {low.ref}." in response.text
    for posting in (low, high, over, early):
        posting.refresh_from_db()
    marked = ["P_BELOW_MIN_WAGE" in one.problems for one in (low, high, over, early)]
    assert marked == [True, False, False, False]


@pytest.mark.parametrize("role", ["student", "advisor", "reviewer", "approver"])
def test_only_administrators_load_a_table(signed_in, role):
    client = signed_in(role)

    response = client.post(ADDRESS, {"table": "13,1300,2026-10-01"})

    assert response.status_code in (302, 403)
    assert not MinimumWage.objects.exists()
