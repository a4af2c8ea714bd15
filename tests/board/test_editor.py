"""Writing a posting: drafts, copies, the preview, and who may."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from careers.record.models import Event
from internships.board.models import Organisation, Posting
from tests.board.editing import NEW, TYPED, edit_address, from_page, send, stored, typed
from tests.factories import NOW, TOKYO, make_organisation, make_posting, make_student

pytestmark = pytest.mark.django_db


def test_saving_makes_a_draft_that_only_the_office_sees(advisor, client):
    response = send(advisor, NEW)

    posting = Posting.objects.get()
    assert response.url == edit_address(posting)
    assert (posting.ref, posting.state, posting.posted_by) == ("I26-0001", "draft", advisor.user)
    assert posting.organisation.name_en == "Kitano Robotics"
    assert (posting.pay_yen, posting.weekly_hours) == (1500, 35)
    assert posting.closes_at == datetime(2026, 12, 3, 17, tzinfo=TOKYO)
    assert posting.faculties == ["any"]
    client.logout()
    assert client.get(posting.get_absolute_url()).status_code == 404


def test_an_organisation_and_a_title_are_enough_for_a_draft(advisor):
    page = from_page(advisor.get(NEW))

    names = {"organisation_ja": "北野", "title_en": "Work", "venue": "ordinary", "source": "office"}
    advisor.post(NEW, page | names)

    assert Posting.objects.get().title_en == "Work"


def test_the_same_form_sent_twice_makes_one_posting(advisor):
    data = typed() | from_page(advisor.get(NEW)) | {"do": "save"}

    first = advisor.post(NEW, data)
    second = advisor.post(NEW, data)

    assert first.url == second.url
    assert Posting.objects.count() == Organisation.objects.count() == 1


def test_the_form_sent_again_with_other_words_changes_what_it_made(advisor):
    data = typed() | from_page(advisor.get(NEW)) | {"do": "save"}
    advisor.post(NEW, data)

    advisor.post(NEW, data | {"title_en": "A better title"})

    assert Posting.objects.get().title_en == "A better title"


def test_going_back_and_saving_the_same_again_makes_one_posting(advisor):
    first = send(advisor, NEW)
    advisor.post(first.url, from_page(advisor.get(first.url)) | typed(weekly_hours="20"))

    second = send(advisor, NEW, weekly_hours="20")

    assert first.url == second.url
    assert Posting.objects.count() == 1


def test_other_words_or_another_writer_or_day_make_another_posting(
    advisor, signed_in, frozen_moment
):
    first = send(advisor, NEW)

    others = [send(advisor, NEW, title_en="Another"), send(signed_in("advisor"), NEW)]
    frozen_moment.shift(timedelta(hours=2))
    others.append(send(advisor, NEW))

    assert len({first.url, *(one.url for one in others)}) == 4


def test_saving_a_stored_posting_unchanged_does_nothing(advisor):
    posting = make_posting(
        opens_at=NOW - timedelta(days=3, microseconds=5),
        weekly_hours="27.5",
        faculties=["b", "a"],
        study_years=["M1", "B3"],
        accepts_from_abroad=True,
        credit_bearing=True,
    )

    response = advisor.post(edit_address(posting), stored(posting) | {"seen": 0, "do": "save"})

    assert response.status_code == 302
    assert not Event.objects.exists()


def test_a_copy_has_the_words_and_none_of_the_dates(advisor):
    earlier = make_posting(
        starts_on=date(2026, 8, 10), ends_on=date(2026, 8, 20), weekly_hours=30, pay_kind="none"
    )

    form = advisor.get(f"/internships/new/?copy={earlier.ref}").context["form"]

    assert form["title_en"].value() == earlier.title_en
    assert form["weekly_hours"].value() == "30"
    dates = ("starts_on", "ends_on", "opens_at", "closes_at")
    assert [form[name].value() for name in dates] == [None] * 4


def test_a_copy_is_a_new_draft_that_remembers_its_origin(advisor):
    earlier = make_posting()
    address = f"/internships/new/?copy={earlier.ref}"

    advisor.post(address, typed() | from_page(advisor.get(address)) | {"do": "save"})

    assert Posting.objects.get(state="draft").published_at is None
    assert Event.objects.get(verb="drafted").reason == f"copy of {earlier.ref}"


def test_the_preview_is_the_page_that_a_visitor_sees_and_keeps_nothing(advisor):
    make_organisation(name_ja=TYPED["organisation_ja"], name_en=TYPED["organisation_en"])

    previewed = send(advisor, NEW, do="preview", title_en="Only typed")
    events = Event.objects.count()
    assert not Posting.objects.exists()
    send(advisor, NEW, do="publish", title_en="Only typed")
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    public = visitor.get(Posting.objects.get().get_absolute_url())

    assert events == 0
    assert main_of(previewed) == main_of(public)


@pytest.mark.parametrize(
    "closes_at", [NOW + timedelta(days=9), NOW - timedelta(days=9)], ids=["open", "over"]
)
def test_the_preview_of_what_is_up_keeps_its_days_and_marks(advisor, closes_at):
    long_ago = NOW - timedelta(days=200)
    stale = {"opens_at": long_ago, "published_at": long_ago, "confirmed_at": long_ago}
    posting = make_posting(closes_at=closes_at, **stale)
    address = reverse("posting_edit", args=[posting.ref])

    previewed = advisor.post(address, {"do": "preview", "seen": 0})
    public = Client(HTTP_ACCEPT_LANGUAGE="en").get(posting.get_absolute_url())

    assert "on 6 May 2026" in public.text
    assert main_of(previewed) == main_of(public)


def test_what_is_closed_early_is_previewed_as_it_would_be_put_back(advisor):
    posting = make_posting(state="withdrawn", withdrawn_at=NOW)

    previewed = advisor.post(reverse("posting_edit", args=[posting.ref]), {"do": "preview"})

    assert previewed.context["is_open"]
    posting.refresh_from_db()
    assert posting.state == "withdrawn"


def test_what_cannot_be_on_the_board_yet_is_previewed_as_the_office_sees_it(advisor):
    previewed = send(advisor, NEW, do="preview", title_en="Only typed", closes_at="")

    assert "Only typed" in previewed.text
    assert "Only the office sees this page" in previewed.text


def main_of(response):
    """Give the page without notes and tokens, which differ each time."""
    text = re.sub(
        r'<div class="note" data-kind="(plain|ok)" role="status">.*?</div>',
        "",
        response.text,
        flags=re.S,
    )
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r'name="next" value="[^"]*"', "", text)
    return " ".join(text[text.index("<main") : text.index("</main>")].split())


def test_the_editor_costs_the_same_whatever_there_is(advisor, assert_same_queries):
    posting = make_posting(state="draft", starts_on=date(2027, 2, 15), ends_on=date(2027, 3, 12))
    address = edit_address(posting)

    assert_same_queries(lambda: advisor.get(address), make_posting, at_most=14)
    assert_same_queries(lambda: advisor.get(address), make_student, at_most=14)


@pytest.mark.parametrize("role", ["student", "reviewer", "approver", "administrator"])
def test_only_advisors_write(signed_in, role):
    posting = make_posting(state="draft")
    client = signed_in(role)

    for address in (NEW, edit_address(posting)):
        assert client.get(address).status_code == 403
        assert client.post(address, typed()).status_code == 403
