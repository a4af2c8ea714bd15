"""The verbs of a permission case; `transitions.VERBS` says who may do what, and where it leads.

Every verb locks placement and case before it looks at the state, so of two people at once the
second is told what the first has done. Each appends one event in the same transaction, passes
the ball, and hands the other side a letter, which waits a little so that an undo sends nothing.
"""

from careers.record.refusals import Refused, TooLate
from internships.permits.transitions import VERBS
from internships.permits.workflow.filing import record_filing, record_grant, record_refusal
from internships.permits.workflow.moving import letter, settle
from internships.permits.workflow.opening import add_papers, ask_again, open_case, set_aside, wanted
from internships.permits.workflow.review import (
    accept_paper,
    close_case,
    confirm_answer,
    confirm_papers,
    hand_over,
    mark_not_applicable,
    mark_ready_to_file,
    open_gate,
    record_answer,
    return_case,
    return_paper,
    reviewers,
    see_paper,
)
from internships.permits.workflow.row import history_of, may
from internships.permits.workflow.student import enter_answer, send, submit, upload
from internships.permits.workflow.undoing import can_be_undone, undo

__all__ = [
    "VERBS",
    "Refused",
    "TooLate",
    "accept_paper",
    "add_papers",
    "ask_again",
    "can_be_undone",
    "close_case",
    "confirm_answer",
    "confirm_papers",
    "enter_answer",
    "hand_over",
    "history_of",
    "letter",
    "mark_not_applicable",
    "mark_ready_to_file",
    "may",
    "open_case",
    "open_gate",
    "record_answer",
    "record_filing",
    "record_grant",
    "record_refusal",
    "return_case",
    "return_paper",
    "reviewers",
    "see_paper",
    "send",
    "set_aside",
    "settle",
    "submit",
    "undo",
    "upload",
    "wanted",
]
