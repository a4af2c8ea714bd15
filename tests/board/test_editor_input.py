"""What the editor says of bad input, and what it understands."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from internships.board.forms.posting import likely_last_day
from internships.board.models import Organisation, Posting
from tests.board.editing import NEW, TYPED, edit_address, from_page, send, typed
from tests.factories import TOKYO, make_organisation

pytestmark = pytest.mark.django_db


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
