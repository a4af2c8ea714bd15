"""The findings, in the order in which they decide.

`DECIDING`: the first whose condition holds gives the outcome. `ADDING`: each whose
condition holds adds flags and papers; these may also look at what has been decided
(`decided`, `step`, `outcome`, `kind`). `step` is the step of the written procedure.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from .compiled import Holds, compiled
from .conditions import (
    ABROAD,
    ALL_IN_VACATION,
    ASSISTANT,
    BLANKET_COVERS,
    EXCHANGE,
    EXEMPT_ASSISTANT,
    INDIVIDUAL_COVERS,
    INTERN_HOLDER,
    LOAD_OVER_LIMIT,
    OFFICE_LONG_WEEK,
    OTHER_WORK,
    OUTSIDE_LIMIT,
    OUTSIDE_WORK_STATUS,
    OVER_HALF_OF_COURSE,
    OVER_LONGEST_INTERNSHIP,
    OVER_SHORT_STAY,
    OVER_SUMMER_JOB,
    PAID,
    PARTLY_IN_VACATION,
    RESTRICTED,
    STATUS_UNKNOWN,
    STUDENT,
    TOGETHER_OVER_LIMIT,
    TOUCHES_VACATION,
    UNLIMITED,
    VISITING_STATUS,
)
from .facts import FIELDS
from .parameters import COVERAGE_BEGINS
from .predicates import All, Any, Is, Not, Predicate, Yes, at_least, over


@dataclass(frozen=True, eq=False)
class Finding:
    """One rule: when it holds, what follows, and on whose word. Compared by identity.

    told_last: among the reasons it stands after the one that decides.
    """

    id: str
    step: str
    when: Predicate
    citations: tuple[str, ...]
    outcome: str = ""
    kind: str = ""
    flags: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    told_last: bool = False
    valid_from: date = COVERAGE_BEGINS
    valid_until: date | None = None
    fields: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", tuple(dict.fromkeys(self.when.fields())))

    @cached_property
    def holds(self) -> Holds:
        """Tell, of values, what `when` tells of them."""
        return compiled(self.when)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Give the facts among the names looked at, in the order of facts."""
        return tuple(name for name in FIELDS if name in self.fields)

    @property
    def only_explains(self) -> bool:
        return not (self.outcome or self.kind or self.flags or self.documents)

    def valid_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


APPLICATION: Final = ("D_APP", "D_PASSPORT", "D_RESIDENCE_CARD")
INDIVIDUAL_APPLICATION: Final = (*APPLICATION, "D_HOST_STATEMENT")
CHANGE: Final = ("D_PASSPORT", "D_RESIDENCE_CARD", "D_CHANGE_APP", "O_BUREAU_CONFIRMATION")
CERTIFICATE: Final = ("D_ENROLMENT_CERT", "D_COE_APP", "D_PHOTO")

_ABROAD_PAID: Final = All(ABROAD, PAID)
_ABROAD_CREDIT: Final = All(_ABROAD_PAID, Yes("credit_bearing"))

_APPLY_STEPS: Final = ("S_DO_NOT_START", "S_FILE_BY", "S_FILE_AT_HOME_OFFICE", "S_SHOW_PERMISSION")
_CASE_STEPS: Final = (
    "S_DO_NOT_START",
    "S_ASK_BUREAU",
    "S_FILE_BY",
    "S_FILE_AT_HOME_OFFICE",
    "S_SHOW_PERMISSION",
)
_COE_STEPS: Final = ("S_DO_NOT_TRAVEL", "S_HOST_FILES_CERTIFICATE", "S_GET_VISA", "S_SHOW_STATUS")

DECIDING: Final = (
    Finding(
        "unlimited_status",
        "1",
        UNLIMITED,
        ("STA-FREE",),
        outcome="V_NO_RESTRICTION",
        kind="NONE",
        steps=("S_SHOW_CARD",),
    ),
    Finding(
        "status_unknown",
        "2",
        STATUS_UNKNOWN,
        ("STA-UNKNOWN",),
        outcome="V_BUREAU",
        kind="CONFIRM",
        flags=("F_STATUS_UNKNOWN",),
        documents=("O_STATUS_COPY", "O_BUREAU_CONFIRMATION"),
        steps=("S_DO_NOT_START", "S_BRING_CARD", "S_ASK_OFFICE"),
    ),
    # The procedure names restricted business only after the route of foreign universities.
    # "Nothing at a place of restricted business, whatever the task" is read as meant for all
    # limited statuses, so that nobody is told to come to Japan for it (safe side).
    Finding(
        "restricted_business_from_abroad",
        "5",
        All(ABROAD, RESTRICTED),
        ("BIZ-FUEIHO",),
        outcome="V_PROHIBITED",
        kind="NONE",
        flags=("F_RESTRICTED_BUSINESS",),
        steps=("S_DO_NOT_START", "S_FIND_OTHER_PLACE"),
    ),
    Finding(
        "intern_holder_other_work",
        "3a",
        All(ABROAD, INTERN_HOLDER, OTHER_WORK),
        ("FOR-HOLD",),
        outcome="V_BUREAU",
        kind="CONFIRM",
        flags=("F_OTHER_WORK_NOT_COVERED",),
        documents=("O_DESIGNATION_COPY", "O_BUREAU_CONFIRMATION"),
        steps=("S_DO_NOT_START", "S_ASK_BUREAU", "S_ASK_OFFICE"),
    ),
    Finding(
        "intern_holder",
        "3a",
        All(ABROAD, INTERN_HOLDER),
        ("FOR-HOLD",),
        outcome="V_WITHIN_STATUS",
        kind="NONE",
        documents=("O_DESIGNATION_COPY",),
        steps=("S_READ_DESIGNATION",),
    ),
    Finding(
        "no_degree_course",
        "3c",
        All(_ABROAD_PAID, Not(Yes("foreign_degree_course"))),
        ("FOR-PAID-9", "FOR-PAID-12"),
        outcome="V_NOT_POSSIBLE_AS_PLANNED",
        kind="NONE",
        flags=("F_NOT_DEGREE_COURSE",),
        steps=("S_CHANGE_PLAN", "S_ASK_OFFICE"),
    ),
    Finding(
        "paid_credit_too_long",
        "3d",
        All(_ABROAD_CREDIT, Any(OVER_LONGEST_INTERNSHIP, OVER_HALF_OF_COURSE)),
        ("FOR-PAID-9",),
        outcome="V_NOT_POSSIBLE_AS_PLANNED",
        kind="NONE",
        steps=("S_CHANGE_PLAN", "S_ASK_OFFICE"),
    ),
    Finding(
        "paid_credit",
        "3d",
        _ABROAD_CREDIT,
        ("FOR-PAID-9", "FOR-GUIDE", "FOR-DOCS-9"),
        outcome="V_STATUS_DA9",
        kind="COE",
        documents=(
            *CERTIFICATE,
            "D_UNIV_HOST_CONTRACT",
            "D_UNIV_APPROVAL",
            "D_INTERN_PLAN",
            "D_HOST_TERMS",
            "D_PAST_STAY",
            "D_PROGRAMME_LENGTH",
        ),
        steps=_COE_STEPS,
    ),
    Finding(
        "paid_no_credit_not_summer_job",
        "3e",
        All(_ABROAD_PAID, Any(Not(Yes("foreign_in_recess")), OVER_SUMMER_JOB)),
        ("FOR-PAID-12",),
        outcome="V_NOT_POSSIBLE_AS_PLANNED",
        kind="NONE",
        steps=("S_CHANGE_PLAN", "S_ASK_OFFICE"),
    ),
    Finding(
        "paid_no_credit",
        "3e",
        _ABROAD_PAID,
        ("FOR-PAID-12", "FOR-DOCS-12"),
        outcome="V_STATUS_DA12",
        kind="COE",
        documents=(*CERTIFICATE, "D_UNIV_HOST_CONTRACT", "D_HOST_TERMS", "D_RECESS_CERT"),
        steps=_COE_STEPS,
    ),
    Finding(
        "unpaid_long_stay",
        "3f",
        All(ABROAD, OVER_SHORT_STAY),
        ("FOR-UNPAID-91", "FOR-DOCS-CUL"),
        outcome="V_STATUS_CULTURAL",
        kind="COE",
        documents=(
            *CERTIFICATE,
            "D_ACTIVITY_PLAN",
            "D_HOST_PROFILE",
            "D_FUNDS",
            "O_UNPAID_CONFIRMATION",
        ),
        steps=_COE_STEPS,
    ),
    Finding(
        "unpaid_short_stay",
        "3f",
        ABROAD,
        ("FOR-UNPAID-90", "FOR-DOCS-TV"),
        outcome="V_STATUS_TEMP_VISITOR",
        kind="VISA_ONLY",
        documents=("D_ENROLMENT_CERT", "D_TV_VISA_SET", "D_INVITATION", "O_UNPAID_CONFIRMATION"),
        steps=("S_DO_NOT_TRAVEL", "S_GET_VISA", "S_SHOW_STATUS"),
    ),
    Finding(
        "graduated",
        "4",
        All(STUDENT, Is("enrolment", "graduated")),
        ("STU-ENROL",),
        outcome="V_CHANGE_STATUS",
        kind="STATUS_CHANGE",
        flags=("F_ENROLMENT",),
        documents=CHANGE,
        steps=("S_DO_NOT_START", "S_ASK_BUREAU", "S_CHANGE_STATUS"),
    ),
    Finding(
        "withdrawn",
        "4",
        All(STUDENT, Is("enrolment", "withdrawn")),
        ("STU-ENROL",),
        outcome="V_PROHIBITED",
        kind="NONE",
        flags=("F_ENROLMENT",),
        steps=("S_DO_NOT_START", "S_ASK_OFFICE"),
    ),
    Finding(
        "leave_paid",
        "4",
        All(STUDENT, Is("enrolment", "leave"), PAID),
        ("STU-ENROL",),
        outcome="V_PROHIBITED",
        kind="NONE",
        flags=("F_ENROLMENT",),
        steps=("S_DO_NOT_START", "S_ASK_OFFICE"),
    ),
    Finding(
        "leave_unpaid",
        "4",
        All(STUDENT, Is("enrolment", "leave")),
        ("STU-ENROL",),
        outcome="V_BUREAU",
        kind="CONFIRM",
        flags=("F_ENROLMENT",),
        documents=("O_BUREAU_CONFIRMATION",),
        steps=("S_DO_NOT_START", "S_ASK_OFFICE", "S_ASK_BUREAU"),
    ),
    Finding(
        "restricted_business",
        "5",
        RESTRICTED,
        ("BIZ-FUEIHO",),
        outcome="V_PROHIBITED",
        kind="NONE",
        flags=("F_RESTRICTED_BUSINESS",),
        steps=("S_DO_NOT_START", "S_FIND_OTHER_PLACE"),
    ),
    Finding(
        "teaching_assistant",
        "6",
        EXEMPT_ASSISTANT,
        ("STU-TARA",),
        outcome="V_NOT_NEEDED",
        kind="NONE",
        flags=("F_TARA_UNIV_LIMIT",),
        documents=("O_TARA_CONTRACT",),
        steps=("S_CHECK_ASSISTANT_LIMIT",),
    ),
    # The procedure says nothing of a person enrolled in Japan who is not yet there: the status
    # to come is what decides, so nothing is promised (safe side).
    Finding(
        "no_status_yet",
        "6a",
        Is("status_of_residence", "NONE_ABROAD"),
        ("STA-LIST",),
        outcome="V_BUREAU",
        kind="CONFIRM",
        documents=("O_BUREAU_CONFIRMATION",),
        steps=("S_DO_NOT_START", "S_ASK_OFFICE"),
    ),
    Finding(
        "unpaid_long_week",
        "7",
        All(
            Not(PAID),
            OFFICE_LONG_WEEK,
            Any(Yes("flag_unpaid_over28_in_vacation"), Not(All(STUDENT, ALL_IN_VACATION))),
        ),
        ("STU-UNPAID", "DIFF-01"),
        outcome="V_FLAG_CONFIRM",
        kind="CONFIRM",
        documents=("O_UNPAID_CONFIRMATION", "O_BUREAU_CONFIRMATION"),
        steps=("S_DO_NOT_START", "S_ASK_BUREAU", "S_RECORD_ANSWER"),
    ),
    Finding(
        "unpaid",
        "7",
        Not(PAID),
        ("STU-UNPAID", "STA-UNPAID-OTHER"),
        outcome="V_NOT_NEEDED",
        kind="NONE",
        documents=("O_UNPAID_CONFIRMATION",),
        steps=("S_CONFIRM_UNPAID",),
    ),
    Finding(
        "temporary_visitor_paid",
        "8",
        Is("status_of_residence", "TEMP_VISITOR"),
        ("TMP-PAID",),
        outcome="V_PROHIBITED",
        kind="NONE",
        flags=("F_TEMP_VISITOR",),
        steps=("S_DO_NOT_START", "S_ASK_OFFICE"),
    ),
    Finding(
        "other_work_status",
        "8",
        OUTSIDE_WORK_STATUS,
        ("STA-WORK",),
        outcome="V_CHECK_SCOPE",
        kind="INDIVIDUAL",
        documents=("O_STATUS_COPY", "O_BUREAU_CONFIRMATION"),
        steps=("S_DO_NOT_START", "S_ASK_BUREAU", "S_ASK_OFFICE"),
    ),
    Finding(
        "cultural_paid",
        "8",
        Is("status_of_residence", "CULTURAL"),
        ("CUL-PAID",),
        outcome="V_NEED_INDIVIDUAL_CASE",
        kind="INDIVIDUAL",
        flags=("F_NO_BLANKET",),
        documents=(*INDIVIDUAL_APPLICATION, "O_BUREAU_CONFIRMATION"),
        steps=_CASE_STEPS,
    ),
    Finding(
        "inside_together_over",
        "9",
        All(Not(OUTSIDE_LIMIT), TOGETHER_OVER_LIMIT),
        ("STU-PAID-28", "STU-COUNT"),
        outcome="V_REDUCE_OR_CONSULT",
        kind="BLANKET",
        documents=("O_HOURS_PLAN",),
        steps=("S_DO_NOT_START", "S_CUT_HOURS", "S_ASK_BUREAU"),
    ),
    Finding(
        "inside_held",
        "9",
        All(Not(OUTSIDE_LIMIT), BLANKET_COVERS),
        ("STU-PAID-28", "PERM-PROOF"),
        outcome="V_COVERED",
        kind="BLANKET",
        documents=("O_PERMISSION_COPY",),
        steps=("S_SHOW_PERMISSION", "S_KEEP_LIMIT"),
    ),
    Finding(
        "inside_not_held",
        "9",
        Not(OUTSIDE_LIMIT),
        ("STU-PAID-28", "PERM-FORM", "PERM-FEE", "PERM-TIME"),
        outcome="V_NEED_BLANKET",
        kind="BLANKET",
        documents=APPLICATION,
        steps=(*_APPLY_STEPS, "S_KEEP_LIMIT"),
    ),
    Finding(
        "outside_exchange",
        "9",
        EXCHANGE,
        ("STU-OVER28", "STU-EXCH"),
        outcome="V_CHANGE_STATUS",
        kind="STATUS_CHANGE",
        flags=("F_EXCHANGE",),
        documents=(
            *CHANGE,
            "D_UNIV_HOST_CONTRACT",
            "D_UNIV_APPROVAL",
            "D_HOST_TERMS",
            "D_PAST_STAY",
            "D_PROGRAMME_LENGTH",
        ),
        steps=("S_DO_NOT_START", "S_CUT_HOURS", "S_ASK_BUREAU", "S_CHANGE_STATUS"),
    ),
    Finding(
        "outside_held",
        "9",
        INDIVIDUAL_COVERS,
        ("STU-OVER28", "PERM-PROOF"),
        outcome="V_COVERED",
        kind="INDIVIDUAL",
        documents=("O_PERMISSION_COPY",),
        steps=("S_SHOW_PERMISSION", "S_KEEP_TO_PERMISSION"),
    ),
    Finding(
        "outside_job_seeker",
        "9",
        Is("status_of_residence", "DA_JOBSEARCH", "DA_OFFER"),
        ("DA-OVER28", "STU-OVER28-DOCS"),
        outcome="V_NEED_INDIVIDUAL",
        kind="INDIVIDUAL",
        documents=INDIVIDUAL_APPLICATION,
        steps=_APPLY_STEPS,
    ),
    Finding(
        "outside_dependent",
        "9",
        Is("status_of_residence", "DEPENDENT"),
        ("DEP-OVER28",),
        outcome="V_NEED_INDIVIDUAL_CASE",
        kind="INDIVIDUAL",
        flags=("F_WHITE_COLLAR_ONLY",),
        documents=(*INDIVIDUAL_APPLICATION, "O_BUREAU_CONFIRMATION"),
        steps=_CASE_STEPS,
    ),
    Finding(
        "outside_final_undergraduate",
        "9",
        All(
            Is("level", "undergrad"),
            Yes("final_year"),
            at_least("nearly_all_credits_pct", "credits_pct"),
        ),
        ("STU-OVER28", "STU-OVER28-CLASS", "STU-OVER28-DOCS"),
        outcome="V_NEED_INDIVIDUAL",
        kind="INDIVIDUAL",
        documents=(*INDIVIDUAL_APPLICATION, "D_ENROLMENT_CERT", "D_CREDIT_CERT"),
        steps=_APPLY_STEPS,
    ),
    Finding(
        "outside_final_graduate",
        "9",
        All(Is("level", "master", "doctor"), Yes("final_year")),
        ("STU-OVER28", "STU-OVER28-CLASS", "STU-OVER28-DOCS"),
        outcome="V_NEED_INDIVIDUAL",
        kind="INDIVIDUAL",
        documents=(*INDIVIDUAL_APPLICATION, "D_ENROLMENT_CERT"),
        steps=_APPLY_STEPS,
    ),
    Finding(
        "outside_other_student",
        "9",
        STUDENT,
        ("STU-OVER28", "STU-OVER28-OTHER", "STU-OVER28-DOCS"),
        outcome="V_NEED_INDIVIDUAL_CASE",
        kind="INDIVIDUAL",
        flags=("F_NOT_IN_LISTED_CLASS",),
        documents=(
            *INDIVIDUAL_APPLICATION,
            "D_ENROLMENT_CERT",
            "D_CREDIT_CERT",
            "O_BUREAU_CONFIRMATION",
        ),
        steps=_CASE_STEPS,
    ),
)

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

# Paid or over 28 hours on a limited status, whether or not a permission is held.
FLAGGED: Final = Any(
    Is("decided", "intern_holder_other_work"),
    All(
        Not(UNLIMITED),
        Any(Not(ABROAD), STATUS_UNKNOWN),
        # An exempt assistant needs none; "unpaid" was found within the office's own line.
        Not(Is("decided", "teaching_assistant", "unpaid")),
        Any(PAID, OFFICE_LONG_WEEK),
    ),
)

# Not one of the procedure's own: what is said when facts not known lead to different outcomes.
FACTS_MISSING: Final = Finding(
    "facts_missing",
    "0",
    Any(),
    ("STA-UNKNOWN",),
    outcome="V_BUREAU",
    kind="CONFIRM",
    documents=("O_BUREAU_CONFIRMATION",),
    steps=("S_FIND_OUT", "S_DO_NOT_START", "S_ASK_OFFICE"),
)
