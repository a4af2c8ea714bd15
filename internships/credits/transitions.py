"""The one table of a credit request: which verb starts where, by whom, and where it leads.

Code, tests, pages and docs read this table. `evidence_due` is `approved` from the last day on.
"""

from dataclasses import dataclass

from internships.credits.models import State, Step

# Who: the student herself; whoever may decide the step the request stands at; whoever may
# record the result. On her own request a person who also works here is the student only.
# PLACEMENT: nobody's click here; the placement was changed or cancelled by whoever may.
OWN, STEP, RESULT, PLACEMENT = "own", "step", "result", "placement"
DECIDE_AS = {
    Step.Kind.ADVISOR: "credits.decide_as_advisor",
    Step.Kind.APPROVER: "credits.decide_as_approver",  # for her own faculties
}
DECIDE_ANY = "credits.decide_any_step"
RECORD_RESULT = "credits.record_result"


@dataclass(frozen=True)
class Verb:
    """leads_to None: the state stays. at: the step it belongs to, None where any will do.

    letter, to: what is written to whom: the student, the next to decide, or her advisor.
    """

    event: str
    who: str
    starts: frozenset[State]
    leads_to: State | None = None
    at: Step.Kind | None = None
    reason: bool = False
    letter: str = ""
    to: str = "student"
    undoable: bool = True


_WITH_STUDENT = frozenset({State.DRAFT, State.NEEDS_INFO})
_SENT = frozenset({State.SUBMITTED})
_TO_MARK = frozenset({State.EVIDENCE_SUBMITTED})
_DUE = frozenset({State.EVIDENCE_DUE})
_BEFORE_THE_END = frozenset({State.DRAFT, State.SUBMITTED, State.NEEDS_INFO, State.APPROVED})

VERBS: dict[str, Verb] = {
    # From nothing: there is no request yet.
    "write": Verb("drafted", OWN, frozenset(), State.DRAFT, undoable=False),
    "edit": Verb("edited", OWN, _WITH_STUDENT, undoable=False),
    "submit": Verb(
        "submitted", OWN, _WITH_STUDENT, State.SUBMITTED, letter="credit_to_decide", to="next"
    ),
    # The same button: at the first step it passes the request on, at the last it approves it.
    "pass_on": Verb(
        "approved a step",
        STEP,
        _SENT,
        at=Step.Kind.ADVISOR,
        letter="credit_to_decide",
        to="next",
    ),
    "approve": Verb(
        "approved", STEP, _SENT, State.APPROVED, at=Step.Kind.APPROVER, letter="credit_approved"
    ),
    "send_back": Verb(
        "returned", STEP, _SENT, State.NEEDS_INFO, reason=True, letter="credit_returned"
    ),
    "reject": Verb("rejected", STEP, _SENT, State.REJECTED, reason=True, letter="credit_rejected"),
    "withdraw": Verb(
        "withdrawn",
        OWN,
        _BEFORE_THE_END,
        State.WITHDRAWN,
        letter="credit_withdrawn",
        to="advisor",
    ),
    "upload": Verb("sent", OWN, _DUE, undoable=False),  # the next version replaces it
    "submit_evidence": Verb(
        "sent the evidence",
        OWN,
        _DUE,
        State.EVIDENCE_SUBMITTED,
        letter="credit_to_mark",
        to="next",
    ),
    "send_evidence_back": Verb(
        "returned the evidence",
        RESULT,
        _TO_MARK,
        State.APPROVED,
        reason=True,
        letter="credit_evidence_back",
    ),
    "complete": Verb("granted credit", RESULT, _TO_MARK, State.COMPLETED, letter="credit_granted"),
    "fail": Verb(
        "gave no credit",
        RESULT,
        _DUE | _TO_MARK,
        State.FAILED,
        reason=True,
        letter="credit_failed",
    ),
    # What was decided was decided on other days: the steps begin anew.
    "move": Verb(
        "moved with its placement",
        PLACEMENT,
        frozenset({State.SUBMITTED, State.NEEDS_INFO, State.APPROVED, State.EVIDENCE_DUE}),
        State.NEEDS_INFO,
        reason=True,
        letter="credit_returned",
        undoable=False,
    ),
    "end": Verb(
        "ended with its placement",
        PLACEMENT,
        _BEFORE_THE_END | _DUE,
        State.WITHDRAWN,
        reason=True,
        letter="credit_withdrawn",
        to="advisor",
        undoable=False,
    ),
}
