"""Writing a posting: the form, what it says of bad input, its buttons, and the way back."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.people.models import OfficeSettings
from careers.record.models import Event
from internships.board import workflow
from internships.board.forms import PostingForm, likely_last_day
from internships.board.models import MinimumWage, Organisation, Posting
from tests.factories import NOW, TOKYO, make_organisation, make_posting, make_student, make_user

pytestmark = pytest.mark.django_db
NEW = "/internships/new/"
TYPED = {
    "organisation_ja": "北野ロボティクス株式会社",
    "organisation_en": "Kitano Robotics",
    "title_ja": "動作計画ソフトウェア開発",
    "title_en": "Motion-planning software",
    "description_en": "Write and test motion-planning code.",
    "pay_kind": "wage",
    "pay_yen": "1500",
    "pay_unit": "hour",
    "weekly_hours": "35",
    "daily_hours": "7",
    "days_per_week": "5",
    "starts_on": "2027-02-15",
    "ends_on": "2027-03-12",
    "closes_at": "2026-12-03 17:00",
    "programme_type": "3",
    "prefecture": "13",
    "work_style": "onsite",
    "venue": "ordinary",
    "source": "office",
    "apply_method": "office",
    "study_years": ["B3", "B4"],
    "faculties": ["any"],
}


@pytest.fixture
def advisor(signed_in):
    return signed_in("advisor")


def typed(**fields):
    return {name: value for name, value in (TYPED | fields).items() if value is not None}


def from_page(response):
    """Give the form as the page shows it, as a browser would send it."""
    form = response.context["form"]
    return {name: form[name].value() for name in ("form_key", "seen")}


def edit_address(posting):
    return reverse("posting_edit", args=[posting.ref])


def send(client, address, do="save", **fields):
    page = from_page(client.get(address))
    return client.post(address, typed(**fields) | page | {"do": do})


def stored(posting):
    """Give a stored posting as its form sends it."""
    form = PostingForm(instance=posting)
    values = {name: form[name].value() for name in form.fields}
    for name in ("starts_on", "ends_on", "opens_at", "closes_at"):
        values[name] = form.fields[name].widget.format_value(values[name])
    return {n: v for n, v in values.items() if v not in (None, False) and n not in ("seen",)}


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


def test_publishing_puts_it_on_the_board_and_offers_an_undo(advisor, client):
    response = advisor.post(
        NEW, typed() | from_page(advisor.get(NEW)) | {"do": "publish"}, follow=True
    )

    posting = Posting.objects.get()
    assert "The posting is on the board." in response.text
    assert f"/internships/{posting.ref}/undo/" in response.text
    assert [e.verb for e in Event.objects.filter(object_kind="board.Posting").order_by("pk")] == [
        "drafted",
        "published",
    ]
    client.logout()
    assert posting.title_ja in client.get(reverse("posting_list")).text


def test_it_is_on_the_board_until_its_deadline_and_off_it_by_itself(advisor, frozen_moment):
    send(advisor, NEW, do="publish")
    closes = datetime(2026, 12, 3, 17, tzinfo=TOKYO)
    board = reverse("posting_list")

    frozen_moment.move_to(closes - timedelta(seconds=1))
    before = advisor.get(board).text
    frozen_moment.move_to(closes)
    after = advisor.get(board).text

    assert TYPED["title_en"] in before
    assert TYPED["title_en"] not in after


def test_a_later_opening_keeps_it_off_the_board_until_then(advisor, frozen_moment):
    opens = datetime(2026, 11, 25, 9, tzinfo=TOKYO)
    send(advisor, NEW, do="publish", opens_at="2026-11-25 9:00")

    frozen_moment.move_to(opens - timedelta(seconds=1))
    before = advisor.get(reverse("posting_list")).text
    frozen_moment.move_to(opens)
    after = advisor.get(reverse("posting_list")).text

    assert TYPED["title_en"] not in before
    assert TYPED["title_en"] in after


def test_undo_takes_it_off_the_board_again(advisor):
    send(advisor, NEW, do="publish")
    event = Event.objects.get(verb="published")

    posting = Posting.objects.get()
    response = advisor.post(reverse("posting_undo", args=[posting.ref, event.pk]), follow=True)

    posting.refresh_from_db()
    assert posting.state == "draft"
    assert "Undone." in response.text


def test_undo_says_who_was_faster(advisor):
    posting = make_posting(state="draft", problems=[])
    colleague = make_user(roles=["advisor"], name_romaji="SATO Keiko")
    event = workflow.mark_still_right(posting, "en", by=advisor.user)
    workflow.mark_still_right(posting, "ja", by=colleague)

    response = advisor.post(reverse("posting_undo", args=[posting.ref, event.pk]), follow=True)

    assert "SATO Keiko" in response.text


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


BAD = [
    ("starts_on", "15/2", "Write the date like 2027-02-15.", "日付は 2027-02-15"),
    ("ends_on", "2027-02-30", "Write the date like 2027-02-15.", "日付は 2027-02-15"),
    ("ends_on", "2027-02-12", "Did you mean 2027-03-12?", "2027-03-12 ではありませんか"),
    ("starts_on", "0001-01-01", "Write a year from 2000 to 2100.", "2000"),
    ("closes_at", "soon", "Write day and time like 2026-12-03 17:00.", "2026-12-03 17:00"),
    ("weekly_hours", "168.25", "Write hours as one number from 0 to 168", "0～168"),
    ("weekly_hours", "-1", "Write hours as one number from 0 to 168", "0～168"),
    ("weekly_hours", "NaN", "Write hours as one number from 0 to 168", "0～168"),
    ("weekly_hours", "20–30", "Write hours as one number from 0 to 168", "0～168"),
    ("daily_hours", "25", "Write hours as one number from 0 to 24", "0～24"),
    ("days_per_week", "8", "Write days as one number from 0 to 7", "0～7"),
    ("pay_yen", "-1", "Write the amount in yen as one whole number", "0以上の整数"),
    ("pay_yen", "1500.5", "Write the amount in yen as one whole number", "0以上の整数"),
    ("pay_yen", "9" * 30, "Write the amount in yen as one whole number", "0以上の整数"),
    ("pay_unit", "", "Choose what the amount is for", "金額の単位"),
    ("pay_kind", "none", "nothing fixed is paid", "金額が入力されています"),
    ("openings", "many", "Write one whole number from 1 to 9999", "1～9999"),
    ("title_en", "x" * 301, "at most 300 characters", "300 文字以下"),
    ("description_ja", "あ" * 20_001, "at most 20000 characters", "20000 文字以下"),
    ("title_en", "a\x00b", "Null characters are not allowed", "文字を入力してください"),
]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(("field", "value", "english", "japanese"), BAD)
def test_bad_input_is_told_beside_the_field_and_nothing_typed_is_lost(
    advisor, language, field, value, english, japanese
):
    advisor.cookies["django_language"] = language
    data = typed(**{field: value}) | from_page(advisor.get(NEW)) | {"do": "publish"}

    response = advisor.post(NEW, data)

    assert response.status_code == 200
    form = response.context["form"]
    said = " ".join(str(error) for errors in form.errors.values() for error in errors)
    assert (english if language == "en" else japanese) in said
    assert len(form.errors) == 1
    for name, given in data.items():
        if name in form.fields and given:
            assert form[name].value() == given, name
    assert not Posting.objects.exists()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("method", "address", "ok"),
    [
        ("email", "no address", False),
        ("email", "saiyo@example.jp", True),
        ("url", "ftp://example.jp/", False),
        ("url", "https://example.jp/intern", True),
        ("office", "内線 1234", True),
    ],
)
def test_an_address_to_apply_to_must_work(advisor, method, address, ok):
    response = send(advisor, NEW, apply_method=method, apply_to=address)

    assert (response.status_code == 302) is ok


def test_no_name_and_no_title_are_told_once_each(advisor):
    nothing = {"organisation_ja": "", "organisation_en": "", "title_ja": "", "title_en": ""}

    response = send(advisor, NEW, **nothing)

    assert sorted(response.context["form"].errors) == ["organisation_ja", "title_ja"]


def test_full_width_digits_are_understood(advisor):
    send(
        advisor,
        NEW,
        pay_yen="￥１，５００円",
        weekly_hours="２７．５",
        starts_on="２０２７／２／１５",
        ends_on="２０２７年３月１２日",
        closes_at="２０２６－１２－０３　１７：００",
        openings="３",
    )

    posting = Posting.objects.get()
    assert (posting.pay_yen, float(posting.weekly_hours), posting.openings) == (1500, 27.5, 3)
    assert (posting.starts_on, posting.ends_on) == (date(2027, 2, 15), date(2027, 3, 12))
    assert posting.closes_at == datetime(2026, 12, 3, 17, tzinfo=TOKYO)


def test_a_closing_day_without_a_time_means_its_last_minute(advisor):
    send(advisor, NEW, closes_at="2026-12-03")

    closes = timezone.localtime(Posting.objects.get().closes_at)
    assert f"{closes:%Y-%m-%d %H:%M}" == "2026-12-03 23:59"


@pytest.mark.parametrize(
    "text",
    [
        "あ" * 10_000,
        "絵文字 👩‍💻🎌",
        "مرحبا بالعالم ‮abc",
        "<script>alert(1)</script><b>x</b>",
        "𠮷𩸽",
    ],
    ids=["long", "emoji", "right to left", "html", "rare"],
)
def test_any_text_is_kept_and_shown_as_text(advisor, text):
    fields = {"description_ja": text, "requirements_en": text, "title_ja": text[:50]}

    send(advisor, NEW, do="publish", **fields, city_ja=text[:50], pay_note_ja=text[:50])

    posting = Posting.objects.get()
    assert (posting.description_ja, posting.title_ja) == (text, text[:50].strip())
    page = advisor.get(posting.get_absolute_url()).text
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert "<script>alert" not in advisor.get(edit_address(posting)).text


@pytest.mark.parametrize(
    ("first", "last", "meant"),
    [
        ((2027, 2, 15), (2027, 2, 12), (2027, 3, 12)),
        ((2027, 2, 15), (2026, 3, 12), (2027, 3, 12)),
        ((2026, 12, 21), (2026, 1, 15), (2027, 1, 15)),
        ((2026, 12, 21), (2026, 12, 5), (2027, 1, 5)),
        ((2027, 1, 31), (2027, 1, 30), None),
    ],
)
def test_the_last_day_meant_is_guessed_only_where_it_exists(first, last, meant):
    assert likely_last_day(date(*first), date(*last)) == (meant and date(*meant))


def test_a_known_organisation_is_found_whatever_the_width_of_its_letters(advisor):
    known = make_organisation(name_ja="株式会社ＡＢＣ", name_en="")

    send(advisor, NEW, organisation_ja="株式会社 abc", organisation_en="ABC Inc.")

    assert Posting.objects.get().organisation == known
    known.refresh_from_db()
    assert known.name_en == "ABC Inc."


def test_an_organisation_known_by_another_english_name_is_told(advisor):
    make_organisation(name_ja=TYPED["organisation_ja"], name_en="Kitano Robots")

    response = send(advisor, NEW)

    assert "Kitano Robots" in str(response.context["form"].errors["organisation_en"])
    assert not Posting.objects.exists()


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


def test_with_a_second_person_the_button_sends_for_approval(advisor):
    office = OfficeSettings.load()
    office.second_person_publishes = True
    office.save()

    send(advisor, NEW)
    posting = Posting.objects.get()
    page = advisor.get(edit_address(posting)).text
    send(advisor, edit_address(posting), do="publish")

    assert "Send for approval" in page
    posting.refresh_from_db()
    assert posting.state == "in_review"


def test_publishing_is_offered_only_beside_the_groups_who_could_take_it(advisor):
    new = advisor.get(NEW).text
    send(advisor, NEW)
    saved = advisor.get(edit_address(Posting.objects.get())).text

    assert ('value="publish"' in new, 'value="publish"' in saved) == (False, True)
    assert "Individual: case by case" in saved


def test_two_who_edit_at_once_the_second_sees_the_change_and_keeps_her_words(advisor):
    posting = make_posting(state="draft", title_en="Before", schedule_note="old")
    page = stored(posting) | {"seen": 0, "do": "save"}
    colleague = make_user(roles=["advisor"], name_romaji="SATO Keiko")
    theirs = {"title_en": "Theirs", "schedule_note": "new"}
    workflow.edit(posting, theirs, by=colleague, seen=0)

    response = advisor.post(edit_address(posting), page | {"title_en": "Mine"})

    posting.refresh_from_db()
    form = response.context["form"]
    assert posting.title_en == "Theirs"
    assert "SATO Keiko" in response.text
    assert (form["title_en"].value(), form["schedule_note"].value()) == ("Mine", "new")

    again = {name: form[name].value() for name in form.fields} | {"do": "save"}
    advisor.post(edit_address(posting), {n: v for n, v in again.items() if v})

    posting.refresh_from_db()
    assert (posting.title_en, posting.schedule_note) == ("Mine", "new")


def test_two_who_publish_the_second_is_told(advisor):
    send(advisor, NEW)
    posting = Posting.objects.get()
    data = typed() | from_page(advisor.get(edit_address(posting))) | {"do": "publish"}
    workflow.publish(posting, by=make_user(roles=["advisor"], name_romaji="SATO Keiko"))

    response = advisor.post(edit_address(posting), data, follow=True)

    assert "SATO Keiko has put this posting on the board" in response.text


def test_closing_early_asks_why_and_takes_it_off_the_board(advisor, client):
    posting = make_posting()
    address = reverse("posting_withdraw", args=[posting.ref])

    without = advisor.post(address, {"reason": " "})
    response = advisor.post(address, {"reason": "All places are taken"}, follow=True)

    assert without.status_code == 200
    assert "Closed. Its page stays and says so." in response.text
    posting.refresh_from_db()
    assert (posting.state, posting.withdrawn_reason) == ("withdrawn", "All places are taken")
    client.logout()
    client.cookies["django_language"] = "en"
    assert "This posting is closed" in client.get(posting.get_absolute_url()).text
    assert "All places are taken" not in client.get(posting.get_absolute_url()).text


def test_what_is_closed_comes_back_on_the_board(advisor):
    posting = make_posting()
    workflow.withdraw(posting, by=advisor.user, reason="Wrong")

    data = stored(posting) | {
        "seen": workflow.version(posting),
        "reason": "Asked",
        "do": "republish",
    }
    response = advisor.post(edit_address(posting), data)

    assert response.url == posting.get_absolute_url()
    assert list(Posting.objects.open(timezone.now())) == [posting]


def test_returning_needs_a_reason_that_the_editor_shows(advisor):
    posting = make_posting(state="in_review")

    advisor.post(reverse("posting_return", args=[posting.ref]), {"reason": "The hours are missing"})

    posting.refresh_from_db()
    assert posting.state == "returned"
    assert "The hours are missing" in advisor.get(edit_address(posting)).text


def test_closing_what_is_closed_says_so(advisor):
    posting = make_posting()
    workflow.withdraw(posting, by=make_user(roles=["advisor"]), reason="Taken")

    response = advisor.get(reverse("posting_withdraw", args=[posting.ref]), follow=True)

    assert "has closed this posting" in response.text


def test_a_copy_has_the_words_and_none_of_the_dates(advisor):
    earlier = make_posting(
        starts_on=date(2026, 8, 10), ends_on=date(2026, 8, 20), weekly_hours=30, pay_kind="none"
    )

    form = advisor.get(f"{NEW}?copy={earlier.ref}").context["form"]

    assert form["title_en"].value() == earlier.title_en
    assert form["weekly_hours"].value() == "30"
    dates = ("starts_on", "ends_on", "opens_at", "closes_at")
    assert [form[name].value() for name in dates] == [None] * 4


def test_a_copy_is_a_new_draft_that_remembers_its_origin(advisor):
    earlier = make_posting()
    address = f"{NEW}?copy={earlier.ref}"

    advisor.post(address, typed() | from_page(advisor.get(address)) | {"do": "save"})

    assert Posting.objects.get(state="draft").published_at is None
    assert Event.objects.get(verb="drafted").reason == f"copy of {earlier.ref}"


def test_the_preview_is_the_public_page_of_what_is_typed_and_keeps_nothing(advisor):
    make_organisation(name_ja=TYPED["organisation_ja"], name_en=TYPED["organisation_en"])

    previewed = send(advisor, NEW, do="preview", title_en="Only typed")
    events = Event.objects.count()
    assert not Posting.objects.exists()
    send(advisor, NEW, do="publish", title_en="Only typed")
    public = advisor.get(Posting.objects.get().get_absolute_url())

    assert events == 0
    assert main_of(previewed) == main_of(public)


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
        ({"ends_on": "2027-02-17"}, "Type 3 lasts five days or more."),
        ({"study_years": ["B1"]}, "Type 3 is for undergraduate years 3 and 4"),
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


def test_type_3_outside_a_vacation_needs_a_course(advisor):
    send(advisor, NEW)

    page = advisor.get(edit_address(Posting.objects.get())).text

    assert "Outside a long vacation, type 3 needs a regular course" in page


def test_what_is_wrong_and_what_is_advised_are_both_told(advisor):
    response = send(advisor, NEW, ends_on="nonsense", daily_hours="9")

    assert "Write the date like" in response.text
    assert "at most 8 hours a day" in response.text


STAFF = "/internships/manage/"


def test_the_list_of_the_office_counts_postings_by_what_is_to_be_done(advisor):
    make_posting(state="draft", title_en="A draft")
    make_posting(state="in_review")
    make_posting(opens_at=NOW + timedelta(days=1))
    make_posting()
    make_posting(closes_at=NOW)
    make_posting(state="withdrawn", withdrawn_at=NOW)

    response = advisor.get(STAFF)

    counts = {name: count for name, _words, count in response.context["tabs"]}
    assert counts == {
        "drafts": 1,
        "in_review": 1,
        "returned": 0,
        "open": 1,
        "scheduled": 1,
        "stale": 0,
        "closed": 2,
    }
    assert "A draft" in response.text


def test_the_list_of_the_office_can_be_searched(advisor):
    make_posting(title_en="Map reading")
    make_posting(title_en="Kite flying")

    response = advisor.get(STAFF, {"tab": "open", "q": "kite"})

    assert [posting.title_en for posting in response.context["page"]] == ["Kite flying"]


def test_the_list_of_the_office_costs_the_same_whatever_its_length(advisor, assert_same_queries):
    assert_same_queries(lambda: advisor.get(STAFF, {"tab": "open"}), make_posting, at_most=8)


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
