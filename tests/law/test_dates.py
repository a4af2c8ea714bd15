from datetime import date

import pytest

from careers.law import (
    duration_days,
    final_year,
    in_long_vacation,
    latest_safe_filing_date,
    permission_covers,
)
from careers.law.dates import (
    is_working_day,
    working_day_on_or_before,
    working_days_after,
    working_days_before,
)

SPRING = (date(2027, 2, 8), date(2027, 3, 31))
SUMMER = (date(2027, 8, 4), date(2027, 9, 20))


def test_the_filing_date_is_so_many_days_before_the_start():
    assert latest_safe_filing_date(date(2027, 2, 15), 60) == date(2026, 12, 17)


def test_a_filing_date_on_a_weekend_moves_to_the_friday_before():
    assert latest_safe_filing_date(date(2027, 2, 17), 60) == date(2026, 12, 18)
    assert latest_safe_filing_date(date(2027, 2, 18), 60) == date(2026, 12, 18)


def test_a_filing_date_on_holidays_moves_before_them():
    # 3 to 5 May are holidays; 1 and 2 May 2027 are a weekend.
    assert latest_safe_filing_date(date(2027, 7, 4), 60) == date(2027, 4, 30)


def test_both_ends_count_in_the_length():
    assert duration_days(date(2027, 2, 15), date(2027, 2, 15)) == 1
    assert duration_days(date(2027, 2, 1), date(2027, 3, 1)) == 29
    with pytest.raises(ValueError):
        duration_days(date(2027, 2, 2), date(2027, 2, 1))


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (date(2027, 2, 8), date(2027, 3, 31), "y"),
        (date(2027, 2, 7), date(2027, 3, 31), "partial"),
        (date(2027, 2, 8), date(2027, 4, 1), "partial"),
        (date(2027, 2, 1), date(2027, 2, 7), "n"),
        (date(2027, 3, 1), date(2027, 8, 10), "partial"),
    ],
)
def test_a_placement_is_placed_against_the_long_vacations(starts, ends, expected):
    assert in_long_vacation(starts, ends, [SPRING, SUMMER]) == expected


def test_without_a_calendar_every_day_is_term():
    assert in_long_vacation(*SPRING, []) == "n"


def test_the_final_year_ends_with_the_academic_year_of_the_last_day():
    assert final_year(date(2027, 3, 31), date(2027, 3, 31))
    assert not final_year(date(2027, 4, 1), date(2027, 3, 31))


def test_a_permission_covers_a_placement_if_it_lasts_to_the_last_day():
    assert permission_covers(date(2027, 3, 12), date(2027, 3, 12))
    assert not permission_covers(date(2027, 3, 11), date(2027, 3, 12))
    assert not permission_covers(None, date(2027, 3, 12))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), False),
        (date(2026, 12, 28), True),
        (date(2026, 12, 29), False),
        (date(2027, 1, 3), False),
        (date(2027, 1, 4), True),
    ],
)
def test_public_offices_close_at_weekends_holidays_and_new_year(day, works):
    assert is_working_day(day) is works


def test_the_working_day_before_a_long_weekend_is_friday():
    assert working_day_on_or_before(date(2026, 11, 23)) == date(2026, 11, 20)


def test_working_days_are_counted_past_weekends_and_holidays():
    # 23 November 2026 is a holiday, a Monday.
    assert working_days_before(date(2026, 11, 25), 2) == date(2026, 11, 20)
    assert working_days_after(date(2026, 11, 20), 2) == date(2026, 11, 25)
    assert working_days_after(date(2026, 12, 28), 1) == date(2027, 1, 4)
    assert working_days_before(date(2026, 11, 21), 0) == date(2026, 11, 21)


def test_a_filing_date_in_the_new_year_days_moves_before_them():
    assert latest_safe_filing_date(date(2027, 3, 3), 60) == date(2026, 12, 28)
