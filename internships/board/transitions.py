"""The one table of a posting: which verb starts where, by whom, and where it leads.

Code, tests and docs read this table.
"""

from dataclasses import dataclass

from internships.board.models import Posting

State = Posting.State
ANY = frozenset(State)
# States in which a posting has been on the board, so that a change may wait beside it.
ON_BOARD = frozenset({State.PUBLISHED, State.WITHDRAWN})
Pending = Posting.PendingState
WAITS = frozenset({"in_review"})
# The letter to whoever wrote what is returned.
RETURNED = "posting_returned"
UNDONE = "undone"


@dataclass(frozen=True)
class Verb:
    """starts: the states it may start from; leads_to: where it ends, None where it stays.

    letter: what whoever wrote it is sent, unless she did it herself.
    """

    event: str
    permission: str
    starts: frozenset[State]
    leads_to: State | None
    undoable: bool = True
    # Where a verb is about a pending version: the states of that version it may start from.
    pending: frozenset[str] | None = None
    # Where a verb hangs on the clock: whether the posting must be over, or must not be.
    closed: bool | None = None
    letter: str = ""


VERBS: dict[str, Verb] = {
    # From nothing: there is no posting yet.
    "save_draft": Verb("drafted", "board.add_posting", frozenset(), State.DRAFT, undoable=False),
    # With the setting "a second person publishes", or without the right to publish, a change of
    # a published posting becomes a pending version and the approved one stays up; the writer's
    # own publish and republish lead to in_review.
    "edit": Verb("edited", "board.change_posting", ANY, None),
    "propose": Verb("proposed", "board.change_posting", ON_BOARD, None),
    "approve_change": Verb(
        "approved change", "board.publish_posting", ON_BOARD, None, pending=WAITS
    ),
    "return_change": Verb(
        "returned change",
        "board.publish_posting",
        ON_BOARD,
        None,
        pending=WAITS,
        letter=RETURNED,
    ),
    "resubmit_change": Verb(
        "resubmitted change",
        "board.change_posting",
        ON_BOARD,
        None,
        pending=frozenset({"returned"}),
    ),
    "drop_change": Verb(
        "dropped change",
        "board.change_posting",
        ON_BOARD,
        None,
        pending=frozenset({"in_review", "returned"}),
    ),
    "mark_still_right": Verb("marked still right", "board.change_posting", ANY, None),
    "submit": Verb(
        "submitted",
        "board.add_posting",
        frozenset({State.DRAFT, State.RETURNED}),
        State.IN_REVIEW,
    ),
    "publish": Verb(
        "published",
        "board.publish_posting",
        frozenset({State.DRAFT, State.IN_REVIEW, State.RETURNED}),
        State.PUBLISHED,
    ),
    "return_posting": Verb(
        "returned",
        "board.publish_posting",
        frozenset({State.IN_REVIEW}),
        State.RETURNED,
        letter=RETURNED,
    ),
    "withdraw": Verb(
        "withdrawn",
        "board.publish_posting",
        frozenset({State.PUBLISHED}),
        State.WITHDRAWN,
        closed=False,
    ),
    "republish": Verb(
        "republished", "board.publish_posting", frozenset({State.WITHDRAWN}), State.PUBLISHED
    ),
    # A later closing date; and, once it is over, another round on the board.
    "extend": Verb(
        "extended", "board.publish_posting", frozenset({State.PUBLISHED}), None, closed=False
    ),
    "relist": Verb("relisted", "board.publish_posting", ON_BOARD, State.PUBLISHED, closed=True),
    "note_outcome": Verb("noted outcome", "board.change_posting", ON_BOARD, None, closed=True),
    "confirm": Verb(
        "confirmed", "board.change_posting", frozenset({State.PUBLISHED}), None, closed=False
    ),
    "assign": Verb("assigned", "board.change_posting", ANY, None),
    "label": Verb("labelled", "board.change_posting", ANY, None),
}
