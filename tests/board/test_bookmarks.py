"""Saved postings: hers alone, done twice is done once, and closed ones say so."""

import html
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from internships.board.following.models import Bookmark
from tests.factories import NOW, make_posting, make_student

pytestmark = pytest.mark.django_db


def press(client, deed, posting, **data):
    return client.post(reverse(f"posting_{deed}", args=[posting.ref]), data)


def saved_by(student):
    return [bookmark.posting for bookmark in student.bookmarks.all()]


def test_a_double_click_saves_once(student_client, student):
    posting = make_posting()

    answers = [press(student_client, "save", posting) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert saved_by(student) == [posting]


def test_the_database_keeps_one_bookmark_for_one_posting(student):
    posting = make_posting()
    Bookmark.objects.create(student=student, posting=posting)

    with pytest.raises(IntegrityError, match="bookmark_once"), transaction.atomic():
        Bookmark.objects.create(student=student, posting=posting)


def test_saving_and_removing_can_both_be_undone(student_client, student):
    posting = make_posting()

    for deed, left in (("save", [posting]), ("forget", [])):
        press(student_client, deed, posting)
        page = student_client.get(reverse("saved_list"))
        other = {"save": "forget", "forget": "save"}[deed]
        assert f'action="{reverse(f"posting_{other}", args=[posting.ref])}"' in page.text
        assert saved_by(student) == left


def test_the_button_leads_back_to_the_row_it_stood_in(student_client):
    posting = make_posting()

    answer = press(student_client, "save", posting, next="/internships/?pay=paid#count")

    assert answer["Location"] == f"/internships/?pay=paid#p-{posting.ref}"


def test_undo_leads_back_to_the_same_row(student_client):
    posting = make_posting()

    press(student_client, "save", posting, next="/internships/?pay=paid&q=a+b")
    [undo] = re.findall(
        r'action="([^"]*/forget/[^"]*)"', student_client.get("/saved/searches/").text
    )
    answer = student_client.post(html.unescape(undo))

    assert answer["Location"] == f"/internships/?pay=paid&q=a+b#p-{posting.ref}"


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example/", "nonsense"]
)
def test_the_button_leads_to_no_other_site(student_client, address):
    answer = press(student_client, "save", make_posting(), next=address)

    assert answer["Location"].startswith(reverse("saved_list"))


def test_board_and_posting_show_what_is_saved(student_client, student):
    saved, other = make_posting(), make_posting()
    press(student_client, "save", saved)

    rows = student_client.get(reverse("posting_list")).context["rows"]
    page = student_client.get(saved.get_absolute_url())

    assert {row.posting: row.saved for row in rows} == {saved: True, other: False}
    assert page.context["saved"] is True


@pytest.mark.parametrize("role", ["advisor", "reviewer", "administrator"])
def test_staff_have_no_button_and_see_nothing_saved(signed_in, role):
    posting = make_posting()
    Bookmark.objects.create(student=make_student(), posting=posting)

    client = signed_in(role)
    pages = [client.get(reverse("posting_list")), client.get(posting.get_absolute_url())]

    assert all("save-form" not in page.text and "/forget/" not in page.text for page in pages)
    assert not client.user.has_perm("board.view_bookmark")


def test_visitors_have_no_button(client):
    make_posting()

    assert "save-form" not in client.get(reverse("posting_list")).text


def test_a_draft_cannot_be_saved(student_client, student):
    answer = press(student_client, "save", make_posting(state="draft"))

    assert answer.status_code == 404
    assert saved_by(student) == []


def test_her_page_tells_open_closed_and_withdrawn_apart(student_client, student):
    late = make_posting(closes_at=NOW + timedelta(days=9))
    soon = make_posting(closes_at=NOW + timedelta(seconds=1))
    closed = make_posting(closes_at=NOW)
    early = make_posting(state="withdrawn", withdrawn_at=NOW - timedelta(days=1))
    at_work = make_posting(state="in_review", title_en="Not yet for everybody")
    for posting in (late, soon, closed, early, at_work):
        Bookmark.objects.create(student=student, posting=posting)

    student_client.cookies["django_language"] = "en"
    page = student_client.get(reverse("saved_list"))

    assert [row.posting for row in page.context["rows"]] == [soon, late]
    assert set(page.context["closed"]) == {closed, early, at_work}
    assert "closed on 22 Nov 2026" in page.text
    assert "closed early on 21 Nov 2026" in page.text
    assert "not on the board at present" in page.text
    assert "Not yet for everybody" not in page.text


def test_what_left_the_board_can_still_be_removed(student_client, student):
    posting = make_posting(state="in_review")
    Bookmark.objects.create(student=student, posting=posting)

    press(student_client, "forget", posting)

    assert saved_by(student) == []


def test_home_names_the_saved_ones_that_close_first(student_client, student):
    dates = [NOW + timedelta(days=days) for days in (9, 3, 1, 30, 20, 12)]
    postings = [make_posting(closes_at=at) for at in dates] + [make_posting(closes_at=NOW)]
    for posting in postings:
        Bookmark.objects.create(student=student, posting=posting)

    page = student_client.get(reverse("home"))

    assert page.context["saved"] == [postings[n] for n in (2, 1, 0, 5, 4)]


def test_her_page_costs_the_same_however_much_is_saved(
    student_client, student, assert_same_queries
):
    def save_two():
        Bookmark.objects.create(student=student, posting=make_posting())
        Bookmark.objects.create(student=student, posting=make_posting(closes_at=NOW))

    assert_same_queries(lambda: student_client.get(reverse("saved_list")), save_two)
