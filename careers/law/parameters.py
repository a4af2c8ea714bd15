"""The numbers of the law and of the forms: dated values, each with its citation.

Findings, questions and texts name a parameter and never write its number.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

COVERAGE_BEGINS: Final = date(2019, 4, 1)


@dataclass(frozen=True)
class Parameter:
    """One number from a day on. `until` is the last day; None is "still so"."""

    name: str
    value: Decimal
    citation: str
    valid_from: date = COVERAGE_BEGINS
    valid_until: date | None = None

    def valid_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


def _parameter(name: str, value: str, citation: str, **dates: date) -> Parameter:
    return Parameter(name, Decimal(value), citation, **dates)


_BEFORE_FEES_2025: Final = date(2025, 3, 31)
_FEES_2025: Final = date(2025, 4, 1)
_BEFORE_FEES_2026: Final = date(2026, 9, 30)
_FEES_2026: Final = date(2026, 10, 1)
_BEFORE_PENALTY: Final = date(2025, 5, 31)
# The sources say "June 2025" without a day; the month is counted from its first day.
_PENALTY: Final = date(2025, 6, 1)

PARAMETERS: Final = (
    _parameter("nothing", "0", "STU-COUNT"),
    _parameter("week_hours", "28", "STU-PAID-28"),
    _parameter("days_in_run", "7", "STU-COUNT"),
    _parameter("office_week_hours", "28", "DIFF-01"),
    _parameter("vacation_day_hours", "8", "STU-VAC-8"),
    _parameter("nearly_all_credits_pct", "90", "STU-OVER28-CLASS"),
    _parameter("labour_day_hours", "8", "LAB-HOURS"),
    _parameter("labour_week_hours", "40", "LAB-HOURS"),
    _parameter("longest_internship_days", "365", "FOR-PAID-9"),
    _parameter("half_of_a_year_days", "182.5", "FOR-PAID-9"),
    _parameter("longest_summer_job_days", "92", "FOR-PAID-12"),
    _parameter("summer_job_months", "3", "FOR-PAID-12"),
    _parameter("surely_three_months_days", "90", "FOR-PAID-12"),
    _parameter("short_stay_days", "90", "FOR-UNPAID-90"),
    _parameter("notice_internship", "9", "FOR-PAID-9"),
    _parameter("notice_summer_job", "12", "FOR-PAID-12"),
    _parameter("form_number", "28", "PERM-FORM"),
    _parameter("photo_height_cm", "4", "FOR-DOCS-9"),
    _parameter("photo_width_cm", "3", "FOR-DOCS-9"),
    _parameter("shortest_answer_weeks", "2", "PERM-TIME"),
    _parameter("longest_answer_months", "2", "PERM-TIME"),
    _parameter("leaving_report_days", "14", "STU-ENROL"),
    _parameter("student_penalty_years", "1", "PERM-SANCTION"),
    _parameter("student_penalty_yen", "2000000", "PERM-SANCTION"),
    _parameter("employer_penalty_years", "3", "PERM-SANCTION", valid_until=_BEFORE_PENALTY),
    _parameter("employer_penalty_years", "5", "PERM-SANCTION", valid_from=_PENALTY),
    _parameter("employer_penalty_yen", "3000000", "PERM-SANCTION", valid_until=_BEFORE_PENALTY),
    _parameter("employer_penalty_yen", "5000000", "PERM-SANCTION", valid_from=_PENALTY),
    _parameter("change_fee_yen", "4000", "CHG-2025-FEE", valid_until=_BEFORE_FEES_2025),
    _parameter(
        "change_fee_yen",
        "6000",
        "CHG-2025-FEE",
        valid_from=_FEES_2025,
        valid_until=_BEFORE_FEES_2026,
    ),
    # From October 2026 the fee depends on the period granted; this is the lowest one.
    _parameter("change_fee_yen", "10000", "CHG-2026-FEE", valid_from=_FEES_2026),
)

# The numbers in force now, for what is not bound to a day of work: questions and their help.
CURRENT: Final = {p.name: p.value for p in PARAMETERS if p.valid_until is None}
