"""What the editor notes beside a field: advice does not block, the law does."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from careers.record.models import Event
from internships.board.models import MinimumWage, Organisation, Posting
from tests.board.editing import NEW, edit_address, send, stored
from tests.factories import NOW, make_posting

pytestmark = pytest.mark.django_db
COURSE = {"credit_bearing": "on", "course_code": "INT201"}
DOCTORAL = {"study_years": ["D1", "D2"], "ends_on": "2027-04-15"}


def test_a_restricted_business_is_saved_but_never_published(advisor):
    saved = send(advisor, NEW, venue="fueiho")
    posting = Posting.objects.get()
    refused = send(advisor, edit_address(posting), do="publish", venue="fueiho")

    assert saved.status_code == 302
    assert "can never be published" in refused.text
    posting.refresh_from_db()
    assert posting.state == "draft"


def test_refusing_to_publish_saves_nothing_and_keeps_what_was_typed(advisor):
    response = send(advisor, NEW, do="publish", closes_at="", title_en="Kept")

    assert "A published posting needs a closing date." in response.text
    assert response.context["form"]["title_en"].value() == "Kept"
    assert not Posting.objects.exists()
    assert not Organisation.objects.exists()


def test_a_doubt_asks_for_a_reason_and_the_log_keeps_it(advisor):
    asked = send(advisor, NEW, do="publish", weekly_hours="")
    done = send(advisor, NEW, do="publish", weekly_hours="", reason="Told at the interview")

    assert "hours a week not given" in asked.text
    assert done.status_code == 302
    assert Event.objects.get(verb="published").reason == "Told at the interview"


def test_older_words_are_marked_until_somebody_says_they_are_still_right(advisor):
    old = NOW - timedelta(days=3)
    posting = make_posting(state="draft", words_changed_en_at=old, words_changed_ja_at=NOW)

    before = advisor.get(edit_address(posting)).text
    data = stored(posting) | {"seen": 0, "do": "still_right_en"}
    after = advisor.post(edit_address(posting), data, follow=True).text

    assert "Older than the Japanese by 3 days." in before
    assert "Older than the Japanese" not in after


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"pay_yen": "1000"}, "below the minimum wage"),
        ({}, "Tokyo minimum: ¥1,226 (fiscal 2025 table; 2026 not loaded)"),
        ({"weekly_hours": "40"}, "7 h × 5 days = 35 h, not 40 h."),
        ({"weekly_hours": "41", "daily_hours": "9"}, "at most 8 hours a day and 40 a week"),
        ({"pay_kind": "flat_allowance"}, "counts as pay when permission is decided"),
        (
            {"programme_type": "2", "title_en": "Summer internship"},
            "Only types 3 and 4 may be called internship.",
        ),
        ({"programme_type": "3", "ends_on": "2027-02-17"}, "Type 3 lasts five days or more."),
        (
            {"programme_type": "3", "study_years": ["B1"]},
            "Type 3 is for undergraduate years 3 and 4",
        ),
        ({"programme_type": "4"}, "Type 4 lasts two months or more."),
        ({"venue": "fueiho"}, "It can never be published."),
        ({"starts_on": "2026-11-21"}, "The first day has passed."),
        ({"closes_at": "2027-02-15"}, "closes on or after the first day"),
        ({"course_code": "INT201"}, "A course is written"),
    ],
)
def test_notes_beside_a_field_advise_and_do_not_block(advisor, fields, words):
    MinimumWage.objects.create(prefecture="13", yen_per_hour=1226, effective_from=date(2025, 10, 3))

    response = send(advisor, NEW, **fields)

    assert response.status_code == 302
    assert words in advisor.get(response.url).text


@pytest.mark.parametrize(
    ("fields", "looks"),
    [
        ({"state": "draft"}, True),
        ({"state": "published"}, False),
        ({"state": "withdrawn", "withdrawn_at": NOW}, False),
        ({"state": "withdrawn", "withdrawn_at": NOW, "closes_at": NOW + timedelta(days=1)}, True),
    ],
    ids=["not yet on the board", "over", "closed early and over", "may come back"],
)
def test_the_dates_of_what_is_over_ask_nobody_to_look(advisor, fields, looks):
    dates = {"starts_on": date(2026, 11, 10), "ends_on": date(2026, 11, 14)}
    posting = make_posting(**{"closes_at": NOW - timedelta(days=9)} | dates | fields)

    page = advisor.get(reverse("posting_edit", args=[posting.ref]))

    states = {section.part.key: section.state for section, _missing in page.context["sections"]}
    assert (states["dates"] == "problem") is looks


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"programme_type": "2"}, False),
        ({"programme_type": "3"}, True),  # outside a vacation, without a course
        ({"programme_type": "3", **COURSE}, False),
        ({"programme_type": "3", **COURSE, "work_style": "hybrid"}, False),
        ({"programme_type": "3", **COURSE, "work_style": "remote"}, True),
        ({"programme_type": "3", **COURSE, "ends_on": "2027-02-18"}, True),
        ({"programme_type": "4", **COURSE, **DOCTORAL}, False),
        ({"programme_type": "4", **COURSE, **DOCTORAL, "study_years": ["M2", "D1"]}, True),
        ({"programme_type": "4", **DOCTORAL}, True),
        ({"programme_type": "4", **COURSE, **DOCTORAL, "ends_on": "2027-04-14"}, True),
    ],
)
def test_what_is_against_the_agreement_on_its_type_is_published_with_a_reason(
    advisor, fields, asked
):
    saved = send(advisor, NEW, **fields)
    posting = Posting.objects.get()
    first = send(advisor, edit_address(posting), do="publish", **fields)

    assert saved.status_code == 302
    assert ("does not meet what three ministries agreed" in first.text) is asked
    if asked:
        send(advisor, edit_address(posting), do="publish", reason="The course is new", **fields)
        assert Event.objects.get(verb="published").reason == "The course is new"
    posting.refresh_from_db()
    assert posting.state == "published"


def test_type_3_outside_a_vacation_needs_a_course(advisor):
    send(advisor, NEW, programme_type="3")

    page = advisor.get(edit_address(Posting.objects.get())).text

    assert "Outside a long vacation, type 3 needs a regular course" in page


def test_what_is_wrong_and_what_is_advised_are_both_told(advisor):
    response = send(advisor, NEW, ends_on="nonsense", daily_hours="9")

    assert "Write the date like" in response.text
    assert "at most 8 hours a day" in response.text
