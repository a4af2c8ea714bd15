"""The academic calendar: vacations, coverage."""

from datetime import date

import pytest

from careers.people.calendar import (
    AcademicCalendar,
    academic_calendar,
    holidays,
    joined,
)
from careers.people.models import CalendarPeriod

SPRING = (date(2027, 2, 9), date(2027, 3, 31))


def make_period(kind, first, last):
    names = {"name_ja": "期間", "name_en": "Period"}
    return CalendarPeriod.objects.create(
        academic_year=2026, kind=kind, starts_on=first, ends_on=last, **names
    )


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        (date(2027, 2, 9), date(2027, 3, 31), "y"),
        (date(2027, 2, 8), date(2027, 3, 31), "partial"),
        (date(2027, 2, 9), date(2027, 4, 1), "partial"),
        (date(2027, 2, 1), date(2027, 2, 8), "n"),
        (date(2027, 2, 1), date(2027, 2, 9), "partial"),
        (date(2027, 4, 1), date(2027, 4, 2), "n"),
    ],
)
def test_a_placement_lies_in_a_vacation_wholly_partly_or_not(first, last, answer):
    assert AcademicCalendar((SPRING,), ()).in_long_vacation(first, last) == answer


def test_two_vacations_with_term_between_are_partial():
    calendar = AcademicCalendar(((date(2026, 12, 25), date(2027, 1, 5)), SPRING), ())

    assert calendar.in_long_vacation(date(2026, 12, 25), date(2027, 3, 31)) == "partial"


def test_the_calendar_covers_what_its_lines_cover_without_a_gap(db):
    make_period("term", date(2026, 4, 1), date(2026, 9, 19))
    make_period("term", date(2026, 9, 20), date(2027, 3, 31))
    make_period("holiday", date(2026, 4, 29), date(2026, 4, 29))
    make_period("long_vacation", *SPRING)

    calendar = academic_calendar()

    assert calendar.vacations == (SPRING,)
    assert calendar.coverage == ((date(2026, 4, 1), date(2027, 3, 31)),)
    assert calendar.covers(date(2026, 9, 1), date(2026, 10, 1))
    assert not calendar.covers(date(2027, 3, 1), date(2027, 4, 1))


def test_a_gap_is_not_covered():
    spans = joined([(date(2026, 4, 1), date(2026, 4, 2)), (date(2026, 4, 4), date(2026, 4, 5))])

    assert not AcademicCalendar((), spans).covers(date(2026, 4, 2), date(2026, 4, 4))


def test_public_holidays_have_names():
    assert holidays(date(2026, 11, 1), date(2026, 11, 30)) == {
        date(2026, 11, 3): "文化の日",
        date(2026, 11, 23): "勤労感謝の日",
    }


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 5, 6), date(2027, 5, 5)),
        (date(2027, 5, 5), date(2027, 5, 5)),
        (date(2027, 5, 6), date(2028, 3, 31)),
        (date(2026, 5, 5), date(2027, 3, 31)),
    ],
)
def test_the_academic_year_ends_with_its_terms_where_the_calendar_has_them_all(db, day, end):
    make_period("term", date(2026, 5, 6), date(2026, 10, 24))
    make_period("term", date(2026, 10, 25), date(2027, 5, 5))

    assert academic_calendar().year_end(day) == end


def test_half_a_calendar_does_not_end_the_academic_year(db):
    make_period("term", date(2026, 4, 1), date(2026, 9, 19))

    assert academic_calendar().year_end(date(2026, 5, 1)) == date(2027, 3, 31)
