"""Who may do what on a credit request as it stands: the table of transitions, asked."""

from careers.people.models import User
from internships.credits.models import CreditRequest, Step
from internships.credits.transitions import (
    DECIDE_ANY,
    DECIDE_AS,
    OWN,
    PLACEMENT,
    RECORD_RESULT,
    STEP,
    VERBS,
    Verb,
)


def may(request: CreditRequest, name: str, by: User) -> bool:
    """Whether the person may do this on the request as it is today."""
    verb = VERBS[name]
    if request.state_today not in verb.starts or not is_allowed(request, verb, by):
        return False
    step = request.current_step
    return verb.at is None or (step is not None and step.kind == verb.at)


def may_decide(request: CreditRequest, by: User) -> bool:
    return may(request, "send_back", by)


def is_allowed(request: CreditRequest, verb: Verb, by: User) -> bool:
    if verb.who == PLACEMENT:
        return False
    if request.student.user_id == by.pk:
        return verb.who == OWN and by.is_student
    if verb.who == STEP:
        return _may_decide_step(request, by)
    return verb.who != OWN and (by.has_perm(RECORD_RESULT) or approves(request, by))


def _may_decide_step(request: CreditRequest, by: User) -> bool:
    step = request.current_step
    if step is None:
        return False
    if by.has_perm(DECIDE_ANY):
        return True
    if step.kind == Step.Kind.APPROVER:
        return approves(request, by)
    return by.has_perm(DECIDE_AS[step.kind])


def approves(request: CreditRequest, by: User) -> bool:
    """Whether she is an approver of the faculty whose rule counts."""
    return by.has_perm(DECIDE_AS[Step.Kind.APPROVER]) and by in request.approvers


def had_a_part(row: CreditRequest, verb: Verb, by: User) -> bool:
    if row.student.user_id == by.pk:
        return verb.who == OWN and by.is_student
    if verb.who == STEP:
        deciders = (DECIDE_ANY, DECIDE_AS[Step.Kind.ADVISOR])
        return any(by.has_perm(name) for name in deciders) or approves(row, by)
    return is_allowed(row, verb, by)
