from datetime import date

import pytest

from careers.law import (
    duration_days,
    final_year,
    in_long_vacation,
    latest_safe_filing_date,
    permission_covers,
)

SPRING = (date(2027, 2, 8), date(2027, 3, 31))
SUMMER = (date(2027, 8, 4), date(2027, 9, 20))
COVERAGE = (date(2026, 4, 1), date(2028, 3, 31))


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
    assert in_long_vacation(starts, ends, [SPRING, SUMMER], COVERAGE) == (expected, True)


def test_days_outside_the_calendar_are_term_and_said_to_be_not_known():
    late = (date(2028, 3, 1), date(2028, 4, 10))

    assert in_long_vacation(*late, [late], COVERAGE) == ("partial", False)
    assert in_long_vacation(*late, [late], None) == ("n", False)


def test_the_final_year_ends_in_the_academic_year_of_the_last_day():
    assert final_year(date(2027, 3, 31), date(2027, 3, 12))
    assert final_year(date(2027, 3, 31), date(2026, 4, 1))
    assert not final_year(date(2027, 3, 31), date(2026, 3, 31))
    assert not final_year(date(2027, 4, 1), date(2027, 3, 31))


def test_a_permission_covers_a_placement_if_it_lasts_to_the_last_day():
    assert permission_covers(date(2027, 3, 12), date(2027, 3, 12))
    assert not permission_covers(date(2027, 3, 11), date(2027, 3, 12))
    assert not permission_covers(None, date(2027, 3, 12))
