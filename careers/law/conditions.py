"""The conditions that findings and questions share, each said once."""

from typing import Final

from .predicates import All, Any, Is, Named, Not, Yes, over

UNLIMITED: Final = Named(
    "unlimited",
    Is("status_of_residence", "PR", "SPECIAL_PR", "LTR", "SPOUSE_JP", "SPOUSE_PR", "JAPANESE"),
)
STATUS_UNKNOWN: Final = Is("status_of_residence", "UNKNOWN")
STUDENT: Final = Is("status_of_residence", "STUDENT")
INTERN_HOLDER: Final = Is("status_of_residence", "DA_INTERN_9", "DA_SUMMER_12")
OUTSIDE_WORK_STATUS: Final = Is(
    "status_of_residence", "WORK_ESHI", "WORK_OTHER", "DA_OTHER", "DA_INTERN_9", "DA_SUMMER_12"
)
VISITING_STATUS: Final = Is("status_of_residence", "CULTURAL", "TEMP_VISITOR")

ABROAD: Final = Is("institution", "foreign")
RESTRICTED: Final = Is("venue", "fueiho")
ASSISTANT: Final = Is("venue", "own_university_ta_ra")

# Any fixed sum counts as pay; only costs paid back by receipt do not (LAB-PAY).
PAY_KINDS: Final = ("flat_allowance", "wage")
PAID: Final = Named("paid", Is("pay_kind", *PAY_KINDS))
OTHER_WORK: Final = Named("other_work", over("nothing", "other_weekly_work_hours"))

ALL_IN_VACATION: Final = Is("in_long_vacation", "y")
PARTLY_IN_VACATION: Final = Is("in_long_vacation", "partial")
TOUCHES_VACATION: Final = Is("in_long_vacation", "y", "partial")

# `hours_per_week` is the largest week of all, term or vacation.
OFFICE_LONG_WEEK: Final = Named("office_long_week", over("office_week_hours", "hours_per_week"))
LONG_WEEK: Final = over("week_hours", "hours_per_week")
LONG_DAY: Final = over("vacation_day_hours", "hours_per_day")
LONG_TERM_WEEK: Final = over("week_hours", "term_hours_per_week")

# The vacation rule is for Student status alone; for everybody else every week counts.
OUTSIDE_LIMIT: Final = Named(
    "outside_limit",
    Any(
        All(STUDENT, ALL_IN_VACATION, LONG_DAY),
        All(STUDENT, PARTLY_IN_VACATION, Any(LONG_TERM_WEEK, LONG_DAY)),
        All(Not(All(STUDENT, TOUCHES_VACATION)), LONG_WEEK),
    ),
)
# The reference excepts a placement in the vacation from this sum. That exception is part of the
# vacation rule, so it is read as one for Student status, as the limit itself is (safe side).
TOGETHER_OVER_LIMIT: Final = Named(
    "together_over_limit",
    Any(
        All(
            STUDENT,
            PARTLY_IN_VACATION,
            over("week_hours", "term_hours_per_week", "other_weekly_work_hours"),
        ),
        All(
            Not(All(STUDENT, TOUCHES_VACATION)),
            over("week_hours", "hours_per_week", "other_weekly_work_hours"),
        ),
    ),
)
# Unpaid hours are left out of the legal sum; this one only shows the load.
LOAD_OVER_LIMIT: Final = All(
    OTHER_WORK, over("week_hours", "hours_per_week", "other_weekly_work_hours")
)

BLANKET_COVERS: Final = Named(
    "blanket_covers", All(Yes("has_blanket_permission"), Yes("permission_covers_period"))
)
INDIVIDUAL_COVERS: Final = Named(
    "individual_covers", All(Yes("has_individual_permission"), Yes("permission_covers_period"))
)

OVER_HALF_OF_COURSE: Final = over(
    "half_of_a_year_days",
    "foreign_prior_intern_days",
    "duration_days",
    times="foreign_programme_years",
)
OVER_HALF_BY_ITSELF: Final = over(
    "half_of_a_year_days", "duration_days", times="foreign_programme_years"
)
OVER_LONGEST_INTERNSHIP: Final = over("longest_internship_days", "duration_days")
OVER_SUMMER_JOB: Final = over("longest_summer_job_days", "duration_days")
OVER_SHORT_STAY: Final = over("short_stay_days", "duration_days")

REGULAR_LEVEL: Final = Is("level", "undergrad", "master", "doctor", "junior-college", "kosen")
EXEMPT_ASSISTANT: Final = Named(
    "exempt_assistant",
    All(STUDENT, ASSISTANT, Not(Yes("exchange_student")), REGULAR_LEVEL),
)

# Exchange students hold Student status or, with family, Dependent; a job-seeker is none any more.
EXCHANGE: Final = Named(
    "exchange",
    All(Yes("exchange_student"), Is("status_of_residence", "STUDENT", "DEPENDENT")),
)
