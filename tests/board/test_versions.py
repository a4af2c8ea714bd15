"""Versions of a posting: read from its log, compared, restored; and changes that wait."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from careers.record import log
from internships.board import versions, workflow
from internships.board.models import Posting
from tests.factories import NOW, make_organisation, make_posting, make_user

pytestmark = pytest.mark.django_db


def write(**fields):
    values = {"organisation_id": make_organisation().pk, "title_en": "First"} | fields
    by = make_user(roles=["advisor"])
    return workflow.save_draft(values, by=by, form_key=uuid.uuid4())


def change(posting, by=None, **values):
    by = by or make_user(roles=["advisor"])
    return workflow.edit(posting, values, by=by, seen=workflow.version(posting))


def page(client, name, posting, **data):
    return client.get(reverse(name, args=[posting.ref]), data)


def test_each_change_of_the_content_is_a_version_with_what_stood_then():
    posting = write(weekly_hours=20, study_years=["B3"])
    change(posting, title_en="Second", starts_on=date(2027, 2, 15))
    workflow.submit(posting, by=make_user(roles=["advisor"]))
    change(posting, weekly_hours=None, study_years=["B4", "M1"])
    posting.refresh_from_db()

    found = versions.versions_of(posting)

    names = ("title_en", "starts_on", "weekly_hours", "study_years")
    assert [(one.number, *(one.values[name] for name in names)) for one in found] == [
        (3, "Second", date(2027, 2, 15), None, ["B4", "M1"]),
        (2, "Second", date(2027, 2, 15), 20, ["B3"]),
        (1, "First", None, 20, ["B3"]),
    ]
    assert found[1].changed == ["title_en", "starts_on"]


def test_an_import_is_a_version_like_any_other():
    posting = make_posting(title_en="New", study_years=["B4"], credit_bearing=True, pay_yen=None)
    before = {"title_en": "Old", "study_years": "B3;M1", "credit_bearing": "n", "pay_yen": "1200"}
    log.append("imported", posting, actor=None, before=before, after={})

    (found,) = versions.versions_of(posting)
    earlier, _pending = versions.content_at(posting, 0)

    assert found.values["title_en"] == "New"
    names = ("title_en", "study_years", "credit_bearing", "pay_yen")
    assert [earlier[name] for name in names] == ["Old", ["B3", "M1"], False, 1200]


def test_an_undone_change_is_a_version_that_says_what_the_first_said():
    posting, by = write(), make_user(roles=["advisor"])
    event = change(posting, by, title_en="Second")
    workflow.undo(posting, event.pk, by=by)
    posting.refresh_from_db()

    assert [one.values["title_en"] for one in versions.versions_of(posting)] == [
        "First",
        "Second",
        "First",
    ]


@pytest.mark.parametrize(
    ("before", "after", "deleted", "inserted"),
    [
        ("Read maps daily", "Read old maps", [" daily"], ["old "]),
        ("地図を読む仕事", "地図を描く仕事", ["読む"], ["描く"]),
        ("", "New", ["nothing"], ["New"]),
    ],
)
def test_two_texts_are_compared_word_by_word_or_letter_by_letter(before, after, deleted, inserted):
    (line,) = versions.compare({"title_ja": before}, {"title_ja": after}) or [None]

    assert "".join(text for kind, text in line.before if kind == "del") == "".join(deleted)
    assert "".join(text for kind, text in line.after if kind == "ins") == "".join(inserted)
    if before:
        assert "".join(piece.text for piece in line.before) == before
        assert "".join(piece.text for piece in line.after) == after


def test_the_page_compares_any_two_versions_and_restores_one(advisor):
    posting = write(description_ja="地図を読む", description_en="Read maps")
    change(posting, description_ja="地図を描く")
    change(posting, description_en="Draw maps")

    response = page(advisor, "posting_versions", posting, **{"from": 1, "to": 3})
    restored = advisor.post(
        reverse("posting_restore", args=[posting.ref, 1]),
        {"seen": response.context["seen"]},
        follow=True,
    )

    assert [line.name for line in response.context["lines"]] == ["description_ja", "description_en"]
    assert "<del>Read</del>" in response.text
    assert "<ins>描く</ins>" in response.text
    posting.refresh_from_db()
    assert (posting.description_ja, posting.description_en) == ("地図を読む", "Read maps")
    assert "Saved." in restored.text
    assert "Undo" in restored.text


def test_nothing_is_restored_over_what_a_colleague_did_meanwhile(advisor):
    posting = write()
    change(posting, title_en="Second")
    seen = page(advisor, "posting_versions", posting).context["seen"]
    change(posting, title_en="Third")

    response = advisor.post(
        reverse("posting_restore", args=[posting.ref, 1]), {"seen": seen}, follow=True
    )

    posting.refresh_from_db()
    assert posting.title_en == "Third"
    assert "Nothing was restored" in response.text


def test_restoring_a_doubt_asks_for_a_reason_on_the_same_page(advisor):
    posting = write(closes_at=NOW + timedelta(days=9), weekly_hours=45, pay_kind="wage")
    change(posting, weekly_hours=20)
    Posting.objects.update(state="published", opens_at=NOW - timedelta(days=9), problems=[])
    seen = page(advisor, "posting_versions", posting).context["seen"]
    address = reverse("posting_restore", args=[posting.ref, 1])

    asked = advisor.post(address, {"seen": seen}, follow=True)
    done = advisor.post(address, {"seen": seen, "reason": "Told by telephone"}, follow=True)

    assert "To be answered for: more than 8 hours a day or 40 hours a week" in asked.text
    assert 'name="reason"' in asked.text
    assert "Saved." in done.text
    posting.refresh_from_db()
    assert posting.weekly_hours == 45
    assert workflow.last_deed(posting, "edited").reason == "Told by telephone"


def test_restoring_what_is_on_the_board_waits_for_a_second_person(advisor, second_person_publishes):
    posting = write(closes_at=NOW, title_en="First")
    change(posting, title_en="Second")
    Posting.objects.update(state="published", opens_at=NOW - timedelta(days=9), posted_by=None)
    seen = page(advisor, "posting_versions", posting).context["seen"]

    advisor.post(reverse("posting_restore", args=[posting.ref, 1]), {"seen": seen})

    posting.refresh_from_db()
    assert posting.title_en == "Second"
    assert posting.pending["title_en"] == "First"


@pytest.mark.parametrize("query", ["?from=7&to=9", "?from=x", "?from=2&to=1", "?from=&to="])
def test_numbers_of_no_version_show_the_last_change(advisor, query):
    posting = write()
    change(posting, title_en="Second")

    response = advisor.get(reverse("posting_versions", args=[posting.ref]) + query)

    assert (response.context["older"].number, response.context["newer"].number) == (1, 2)


def test_a_posting_without_a_log_has_a_page_of_versions_too(advisor):
    response = page(advisor, "posting_versions", make_posting())

    assert "The log knows no version" in response.text


def test_the_change_is_shown_beside_what_stands_on_the_board(advisor):
    posting = make_posting(title_en="Approved", title_ja="承認済み")
    pending = {"title_en": "Changed", "title_ja": "変更"}
    Posting.objects.update(
        pending=pending, pending_state="in_review", pending_by=make_user(roles=["advisor"])
    )

    review = page(advisor, "posting_change", posting)
    editor = advisor.get(reverse("posting_section", args=[posting.ref, "words"]))
    public = Client(HTTP_ACCEPT_LANGUAGE="en").get(posting.get_absolute_url())

    assert [line.name for line in review.context["lines"]] == ["title_ja", "title_en"]
    assert editor.context["form"]["title_en"].value() == "Changed"
    assert "Approved" in public.text
    assert "Changed" not in public.text


def test_a_change_is_approved_on_its_page(advisor, second_person_publishes):
    posting = make_posting(title_en="Approved")
    change(posting, title_en="Changed")
    address = reverse("posting_change", args=[posting.ref])
    form = advisor.get(address).context["form"]

    response = advisor.post(
        address, {"seen": form["seen"].value(), "do": "approve_change"}, follow=True
    )

    posting.refresh_from_db()
    assert posting.title_en == "Changed"
    assert "Approved. The change stands on the page now." in response.text


def test_who_looked_before_the_change_was_changed_looks_again(advisor, second_person_publishes):
    posting = make_posting(title_en="Approved")
    change(posting, title_en="Changed")
    address = reverse("posting_change", args=[posting.ref])
    form = advisor.get(address).context["form"]
    change(posting, title_en="Changed again")

    response = advisor.post(
        address, {"seen": form["seen"].value(), "do": "approve_change"}, follow=True
    )

    posting.refresh_from_db()
    assert posting.title_en == "Approved"
    assert "Look again, then decide." in response.text
    assert "Changed again" in response.text


def test_returning_a_change_needs_a_reason_that_its_writer_reads(advisor, second_person_publishes):
    posting = make_posting()
    writer = make_user(roles=["advisor"])
    change(posting, writer, title_en="Changed")
    address = reverse("posting_change", args=[posting.ref])

    refused = advisor.post(address, {"do": "return_change"})
    advisor.post(address, {"do": "return_change", "reason": "The hours are missing"})
    advisor.force_login(writer)

    assert "Write what is to be mended." in refused.text
    assert "The hours are missing" in advisor.get(address).text


def test_a_doubt_about_a_change_is_named_where_it_is_to_be_answered_for(
    advisor, second_person_publishes
):
    posting = make_posting()
    change(posting, weekly_hours=45)
    address = reverse("posting_change", args=[posting.ref])
    seen = advisor.get(address).context["form"]["seen"].value()

    response = advisor.post(address, {"do": "approve_change", "seen": seen})

    assert "more than 8 hours a day or 40 hours a week" in response.text
    posting.refresh_from_db()
    assert posting.pending


def test_two_who_edit_a_pending_version_at_once_see_each_others_words(
    advisor, second_person_publishes
):
    posting = make_posting(title_en="Approved", schedule_note="old")
    address = reverse("posting_section", args=[posting.ref, "all"])
    form = advisor.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value()}
    data = data | {"closes_at": "2026-12-12 12:00", "opens_at": "2026-11-12 12:00", "do": "save"}
    change(posting, title_en="Theirs", schedule_note="new")

    response = advisor.post(address, data | {"title_en": "Mine"})

    again = response.context["form"]
    assert (again["title_en"].value(), again["schedule_note"].value()) == ("Mine", "new")
    assert response.context["conflict"].differing


def test_the_preview_of_a_change_is_what_the_page_will_be(advisor, second_person_publishes):
    posting = make_posting(title_en="Approved")
    address = reverse("posting_section", args=[posting.ref, "all"])
    form = advisor.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value()}
    data = data | {"closes_at": "2026-12-12 12:00", "opens_at": "2026-11-12 12:00"}

    response = advisor.post(address, data | {"title_en": "As typed", "do": "preview"})

    assert "As typed" in response.text
    posting.refresh_from_db()
    assert (posting.title_en, posting.pending) == ("Approved", None)


def test_the_pages_of_versions_cost_the_same_whatever_there_is(advisor, assert_same_queries):
    posting = write()

    def once_more():
        change(posting, title_en=f"Title {uuid.uuid4()}")

    assert_same_queries(lambda: page(advisor, "posting_versions", posting), once_more, at_most=12)
