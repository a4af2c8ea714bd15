"""Saved searches: what the board shows, under a name of her own, and nobody else's."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from internships.board.following import searches
from internships.board.following.models import SavedSearch
from internships.board.query import Search
from tests.factories import NOW, make_student
from tests.together import at_once

pytestmark = pytest.mark.django_db


def save(client, query):
    return client.post(reverse("search_save"), {"query": query})


def queries_of(student):
    return [saved.query for saved in student.saved_searches.all()]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("pay=paid&q=翻訳", "q=%E7%BF%BB%E8%A8%B3&pay=paid"),
        ("", ""),
        ("colour=red&pay=gold", ""),
        ("mine=fits&pay=paid", "mine=fits&pay=paid"),
        ("pay=paid&page=7", "pay=paid"),
    ],
)
def test_the_search_is_kept_in_its_one_form(student_client, student, given, kept):
    save(student_client, given)

    assert queries_of(student) == [kept]


def test_a_double_click_saves_once(student_client, student):
    answers = [save(student_client, query) for query in ("pay=paid&q=x", "q=x&pay=paid")]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert queries_of(student) == ["q=x&pay=paid"]


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_save_one_search():
    student, wanted = make_student(), Search.parse("pay=paid")

    saved = at_once(*[lambda: searches.save(student, wanted)] * 2)

    assert sorted(is_new for _row, is_new in saved) == [False, True]
    assert queries_of(student) == ["pay=paid"]


def test_the_database_keeps_a_search_once(student):
    SavedSearch.objects.create(student=student, name="One", query="pay=paid")

    with pytest.raises(IntegrityError, match="search_saved_once"), transaction.atomic():
        SavedSearch.objects.create(student=student, name="Two", query="pay=paid")


def test_a_search_as_long_as_the_board_takes_can_be_saved(student_client, student):
    save(student_client, f"q={'求' * 200}&" + "&".join(f"prefecture={n:02}" for n in range(1, 48)))

    assert len(queries_of(student)[0]) > 2000


def test_the_name_is_at_first_what_is_looked_for(student_client, student):
    save(student_client, "pay=paid")

    assert student.saved_searches.get().name == "Pay: Paid"


def test_there_is_room_for_twenty(student_client, student):
    for n in range(searches.MOST):
        searches.save(student, Search.parse(f"hours={n + 1}"))

    answer = save(student_client, "pay=paid")
    page = student_client.get(answer["Location"])

    assert student.saved_searches.count() == searches.MOST
    assert "there is room for no more" in page.text


def test_renaming_and_running_it(student_client, student):
    save(student_client, "mine=fits&pay=paid")
    saved = student.saved_searches.get()

    fields = {"name": "  For spring ", "letters": "weekly"}
    student_client.post(reverse("search_edit", args=[saved.pk]), fields)
    page = student_client.get(reverse("search_list"))

    saved.refresh_from_db()
    assert (saved.name, saved.letters) == ("For spring", "weekly")
    assert f'href="{reverse("posting_list")}?mine=fits&amp;pay=paid"' in page.text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"name": " ", "letters": "daily"}, "name"), ({"name": "A", "letters": "hourly"}, "letters")],
)
def test_what_is_wrong_stands_beside_its_field(student_client, student, fields, wrong):
    save(student_client, "pay=paid")
    saved = student.saved_searches.get()

    page = student_client.post(reverse("search_edit", args=[saved.pk]), fields)

    assert list(page.context["form"].errors) == [wrong]
    saved.refresh_from_db()
    assert (saved.name, saved.letters) == ("Pay: Paid", "none")


def test_deleting_asks_first(student_client, student):
    save(student_client, "pay=paid")
    address = reverse("search_delete", args=[student.saved_searches.get().pk])

    student_client.get(address)
    after_looking = student.saved_searches.count()
    student_client.post(address)

    assert (after_looking, student.saved_searches.count()) == (1, 0)


def test_nobody_opens_a_search_of_somebody_else(student_client):
    other, _new = searches.save(make_student(), Search.parse("pay=paid"))

    names = ("search_edit", "search_delete", "search_feed", "search_feed_stop")
    answers = {
        name: student_client.post(reverse(name, args=[other.pk])).status_code for name in names
    }

    assert answers == dict.fromkeys(names, 404)


def test_letters_switched_on_tell_what_comes_after(student, frozen_moment):
    saved, _new = searches.save(student, Search.parse("pay=paid"))
    SavedSearch.objects.update(news_from=NOW.replace(year=2025), looked_at=NOW.replace(year=2025))

    searches.change(saved, name="Paid", letters="daily")
    saved.refresh_from_db()
    first = saved.news_from
    frozen_moment.shift(86400)
    searches.change(saved, name="Paid", letters="weekly")
    saved.refresh_from_db()

    assert (first, saved.news_from) == (NOW, NOW)


def test_the_list_costs_the_same_however_many(student_client, student, assert_same_queries):
    hours = iter(range(1, 100))

    def one_more():
        query = f"hours={next(hours)}"
        SavedSearch.objects.create(student=student, name=query, query=query)

    assert_same_queries(lambda: student_client.get(reverse("search_list")), one_more)


def test_the_page_of_letters_costs_the_same_however_many(
    student_client, student, assert_same_queries
):
    hours = iter(range(1, 100))

    def one_more():
        query = f"hours={next(hours)}"
        SavedSearch.objects.create(student=student, name=query, query=query)

    assert_same_queries(lambda: student_client.get(reverse("letter_choices")), one_more)


def test_letters_of_all_searches_are_chosen_on_one_page(student_client, student):
    first, _new = searches.save(student, Search.parse("pay=paid"))
    second, _new = searches.save(student, Search.parse("pay=unpaid"))
    other, _new = searches.save(make_student(), Search.parse("pay=paid"))

    fields = {f"search_{first.pk}": "daily", f"search_{second.pk}": "none"}
    student_client.post(
        reverse("letter_choices"), fields | {f"search_{other.pk}": "daily", "deadlines": "on"}
    )

    letters = dict(SavedSearch.objects.values_list("pk", "letters"))
    assert letters == {first.pk: "daily", second.pk: "none", other.pk: "none"}


def test_a_name_given_by_us_says_nothing_of_her_status(student_client, student):
    save(student_client, "mine=no-permission&pay=paid")

    assert student.saved_searches.get().name == "Pay: Paid"
