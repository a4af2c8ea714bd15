"""What is added to what decides: reasons, flags and papers, each written once."""

from typing import Final

from ..conditions import (
    ALL_IN_VACATION,
    ASSISTANT,
    BLANKET_COVERS,
    LOAD_OVER_LIMIT,
    OTHER_WORK,
    OUTSIDE_LIMIT,
    OUTSIDE_WORK_STATUS,
    OVER_HALF_OF_COURSE,
    OVER_LONGEST_INTERNSHIP,
    OVER_SHORT_STAY,
    OVER_SUMMER_JOB,
    PAID,
    PARTLY_IN_VACATION,
    STUDENT,
    TOUCHES_VACATION,
    UNLIMITED,
    VISITING_STATUS,
)
from ..predicates import All, Any, Is, Not, Yes, over
from .finding import Finding
from .in_japan import APPLICATION

_IN_7_OR_9: Final = Is("step", "7", "9")
_IN_9: Final = Is("step", "9")
_ABROAD_UNPAID: Final = Is("decided", "unpaid_short_stay", "unpaid_long_stay")
_NOT_SUMMER_JOB: Final = Is("decided", "paid_no_credit_not_summer_job")
_WITHOUT_BLANKET: Final = All(Is("outcome", "V_REDUCE_OR_CONSULT"), Not(BLANKET_COVERS))
# Where paid work now, without more, would be work without a permission.
_PAID_WORK_HAS_TO_WAIT: Final = Is(
    "outcome",
    "V_NEED_BLANKET",
    "V_NEED_INDIVIDUAL",
    "V_NEED_INDIVIDUAL_CASE",
    "V_REDUCE_OR_CONSULT",
    "V_CHANGE_STATUS",
    "V_PROHIBITED",
)

ADDING: Final = (
    # These add nothing but a reason; most are told before the finding that decides.
    Finding(
        "paid_needs_permission",
        "9",
        All(_IN_9, PAID, Not(UNLIMITED)),
        ("STA-LIST",),
    ),
    Finding(
        "hours_over_limit",
        "9",
        All(_IN_9, OUTSIDE_LIMIT, Not(All(STUDENT, TOUCHES_VACATION))),
        ("STU-PAID-28", "STU-OVER28"),
    ),
    Finding(
        "vacation_hours_over_limit",
        "9",
        All(_IN_9, OUTSIDE_LIMIT, STUDENT, TOUCHES_VACATION),
        ("STU-VAC-8", "STU-OVER28"),
    ),
    Finding(
        "penalty",
        "9",
        All(PAID, _PAID_WORK_HAS_TO_WAIT),
        ("PERM-SANCTION",),
        told_last=True,
    ),
    # A case of each flag is written once, so that a flag has one condition.
    Finding(
        "allowance_is_pay",
        "10",
        Is("pay_kind", "flat_allowance"),
        ("LAB-PAY",),
        flags=("F_ALLOWANCE_TREATED_AS_PAY",),
    ),
    Finding(
        "actual_costs",
        "10",
        Is("pay_kind", "actual_costs"),
        ("LAB-PAY",),
        flags=("F_ACTUAL_COSTS_ONLY",),
    ),
    Finding(
        "expense_rule",
        "10",
        All(
            Is("pay_kind", "actual_costs"),
            Not(Is("outcome", "V_PROHIBITED", "V_NO_RESTRICTION")),
        ),
        ("LAB-PAY",),
        documents=("O_EXPENSE_RULE",),
    ),
    Finding(
        "in_vacation",
        "11",
        All(_IN_7_OR_9, STUDENT, ALL_IN_VACATION),
        ("STU-VAC-8",),
        flags=("F_VACATION",),
    ),
    Finding(
        "straddles_vacation",
        "11",
        All(_IN_7_OR_9, STUDENT, PARTLY_IN_VACATION),
        ("STU-VAC-8", "STU-COUNT"),
        flags=("F_STRADDLE",),
    ),
    Finding(
        "vacation_calendar",
        "9",
        All(_IN_9, STUDENT, TOUCHES_VACATION),
        ("STU-VAC-8",),
        documents=("O_VACATION_CALENDAR",),
    ),
    Finding(
        "no_vacation_rule",
        "9",
        All(_IN_9, Not(STUDENT), TOUCHES_VACATION),
        ("STU-VAC-8", "DEP-28"),
        flags=("F_NO_VACATION_RULE",),
    ),
    Finding(
        "daily_total",
        "9",
        All(_IN_9, STUDENT, ALL_IN_VACATION, OTHER_WORK),
        ("STU-VAC-8", "STU-COUNT"),
        flags=("F_CHECK_DAILY_TOTAL",),
    ),
    Finding(
        "combined_load",
        "7",
        All(Is("decided", "unpaid"), LOAD_OVER_LIMIT),
        ("STU-COUNT",),
        flags=("F_COMBINED_LOAD_OVER_28",),
    ),
    Finding(
        "other_work_without_blanket",
        "11",
        All(
            Is("step", "6", "7", "9"),
            Not(Is("outcome", "V_NEED_BLANKET")),
            OTHER_WORK,
            Any(Not(Yes("has_blanket_permission")), _WITHOUT_BLANKET),
        ),
        ("STU-PAID-28", "STU-COUNT"),
        flags=("F_OTHER_WORK_NEEDS_BLANKET",),
        steps=("S_BLANKET_FOR_OTHER_WORK",),
    ),
    Finding(
        "application_too",
        "9",
        _WITHOUT_BLANKET,
        ("STU-PAID-28", "PERM-FORM"),
        documents=APPLICATION,
    ),
    Finding(
        "job_search_recommendation",
        "9",
        All(
            Is("status_of_residence", "DA_JOBSEARCH"),
            Any(Is("outcome", "V_NEED_BLANKET"), _WITHOUT_BLANKET),
        ),
        ("DAJ-28",),
        documents=("D_UNIV_RECOMMENDATION",),
    ),
    Finding(
        "job_offer_blanket",
        "9",
        All(Is("status_of_residence", "DA_OFFER"), Is("outcome", "V_NEED_BLANKET")),
        ("DAO-28",),
    ),
    Finding(
        "dependent_limit",
        "9",
        All(Is("status_of_residence", "DEPENDENT"), _IN_9, Not(OUTSIDE_LIMIT)),
        ("DEP-28",),
    ),
    Finding(
        "credit_supports_case",
        "9",
        All(Is("decided", "outside_other_student"), Yes("credit_bearing")),
        ("STU-OVER28-OTHER", "CRD-APPROVAL"),
        flags=("F_CREDIT_SUPPORTS_CASE",),
    ),
    Finding(
        "assistant_not_regular",
        "6",
        All(ASSISTANT, Is("step", "6a", "7", "8", "9")),
        ("STU-TARA",),
        flags=("F_TARA_NOT_REGULAR",),
    ),
    Finding(
        "permission_ends_early",
        "9",
        All(
            _IN_9,
            Not(Yes("permission_covers_period")),
            Any(
                All(Not(OUTSIDE_LIMIT), Yes("has_blanket_permission")),
                All(OUTSIDE_LIMIT, Yes("has_individual_permission")),
            ),
        ),
        ("PERM-EXPIRY",),
        flags=("F_PERMISSION_EXPIRES",),
    ),
    Finding(
        "scope_of_status",
        "7",
        Any(
            All(
                Is("step", "7"),
                Any(OUTSIDE_WORK_STATUS, VISITING_STATUS),
            ),
            Is("outcome", "V_CHECK_SCOPE"),
        ),
        ("STA-UNPAID-OTHER", "STA-WORK"),
        flags=("F_SCOPE_OF_STATUS",),
    ),
    Finding(
        "over_one_year",
        "3d",
        All(Is("decided", "paid_credit_too_long"), OVER_LONGEST_INTERNSHIP),
        ("FOR-PAID-9",),
        flags=("F_OVER_1_YEAR",),
    ),
    Finding(
        "over_half_programme",
        "3d",
        All(Is("decided", "paid_credit_too_long"), OVER_HALF_OF_COURSE),
        ("FOR-PAID-9",),
        flags=("F_OVER_HALF_PROGRAMME",),
    ),
    Finding(
        "not_in_recess",
        "3e",
        All(_NOT_SUMMER_JOB, Not(Yes("foreign_in_recess"))),
        ("FOR-PAID-12",),
        flags=("F_NOT_IN_RECESS",),
    ),
    Finding(
        "over_three_months",
        "3e",
        All(_NOT_SUMMER_JOB, OVER_SUMMER_JOB),
        ("FOR-PAID-12",),
        flags=("F_OVER_3_MONTHS",),
    ),
    Finding(
        "check_calendar",
        "3e",
        All(
            Is("outcome", "V_STATUS_DA12"),
            over("surely_three_months_days", "duration_days"),
        ),
        ("FOR-PAID-12",),
        flags=("F_CHECK_CALENDAR",),
    ),
    Finding(
        "not_credit_bearing",
        "3e",
        Any(
            Is("decided", "paid_no_credit", "paid_no_credit_not_summer_job"),
            All(_ABROAD_UNPAID, Not(Yes("credit_bearing"))),
        ),
        ("FOR-PAID-9", "FOR-PAID-12"),
        flags=("F_NOT_CREDIT_BEARING",),
    ),
    Finding(
        "summer_job_instead",
        "3d",
        All(Is("outcome", "V_STATUS_DA9"), Yes("foreign_in_recess"), Not(OVER_SUMMER_JOB)),
        ("FOR-PAID-12",),
        flags=("F_ALT_DA12",),
    ),
    Finding(
        "no_change_from_visitor",
        "3b",
        All(
            Is("step", "3c", "3d", "3e", "3f"),
            Is("status_of_residence", "TEMP_VISITOR"),
            Any(PAID, OVER_SHORT_STAY),
        ),
        ("FOR-NOCHANGE",),
        flags=("F_NO_CHANGE_FROM_TEMP_VISITOR",),
    ),
    Finding(
        "labour_check",
        "10",
        Not(PAID),
        ("LAB-WORKER",),
        flags=("F_LABOUR_CHECK",),
        steps=("S_CHECK_LABOUR",),
    ),
    Finding(
        "labour_long_day",
        "10",
        All(PAID, over("labour_day_hours", "hours_per_day")),
        ("LAB-HOURS",),
        flags=("F_LABOUR_8H",),
    ),
    Finding(
        "labour_long_week",
        "10",
        All(PAID, over("labour_week_hours", "hours_per_week")),
        ("LAB-HOURS",),
        flags=("F_LABOUR_40H",),
    ),
    Finding(
        "status_copy",
        "1",
        All(Is("outcome", "V_NO_RESTRICTION"), Not(Is("status_of_residence", "JAPANESE"))),
        ("STA-FREE",),
        documents=("O_STATUS_COPY",),
    ),
    Finding(
        "credit_approval",
        "10",
        All(
            Yes("credit_bearing"),
            Is("institution", "japan"),
            Not(Is("outcome", "V_PROHIBITED")),
        ),
        ("CRD-APPROVAL",),
        documents=("O_CREDIT_APPROVAL",),
        steps=("S_CREDIT_APART",),
    ),
    Finding(
        "both_permissions",
        "9",
        All(_IN_9, Is("kind", "INDIVIDUAL"), OTHER_WORK),
        ("STU-COUNT", "STU-OVER28"),
        kind="BLANKET_PLUS_INDIVIDUAL",
    ),
)
