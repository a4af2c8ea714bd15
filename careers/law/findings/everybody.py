"""What is asked of everybody first, whether the office's line is passed, and what is not known."""

from typing import Final

from ..conditions import (
    ABROAD,
    OFFICE_LONG_WEEK,
    PAID,
    STATUS_UNKNOWN,
    UNLIMITED,
)
from ..predicates import All, Any, Is, Not
from .finding import Finding

FOR_EVERYBODY: Final = (
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
