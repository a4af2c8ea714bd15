"""The counts beside the filters: exactly what choosing one of them would show."""

from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from internships.board.filters import FILTERS, SORT
from internships.board.models import Organisation, Posting, SynonymGroup
from internships.board.query import Search, ask, search
from internships.board.tally import COUNTED_UP_TO, Counts, counted, counted_values
from tests.board.searching import BOARD, chosen_too, many_postings, some_search
from tests.factories import (
    NOW,
    TODAY,
    make_faculty,
    make_organisation,
    make_posting,
    make_student,
)

pytestmark = pytest.mark.django_db


def test_every_count_is_what_choosing_it_would_show():
    many_postings(120)
    dice = Random(3)

    for wanted in [Search(), *(some_search(dice) for _ in range(12))]:
        counts = Counts(wanted, NOW)
        assert counts.found == search(wanted, at=NOW).count(), wanted
        for name in FILTERS:
            for value in counted_values(name):
                with_it = chosen_too(wanted, name, value)
                assert counts.of(name, value) == search(with_it, at=NOW).count(), (wanted, with_it)


def test_a_and_b_lies_within_a_and_clear_all_is_all():
    many_postings(80)
    dice = Random(5)

    for _ in range(25):
        one, other = some_search(dice), some_search(dice)
        both = one
        for name, values in other.chosen:
            if name not in one.values:
                both = both.with_values(name, values)
        assert keys(both) <= keys(one)
    assert keys(Search()) == set(Posting.objects.open(NOW).values_list("pk", flat=True))


def keys(wanted):
    return set(search(wanted, at=NOW).values_list("pk", flat=True))


def test_every_sort_lists_the_same_postings():
    many_postings(40)
    wanted = Search.parse("q=データ")

    assert len({frozenset(keys(wanted.sorted_by(sort))) for sort in SORT}) == 1


def test_an_address_read_written_and_read_again_is_the_same():
    make_faculty(code="law")
    dice = Random(11)

    for _ in range(200):
        wanted = some_search(dice)
        assert Search.parse(wanted.query) == wanted
        assert ask(QueryDict(wanted.query)).is_canonical(QueryDict(wanted.query))


def test_a_search_says_itself_in_both_languages():
    wanted = Search.parse("q=翻訳&pay=paid&pay=unpaid&hours=28&prefecture=13")

    assert wanted.sentence("en") == (
        "Search: “翻訳”; Pay: Paid or Unpaid; Hours a week, at most: At most 28 h a week;"
        " Prefecture: Tokyo"
    )
    assert "東京都" in wanted.sentence("ja")
    assert Search().sentence("en") == "All open postings"


def test_what_nobody_knows_is_left_out_of_a_search():
    wanted = Search.parse("pay=gold&pay=paid&hours=many&faculty=none&sort=best&x=1&mine=fits")

    assert wanted == Search.parse("pay=paid")
    assert Search.parse("mine=fits", for_somebody=True).query == "mine=fits"


def test_the_office_searches_all_states_and_others_what_is_open():
    for state in ("draft", "in_review", "returned"):
        make_posting(title_ja="螺鈿", state=state)
    shown = make_posting(title_ja="螺鈿")
    make_posting(title_ja="螺鈿", closes_at=NOW)

    assert list(search("螺鈿")) == [shown]
    assert search("螺鈿", scope="all").count() == 5


@pytest.mark.parametrize("change", ["save", "update", "delete", "bulk_create", "organisation"])
def test_counts_follow_every_change_at_once(client, change):
    posting = make_posting(pay_kind="wage", organisation=make_organisation(industry="it"))
    assert panel_count(client, "pay", "wage") == 1

    if change == "save":
        posting.pay_kind = "none"
        posting.save()
    elif change == "update":
        Posting.objects.update(pay_kind="none")
    elif change == "delete":
        posting.delete()
    elif change == "bulk_create":
        posting.pk, posting.ref = None, "another"
        Posting.objects.bulk_create([posting])
    else:
        Organisation.objects.update(industry="media")

    expected = {"bulk_create": 2, "organisation": 1}.get(change, 0)
    assert panel_count(client, "pay", "wage") == expected
    assert panel_count(client, "field", "it") == (2 if change == "bulk_create" else 0) or (
        change in ("save", "update")
    )


def test_counts_follow_the_words_of_the_office_at_once(client):
    make_posting(title_ja="バイトの紹介", title_en="")
    asked = {"q": "アルバイト"}
    assert client.get(BOARD, asked).context["found"] == 0

    SynonymGroup.objects.create(words="アルバイト\nバイト")
    page = client.get(BOARD, asked)

    assert (page.context["found"], len(page.context["rows"])) == (1, 1)


def test_counts_beside_the_filters_are_told_in_each_readers_language(client):
    make_posting(pay_kind="wage")
    pages = {}
    for language in ("en", "ja"):
        client.cookies["django_language"] = language
        pages[language] = client.get(BOARD).text

    assert ("Closes within 7 days" in pages["en"], "Closes within 7 days" in pages["ja"]) == (
        True,
        False,
    )


def test_counts_beside_a_students_own_filter_are_never_shown_to_another(client):
    make_posting(pay_kind="wage", weekly_hours=10, starts_on=TODAY + timedelta(days=60))
    free, bound = make_student(status_of_residence="PR"), make_student()

    def count_for(student):
        client.force_login(student.user)
        return panel_count(client, "pay", "wage", {"mine": "no-permission"})

    assert [count_for(student) for student in (free, bound, free)] == [1, 0, 1]


def panel_count(client, name, value, query=None):
    page = client.get(BOARD, query).content.decode()
    return int(page.split(f'for="id_{name}_{value}">')[1].split('tally">')[1].split("<")[0])


def test_counts_follow_the_clock(client, frozen_moment):
    make_posting(pay_kind="wage", opens_at=NOW + timedelta(minutes=5))
    for _ in range(2):
        make_posting(pay_kind="wage", closes_at=NOW + timedelta(minutes=5))

    def count_at(moment):
        frozen_moment.move_to(moment)
        return panel_count(client, "pay", "wage"), len(client.get(BOARD).context["rows"])

    last_second = NOW + timedelta(minutes=5, seconds=-1)
    assert count_at(last_second) == (2, 2)
    assert count_at(NOW + timedelta(minutes=5)) == (1, 1)
    assert count_at(NOW + timedelta(days=60)) == (0, 0)
    assert count_at(last_second) == (2, 2)


def test_counts_are_exact_to_ten_thousand_and_say_more_beyond():
    assert [counted(number) for number in (0, 9999, COUNTED_UP_TO, COUNTED_UP_TO + 1)] == [
        "0",
        "9,999",
        "10,000",
        "10,000+",
    ]


def test_a_board_that_has_not_changed_is_not_counted_again(client):
    make_posting()
    client.get(BOARD)

    with CaptureQueriesContext(connection) as queries:
        client.get(BOARD)

    assert len(queries) == 2  # marks of changes, the postings of the page


def test_what_a_student_is_counted_is_hers_alone(client):
    make_posting(pay_kind="wage", weekly_hours=20, starts_on=TODAY, ends_on=TODAY)
    without = make_student(status_of_residence="TEMP_VISITOR")
    japanese = make_student(status_of_residence="JAPANESE", nationality="JP")

    counts = [
        Counts(Search(), timezone.now(), student).of("mine", "fits")
        for student in (without, japanese, without)
    ]

    assert counts == [0, 1, 0]


def test_the_map_counts_each_prefecture_and_leads_to_it(client):
    for prefecture in ("13", "13", "47"):
        make_posting(prefecture=prefecture, pay_kind="wage")
    make_posting(prefecture="01", pay_kind="none")

    response = client.get(f"{BOARD}map/?pay=wage")

    found = {place.code: place.number for place in response.context["places"]}
    assert len(found) == 47
    assert {code: number for code, number in found.items() if number} == {"13": 2, "47": 1}
    assert "?pay=wage&amp;prefecture=13" in response.content.decode()
    assert "style=" not in response.content.decode()
