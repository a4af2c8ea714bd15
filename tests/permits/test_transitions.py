"""State, action and person: each answer, event and letter against the one table."""

from datetime import timedelta
from itertools import product

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from careers.desk import letters
from careers.desk.models import Letter
from careers.people.models import User
from careers.record.models import Event
from internships.permits import workflow
from internships.permits.models import PermitCase, Requirement
from internships.permits.transitions import OWN, REVIEW, VERBS
from tests.factories import NOW, TODAY, make_student, make_user
from tests.permits.rows import make_bureau, make_case, pdf

pytestmark = pytest.mark.django_db

WHY = ("Because", "理由")
ROLES = ("student", "other_student", "advisor", "reviewer", "approver", "administrator")
# Each verb once more by hand, from the office's paper: who, from where, to where, which kinds.
BY_HAND = """
verb                who              from          to            kinds   letter             event
upload              student          collecting    -             all     -                  sent
enter_answer        student          with_student  -             confirm -                  entered the answer
submit              student          with_student  submitted     all     permit_for_office  submitted
accept_paper        reviewer         collecting    -             all     -                  accepted
see_paper           reviewer         collecting    -             all     -                  saw
return_paper        reviewer         collecting    -             all     permit_paper_back  returned
mark_not_applicable reviewer         collecting    -             all     -                  marked not needed
return_case         reviewer         submitted     returned      all     permit_returned    returned
mark_ready_to_file  reviewer         submitted     ready_to_file filing  permit_ready       marked ready to file
record_filing       student,reviewer ready_to_file filed         filing  permit_filed       filed
record_grant        reviewer         filed         granted       filing  permit_granted     granted
record_refusal      reviewer         filed         refused       filing  permit_refused     refused
confirm_papers      reviewer         submitted     answered      checked permit_answered    confirmed the papers
confirm_answer      reviewer         submitted     answered      confirm permit_answered    confirmed the answer
record_answer       reviewer         collecting    answered      confirm permit_answered    recorded the answer
open_gate           reviewer         settled       -             all     permit_gate_open   gate opened
hand_over           reviewer         not_over      -             all     permit_handed_over handed over
close_case          student,reviewer given_up      closed        all     permit_closed      closed
"""  # noqa: E501
STATES = {
    "collecting": "open,submitted,returned",
    "with_student": "open,returned",
    "settled": "granted,answered",
    "not_over": "open,submitted,returned,ready_to_file,filed,granted,answered",
    "given_up": "open,submitted",
}
# Which states of a paper a verb takes, and what it makes of it.
PAPERS_BY_HAND = {
    "upload": ({"missing", "uploaded", "returned"}, "uploaded"),
    "accept_paper": ({"uploaded"}, "accepted"),
    "see_paper": ({"missing", "uploaded", "returned"}, "accepted"),
    "return_paper": ({"uploaded", "accepted"}, "returned"),
    "mark_not_applicable": ({"missing", "uploaded", "returned"}, "not_applicable"),
}
NOT_UNDONE = {"open_case", "upload", "enter_answer"}


def read(line):
    verb, who, starts, to, kinds, letter, event = line.split(maxsplit=6)
    return verb, (who, STATES.get(starts, starts), to, kinds, letter, event)


LINES = dict(map(read, BY_HAND.strip().splitlines()[1:]))
KINDS = {
    "all": set(PermitCase.Kind),
    "filing": set(PermitCase.Kind) - {"papers", "confirm"},
    "confirm": {"confirm"},
    "checked": {"papers", "confirm"},
}
WITH_PAPER = set(PAPERS_BY_HAND)
PAPER_FOR = {"mark_not_applicable": "missing", "see_paper": "missing"}


def answer(**changes):
    return {
        "bureau": make_bureau(),
        "answered_on": TODAY,
        "answer_from": "Desk 3",
        "answer": "may_start",
        "answer_text": "No permission is needed.",
    } | changes


def do(verb, case, by):
    paper = case.requirements.order_by("position").first()
    calls = {
        "upload": lambda: workflow.upload(paper, pdf(title="new"), by=by),
        "enter_answer": lambda: workflow.enter_answer(case, answer(), by=by),
        "submit": lambda: workflow.submit(case, by=by),
        "accept_paper": lambda: workflow.accept_paper(paper, by=by, version=1),
        "see_paper": lambda: workflow.see_paper(paper, by=by),
        "return_paper": lambda: workflow.return_paper(paper, by=by, reason=WHY),
        "mark_not_applicable": lambda: workflow.mark_not_applicable(paper, by=by, reason=WHY),
        "return_case": lambda: workflow.return_case(case, by=by, reason=WHY),
        "mark_ready_to_file": lambda: workflow.mark_ready_to_file(case, by=by),
        "record_filing": lambda: workflow.record_filing(
            case, {"filed_on": TODAY, "bureau": make_bureau(), "receipt": "R-1"}, by=by
        ),
        "record_grant": lambda: workflow.record_grant(
            case,
            {
                "decided_on": TODAY,
                "permission_number": "123",
                "valid_until": case.placement.ends_on,
            },
            by=by,
        ),
        "record_refusal": lambda: workflow.record_refusal(
            case, by=by, decided_on=TODAY, reason=WHY
        ),
        "confirm_papers": lambda: workflow.confirm_papers(case, by=by),
        "confirm_answer": lambda: workflow.confirm_answer(case, by=by),
        "record_answer": lambda: workflow.record_answer(case, answer(), by=by),
        "open_gate": lambda: workflow.open_gate(case, by=by),
        "close_case": lambda: workflow.close_case(case, by=by),
        "hand_over": lambda: workflow.hand_over(case, by=by, to=make_user(roles=["reviewer"])),
    }
    return calls[verb]()


def case_for(verb, state, *, kind=None):
    """A case in which nothing but state and person can stand in the way of the verb."""
    kind = kind or {"all": "individual", "filing": "individual"}.get(LINES[verb][3], "confirm")
    paper = PAPER_FOR.get(verb, "uploaded" if verb in WITH_PAPER else "accepted")
    told = answer() if kind == "confirm" else {}
    outcome = "V_REDUCE_OR_CONSULT" if verb == "confirm_papers" else ""
    codes = ["O_HOURS_PLAN"] if verb == "confirm_papers" and kind == "confirm" else None
    case = make_case(kind=kind, state=state, paper=paper, outcome=outcome, codes=codes, **told)
    case.requirements.filter(code="O_BUREAU_CONFIRMATION").update(
        state="uploaded", checked_by=None, checked_at=None
    )
    return case


def person_of(role, case):
    if role == "student":
        return case.student.user
    return make_student().user if role == "other_student" else make_user(roles=[role])


def expected(verb, state, role):
    who, starts = LINES[verb][0].split(","), LINES[verb][1].split(",")
    if role not in who:
        return "refused"
    return "done" if state in starts else "too late"


def test_the_table_of_the_code_is_the_one_of_the_office():
    names = {OWN: "student", REVIEW: "reviewer"}
    told = {
        verb: [
            sorted(names[who] for who in row.who),
            sorted(row.starts),
            row.leads_to or "-",
            set(row.kinds),
            row.letter or "-",
            row.event,
        ]
        for verb, row in VERBS.items()
        if verb != "open_case"
    }

    by_hand = {
        verb: [sorted(who.split(",")), sorted(starts.split(",")), to, KINDS[kinds], letter, event]
        for verb, (who, starts, to, kinds, letter, event) in LINES.items()
    }
    assert told == by_hand


def test_what_becomes_of_papers_and_what_can_be_undone_is_as_the_office_says():
    told = {verb: (set(row.paper), row.paper_to) for verb, row in VERBS.items() if row.paper}

    assert told == PAPERS_BY_HAND
    assert {verb for verb, row in VERBS.items() if not row.undoable} == NOT_UNDONE
    assert VERBS["open_case"].event == "case opened"


@pytest.mark.parametrize("verb", LINES)
@pytest.mark.parametrize("state", PermitCase.State.values)
def test_each_person_gets_the_answer_of_the_table(verb, state):
    given = {}
    for role in ROLES:
        case = case_for(verb, state)
        workflow.settle(case, case.student.user)
        before = Event.objects.count(), Letter.objects.count()
        try:
            do(verb, case, person_of(role, case))
            given[role] = "done"
        except PermissionDenied:
            given[role] = "refused"
        except workflow.TooLate:
            given[role] = "too late"
        case.refresh_from_db()
        if given[role] == "done":
            after_it_is_done(verb, state, role, case)
        else:
            assert case.state == state
            assert (Event.objects.count(), Letter.objects.count()) == before

    assert given == {role: expected(verb, state, role) for role in ROLES}


def after_it_is_done(verb, state, role, case):
    to, letter = LINES[verb][2], LINES[verb][4]
    event = workflow.history_of(case).first()
    assert case.state == (state if to == "-" else to)
    assert (event.verb, event.about) == (LINES[verb][5], case.student.user)
    written = Letter.objects.filter(object_id=str(case.pk)).values_list("kind", flat=True)
    sent = "permit_for_office" if role == "student" else letter
    assert list(written) == ([] if letter == "-" else [sent])


@pytest.mark.parametrize(
    ("verb", "kind"),
    [(verb, kind) for verb, kind in product(LINES, PermitCase.Kind) if LINES[verb][3] != "all"],
)
def test_a_verb_belongs_to_its_kinds_of_case(verb, kind):
    state = LINES[verb][1].split(",")[0]
    role = LINES[verb][0].split(",")[0]
    case = case_for(verb, state, kind=kind)

    def act():
        do(verb, case, person_of(role, case))

    if kind in KINDS[LINES[verb][3]]:
        act()
    else:
        with pytest.raises(workflow.Refused):
            act()


@pytest.mark.parametrize("verb", sorted(WITH_PAPER))
@pytest.mark.parametrize("paper", Requirement.State.values)
def test_a_paper_moves_between_its_states_only_as_the_table_says(verb, paper):
    case = make_case(state="submitted", paper=paper)
    role = LINES[verb][0]

    def act():
        do(verb, case, person_of(role, case))

    starts, leads_to = PAPERS_BY_HAND[verb]
    if paper in starts:
        act()
        assert case.requirements.order_by("position").first().state == leads_to
    else:
        with pytest.raises(workflow.TooLate):
            act()


@pytest.mark.parametrize("verb", [name for name, row in VERBS.items() if row.undoable])
def test_an_undo_within_the_delay_brings_everything_back_and_sends_nothing(verb):
    state, role = LINES[verb][1].split(",")[0], LINES[verb][0].split(",")[-1]
    case = case_for(verb, state)
    workflow.settle(PermitCase.objects.get(pk=case.pk), case.student.user)
    by = person_of(role, case)
    before = snapshot(case)
    do(verb, case, by)

    workflow.undo(case, workflow.history_of(case).first().pk, by=by)

    assert snapshot(case) == before
    assert not Letter.objects.filter(state="waiting").exists()
    assert letters.send_due(NOW + timedelta(days=1)) == 0
    assert workflow.history_of(case).first().verb == "undone"


@pytest.mark.parametrize(("hers", "offices"), [("ja", "en"), ("en", "ja")])
@pytest.mark.parametrize("verb", [name for name, row in VERBS.items() if row.letter])
def test_each_letter_is_in_the_language_of_its_reader(verb, hers, offices):
    """Whatever language the person who acts has: the other side reads it."""
    case = case_for(verb, LINES[verb][1].split(",")[0])
    owner = make_user(roles=["reviewer"], language=offices)
    User.objects.filter(pk=case.student.user_id).update(language=hers)
    PermitCase.objects.filter(pk=case.pk).update(owner=owner)
    case = PermitCase.objects.get(pk=case.pk)

    own = LINES[verb][0].startswith("student")

    do(verb, case, case.student.user if own else owner)

    letter = Letter.objects.get()
    reader = letter.to_user
    assert letter.language == reader.language
    if verb != "hand_over":
        assert (reader, letter.language) == ((owner, offices) if own else (case.student.user, hers))


def test_where_nobody_looks_after_the_case_the_office_reads_both_languages():
    case = case_for("submit", "open")

    workflow.submit(case, by=case.student.user)

    letter = Letter.objects.get()
    assert (letter.to_user, letter.language) == (None, "")


def test_a_paper_that_passes_the_ball_writes_to_the_other_side_once():
    reviewer = make_user(roles=["reviewer"])
    case = make_case(state="submitted", paper="uploaded", owner=reviewer)
    first, *others = case.requirements.order_by("position")
    Requirement.objects.filter(pk__in=[row.pk for row in others]).update(state="missing")
    hers = case.student.user

    workflow.accept_paper(first, by=reviewer, version=1)
    workflow.upload(others[0], pdf(title="late"), by=hers)
    workflow.upload(others[1], pdf(title="later"), by=hers)

    told = list(Letter.objects.order_by("pk").values_list("kind", "to_user", "state"))
    assert told == [
        # Not sent any more: the paper came before the letter went out.
        ("permit_your_turn", hers.pk, "cancelled"),
        ("permit_for_office", reviewer.pk, "waiting"),
    ]


def snapshot(case):
    row = PermitCase.objects.select_related("placement").get(pk=case.pk)
    leave = {"_state", "_placement_cache", "owner_id", "correct_by", "waits_since"}
    own = {name: value for name, value in vars(row).items() if name not in leave}
    papers = list(case.requirements.order_by("pk").values())
    conditions = list(row.placement.conditions.values_list("code", "state"))
    return own, papers, row.placement.state, row.placement.gate_opened_at, conditions


@pytest.mark.parametrize("verb", ["accept_paper", "mark_ready_to_file"])
def test_after_the_delay_nothing_is_undone(verb, frozen_moment, settings):
    case, reviewer = case_for(verb, "submitted"), make_user(roles=["reviewer"])
    do(verb, case, reviewer)
    event = workflow.history_of(case).first()
    frozen_moment.shift(settings.LETTER_DELAY + timedelta(seconds=1))

    with pytest.raises(workflow.Refused):
        workflow.undo(case, event.pk, by=reviewer)


def test_nobody_undoes_the_deed_of_another_or_one_that_something_followed(reviewer):
    case = case_for("return_paper", "submitted")
    do("return_paper", case, reviewer)
    first = workflow.history_of(case).first()

    with pytest.raises(PermissionDenied):
        workflow.undo(case, first.pk, by=make_user(roles=["reviewer"]))
    workflow.return_case(case, by=reviewer, reason=WHY)
    with pytest.raises(workflow.TooLate):
        workflow.undo(case, first.pk, by=reviewer)


def test_a_reviewer_never_acts_on_her_own_case():
    both = make_user(roles=["student", "reviewer"])
    case = make_case(student=make_student(user=both), state="submitted", paper="uploaded")

    with pytest.raises(PermissionDenied):
        do("accept_paper", case, both)


def test_the_docs_show_the_table_of_the_code():
    names = {OWN: "student", REVIEW: "reviewer"}

    def cells(name, verb):
        kinds = "all" if verb.kinds == set(PermitCase.Kind) else ", ".join(sorted(verb.kinds))
        return [
            name,
            ", ".join(sorted(names[who] for who in verb.who)),
            ", ".join(sorted(verb.starts)),
            verb.leads_to or "",
            ", ".join(sorted(verb.paper)),
            verb.paper_to or "",
            kinds,
            verb.event,
            verb.letter,
            "" if verb.undoable else "no",
        ]

    text = (settings.BASE_DIR / "docs" / "permission-case.md").read_text()
    told = [line for line in text.splitlines() if line.startswith("| ")][2:]

    rows = [cells(name, verb) for name, verb in VERBS.items()]
    assert told == ["| " + " | ".join(cell or "–" for cell in row) + " |" for row in rows]
