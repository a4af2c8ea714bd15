"""The common case. It only counts the questions to come; no result is ever made from it."""

from datetime import date
from decimal import Decimal

from internships.eligibility.walk import Source

TYPICAL = Source(
    "typical",
    {
        "institution": "japan",
        "status_of_residence": "STUDENT",
        "enrolment": "enrolled",
        "venue": "ordinary",
        "exchange_student": "n",
        "level": "undergrad",
        "pay_kind": "wage",
        "foreign_degree_course": "y",
        "credit_bearing": "n",
        "starts_on": date(2027, 6, 1),
        "ends_on": date(2027, 6, 30),
        "duration_days": Decimal(30),
        "in_long_vacation": "n",
        "hours_per_week": Decimal(20),
        "hours_per_day": Decimal(8),
        "term_hours_per_week": Decimal(20),
        "foreign_programme_years": Decimal(4),
        "foreign_prior_intern_days": Decimal(0),
        "foreign_in_recess": "n",
        "other_weekly_work_hours": Decimal(0),
        "has_blanket_permission": "y",
        "has_individual_permission": "n",
        "permission_covers_period": "y",
        "final_year": "n",
        "credits_earned": Decimal(60),
        "credits_required": Decimal(124),
        "prefecture": "13",
    },
)
