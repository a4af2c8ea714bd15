"""How a credit request is shown: its state in words, its road, who has the ball."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from careers.desk.dates import near_day, plain_day
from careers.record.words import verb_words
from internships.credits import moves, rights
from internships.credits.models import CreditRequest, State, Step, WaitsFor

# State → kind (colour) and icon of its words.
LOOKS: dict[str, tuple[str, str]] = {
    State.DRAFT: ("unknown", "pencil"),
    State.SUBMITTED: ("wait", "clock"),
    State.NEEDS_INFO: ("soon", "undo"),
    State.APPROVED: ("ok", "tick"),
    State.EVIDENCE_DUE: ("soon", "papers"),
    State.EVIDENCE_SUBMITTED: ("wait", "eye"),
    State.COMPLETED: ("ok", "tick"),
    State.FAILED: ("unknown", "cross"),
    State.REJECTED: ("unknown", "cross"),
    State.WITHDRAWN: ("unknown", "undo"),
}
STEP_WORDS = {
    Step.Kind.ADVISOR: _("Advisor looks at the plan"),
    Step.Kind.APPROVER: _("Approver of the faculty decides"),
}
NEAR = timedelta(days=300)
MOST_NAMED = 3
_PASSED_PLAN = (State.APPROVED, State.EVIDENCE_DUE, State.EVIDENCE_SUBMITTED, State.COMPLETED)


@dataclass(frozen=True)
class Shown:
    kind: str
    words: str
    icon: str


def state_of(credit: CreditRequest) -> Shown:
    state = credit.state_today
    kind, icon = LOOKS[state]
    return Shown(kind, state.label, icon)


def plan_of(credit: CreditRequest) -> Shown:
    """Say how far the plan is: its steps, not the evidence."""
    state = credit.state_today
    decided = all(step.decision == Step.Decision.APPROVED for step in credit.steps.all())
    if decided and state not in (State.REJECTED, State.WITHDRAWN):
        return Shown("ok", _("Approved"), "tick")
    if state == State.SUBMITTED:
        return Shown("wait", _("To decide"), "clock")
    if state == State.NEEDS_INFO:
        return Shown("soon", pgettext_lazy("plan", "Returned"), "undo")
    return Shown("unknown", state.label, LOOKS[state][1])


def evidence_of(credit: CreditRequest) -> Shown:
    state = credit.state_today
    if state == State.EVIDENCE_DUE and credit.evidence_due_on < timezone.localdate():
        return Shown("stop", pgettext_lazy("evidence", "Missing"), "stop")
    if state == State.EVIDENCE_DUE:
        return Shown("soon", pgettext_lazy("evidence", "Due"), "clock")
    if state == State.EVIDENCE_SUBMITTED:
        return Shown("wait", pgettext_lazy("evidence", "To read"), "eye")
    if state in (State.COMPLETED, State.FAILED) and credit.evidence_submitted_at:
        return Shown("ok", pgettext_lazy("evidence", "Read"), "tick")
    if credit.is_over:
        return Shown("", "–", "")
    return Shown("", pgettext_lazy("evidence", "Later"), "")


def waits_for(credit: CreditRequest, reader=None) -> str:
    """Name who has the ball; the reader is called you."""
    who = credit.waits_for
    if who == WaitsFor.NOBODY:
        return ""
    people = _people(credit, who)
    if reader is not None and reader in people:
        return gettext("you")
    if people:
        return _named(people, credit)
    return gettext("advisors of the office") if who == WaitsFor.ADVISOR else gettext("the office")


def _named(people: list, credit: CreditRequest) -> str:
    """Name a few; where a whole committee may decide, say whose it is."""
    if len(people) <= MOST_NAMED:
        return ", ".join(str(person) for person in people)
    shown = {"number": len(people), "faculty": credit.rule.faculty}
    return gettext("%(number)s approvers of %(faculty)s") % shown


def ball(credit: CreditRequest, reader=None) -> str:
    """Say what is awaited of whom and by when; of an approved plan first its last day."""
    if credit.state_today == State.APPROVED:
        return gettext("Placement until %(day)s. Then the evidence, by %(due)s.") % {
            "day": day_words(credit.ends_on),
            "due": day_words(credit.evidence_due_on),
        }
    who = waits_for(credit, reader)
    if not who:
        return ""
    if credit.due_on is None:
        return gettext("Waits for: %(who)s") % {"who": who}
    shown = {"who": who, "day": day_words(credit.due_on)}
    return gettext("Waits for: %(who)s · by %(day)s") % shown


def day_words(day) -> str:
    """Give weekday and day; of another year, the year instead of the weekday."""
    day = timezone.localdate(day) if isinstance(day, datetime) else day
    far = abs(day - timezone.localdate()) > NEAR
    return plain_day(day) if far else near_day(day)


def _people(credit: CreditRequest, who: str) -> list:
    if who == WaitsFor.STUDENT:
        return [credit.student.user]
    if who == WaitsFor.ADVISOR:
        return [credit.advisor] if credit.advisor else []
    return credit.approvers


def road(credit: CreditRequest) -> list[dict]:
    """Give the road component its steps: done, now, to come; who does each and by when."""
    state = credit.state_today
    steps = [_asked(credit)]
    steps += [_step(credit, step) for step in credit.steps.all()]
    steps += _after(credit, state)
    if not credit.is_over:
        now = next((step for step in steps if step["state"] == "todo"), None)
        if now:
            now["state"] = "now"
            if state != State.APPROVED:  # until the last day nothing is due
                now["when"] = _by(credit.due_on) or now["when"]
    return steps


def _asked(credit: CreditRequest) -> dict:
    with_her = credit.state in (State.DRAFT, State.NEEDS_INFO)
    return {
        "state": "todo" if with_her else "done",
        "what": _("Ask, with your plan"),
        "who": credit.student.user,
        "when": day_words(credit.submitted_at) if credit.submitted_at and not with_her else "",
    }


def _step(credit: CreditRequest, step: Step) -> dict:
    who = step.decided_by or waits_for_step(credit, step)
    what = STEP_WORDS[step.kind]
    if step.decision == Step.Decision.REJECTED:
        what = gettext("%(step)s: rejected") % {"step": what}
    return {
        "state": "done" if step.decision else "todo",
        "what": what,
        "who": who,
        "when": day_words(step.decided_at) if step.decided_at else "",
    }


def waits_for_step(credit: CreditRequest, step: Step) -> str:
    if step.kind == Step.Kind.ADVISOR:
        return str(credit.advisor) if credit.advisor else gettext("advisors of the office")
    return _named(credit.approvers, credit)


def _after(credit: CreditRequest, state: State) -> list[dict]:
    """Give what comes after the plan: the placement, the evidence, the mark."""
    if state in (State.REJECTED, State.WITHDRAWN):
        return []
    sent = credit.evidence_submitted_at if state != State.EVIDENCE_DUE else None
    ended = credit.ends_on <= timezone.localdate() and state in (*_PASSED_PLAN, State.FAILED)
    return [
        {
            "state": "done" if ended else "todo",
            "what": _("Placement, to the last day"),
            "who": credit.student.user,
            "when": day_words(credit.ends_on),
        },
        {
            "state": "done" if sent else "todo",
            "what": _("Report and certificate"),
            "who": credit.student.user,
            "when": day_words(sent) if sent else _by(credit.evidence_due_on),
        },
        {
            "state": "done" if credit.decided_at else "todo",
            "what": _("Mark and credits"),
            "who": credit.decided_by or waits_for_step(credit, credit.steps.all()[1]),
            "when": day_words(credit.decided_at) if credit.decided_at else "",
        },
    ]


def _by(day) -> str:
    return gettext("by %(day)s") % {"day": day_words(day)} if day else ""


def meter(credit: CreditRequest) -> dict:
    """Give the bar of hours against what the credits asked for need, 74 units wide."""
    hours = credit.actual_hours if credit.actual_hours is not None else credit.planned_hours
    needed = max(1, credit.hours_needed)
    return {
        "hours": f"{hours.normalize():f}",
        "needed": needed,
        "credits": credit.credits_asked,
        "fill": min(74, int(74 * hours / needed)),
        "short": hours < needed,
    }


def history(credit: CreditRequest) -> list[dict]:
    events = moves.history_of(credit)
    return [
        {
            "day": day_words(event.at),
            "at": event.at,
            "who": event.actor,
            "words": verb_words(event.verb),
            "reason": event.reason,
        }
        for event in events
    ]


def deeds_of(credit: CreditRequest, user) -> dict[str, bool]:
    """Say what the reader may do now."""
    return {
        "edit": rights.may(credit, "edit", user),
        "withdraw": rights.may(credit, "withdraw", user),
        "upload": rights.may(credit, "upload", user),
        "decide": rights.may_decide(credit, user),
        "complete": rights.may(credit, "complete", user),
        "fail": rights.may(credit, "fail", user),
    }
