"""Postings in every state, and how the tests start a verb on one."""

import uuid
from datetime import date, timedelta

from internships.board import workflow
from internships.board.models import Posting
from internships.board.workflow import Pending
from tests.factories import NOW, make_organisation, make_posting, make_user

# What a posting says that can be published, beside its names and its last day.
READY = {
    "description_en": "Read maps.",
    "pay_kind": "none",
    "prefecture": "13",
    "weekly_hours": 20,
    "starts_on": date(2027, 2, 15),
    "ends_on": date(2027, 3, 12),
    "apply_method": "office",
}
# All but the one that starts from nothing.
VERBS = [name for name in workflow.VERBS if name != "save_draft"]
# How each verb is called, beside the posting and the person.
MORE = {
    "edit": lambda posting: {
        "values": {"title_en": "Another title"},
        "seen": workflow.version(posting),
    },
    "mark_still_right": lambda posting: {"language": "en"},
    "propose": lambda posting: {
        "values": {"title_en": "Another title"},
        "seen": workflow.version(posting),
    },
    "approve_change": lambda posting: {"seen": workflow.version(posting)},
    "return_change": lambda posting: {"reason": "No hours"},
    "return_posting": lambda posting: {"reason": "No hours"},
    "withdraw": lambda posting: {"reason": "Filled"},
    "extend": lambda posting: {"closes_at": NOW + timedelta(days=40)},
    "relist": lambda posting: {"closes_at": NOW + timedelta(days=40)},
    "note_outcome": lambda posting: {"applied": 3, "accepted": 1},
    "assign": lambda posting: {"to": make_user(roles=["advisor"])},
    "label": lambda posting: {"add": ["urgent"]},
}


def make_ready(state="draft", **fields):
    withdrawn_at = NOW if state == "withdrawn" else None
    return make_posting(**READY | {"state": state, "withdrawn_at": withdrawn_at} | fields)


def do(name, posting, by, **more):
    more = MORE.get(name, lambda _posting: {})(posting) | more
    if "values" in more:
        return getattr(workflow, name)(posting, more.pop("values"), by=by, **more)
    if "language" in more:
        return workflow.mark_still_right(posting, more.pop("language"), by=by)
    return getattr(workflow, name)(posting, by=by, **more)


def make_draft(by, **fields):
    values = {"organisation_id": make_organisation().pk, "title_en": "Map reading", **fields}
    return workflow.save_draft(values, by=by, form_key=uuid.uuid4())


# Every state, one that the clock has ended, and beside those that have been on the board a
# change in each of its states.
OVER = "published and over"
STATES = [
    *Posting.State.values,
    OVER,
    *((state, pending) for state in ("published", "withdrawn") for pending in Pending.values),
]


def make_in(state, **fields):
    """A posting in a state, or in (a state, the state of a change that waits beside it)."""
    if state == OVER:
        return make_ready("published", closes_at=NOW, **fields)
    if isinstance(state, str):
        return make_ready(state, **fields)
    state, pending = state
    fields |= {"pending": {"title_en": "Pending"}, "pending_state": pending}
    return make_ready(state, pending_by=make_user(roles=["advisor"]), **fields)


def starts(verb, posting):
    """Say by the table whether a verb may start, worked out beside the code's own way."""
    fits = verb.pending is None or posting.pending_state in verb.pending
    is_over = posting.state == "withdrawn" or posting.closes_at <= NOW
    in_time = verb.closed is None or verb.closed == is_over
    return posting.state in verb.starts and fits and in_time
