"""What the cells of a file say, and what is wrong with a posting they describe."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from internships.board.models import MinimumWage, Posting
from tests.board.importing import take

pytestmark = pytest.mark.django_db


def test_full_width_digits_are_understood():
    take(
        {
            "weekly_hours": "２４．５",
            "pay_yen": "１，３００円",
            "starts_on": "２０２７/２/１５",
            "ends_on": "2027年2月18日",
            "openings": "３名",
            "closes_at": "２０２７－０１－２２",
        }
    )

    posting = Posting.objects.get()
    assert (posting.weekly_hours, posting.pay_yen, posting.openings) == (Decimal("24.5"), 1300, 3)
    assert (posting.starts_on, posting.ends_on) == (date(2027, 2, 15), date(2027, 2, 18))
    assert timezone.localtime(posting.closes_at).isoformat() == "2027-01-22T23:59:00+09:00"


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ({}, []),
        ({"venue": "fueiho"}, ["P_FUEIHO"]),
        ({"pay_yen": "1226"}, []),
        ({"pay_yen": "1225"}, ["P_BELOW_MIN_WAGE"]),
        ({"pay_yen": "7356", "pay_unit": "day"}, []),
        ({"pay_yen": "7355", "pay_unit": "day"}, ["P_BELOW_MIN_WAGE"]),
        ({"pay_yen": "127504", "pay_unit": "month"}, []),
        ({"pay_yen": "127503", "pay_unit": "month"}, ["P_BELOW_MIN_WAGE"]),
        ({"weekly_hours": "28"}, []),
        ({"weekly_hours": "28.25"}, ["P_OVER28"]),
        ({"weekly_hours": "40", "daily_hours": "8"}, ["P_OVER28"]),
        ({"weekly_hours": "40.5"}, ["P_LABOUR_HOURS", "P_OVER28"]),
        ({"daily_hours": "8.25"}, ["P_LABOUR_HOURS"]),
        ({"title_ja": "港のインターンシップ"}, ["P_TYPE_NAME"]),
        ({"title_en": "Port internship"}, ["P_TYPE_NAME"]),
        ({"title_en": "International internal affairs"}, []),
        ({"title_ja": "港のインターンシップ", "programme_type": "3"}, []),
        ({"ends_on": "2027-02-30"}, ["P_IMPOSSIBLE_DATE"]),
        ({"ends_on": "2027-02-14"}, ["P_DATE_ORDER"]),
        ({"ends_on": ""}, ["P_DATE_MISSING"]),
        ({"starts_on": "2026-11-22", "ends_on": "2026-11-30"}, ["P_DEADLINE_LATE"]),
        (
            {"starts_on": "2026-11-21", "ends_on": "2026-11-30", "closes_at": "2026-11-20"},
            ["P_PAST_DATE"],
        ),
        ({"closes_at": ""}, ["P_DEADLINE_MISSING"]),
        ({"closes_at": "2027-02-14"}, []),
        ({"closes_at": "2027-02-15"}, ["P_DEADLINE_LATE"]),
        ({"weekly_hours": ""}, []),
        ({"weekly_hours": "", "days_per_week": ""}, ["P_HOURS_MISSING"]),
        ({"pay_kind": "", "pay_yen": ""}, ["P_PAY_MISSING"]),
        ({"pay_yen": ""}, ["P_PAY_VAGUE"]),
        ({"pay_kind": "flat_allowance"}, ["P_ALLOWANCE_IS_PAY"]),
        ({"prefecture": ""}, ["P_PLACE_MISSING"]),
        ({"prefecture": "", "work_style": "remote"}, []),
        ({"city_ja": "大阪府大阪市"}, ["P_PLACE_MISMATCH"]),
        ({"city_ja": "東京都大田区"}, []),
        ({"description_ja": ""}, ["P_DESC_MISSING"]),
        ({"faculties": ""}, ["P_TARGET_MISSING"]),
        ({"study_years": ""}, ["P_TARGET_MISSING"]),
        ({"japanese_level": ""}, ["P_LANG_MISSING"]),
        ({"openings": "若干名"}, ["P_OPENINGS_VAGUE"]),
        ({"apply_to": ""}, ["P_CONTACT_MISSING"]),
        ({"apply_to": "saiyo＠minato"}, ["P_CONTACT_BAD"]),
        ({"apply_method": "url", "apply_to": "javascript:alert(1)"}, ["P_CONTACT_BAD"]),
        ({"apply_method": "office", "apply_to": "03-1234-5678"}, ["P_CONTACT_PHONE_ONLY"]),
        ({"apply_method": "office", "apply_to": ""}, []),
    ],
)
def test_each_line_carries_its_problems(line, problems):
    MinimumWage.objects.create(prefecture="13", yen_per_hour=1226, effective_from="2025-10-03")

    summary = take(line)

    assert (summary.results[0].action, summary.results[0].problems) == ("created", problems)


def test_a_day_that_does_not_exist_and_a_wrong_order_leave_the_field_empty():
    take(
        {"starts_on": "2027-02-30"},
        {"ref": "I26-9002", "starts_on": "2027-03-19", "ends_on": "2027-03-08"},
    )

    first, second = Posting.objects.order_by("ref")
    assert (first.starts_on, first.ends_on) == (None, date(2027, 2, 18))
    assert (second.starts_on, second.ends_on) == (date(2027, 3, 19), None)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ({"pay_yen": "-1300"}, "pay_yen: “-1300” is not between 0 and 100000000."),
        ({"weekly_hours": "168.5"}, "weekly_hours: “168.5” is not between 0 and 168."),
        ({"weekly_hours": "NaN"}, "weekly_hours: “NaN” is not a number."),
        ({"daily_hours": "25"}, "daily_hours: “25” is not between 0 and 24."),
        ({"openings": "2.5"}, "openings: “2.5” is not a whole number."),
        ({"starts_on": "soon"}, "starts_on: “soon” is no date like 2027-02-15."),
        ({"starts_on": "2027-02-29"}, "starts_on: “2027-02-29” is a date that does not exist."),
        (
            {"closes_at": "2027-01-22 25:00"},
            "closes_at: “2027-01-22 25:00” has no time like 17:00.",
        ),
        ({"prefecture": "48"}, "prefecture: “48” is no prefecture."),
        ({"venue": "pub"}, "venue: “pub” is none of: ordinary, fueiho."),
        ({"ref": "../admin"}, "ref: “../admin” cannot be a number of a posting."),
        (
            {"title_en": "x" * 10_000},
            "title_en: 10000 characters are too many; at most 300 fit.",
        ),
    ],
)
def test_a_cell_that_cannot_be_used_stays_empty_says_why_and_holds_the_posting(line, note):
    summary = take(line, publish=True)

    result = summary.results[0]
    assert (result.action, result.notes, result.posting.state) == ("created", [note], "in_review")


def test_any_text_is_kept_as_text():
    words = "<script>alert('x')</script> 🐟 \u202eمرحبا 𠮷 " + "長い文。" * 2500

    take({"description_ja": words, "title_ja": "<b>港</b>🐟\x00\x07"})

    posting = Posting.objects.get()
    assert (posting.description_ja, posting.title_ja) == (words.strip(), "<b>港</b>🐟")
