"""The codes of an answer, and what the product does with each outcome."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Outcome:
    """One outcome.

    look: shape and colour (clear, held, need, confirm, unknown, route, stop); seal: its four
    characters; case: kind of permission case opened, '' for none; file_by: a latest safe filing
    date is shown; fits: filter "fits my status" (yes, no, ask, adjust, confirm; '' does not
    apply); no_new_permission: filter "no new permission for me" (None does not apply).
    """

    code: str
    look: str
    seal: str
    case: str
    file_by: bool
    fits: str
    no_new_permission: bool | None


_OUTCOMES: Final = (
    Outcome("V_NO_RESTRICTION", "clear", "許可不要", "", False, "yes", True),
    Outcome("V_NOT_NEEDED", "clear", "許可不要", "", False, "yes", True),
    Outcome("V_WITHIN_STATUS", "clear", "許可不要", "", False, "yes", True),
    Outcome("V_COVERED", "held", "許可有効", "", False, "yes", True),
    Outcome("V_NEED_BLANKET", "need", "許可必要", "blanket", True, "yes", False),
    Outcome("V_NEED_INDIVIDUAL", "need", "許可必要", "individual", True, "yes", False),
    Outcome("V_NEED_INDIVIDUAL_CASE", "confirm", "相談必要", "individual", True, "ask", False),
    Outcome("V_REDUCE_OR_CONSULT", "confirm", "調整必要", "confirm", False, "adjust", False),
    Outcome("V_FLAG_CONFIRM", "confirm", "確認必要", "confirm", True, "confirm", False),
    Outcome("V_CHECK_SCOPE", "confirm", "確認必要", "confirm", False, "ask", False),
    Outcome("V_CHANGE_STATUS", "confirm", "変更必要", "change_of_status", True, "no", False),
    Outcome("V_PROHIBITED", "stop", "実施不可", "", False, "no", False),
    Outcome("V_BUREAU", "unknown", "相談必要", "confirm", False, "ask", False),
    Outcome("V_STATUS_DA9", "route", "手続必要", "certificate", True, "", None),
    Outcome("V_STATUS_DA12", "route", "手続必要", "certificate", True, "", None),
    Outcome("V_STATUS_CULTURAL", "route", "手続必要", "certificate", True, "", None),
    Outcome("V_STATUS_TEMP_VISITOR", "route", "手続必要", "visa", True, "", None),
    Outcome("V_NOT_POSSIBLE_AS_PLANNED", "stop", "計画変更", "", False, "no", False),
)
OUTCOMES: Final = {outcome.code: outcome for outcome in _OUTCOMES}

KINDS: Final = (
    "NONE",
    "BLANKET",
    "INDIVIDUAL",
    "BLANKET_PLUS_INDIVIDUAL",
    "STATUS_CHANGE",
    "COE",
    "VISA_ONLY",
    "CONFIRM",
)

# The order in which lists are written.
FLAGS: Final = (
    "F_STATUS_UNKNOWN",
    "F_ENROLMENT",
    "F_RESTRICTED_BUSINESS",
    "F_ALLOWANCE_TREATED_AS_PAY",
    "F_ACTUAL_COSTS_ONLY",
    "F_VACATION",
    "F_STRADDLE",
    "F_NO_VACATION_RULE",
    "F_CHECK_DAILY_TOTAL",
    "F_COMBINED_LOAD_OVER_28",
    "F_OTHER_WORK_NEEDS_BLANKET",
    "F_NOT_IN_LISTED_CLASS",
    "F_CREDIT_SUPPORTS_CASE",
    "F_EXCHANGE",
    "F_TARA_UNIV_LIMIT",
    "F_TARA_NOT_REGULAR",
    "F_PERMISSION_EXPIRES",
    "F_WHITE_COLLAR_ONLY",
    "F_NO_BLANKET",
    "F_TEMP_VISITOR",
    "F_SCOPE_OF_STATUS",
    "F_OVER_1_YEAR",
    "F_OVER_HALF_PROGRAMME",
    "F_NOT_IN_RECESS",
    "F_OVER_3_MONTHS",
    "F_CHECK_CALENDAR",
    "F_NOT_DEGREE_COURSE",
    "F_NOT_CREDIT_BEARING",
    "F_ALT_DA12",
    "F_NO_CHANGE_FROM_TEMP_VISITOR",
    "F_OTHER_WORK_NOT_COVERED",
    "F_LABOUR_CHECK",
    "F_LABOUR_8H",
    "F_LABOUR_40H",
)

# D_ goes to an authority, O_ is kept by the office.
DOCUMENTS: Final = (
    "D_APP",
    "D_PASSPORT",
    "D_RESIDENCE_CARD",
    "D_UNIV_RECOMMENDATION",
    "D_HOST_STATEMENT",
    "D_ENROLMENT_CERT",
    "D_CREDIT_CERT",
    "D_CHANGE_APP",
    "D_COE_APP",
    "D_PHOTO",
    "D_UNIV_HOST_CONTRACT",
    "D_UNIV_APPROVAL",
    "D_INTERN_PLAN",
    "D_HOST_TERMS",
    "D_PAST_STAY",
    "D_PROGRAMME_LENGTH",
    "D_RECESS_CERT",
    "D_ACTIVITY_PLAN",
    "D_HOST_PROFILE",
    "D_FUNDS",
    "D_TV_VISA_SET",
    "D_INVITATION",
    "O_STATUS_COPY",
    "O_PERMISSION_COPY",
    "O_DESIGNATION_COPY",
    "O_VACATION_CALENDAR",
    "O_UNPAID_CONFIRMATION",
    "O_EXPENSE_RULE",
    "O_HOURS_PLAN",
    "O_TARA_CONTRACT",
    "O_CREDIT_APPROVAL",
    "O_BUREAU_CONFIRMATION",
)

# The order in which next steps are told.
STEPS: Final = (
    "S_FIND_OUT",
    "S_DO_NOT_START",
    "S_DO_NOT_TRAVEL",
    "S_BRING_CARD",
    "S_ASK_OFFICE",
    "S_FIND_OTHER_PLACE",
    "S_CHANGE_PLAN",
    "S_CUT_HOURS",
    "S_ASK_BUREAU",
    "S_RECORD_ANSWER",
    "S_FILE_BY",
    "S_FILE_AT_HOME_OFFICE",
    "S_CHANGE_STATUS",
    "S_HOST_FILES_CERTIFICATE",
    "S_GET_VISA",
    "S_BLANKET_FOR_OTHER_WORK",
    "S_SHOW_CARD",
    "S_SHOW_PERMISSION",
    "S_SHOW_STATUS",
    "S_READ_DESIGNATION",
    "S_KEEP_LIMIT",
    "S_KEEP_TO_PERMISSION",
    "S_CHECK_ASSISTANT_LIMIT",
    "S_CONFIRM_UNPAID",
    "S_CHECK_LABOUR",
    "S_CREDIT_APART",
    "S_INSURANCE",
)
