"""The verbs of a posting, one module a stage; `transitions.py` says who may do which, from where.

Every verb locks the row before it looks at the state, so of two people at once the second is
told what the first has done; and every verb appends one event in the same transaction.
"""

from careers.record.refusals import Refused, TooLate
from internships.board.transitions import UNDONE, VERBS, Pending, State, Verb
from internships.board.workflow.care import assign, confirm, label, note_outcome
from internships.board.workflow.changes import (
    approve_change,
    drop_change,
    propose,
    resubmit_change,
    return_change,
)
from internships.board.workflow.publication import (
    extend,
    publish,
    relist,
    republish,
    return_posting,
    submit,
    withdraw,
)
from internships.board.workflow.readiness import doubts, needs_second_person, obstacles
from internships.board.workflow.refusals import Conflict, ReasonNeeded
from internships.board.workflow.row import events_since, last_deed, may_start, version
from internships.board.workflow.undoing import can_be_undone, undo
from internships.board.workflow.writing import (
    MOST_FILES,
    attach,
    detach,
    edit,
    mark_still_right,
    restore,
    save_draft,
)

__all__ = [
    "MOST_FILES",
    "UNDONE",
    "VERBS",
    "Conflict",
    "Pending",
    "ReasonNeeded",
    "Refused",
    "State",
    "TooLate",
    "Verb",
    "approve_change",
    "assign",
    "attach",
    "can_be_undone",
    "confirm",
    "detach",
    "doubts",
    "drop_change",
    "edit",
    "events_since",
    "extend",
    "label",
    "last_deed",
    "mark_still_right",
    "may_start",
    "needs_second_person",
    "note_outcome",
    "obstacles",
    "propose",
    "publish",
    "relist",
    "republish",
    "restore",
    "resubmit_change",
    "return_change",
    "return_posting",
    "save_draft",
    "submit",
    "undo",
    "version",
    "withdraw",
]
