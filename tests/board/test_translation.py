"""Words of one language that were changed after the other: shown to whoever translates them."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from internships.board import workflow
from internships.board.models import Posting
from internships.board.translation import behind
from tests.factories import NOW, make_organisation, make_posting

pytestmark = pytest.mark.django_db
WORDS = {
    "title_ja": "地図を読む",
    "title_en": "Map reading",
    "description_ja": "4人で地図を読みます。",
    "description_en": "You read maps in a team of four.",
}


@pytest.fixture
def posting(by):
    values = WORDS | {"organisation_id": make_organisation().pk}
    return workflow.save_draft(values, by=by, form_key=uuid.uuid4())


@pytest.fixture
def later(frozen_moment, by):
    """Change a posting an hour later: `later(posting, title_ja="…")`."""

    def change(posting, **words):
        frozen_moment.shift(timedelta(hours=1))
        workflow.edit(posting, words, by=by, seen=workflow.version(posting))
        posting.refresh_from_db()

    return change


def lines_of(posting):
    found = behind(posting)
    return found and [
        (line.name, *("".join(piece.text for piece in side) for side in (line.before, line.after)))
        for line in found.lines
    ]


def test_words_written_together_are_no_matter_of_translation(posting):
    assert behind(posting) is None


def test_what_changed_in_one_language_is_told_to_the_other(posting, later):
    later(posting, description_ja="3人で地図を読みます。")

    assert behind(posting).older == "en"
    assert lines_of(posting) == [
        ("description_ja", "4人で地図を読みます。", "3人で地図を読みます。")
    ]


def test_all_changes_since_count_and_none_from_before(posting, later):
    later(posting, title_en="Reading maps")
    later(posting, title_ja="地図の読み方")
    later(posting, title_en="How to read maps")
    later(posting, title_ja="地図の読みかた", description_ja="地図。")
    later(posting, title_ja="地図")

    assert lines_of(posting) == [
        ("title_ja", "地図の読み方", "地図"),
        ("description_ja", "4人で地図を読みます。", "地図。"),
    ]


def test_both_changed_at_once_are_of_one_age(posting, later):
    later(posting, title_ja="地図", title_en="Maps")

    assert behind(posting) is None


def test_a_change_taken_back_is_nothing_to_translate(posting, later):
    later(posting, title_ja="地図")
    later(posting, title_ja="地図を読む")

    assert behind(posting) is None


def test_an_undone_change_is_nothing_to_translate(posting, later, by):
    later(posting, title_ja="地図")

    workflow.undo(posting, workflow.version(posting), by=by)
    posting.refresh_from_db()

    assert behind(posting) is None


def test_words_marked_as_still_right_have_followed(posting, later, by):
    later(posting, title_ja="地図")
    workflow.mark_still_right(posting, "en", by=by)
    posting.refresh_from_db()
    marked = behind(posting)

    later(posting, title_ja="地図帳")

    assert marked is None
    assert lines_of(posting) == [("title_ja", "地図", "地図帳")]


def test_one_language_alone_lacks_nothing(posting, later):
    later(posting, title_en="", description_en="")

    assert behind(posting) is None


def test_the_editor_shows_it_between_the_fields_of_both_languages(posting, later, advisor):
    later(posting, description_ja="3人で地図を読みます。")

    for key in ("words", "all"):
        page = advisor.get(reverse("posting_section", args=[posting.ref, key])).text
        shown = page[page.index("id_description_en") : page.index("id_requirements_ja")]
        assert "The Japanese has changed since the English was written" in shown
        assert "<del>4</del>" in shown
        assert "<ins>3</ins>" in shown
        assert 'value="still_right_en"' in page


def test_the_page_of_a_change_tells_which_language_has_not_followed(
    advisor, by, second_person_publishes
):
    posting = make_posting(**WORDS)

    workflow.edit(posting, {"title_ja": "地図帳"}, by=by, seen=workflow.version(posting))

    page = advisor.get(reverse("posting_change", args=[posting.ref])).text
    assert "The Japanese changes and the English does not." in page


@pytest.fixture
def open_posting(posting):
    """The posting on the board, as an update of two days later finds it."""
    Posting.objects.filter(pk=posting.pk).update(
        state="published", opens_at=NOW, published_at=NOW, closes_at=NOW + timedelta(days=30)
    )
    posting.refresh_from_db()
    return posting


def test_readers_see_what_the_older_language_does_not_say(
    client, open_posting, later, frozen_moment
):
    before = client.get(open_posting.get_absolute_url()).text
    frozen_moment.shift(timedelta(days=2))
    later(open_posting, description_ja="3人で地図を読みます。")

    page = client.get(open_posting.get_absolute_url()).text

    assert "See what changed" not in before
    assert "The English is 2 days older than the Japanese." in page
    assert "<ins>3</ins>人で地図を読みます。" in page
    assert "4人" not in page  # what it said before is for the office


def test_readers_see_nothing_of_a_change_that_waits(
    client, open_posting, later, frozen_moment, by, second_person_publishes
):
    frozen_moment.shift(timedelta(days=2))
    later(open_posting, description_ja="3人で地図を読みます。")

    page = client.get(open_posting.get_absolute_url()).text

    assert open_posting.pending
    assert "See what changed" not in page
    assert "3人" not in page
