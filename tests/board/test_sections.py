"""The list of tasks beside the editor, and what it warns of while somebody writes."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from internships.board import advice, workflow
from internships.board.content import CONTENT
from internships.board.duplicates import duplicates_of
from internships.board.models import MinimumWage, Posting
from internships.board.problems import WageTable
from internships.board.sections import sections_of
from tests.factories import TOKYO, make_organisation, make_posting, make_user

pytestmark = pytest.mark.django_db
WHOLE = {
    "pay_kind": "wage",
    "pay_yen": 0,
    "pay_unit": "hour",
    "weekly_hours": 0,
    "starts_on": date(2027, 2, 15),
    "ends_on": date(2027, 3, 12),
    "closes_at": datetime(2027, 1, 12, tzinfo=TOKYO),
    "programme_type": 2,
    "credit_bearing": False,
    "prefecture": "13",
    "work_style": "onsite",
    "japanese_level": "none",
    "english_level": "none",
    "openings": 1,
    "study_years": ["B3"],
    "faculties": ["any"],
    "apply_method": "office",
    "organisation_en": "Kitano Robotics",
    "title_en": "Map reading",
    "description_en": "Read maps.",
}


def facts(**fields):
    """Give all that a form knows: what is not written is as in a new posting."""
    return {name: getattr(Posting(), name) for name in CONTENT} | WHOLE | fields


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, []),
        ({"pay_kind": "none", "pay_yen": None, "pay_unit": ""}, []),
        ({"pay_kind": "flat_allowance", "pay_unit": ""}, ["pay_unit"]),
        ({"credit_bearing": True}, ["course_code"]),
        ({"work_style": "remote", "prefecture": ""}, []),
        ({"work_style": "hybrid", "prefecture": ""}, ["prefecture"]),
        ({"apply_method": "url"}, ["apply_to"]),
        ({"title_ja": "地図", "description_en": ""}, ["description_en"]),
        ({"closes_at": None, "faculties": []}, ["closes_at", "faculties"]),
    ],
)
def test_a_section_lacks_what_its_other_facts_ask_for(fields, missing):
    found = sections_of(facts(**fields))

    assert [name for section in found for name in section.missing] == missing
    assert [section.is_next for section in found].count(True) == bool(missing)


def test_what_was_typed_and_refused_counts_as_typed(advisor):
    page = advisor.post("/internships/new/?all", {"pay_kind": "none", "weekly_hours": "200"})

    states = {section.part.key: section.state for section in page.context["sections"]}
    assert (states["pay"], states["hours"]) == ("complete", "not started")


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, True),
        ({"title_en": "ＭＡＰ ｒｅａｄｉｎｇ", "title_ja": "別の件名"}, True),
        ({"title_en": "Kite flying", "title_ja": "別の件名"}, False),
        ({"ends_on": date(2027, 3, 13)}, False),
        ({"organisation": None}, False),
        ({"state": "withdrawn", "withdrawn_at": "2026-11-20T00:00+09:00"}, False),
    ],
    ids=["same", "other width", "other title", "other days", "other host", "closed early"],
)
def test_a_duplicate_has_the_same_host_title_and_days(fields, found):
    host = make_organisation()
    same = {"title_ja": "地図を読む", "title_en": "Map reading", "organisation": host}
    same |= {"starts_on": date(2027, 2, 15), "ends_on": date(2027, 3, 12)}
    posting = make_posting(**same)
    other = make_posting(**same | fields)

    assert duplicates_of(posting) == ([other] if found else [])


def test_a_duplicate_is_told_and_published_only_with_a_reason(advisor):
    host = make_organisation()
    days = {"starts_on": date(2027, 2, 15), "ends_on": date(2027, 3, 12)}
    first = make_posting(title_en="Map reading", organisation=host, **days)
    second = make_posting(title_en="Map reading", organisation=host, state="draft", **days)

    page = advisor.get(reverse("posting_edit", args=[second.ref]))

    assert f'href="{reverse("posting_edit", args=[first.ref])}"' in page.text
    assert workflow.doubts(second) == ["P_DUP"]
    with pytest.raises(workflow.ReasonNeeded):
        workflow.publish(second, by=make_user(roles=["advisor"]))


def test_a_posting_without_days_is_no_duplicate():
    host = make_organisation()
    posting = make_posting(title_en="Map reading", organisation=host)
    make_posting(title_en="Map reading", organisation=host)

    assert duplicates_of(posting) == []


@pytest.mark.parametrize(
    ("first", "last", "yen"),
    [
        (date(2026, 9, 1), date(2026, 9, 30), 1000),
        (date(2026, 9, 1), date(2026, 10, 1), 1100),
        (date(2026, 10, 1), date(2026, 10, 2), 1100),
        (date(2024, 1, 1), date(2024, 1, 2), None),
    ],
)
def test_the_minimum_wage_is_the_highest_on_any_day_of_work(first, last, yen):
    for day, amount in ((date(2025, 10, 1), 1000), (date(2026, 10, 1), 1100)):
        MinimumWage.objects.create(prefecture="13", yen_per_hour=amount, effective_from=day)

    found = MinimumWage.objects.on_days("13", first, last)

    assert (found and found.yen_per_hour) == yen
    assert WageTable().on("13", first, last) == yen


def test_a_table_loaded_in_the_admin_counts_from_its_day_with_its_year():
    MinimumWage.objects.create(prefecture="13", yen_per_hour=1300, effective_from=date(2026, 10, 1))
    facts = dict.fromkeys(("pay_unit", "daily_hours", "weekly_hours"))
    facts |= WHOLE | {"pay_yen": 1250, "starts_on": date(2026, 9, 1), "ends_on": date(2026, 10, 9)}

    words = [str(note.words) for _field, note in advice._of_pay(facts)]

    assert words == [
        "Tokyo minimum: ¥1,300 from 1 Oct 2026 (fiscal 2026 table)",
        "This comes to ¥1,250 an hour, below the minimum wage that workers must get.",
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"work_style": "remote"}, "more than half of the days"),
        ({"pay_kind": ""}, "says what it pays"),
        ({"study_years": ["B2", "B3"]}, "undergraduate years 3 and 4"),
    ],
)
def test_type_3_is_held_against_what_the_ministries_agreed(fields, words):
    known = {name: getattr(Posting(), name) for name in ("work_style", "course_code")}
    facts = known | WHOLE | {"programme_type": 3} | fields

    notes = [str(note.words) for _field, note in advice._of_type(facts)]

    assert any(words in note for note in notes)


def test_doctoral_students_are_not_bound_to_the_long_vacations():
    facts = WHOLE | {"programme_type": 3, "starts_on": date(2026, 11, 2), "study_years": ["D1"]}

    assert not any("vacation" in str(note.words) for _field, note in advice._of_type(facts))
    bound = facts | {"study_years": ["B3"]}
    assert any("vacation" in str(note.words) for _field, note in advice._of_type(bound))
