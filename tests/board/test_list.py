import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse

from careers.people.models import CalendarPeriod
from internships.board.models import Posting
from tests.factories import NOW, TODAY, TOKYO, make_faculty, make_organisation, make_posting

pytestmark = pytest.mark.django_db
BOARD = "/internships/"
HOURLY = {"pay_kind": "wage", "pay_unit": "hour"}
DAILY = {"pay_kind": "flat_allowance", "pay_unit": "day", "daily_hours": 8}
# 20 hours a week are 86.67 a month.
MONTHLY = {"pay_kind": "wage", "pay_unit": "month", "weekly_hours": 20}
AT_NIGHT = datetime(2026, 11, 29, 23, 59, 59, tzinfo=TOKYO)


def lasting(days):
    return {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=days - 1)}


def shown(client, query=""):
    response = client.get(f"{BOARD}?{query}" if query else BOARD)
    assert response.status_code == 200, response
    return [row.posting.ref for row in response.context["rows"]]


def test_board_shows_open_postings_only(client):
    last_second = make_posting(closes_at=NOW + timedelta(seconds=1))
    just_opened = make_posting(opens_at=NOW)
    make_posting(closes_at=NOW)
    make_posting(opens_at=NOW + timedelta(seconds=1))
    for state in ("draft", "in_review", "returned"):
        make_posting(state=state)
    make_posting(state="withdrawn", withdrawn_at=NOW)

    assert set(shown(client)) == {last_second.ref, just_opened.ref}


def test_a_posting_leaves_the_board_at_its_deadline_by_itself(client, frozen_moment):
    posting = make_posting(closes_at=NOW + timedelta(minutes=5))

    frozen_moment.move_to(NOW + timedelta(minutes=5, seconds=-1))
    before = shown(client)
    frozen_moment.move_to(NOW + timedelta(minutes=5))
    after = shown(client)

    assert (before, after) == ([posting.ref], [])


@pytest.mark.parametrize(
    ("query", "fits", "does_not"),
    [
        ("pay=paid", {"pay_kind": "flat_allowance"}, {"pay_kind": "actual_costs"}),
        ("pay=costs", {"pay_kind": "actual_costs"}, {"pay_kind": "none"}),
        ("pay=unpaid", {"pay_kind": "none"}, {"pay_kind": ""}),
        ("language=english", {"japanese_level": "none"}, {"japanese_level": "N5"}),
        ("language=some", {"japanese_level": "N3"}, {"japanese_level": "N2"}),
        ("language=japanese", {"japanese_level": "N2"}, {"japanese_level": ""}),
        ("hours=28", {"weekly_hours": Decimal(28)}, {"weekly_hours": Decimal("28.25")}),
        ("hours=28", {"weekly_hours": Decimal(0)}, {"weekly_hours": None}),
        ("hours=168", {"weekly_hours": Decimal(168)}, {"weekly_hours": None}),
        ("when=month", {"starts_on": TODAY + timedelta(31)}, {"starts_on": TODAY + timedelta(32)}),
        ("when=quarter", {"starts_on": TODAY + timedelta(92)}, {"starts_on": None}),
        ("when=half-year", {"starts_on": TODAY}, {"starts_on": TODAY - timedelta(1)}),
        ("prefecture=26", {"prefecture": "26"}, {"prefecture": "13"}),
        ("type=3", {"programme_type": 3}, {"programme_type": None}),
        ("also=credit", {"credit_bearing": True}, {"credit_bearing": False}),
        ("style=hybrid", {"work_style": "hybrid"}, {"work_style": "onsite"}),
        ("pay=wage", {"pay_kind": "wage"}, {"pay_kind": "flat_allowance"}),
        ("pay=allowance", {"pay_kind": "flat_allowance"}, {"pay_kind": "wage"}),
        ("yen=1200", HOURLY | {"pay_yen": 1200}, HOURLY | {"pay_yen": 1199}),
        ("yen=1000", DAILY | {"pay_yen": 8000}, DAILY | {"pay_yen": 7999}),
        ("yen=1200", MONTHLY | {"pay_yen": 104000}, MONTHLY | {"pay_yen": 103999}),
        ("yen=1", {"pay_kind": "wage", "pay_yen": 1, "pay_unit": "hour"}, {"pay_kind": "none"}),
        ("english=daily", {"english_level": "daily"}, {"english_level": "business"}),
        ("from=2026-12-01", {"starts_on": date(2026, 12, 1)}, {"starts_on": date(2026, 11, 30)}),
        ("until=2026-12-01", {"ends_on": date(2026, 12, 1)}, {"ends_on": date(2026, 12, 2)}),
        ("length=day", lasting(1), lasting(2)),
        ("length=week", lasting(7), lasting(8)),
        ("length=month", lasting(8), lasting(7)),
        ("length=quarter", lasting(92), lasting(93)),
        ("length=longer", lasting(93), {"starts_on": TODAY}),
        ("season=term", lasting(3), {"starts_on": TODAY}),
        ("region=kinki", {"prefecture": "26"}, {"prefecture": "23"}),
        ("year=B3", {"study_years": ["B3", "B4"]}, {"study_years": ["B4"]}),
        ("year=B3", {"study_years": []}, {"study_years": ["M1"]}),
        ("source=meti", {"source": "meti"}, {"source": "agent"}),
        ("also=soon", {"closes_at": AT_NIGHT}, {"closes_at": AT_NIGHT + timedelta(seconds=1)}),
        ("also=abroad", {"accepts_from_abroad": True}, {"accepts_from_abroad": None}),
        ("q=%E7%BF%BB%E8%A8%B3", {"title_ja": "翻訳"}, {"title_ja": "通訳"}),
    ],
)
def test_each_filter_keeps_what_fits_and_drops_the_rest(client, query, fits, does_not):
    kept = make_posting(**fits)
    make_posting(**does_not)

    assert shown(client, query) == [kept.ref]


def test_a_faculty_finds_what_names_it_and_what_is_open_to_all(client):
    law, letters = make_faculty(code="law"), make_faculty(code="letters")
    kept = [
        make_posting(faculties=[law.code, letters.code]),
        make_posting(faculties=["any"]),
        make_posting(faculties=[]),
    ]
    make_posting(faculties=[letters.code])

    assert set(shown(client, "faculty=law")) == {posting.ref for posting in kept}


def test_a_field_of_business_is_that_of_the_organisation(client):
    kept = make_posting(organisation=make_organisation(industry="media"))
    make_posting(organisation=make_organisation(industry="it"))

    assert shown(client, "field=media") == [kept.ref]


def test_a_placement_lies_inside_a_vacation_partly_in_one_or_in_term(client):
    CalendarPeriod.objects.create(
        academic_year=2026,
        kind="long_vacation",
        name_ja="春季休業",
        name_en="Spring vacation",
        starts_on=date(2027, 2, 9),
        ends_on=date(2027, 3, 31),
    )
    inside = make_posting(starts_on=date(2027, 2, 9), ends_on=date(2027, 3, 31))
    early = make_posting(starts_on=date(2027, 2, 8), ends_on=date(2027, 3, 31))
    late = make_posting(starts_on=date(2027, 3, 31), ends_on=date(2027, 4, 1))
    before = make_posting(starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 8))
    after = make_posting(starts_on=date(2027, 4, 1), ends_on=date(2027, 4, 30))
    make_posting(starts_on=date(2027, 2, 9))

    assert shown(client, "season=vacation") == [inside.ref]
    assert set(shown(client, "season=partly")) == {early.ref, late.ref}
    assert set(shown(client, "season=term")) == {before.ref, after.ref}


def test_without_a_calendar_nothing_lies_in_a_vacation(client):
    make_posting(starts_on=date(2027, 2, 9), ends_on=date(2027, 3, 31))

    assert shown(client, "season=vacation") == []


def test_choices_of_one_filter_add_and_filters_narrow(client):
    wage = make_posting(pay_kind="wage", credit_bearing=True)
    unpaid = make_posting(pay_kind="none", credit_bearing=True)
    make_posting(pay_kind="wage")
    make_posting(pay_kind="actual_costs", credit_bearing=True)

    assert set(shown(client, "pay=paid&pay=unpaid&also=credit")) == {wage.ref, unpaid.ref}


def test_everything_under_also_must_be_true(client):
    both = make_posting(credit_bearing=True, accepts_from_abroad=True)
    make_posting(credit_bearing=True)

    assert shown(client, "also=credit&also=abroad") == [both.ref]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["soon", "early", "new"]),
        ("newest", ["new", "soon", "early"]),
        ("pay", ["early", "new", "soon"]),
        ("start", ["early", "new", "soon"]),
    ],
)
def test_board_is_sorted_as_it_says(client, sort, order):
    paid = {"pay_kind": "wage", "pay_yen": 1200, "pay_unit": "hour"}
    make_posting(ref="new", closes_at=NOW + timedelta(9), opens_at=NOW, starts_on=TODAY, **paid)
    make_posting(ref="soon", closes_at=NOW + timedelta(1), opens_at=NOW - timedelta(1))
    make_posting(ref="early", closes_at=NOW + timedelta(5), starts_on=TODAY - timedelta(1))
    Posting.objects.filter(ref="early").update(pay_kind="wage", pay_yen=1300, pay_unit="hour")

    response = client.get(BOARD, {"sort": sort} if sort else {})

    assert [row.posting.ref for row in response.context["rows"]] == order
    assert str(response.context["search"].order.rule) in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("utm_source=x", ""),
        ("q=&hours=&when=", ""),
        ("pay=gold&pay=paid", "pay=paid"),
        ("pay=unpaid&pay=paid&pay=paid", "pay=paid&pay=unpaid"),
        ("when=someday&sort=closing", ""),
        ("when=half-year&when=month", "when=month"),
        ("also=credit&q=+IT+", "q=IT&also=credit"),
        ("page=1", ""),
        ("page=two", ""),
        ("page=2&q=IT", "q=IT&page=2"),
        ("prefecture=99", ""),
    ],
)
def test_the_address_is_brought_to_its_one_form(client, asked, canonical):
    response = client.get(f"{BOARD}?{asked}")

    assert response.status_code == 302
    assert response.url == BOARD + (f"?{canonical}" if canonical else "")
    assert client.get(response.url).status_code == 200


def test_every_token_leads_to_the_board_without_it(client):
    make_posting(pay_kind="wage", weekly_hours=10, title_ja="翻訳")

    response = client.get(BOARD, {"q": "翻訳", "pay": ["paid", "unpaid"], "hours": "28"})

    assert {token.words: token.query for token in response.context["tokens"]} == {
        "“翻訳”": "pay=paid&pay=unpaid&hours=28",
        "Paid": "q=%E7%BF%BB%E8%A8%B3&pay=unpaid&hours=28",
        "Unpaid": "q=%E7%BF%BB%E8%A8%B3&pay=paid&hours=28",
        "At most 28 h a week": "q=%E7%BF%BB%E8%A8%B3&pay=paid&pay=unpaid",
    }


def test_full_width_hours_are_understood(client):
    posting = make_posting(weekly_hours=20)
    make_posting(weekly_hours=30)

    response = client.get(BOARD, {"hours": "２０"}, follow=True)

    assert response.request["QUERY_STRING"] == "hours=20"
    assert [row.posting.ref for row in response.context["rows"]] == [posting.ref]


@pytest.mark.parametrize("typed", ["many", "-1", "169", "1e3000", "27.555", "NaN"])
def test_wrong_hours_are_said_beside_the_field_and_kept(client, typed):
    posting = make_posting(weekly_hours=20)

    response = client.get(BOARD, {"hours": typed, "pay": ""})

    page = response.content.decode()
    assert "Write hours as one number from 0 to 168, for example 27.5." in page
    assert f'value="{typed}"' in page
    assert "<title>Error:" in page
    assert [row.posting.ref for row in response.context["rows"]] == [posting.ref]


def test_what_is_wrong_is_listed_on_top_and_leads_to_its_field(client):
    page = client.get(BOARD, {"hours": "many", "from": "soon"}).content.decode()

    assert "2 things to mend" in page
    for name in ("hours", "from"):
        assert f'<li><a href="#id_{name}">' in page
        assert f'id="id_{name}"' in page


def test_a_text_too_long_is_said_and_kept(client):
    response = client.get(BOARD, {"q": "翻" * 201})

    assert response.context["form"].errors.keys() == {"q"}
    assert "翻" * 201 in response.content.decode()


def test_an_empty_result_gives_the_number_each_change_would_bring(client):
    make_posting(pay_kind="wage", weekly_hours=40)
    make_posting(pay_kind="none", weekly_hours=20)
    make_posting(pay_kind="none", weekly_hours=10)

    response = client.get(BOARD, {"pay": "paid", "hours": "28"})

    changes = [(change.words, change.count) for change in response.context["changes"]]
    assert changes == [("Without Paid", "2"), ("Without At most 28 h a week", "1")]
    page = response.content.decode()
    assert "No posting fits all 2 filters" in page
    assert "Without Paid: 2" in page
    assert "Clear all: 3" in page


def test_an_empty_result_leaves_out_changes_that_bring_nothing(client):
    make_posting(pay_kind="wage", japanese_level="N1")

    response = client.get(BOARD, {"q": "nowhere", "pay": "paid", "language": "japanese"})

    assert [change.words for change in response.context["changes"]] == ["Without “nowhere”"]


def test_choices_of_which_any_will_do_are_left_out_together(client):
    make_posting(title_en="Bakery", prefecture="13")

    response = client.get(BOARD, {"q": "bakery", "region": ["hokkaido", "shikoku"]})

    changes = [(change.words, change.count) for change in response.context["changes"]]
    assert changes == [("Without Hokkaido or Shikoku", "1")]


@pytest.mark.parametrize("query", ["pay=paid", "pay=paid&sort=newest"])
def test_one_condition_has_one_way_out(client, query):
    make_posting(pay_kind="none")

    page = client.get(f"{BOARD}?{query}").content.decode()

    assert "Without Paid: 1" in page
    assert "Clear all: 1" not in page


def test_signs_alone_find_nothing_and_offer_the_way_back(client):
    make_posting()

    response = client.get(BOARD, {"q": "😀"})

    assert [change.count for change in response.context["changes"]] == ["1"]
    assert "nothing can be looked for in these signs" in response.content.decode()


def test_an_empty_board_says_where_else_to_look(client):
    response = client.get(BOARD)

    assert reverse("directory") in response.content.decode()
    assert "No internship is open today" in response.content.decode()


def test_pages_hold_25_and_keep_the_filters(client):
    organisation = make_organisation()
    for _ in range(26):
        make_posting(organisation=organisation, pay_kind="wage")
    make_posting(pay_kind="none")

    first = client.get(BOARD, {"pay": "paid"})
    second = client.get(BOARD, {"pay": "paid", "page": 2})
    beyond = client.get(BOARD, {"pay": "paid", "page": 99})

    assert len(first.context["rows"]) == 25
    assert len(second.context["rows"]) == len(beyond.context["rows"]) == 1
    assert "?pay=paid&amp;page=2" in first.content.decode()
    assert "26 postings" in first.content.decode()
    assert "of 27 open" in first.content.decode()


@pytest.mark.parametrize("query", ["", "q=mizunara&pay=paid"])
def test_the_board_costs_the_same_whatever_it_lists(client, assert_same_queries, query):
    assert_same_queries(
        lambda: client.get(f"{BOARD}?{query}" if query else BOARD),
        lambda: make_posting(pay_kind="wage"),
        at_most=5,
    )


def test_text_of_a_posting_is_shown_as_text(client):
    script = "<script>alert(1)</script>"
    make_posting(
        title_ja=script,
        title_en=script,
        city_ja=script,
        city_en=script,
        organisation=make_organisation(name_ja=script, name_en=script),
    )

    plain = client.get(BOARD).content.decode()
    marked = client.get(BOARD, {"q": "script"}).content.decode()

    assert script not in plain + marked
    assert plain.count("&lt;script&gt;alert(1)") == 3
    assert marked.count("&lt;<mark>script</mark>&gt;alert(1)") == 3


def test_a_row_shows_where_each_word_stands_in_what_it_leaves_out(client):
    host = make_organisation(name_ja="水楢製作所", name_en="Mizunara Works", name_kana="ミズナラ")
    make_posting(
        organisation=host,
        title_ja="翻訳インターン",
        title_en="Language desk",
        requirements_en="Some Thai is welcome.",
        schedule_note="土日のみ",
        prefecture="13",
    )

    page = client.get(BOARD, {"q": "翻訳 thai 土日 mizunara 東京"}).content.decode()

    assert '<p class="posting-found" dir="auto" lang="ja"><mark>翻訳</mark>インターン</p>' in page
    assert "Some <mark>Thai</mark> is welcome." in page
    assert "<mark>土日</mark>のみ" in page
    assert "<mark>Mizunara</mark> Works" in page
    assert page.count('class="posting-found"') == 3  # no more: a row stays a row


def test_the_place_of_a_row_is_marked(client):
    make_posting(prefecture="13", city_en="Ota")

    assert (
        "<bdi>Ota, <mark>Tokyo</mark></bdi>" in client.get(BOARD, {"q": "tokyo"}).content.decode()
    )


def test_a_row_says_where_no_applications_are_taken(client):
    host = make_organisation()
    make_posting(organisation=host, apply_method="email", apply_to="hr@example.jp")
    before = client.get(BOARD).text

    host.flag, host.flag_staff = "stop", "A dispute about wages."
    host.save()

    assert "No applications for now" not in before
    assert "No applications for now" in client.get(BOARD).text
    assert "Apply by e-mail" not in client.get(BOARD).text


def test_text_from_the_right_and_long_words_keep_their_direction(client):
    make_posting(title_en="مرحبا 😀" + "x" * 250)

    assert 'dir="auto">مرحبا 😀' in client.get(BOARD).content.decode()


def test_a_title_in_the_other_language_is_marked(client):
    make_posting(title_en="", title_ja="測量の補助")

    assert 'lang="ja">測量の補助</a>' in client.get(BOARD).content.decode()


@pytest.mark.parametrize("name", ["posting_list", "posting_map"])
def test_the_board_is_never_kept_by_a_shared_cache(client, name):
    assert "private" in client.get(reverse(name))["Cache-Control"]


def test_restricted_business_can_never_be_on_the_board():
    with pytest.raises(IntegrityError, match="posting_restricted_business_never_published"):
        make_posting(venue="fueiho")


def test_the_board_says_how_to_search_it(client):
    page = client.get(reverse("posting_list"), {"pay": "paid"}).text

    for words in ["How to search", "-sales leaves out", "Words of one meaning", "Saved searches"]:
        assert words in page
    assert f'<a href="{reverse("posting_map")}?pay=paid">Map of prefectures</a>: what' in page


@pytest.mark.parametrize(
    ("method", "address", "said"),
    [
        ("url", "https://example.com/apply", ["Apply on its website"]),
        ("email", "work@example.com", ["Apply by e-mail"]),
        ("office", "", []),
        ("", "", []),
    ],
)
def test_a_row_says_where_applying_leads_outside(client, method, address, said):
    make_posting(apply_method=method, apply_to=address)

    page = client.get(reverse("posting_list")).text

    assert re.findall(r'<span class="tag">(Apply[^<]*)</span>', page) == said
