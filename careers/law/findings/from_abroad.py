"""Students of universities abroad: which status they come with (steps of the procedure: 3)."""

from typing import Final

from ..conditions import (
    ABROAD,
    INTERN_HOLDER,
    OTHER_WORK,
    OVER_HALF_OF_COURSE,
    OVER_LONGEST_INTERNSHIP,
    OVER_SHORT_STAY,
    OVER_SUMMER_JOB,
    PAID,
    RESTRICTED,
)
from ..predicates import All, Any, Not, Yes
from .finding import Finding

CERTIFICATE: Final = ("D_ENROLMENT_CERT", "D_COE_APP", "D_PHOTO")
_ABROAD_PAID: Final = All(ABROAD, PAID)
_ABROAD_CREDIT: Final = All(_ABROAD_PAID, Yes("credit_bearing"))
_COE_STEPS: Final = ("S_DO_NOT_TRAVEL", "S_HOST_FILES_CERTIFICATE", "S_GET_VISA", "S_SHOW_STATUS")

FROM_ABROAD: Final = (
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
)
