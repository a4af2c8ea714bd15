"""The one table of a permission case: which verb starts where, by whom, and where it leads.

Code, tests, pages and docs read this table. A verb on a paper names the states of the paper too.
"""

from dataclasses import dataclass, field

from internships.permits.models import FILING, PermitCase, Requirement

State, Kind, Paper = PermitCase.State, PermitCase.Kind, Requirement.State

# Who: the student herself, or whoever holds the permission. On her own case a person who also
# works in the office is the student and nothing else.
OWN = "own"
REVIEW = "permits.review_case"

CHECKED = frozenset({Kind.PAPERS})
ASKED = frozenset({Kind.CONFIRM})
EVERY = frozenset(Kind)


@dataclass(frozen=True)
class Verb:
    """starts, leads_to: states of the case; paper, paper_to: of the paper it is about.

    leads_to or paper_to None: stays as it is. letter: what the other side is sent: the student;
    where she acts herself, the office by `permit_for_office`; of a case handed over, the colleague.
    """

    event: str
    who: frozenset[str]
    starts: frozenset[State]
    leads_to: State | None = None
    kinds: frozenset[Kind] = EVERY
    paper: frozenset[Paper] = field(default=frozenset())
    paper_to: Paper | None = None
    letter: str = ""
    undoable: bool = True


_OWN, _REVIEW, _BOTH = frozenset({OWN}), frozenset({REVIEW}), frozenset({OWN, REVIEW})
_COLLECTING = frozenset({State.OPEN, State.SUBMITTED, State.RETURNED})
_WITH_STUDENT = frozenset({State.OPEN, State.RETURNED})

VERBS: dict[str, Verb] = {
    # From nothing: there is no case yet. Closing takes it back.
    "open_case": Verb("case opened", _OWN, frozenset(), State.OPEN, undoable=False),
    "upload": Verb(
        "sent",
        _OWN,
        _COLLECTING,
        paper=frozenset({Paper.MISSING, Paper.UPLOADED, Paper.RETURNED}),
        paper_to=Paper.UPLOADED,
        undoable=False,  # the next version replaces it
    ),
    "enter_answer": Verb("entered the answer", _OWN, _WITH_STUDENT, kinds=ASKED, undoable=False),
    "submit": Verb("submitted", _OWN, _WITH_STUDENT, State.SUBMITTED, letter="permit_for_office"),
    "accept_paper": Verb(
        "accepted",
        _REVIEW,
        _COLLECTING,
        paper=frozenset({Paper.UPLOADED}),
        paper_to=Paper.ACCEPTED,
    ),
    "see_paper": Verb(
        "saw",
        _REVIEW,
        _COLLECTING,
        paper=frozenset({Paper.MISSING, Paper.UPLOADED, Paper.RETURNED}),
        paper_to=Paper.ACCEPTED,
    ),
    "return_paper": Verb(
        "returned",
        _REVIEW,
        _COLLECTING,
        paper=frozenset({Paper.UPLOADED, Paper.ACCEPTED}),
        paper_to=Paper.RETURNED,
        letter="permit_paper_back",
    ),
    "mark_not_applicable": Verb(
        "marked not needed",
        _REVIEW,
        _COLLECTING,
        paper=frozenset({Paper.MISSING, Paper.UPLOADED, Paper.RETURNED}),
        paper_to=Paper.NOT_APPLICABLE,
    ),
    "return_case": Verb(
        "returned",
        _REVIEW,
        frozenset({State.SUBMITTED}),
        State.RETURNED,
        letter="permit_returned",
    ),
    "mark_ready_to_file": Verb(
        "marked ready to file",
        _REVIEW,
        frozenset({State.SUBMITTED}),
        State.READY_TO_FILE,
        kinds=FILING,
        letter="permit_ready",
    ),
    "record_filing": Verb(
        "filed",
        _BOTH,
        frozenset({State.READY_TO_FILE}),
        State.FILED,
        kinds=FILING,
        letter="permit_filed",
    ),
    "record_grant": Verb(
        "granted",
        _REVIEW,
        frozenset({State.FILED}),
        State.GRANTED,
        kinds=FILING,
        letter="permit_granted",
    ),
    "record_refusal": Verb(
        "refused",
        _REVIEW,
        frozenset({State.FILED}),
        State.REFUSED,
        kinds=FILING,
        letter="permit_refused",
    ),
    "confirm_papers": Verb(
        "confirmed the papers",
        _REVIEW,
        frozenset({State.SUBMITTED}),
        State.ANSWERED,
        kinds=CHECKED | ASKED,
        letter="permit_answered",
    ),
    "confirm_answer": Verb(
        "confirmed the answer",
        _REVIEW,
        frozenset({State.SUBMITTED}),
        State.ANSWERED,
        kinds=ASKED,
        letter="permit_answered",
    ),
    # The office has asked the bureau itself.
    "record_answer": Verb(
        "recorded the answer",
        _REVIEW,
        _COLLECTING,
        State.ANSWERED,
        kinds=ASKED,
        letter="permit_answered",
    ),
    "open_gate": Verb(
        "gate opened",
        _REVIEW,
        frozenset({State.GRANTED, State.ANSWERED}),
        letter="permit_gate_open",
    ),
    "hand_over": Verb(
        "handed over",
        _REVIEW,
        frozenset(set(State) - {State.REFUSED, State.CLOSED}),
        letter="permit_handed_over",
        undoable=True,
    ),
    "close_case": Verb(
        "closed",
        _BOTH,
        frozenset({State.OPEN, State.SUBMITTED}),
        State.CLOSED,
        letter="permit_closed",
    ),
}
