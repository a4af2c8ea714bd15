"""State, action and person: each answer, event and letter against the one table."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from careers.desk.models import Letter
from careers.record.models import Event
from careers.record.words import VERBS as WORDS
from internships.credits import moves, replan, workflow
from internships.credits.models import CreditRequest, State, Step
from internships.credits.transitions import OWN, PLACEMENT, STEP, VERBS
from internships.credits.transitions import RESULT as BY_RESULT
from internships.placements.models import Placement
from tests.credits.rows import add_evidence, approver_of, fresh, make_credit, pdf
from tests.factories import make_faculty, make_placement, make_student, make_user

pytestmark = pytest.mark.django_db

WHY = "Because."
ROLES = (
    "student",
    "other_student",
    "advisor",
    "reviewer",
    "approver_own",
    "approver_other",
    "administrator",
)
# Each verb once more by hand, from the office's paper: who (returning and rejecting at the first
# step), at which step, from where, to where, which letter, who reads it.
OFFICE = "approver_own,reviewer,administrator"
BEFORE_END = "draft,submitted,needs_info,approved"
BY_HAND = f"""
edit               student               -        draft,needs_info      -             -                    -
submit             student               -        draft,needs_info      submitted     credit_to_decide     office
pass_on            advisor,administrator advisor  submitted             -             credit_to_decide     approver
approve            approver_own,administrator approver submitted        approved      credit_approved      student
send_back          advisor,administrator -        submitted             needs_info    credit_returned      student
reject             advisor,administrator -        submitted             rejected      credit_rejected      student
withdraw           student               -        {BEFORE_END}          withdrawn     credit_withdrawn     office
upload             student               -        evidence_due          -             -                    -
submit_evidence    student               -        evidence_due          evidence_submitted credit_to_mark  approver
send_evidence_back {OFFICE}              -        evidence_submitted    approved      credit_evidence_back student
complete           {OFFICE}              -        evidence_submitted    completed     credit_granted       student
fail               {OFFICE}              -        evidence_due,evidence_submitted failed credit_failed     student
move               -                     -        submitted,needs_info,approved,evidence_due needs_info credit_returned student
end                -                     -        {BEFORE_END},evidence_due withdrawn credit_withdrawn      office
"""  # noqa: E501
LINES = {line.split()[0]: line.split()[1:] for line in BY_HAND.strip().splitlines()}
# What the log says of each.
EVENTS = {
    "write": "drafted",
    "edit": "edited",
    "submit": "submitted",
    "pass_on": "approved a step",
    "approve": "approved",
    "send_back": "returned",
    "reject": "rejected",
    "withdraw": "withdrawn",
    "upload": "sent",
    "submit_evidence": "sent the evidence",
    "send_evidence_back": "returned the evidence",
    "complete": "granted credit",
    "fail": "gave no credit",
    "move": "moved with its placement",
    "end": "ended with its placement",
}
# No click does the others: a placement was changed, or cancelled.
BY_PEOPLE = [verb for verb, line in LINES.items() if line[0] != "-"]
# Whoever may have a part in the steps is told that somebody was faster; all others are refused.
DECIDERS = ("advisor", "approver_own", "administrator")
RESULT = {
    "actual_hours": Decimal(75),
    "host_evaluation": "A",
    "report_mark": 80,
    "final_mark": "A",
    "credits_granted": 2,
}


def do(verb, credit, by):
    calls = {
        "edit": lambda: workflow.edit(credit, {"plan": "Another plan."}, by=by),
        "submit": lambda: workflow.submit(credit, by=by),
        "pass_on": lambda: workflow.approve(credit, by=by, step=1),
        "approve": lambda: workflow.approve(credit, by=by, step=2),
        "send_back": lambda: workflow.send_back(credit, by=by, step=1, reason=WHY),
        "reject": lambda: workflow.reject(credit, by=by, step=1, reason=WHY),
        "withdraw": lambda: workflow.withdraw(credit, by=by),
        "upload": lambda: workflow.upload(credit, "time_record", pdf(), by=by),
        "submit_evidence": lambda: workflow.submit_evidence(credit, by=by, actual_hours=75),
        "send_evidence_back": lambda: workflow.send_evidence_back(credit, by=by, reason=WHY),
        "complete": lambda: workflow.complete(credit, RESULT, by=by),
        "fail": lambda: workflow.fail(credit, by=by, reason=WHY),
    }
    return calls[verb]()


def credit_for(verb, state):
    """A request in which nothing but state and person can stand in the way of the verb."""
    credit = make_credit(state=state, step=2 if verb == "approve" else 1)
    if state == State.EVIDENCE_DUE:
        add_evidence(credit)
    return fresh(credit)


def person_of(role, credit):
    if role == "student":
        return credit.student.user
    if role == "other_student":
        return make_student().user
    if role.startswith("approver"):
        faculty = credit.rule.faculty if role == "approver_own" else make_faculty()
        return make_user(roles=["approver"], approves_for=[faculty])
    return make_user(roles=[role])


def expected(verb, state, role):
    who, starts = LINES[verb][0].split(","), LINES[verb][2].split(",")
    if state in starts:
        return "done" if role in who else "refused"
    told = DECIDERS if VERBS[verb].who == "step" else who
    return "too late" if role in told else "refused"


def test_the_table_of_the_code_is_the_one_of_the_office():
    told = {
        verb: [row.at or "-", set(row.starts), row.leads_to or "-", row.letter or "-"]
        for verb, row in VERBS.items()
        if verb != "write"
    }

    by_hand = {
        verb: [step, set(starts.split(",")), to, letter]
        for verb, (_who, step, starts, to, letter, _reader) in LINES.items()
    }
    assert told == by_hand
    assert {name: verb.event for name, verb in VERBS.items()} == EVENTS


@pytest.mark.parametrize("verb", BY_PEOPLE)
@pytest.mark.parametrize("state", State.values)
def test_each_person_gets_the_answer_of_the_table(verb, state):
    given = {}
    for role in ROLES:
        credit = credit_for(verb, state)
        person, approver = person_of(role, credit), approver_of(credit)
        before = Event.objects.count(), Letter.objects.count()
        try:
            do(verb, credit, person)
            given[role] = "done"
        except PermissionDenied:
            given[role] = "refused"
        except workflow.TooLate:
            given[role] = "too late"
        if given[role] == "done":
            after_it_is_done(verb, state, fresh(credit), approver)
        else:
            assert fresh(credit).state_today == state
            assert (Event.objects.count(), Letter.objects.count()) == before

    assert given == {role: expected(verb, state, role) for role in ROLES}


@pytest.mark.parametrize("verb", ["move", "end"])
@pytest.mark.parametrize("state", State.values)
def test_a_request_follows_its_placement_as_the_table_says(verb, state):
    placement = make_placement()
    credit = make_credit(state=state, student=placement.student, placement=placement)
    before = Event.objects.count(), Letter.objects.count()
    if verb == "end":
        placement.state = Placement.State.CANCELLED
    else:
        placement.starts_on = credit.starts_on + timedelta(days=1)
        placement.ends_on = credit.ends_on + timedelta(days=60)

    replan.follow_placement(credit, placement, actor=placement.student.user)

    if state in LINES[verb][2].split(","):
        after_it_is_done(verb, state, fresh(credit), None)
        assert not workflow.can_be_undone(moves.last_event(credit), placement.student.user)
    else:
        assert fresh(credit).state == state
        assert (Event.objects.count(), Letter.objects.count()) == before


def after_it_is_done(verb, state, credit, approver):
    _who, _step, _starts, to, letter, reader = LINES[verb]
    now = State.EVIDENCE_DUE if verb == "send_evidence_back" else state if to == "-" else to
    event = moves.last_event(credit)
    assert credit.state_today == now
    assert (event.verb, event.about) == (EVENTS[verb], credit.student.user)
    written = Letter.objects.filter(object_id=str(credit.pk))
    if letter == "-" or (verb in ("withdraw", "end") and state == State.DRAFT):
        assert not written.exists()
        return
    readers = {"student": credit.student.user, "office": None, "approver": approver}
    assert {one.kind for one in written} == {letter}
    assert readers[reader] in {one.to_user for one in written}


@pytest.mark.parametrize("verb", [name for name, row in VERBS.items() if row.undoable])
def test_an_undo_within_the_delay_brings_everything_back_and_sends_nothing(verb):
    state = State.SUBMITTED if verb == "withdraw" else LINES[verb][2].split(",")[0]
    credit = credit_for(verb, state)
    by = person_of(LINES[verb][0].split(",")[0], credit)
    before = snapshot(credit)
    do(verb, credit, by)

    workflow.undo(credit, moves.last_event(credit).pk, by=by)

    assert snapshot(credit) == before
    assert not Letter.objects.filter(state="waiting").exists()
    assert moves.last_event(credit).verb == "undone"


def snapshot(credit):
    row = CreditRequest.objects.get(pk=credit.pk)
    own = {name: value for name, value in vars(row).items() if name != "_state"}
    return own, list(Step.objects.filter(request=credit).order_by("order").values())


def test_after_the_delay_nothing_is_undone(frozen_moment, settings):
    credit, advisor = credit_for("pass_on", State.SUBMITTED), make_user(roles=["advisor"])
    do("pass_on", credit, advisor)
    event = moves.last_event(credit)
    frozen_moment.shift(settings.LETTER_DELAY + timedelta(seconds=1))

    with pytest.raises(workflow.Refused):
        workflow.undo(credit, event.pk, by=advisor)


def test_nobody_undoes_the_deed_of_another_or_one_that_something_followed():
    credit, advisor = credit_for("pass_on", State.SUBMITTED), make_user(roles=["advisor"])
    approver = approver_of(credit)
    do("pass_on", credit, advisor)
    first = moves.last_event(credit)

    with pytest.raises(PermissionDenied):
        workflow.undo(credit, first.pk, by=make_user(roles=["advisor"]))
    do("approve", credit, approver)
    with pytest.raises(workflow.TooLate):
        workflow.undo(credit, first.pk, by=advisor)


def test_nobody_decides_on_her_own_request():
    both = make_user(roles=["student", "advisor"])
    credit = make_credit(student=make_student(user=both), state=State.SUBMITTED)

    with pytest.raises(PermissionDenied):
        do("pass_on", credit, both)


@pytest.mark.parametrize("verb", [name for name in BY_PEOPLE if VERBS[name].reason])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_no_needs_a_reason(verb, reason):
    state = LINES[verb][2].split(",")[-1]
    credit, by = credit_for(verb, state), make_user(roles=["administrator"])
    calls = {
        "send_back": lambda: workflow.send_back(credit, by=by, step=1, reason=reason),
        "reject": lambda: workflow.reject(credit, by=by, step=1, reason=reason),
        "send_evidence_back": lambda: workflow.send_evidence_back(credit, by=by, reason=reason),
        "fail": lambda: workflow.fail(credit, by=by, reason=reason),
    }

    with pytest.raises(workflow.Refused):
        calls[verb]()

    assert fresh(credit).state_today == state


def test_the_docs_show_the_table_of_the_code():
    who = {
        OWN: "student",
        STEP: "who decides the step",
        BY_RESULT: "approver, reviewer, administrator",
        PLACEMENT: "(the placement)",
    }
    readers = {"student": "student", "next": "next to decide", "advisor": "advisor"}

    def line(name, verb):
        cells = [
            name,
            who[verb.who],
            ", ".join(sorted(verb.starts)),
            verb.leads_to or "",
            verb.at or "",
            verb.event,
            "yes" if verb.reason else "",
            f"{verb.letter} → {readers[verb.to]}" if verb.letter else "",
            "yes" if verb.undoable else "",
        ]
        return "| " + " | ".join(cell or "–" for cell in cells) + " |"

    told = (settings.BASE_DIR / "docs" / "credit-request.md").read_text().splitlines()

    table = [row for row in told if row.startswith("| ")][2:]
    assert table == [line(name, verb) for name, verb in VERBS.items()]


def test_every_verb_has_words_in_the_log():
    assert {verb.event for verb in VERBS.values()} <= set(WORDS)
