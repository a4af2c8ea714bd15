"""The verbs of a posting, against their own table."""

import uuid
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from careers.desk.models import Letter
from careers.people.roles import PERMISSIONS, Role
from careers.record import log
from careers.record.models import Event
from internships.board import workflow
from internships.board.models import Posting, stale
from internships.board.workflow import Conflict, Pending, ReasonNeeded, Refused, TooLate
from tests.board.editing import READY
from tests.factories import NOW, make_organisation, make_posting, make_user
from tests.together import at_once

pytestmark = pytest.mark.django_db
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
VERBS = [name for name in workflow.VERBS if name != "save_draft"]


@pytest.fixture
def advisor():
    return make_user(roles=["advisor"])


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
    fits = verb.pending is None or posting.pending_state in verb.pending
    is_over = posting.state == "withdrawn" or posting.closes_at <= NOW
    in_time = verb.closed is None or verb.closed == is_over
    return posting.state in verb.starts and fits and in_time


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("name", VERBS)
def test_each_verb_does_what_the_table_says_for_each_state_and_role(name, state, role):
    posting, verb = make_in(state, posted_by=make_user()), workflow.VERBS[name]
    by, state = make_user(roles=[role]), posting.state

    if verb.permission not in PERMISSIONS[role]:
        with pytest.raises(PermissionDenied):
            do(name, posting, by)
    elif not starts(verb, posting):
        with pytest.raises(TooLate):
            do(name, posting, by)
    elif name in ("republish", "relist") and posting.pending:
        with pytest.raises(Refused):
            do(name, posting, by)
    else:
        is_proposal = name in ("edit", "extend") and posting.pending
        event = do(name, posting, by)
        posting.refresh_from_db()
        assert posting.state == (verb.leads_to or state)
        assert (event.verb, event.actor) == ("proposed" if is_proposal else verb.event, by)
        writer = posting.pending_by if posting.pending else posting.posted_by
        letters = list(Letter.objects.values_list("kind", "to_user"))
        assert letters == ([(verb.letter, writer.pk)] if verb.letter else [])
        return
    posting.refresh_from_db()
    assert posting.state == state
    assert not Event.objects.exists()
    assert not Letter.objects.exists()


def test_the_docs_show_the_table_of_the_code():
    over = {None: "", True: "yes", False: "no"}

    def line(name, verb):
        holders = (role for role in Role.values if verb.permission in PERMISSIONS[role])
        starts = "all" if verb.starts == set(Posting.State) else ", ".join(sorted(verb.starts))
        cells = [
            name,
            ", ".join(sorted(holders)),
            starts,
            ", ".join(sorted(verb.pending or ())),
            over[verb.closed],
            verb.leads_to or "",
            verb.event,
            verb.letter,
            "" if verb.undoable else "no",
        ]
        return "| " + " | ".join(cell or "–" for cell in cells) + " |"

    text = (settings.BASE_DIR / "docs" / "posting.md").read_text()

    told = [row for row in text.splitlines() if row.startswith("| ")][2:]
    assert told == [line(name, verb) for name, verb in workflow.VERBS.items()]


@pytest.mark.parametrize("role", Role.values)
def test_only_who_may_add_postings_makes_a_draft(role):
    by = make_user(roles=[role])

    if "board.add_posting" in PERMISSIONS[role]:
        assert make_draft(by).state == "draft"
    else:
        with pytest.raises(PermissionDenied):
            make_draft(by)
        assert not Posting.objects.exists()


def test_publishing_puts_it_on_the_board_at_once_and_the_log_knows(advisor):
    posting = make_ready(opens_at=None)

    event = workflow.publish(posting, by=advisor)

    assert list(Posting.objects.open(timezone.now())) == [posting]
    posting.refresh_from_db()
    assert posting.opens_at == posting.published_at == NOW
    assert event.before["state"] == "draft"
    assert event.after["state"] == "published"


def test_publishing_keeps_a_later_opening(advisor):
    later = NOW + timedelta(days=2)
    posting = make_ready(opens_at=later)

    workflow.publish(posting, by=advisor)

    posting.refresh_from_db()
    assert posting.opens_at == later
    assert not Posting.objects.open(timezone.now()).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"venue": "fueiho"},
        {"closes_at": None},
        {"closes_at": NOW},
        {"opens_at": NOW + timedelta(days=30)},
    ],
    ids=["restricted", "no closing date", "closing date passed", "closes before it opens"],
)
def test_publishing_is_refused_with_words(advisor, fields):
    posting = make_ready(**fields)

    with pytest.raises(Refused) as refused:
        workflow.publish(posting, by=advisor, reason="I want to")

    assert all(str(reason) for reason in refused.value.reasons)
    posting.refresh_from_db()
    assert posting.state == "draft"
    assert not Event.objects.exists()


def test_a_doubt_needs_a_reason_that_the_log_keeps(advisor):
    posting = make_ready(problems=["P_PAY_MISSING"])

    with pytest.raises(ReasonNeeded) as needed:
        workflow.publish(posting, by=advisor, reason=" ")
    event = workflow.publish(posting, by=advisor, reason="The company tells at the interview.")

    assert needed.value.codes == ["P_PAY_MISSING"]
    assert event.reason == "The company tells at the interview."


def test_with_a_second_person_the_writers_publication_waits_for_review(
    advisor, second_person_publishes
):
    draft = make_draft(advisor, **READY, closes_at=NOW + timedelta(days=9))
    colleague = make_user(roles=["advisor"])

    event = workflow.publish(draft, by=advisor)
    with pytest.raises(Refused):
        workflow.publish(draft, by=advisor)
    last = workflow.publish(draft, by=colleague)

    assert (event.verb, last.verb) == ("submitted", "published")


@pytest.mark.parametrize("part", ["first words", "last words"])
def test_with_a_second_person_nobody_publishes_what_she_had_a_part_in(
    advisor, second_person_publishes, part
):
    colleague = make_user(roles=["advisor"])
    first, last = (advisor, colleague) if part == "first words" else (colleague, advisor)
    draft = make_draft(first, **READY, closes_at=NOW + timedelta(days=9))
    workflow.edit(draft, {"title_en": "Mended"}, by=last, seen=workflow.version(draft))
    workflow.submit(draft, by=colleague)

    with pytest.raises(Refused):
        workflow.publish(draft, by=advisor)

    draft.refresh_from_db()
    assert draft.state == "in_review"


def test_what_somebody_returns_to_herself_needs_no_letter(advisor):
    posting = make_ready("in_review", posted_by=advisor)

    do("return_posting", posting, advisor)

    assert not Letter.objects.exists()


@pytest.mark.parametrize(("seconds", "state"), [(0, "draft"), (1, "published")])
def test_nothing_is_published_that_closes_before_it_opens(advisor, seconds, state):
    opens_at = NOW + timedelta(days=9)
    closes_at = opens_at + timedelta(seconds=seconds)
    posting = make_ready(opens_at=opens_at, closes_at=closes_at)

    with suppress(Refused):
        workflow.publish(posting, by=advisor, reason="Told by telephone")

    posting.refresh_from_db()
    assert posting.state == state


def test_with_a_second_person_a_change_of_a_published_one_waits_and_the_approved_one_stays_up(
    advisor, second_person_publishes
):
    posting = make_ready("published", title_en="Approved")

    event = do("edit", posting, advisor)

    posting.refresh_from_db()
    assert (posting.state, posting.title_en) == ("published", "Approved")
    assert posting.pending == {"title_en": "Another title"}
    assert (posting.pending_state, posting.pending_by) == ("in_review", advisor)
    assert event.verb == "proposed"


def test_a_colleague_approves_a_change_and_it_stands_on_the_page(advisor, second_person_publishes):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    values = {"title_en": "New", "starts_on": date(2027, 2, 16), "study_years": ["B3"]}
    event = workflow.edit(posting, values, by=advisor, seen=0)

    workflow.approve_change(posting, by=colleague, seen=event.pk)

    posting.refresh_from_db()
    assert {name: getattr(posting, name) for name in values} == values
    assert (posting.pending, posting.pending_state, posting.pending_by) == (None, "", None)
    assert posting.words_changed_en_at == NOW
    assert posting.words_changed_ja_at is None


def test_nobody_approves_her_own_change(advisor, second_person_publishes):
    posting = make_ready("published")
    event = do("edit", posting, advisor)

    with pytest.raises(Refused):
        workflow.approve_change(posting, by=advisor, seen=event.pk)

    posting.refresh_from_db()
    assert posting.pending


def test_a_change_that_was_changed_since_it_was_read_is_not_approved(
    advisor, second_person_publishes
):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    event = do("edit", posting, advisor)
    workflow.edit(posting, {"title_en": "Something else"}, by=advisor, seen=event.pk)

    with pytest.raises(Conflict):
        workflow.approve_change(posting, by=colleague, seen=event.pk)

    posting.refresh_from_db()
    assert posting.pending == {"title_en": "Something else"}


def test_a_change_with_a_new_doubt_needs_a_reason(advisor, second_person_publishes):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    event = workflow.edit(posting, {"weekly_hours": 45}, by=advisor, seen=0)

    with pytest.raises(ReasonNeeded) as needed:
        workflow.approve_change(posting, by=colleague, seen=event.pk)

    assert needed.value.codes == ["P_LABOUR_HOURS"]
    workflow.approve_change(posting, by=colleague, seen=event.pk, reason="Told by telephone")
    assert Event.objects.latest("pk").reason == "Told by telephone"


def test_a_change_can_never_make_it_a_restricted_business(advisor, second_person_publishes):
    posting = make_ready("published")

    with pytest.raises(Refused):
        workflow.edit(posting, {"venue": "fueiho"}, by=advisor, seen=0)

    posting.refresh_from_db()
    assert posting.pending is None


def test_a_returned_change_goes_back_to_its_writer_by_letter(advisor, second_person_publishes):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    do("edit", posting, advisor)

    event = workflow.return_change(posting, by=colleague, reason="No hours")

    letter = Letter.objects.get()
    assert (letter.kind, letter.to_user) == ("posting_returned", advisor)
    workflow.undo(posting, event.pk, by=colleague)
    letter.refresh_from_db()
    assert letter.state == "cancelled"
    posting.refresh_from_db()
    assert posting.pending_state == "in_review"


def test_returning_is_not_undone_once_the_letter_has_gone_out(advisor, second_person_publishes):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    do("edit", posting, advisor)
    event = workflow.return_change(posting, by=colleague, reason="No hours")
    Letter.objects.update(state="sent", sent_at=NOW)

    with pytest.raises(Refused):
        workflow.undo(posting, event.pk, by=colleague)


def test_mending_a_returned_change_asks_for_approval_again(advisor, second_person_publishes):
    posting, colleague = make_ready("published"), make_user(roles=["advisor"])
    do("edit", posting, advisor)
    event = workflow.return_change(posting, by=colleague, reason="No hours")

    workflow.edit(posting, {"weekly_hours": 24}, by=advisor, seen=event.pk)

    posting.refresh_from_db()
    assert posting.pending_state == "in_review"
    assert posting.pending == {"title_en": "Another title", "weekly_hours": 24}


def test_a_change_back_to_what_stands_there_waits_for_nobody(advisor, second_person_publishes):
    posting = make_ready("published", title_en="Approved")
    event = do("edit", posting, advisor)

    workflow.edit(posting, {"title_en": "Approved"}, by=advisor, seen=event.pk)

    posting.refresh_from_db()
    assert (posting.pending, posting.pending_state, posting.pending_by) == (None, "", None)


def test_without_the_setting_an_edit_while_a_change_waits_belongs_to_the_change(advisor):
    posting = make_in(("published", "in_review"), title_en="Approved")

    workflow.edit(posting, {"weekly_hours": 12}, by=advisor, seen=0)

    posting.refresh_from_db()
    assert (posting.title_en, posting.weekly_hours) == ("Approved", 20)
    assert posting.pending == {"title_en": "Pending", "weekly_hours": 12}


def test_only_its_writer_and_who_publishes_drop_a_change(advisor):
    posting = make_in(("published", "in_review"), title_en="Approved")

    workflow.drop_change(posting, by=advisor)

    posting.refresh_from_db()
    assert (posting.title_en, posting.pending) == ("Approved", None)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_does_and_the_other_is_told(advisor):
    posting, colleague = make_in(("published", "in_review")), make_user(roles=["advisor"])

    results = at_once(
        lambda: workflow.approve_change(posting, by=advisor, seen=0),
        lambda: workflow.approve_change(posting, by=colleague, seen=0),
    )

    assert sum(isinstance(result, Event) for result in results) == 1
    assert sum(isinstance(result, TooLate) for result in results) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"pending": {"title_en": "x"}},
        {"pending_state": "in_review"},
        {"pending": {}, "pending_state": "in_review", "state": "draft"},
    ],
    ids=["no state", "no change", "a draft"],
)
def test_the_database_knows_no_half_of_a_pending_version(advisor, fields):
    by = {"pending_by": advisor} if "pending" in fields else {}

    with pytest.raises(IntegrityError):
        make_ready(**{"state": "published"} | fields | by)


def test_numbers_go_on_from_the_last_of_the_year(advisor):
    make_posting(ref="I26-0160")
    make_posting(ref="I25-0999")
    make_posting(ref="I26-extra")

    assert [make_draft(advisor).ref for _ in range(2)] == ["I26-0161", "I26-0162"]


def test_the_same_form_sent_twice_makes_one_posting(advisor):
    values = {"organisation_id": make_organisation().pk, "title_en": "Map reading"}
    key = uuid.uuid4()

    first = workflow.save_draft(values, by=advisor, form_key=key)
    second = workflow.save_draft(values, by=advisor, form_key=key)

    assert first == second
    assert Event.objects.count() == 1


def test_editing_logs_what_changed_and_dates_the_words_of_that_language(advisor):
    old = NOW - timedelta(days=3)
    posting = make_ready(title_en="Old", words_changed_ja_at=old, words_changed_en_at=old)

    event = do("edit", posting, advisor, values={"title_en": "New", "weekly_hours": 20})

    posting.refresh_from_db()
    assert (posting.words_changed_ja_at, posting.words_changed_en_at) == (old, NOW)
    assert event.before["title_en"] == "Old"
    assert event.after["title_en"] == "New"
    assert "weekly_hours" not in event.after
    assert list(Posting.objects.matching("new")) == [posting]


def test_editing_without_a_difference_does_nothing(advisor):
    posting = make_ready()

    assert do("edit", posting, advisor, values={"title_en": posting.title_en}) is None
    assert not Event.objects.exists()


def test_editing_what_somebody_has_changed_meanwhile_is_a_conflict(advisor):
    posting, colleague = make_ready(), make_user(roles=["advisor"])
    seen = workflow.version(posting)
    theirs = do("edit", posting, colleague, values={"title_en": "Theirs"})

    with pytest.raises(Conflict) as conflict:
        do("edit", posting, advisor, values={"title_en": "Mine"}, seen=seen)

    posting.refresh_from_db()
    assert conflict.value.events == [theirs]
    assert posting.title_en == "Theirs"


def test_a_published_posting_keeps_its_closing_date(advisor):
    posting = make_ready("published")

    with pytest.raises(Refused):
        do("edit", posting, advisor, values={"closes_at": None})


def test_a_closed_posting_can_still_be_corrected(advisor):
    posting = make_ready("published", closes_at=NOW - timedelta(days=1))

    do("edit", posting, advisor, values={"title_en": "Corrected"})

    posting.refresh_from_db()
    assert posting.title_en == "Corrected"


def test_mending_a_fact_settles_what_the_file_said_of_it(advisor):
    posting = make_ready(problems=["P_HOURS_APPROX", "P_FEE"])

    do("edit", posting, advisor, values={"weekly_hours": 24})

    posting.refresh_from_db()
    assert "P_HOURS_APPROX" not in posting.problems
    assert "P_FEE" in posting.problems


@pytest.mark.parametrize("name", [name for name in VERBS if workflow.VERBS[name].undoable])
def test_each_deed_can_be_undone_and_leaves_the_posting_as_it_was(advisor, name):
    made = (make_in(state) for state in STATES)
    posting = next(one for one in made if starts(workflow.VERBS[name], one))
    Posting.objects.exclude(pk=posting.pk).delete()
    fields = [f.name for f in Posting._meta.fields if f.name not in ("changed_at", "search")]
    before = Posting.objects.values(*fields).get()
    event = do(name, posting, advisor)

    undone = workflow.undo(posting, event.pk, by=advisor)

    after = Posting.objects.values(*fields).get()
    assert {k: (before[k], after[k]) for k in fields if before[k] != after[k]} in (
        {},
        {"problems": (before["problems"], after["problems"])},
    )
    assert (undone.verb, undone.reason) == ("undone", event.verb)


def test_undo_is_refused_when_somebody_has_done_something_since(advisor):
    posting, colleague = make_ready(), make_user(roles=["advisor"])
    event = workflow.publish(posting, by=advisor)
    do("edit", posting, colleague)

    with pytest.raises(TooLate) as too_late:
        workflow.undo(posting, event.pk, by=advisor)

    posting.refresh_from_db()
    assert posting.state == "published"
    assert too_late.value.event.actor == colleague


@pytest.mark.parametrize(("later", "works"), [(600, True), (601, False)])
def test_undo_works_for_ten_minutes(advisor, frozen_moment, later, works):
    posting = make_ready()
    event = workflow.publish(posting, by=advisor)

    frozen_moment.shift(later)

    if works:
        workflow.undo(posting, event.pk, by=advisor)
    else:
        with pytest.raises(Refused):
            workflow.undo(posting, event.pk, by=advisor)
    posting.refresh_from_db()
    assert (posting.state == "draft") is works


def test_nobody_undoes_a_colleagues_deed(advisor):
    posting = make_ready()
    event = workflow.publish(posting, by=advisor)

    with pytest.raises(PermissionDenied):
        workflow.undo(posting, event.pk, by=make_user(roles=["advisor"]))


def test_an_undone_deed_cannot_be_undone_again(advisor):
    posting = make_ready()
    event = workflow.publish(posting, by=advisor)
    workflow.undo(posting, event.pk, by=advisor)

    with pytest.raises(TooLate):
        workflow.undo(posting, event.pk, by=advisor)


def test_extending_gives_a_later_day_only(advisor):
    posting = make_ready("published", closes_at=NOW + timedelta(days=2))

    for day in (NOW - timedelta(days=1), NOW + timedelta(days=2)):
        with pytest.raises(Refused):
            workflow.extend(posting, by=advisor, closes_at=day)
    workflow.extend(posting, by=advisor, closes_at=NOW + timedelta(days=3))

    posting.refresh_from_db()
    assert posting.closes_at == NOW + timedelta(days=3)


def test_with_a_second_person_an_extension_waits_for_approval(advisor, second_person_publishes):
    posting = make_ready("published", closes_at=NOW + timedelta(days=2))

    workflow.extend(posting, by=advisor, closes_at=NOW + timedelta(days=3))

    posting.refresh_from_db()
    assert posting.closes_at == NOW + timedelta(days=2)
    assert posting.pending == {"closes_at": "2026-11-25T12:00:00+09:00"}


@pytest.mark.parametrize("state", [OVER, "withdrawn"])
def test_relisting_is_another_round_from_now_without_the_outcome_of_the_first(advisor, state):
    posting = make_in(state, outcome_applied=3, outcome_at=NOW)

    workflow.relist(posting, by=advisor, closes_at=NOW + timedelta(days=40))

    posting.refresh_from_db()
    assert (posting.state, posting.opens_at, posting.published_at) == ("published", NOW, NOW)
    assert posting.closes_at == NOW + timedelta(days=40)
    assert (posting.outcome_applied, posting.outcome_at, posting.withdrawn_at) == (None,) * 3


@pytest.mark.parametrize("is_hers", [True, False])
def test_with_a_second_person_what_is_relisted_is_reviewed_first(
    advisor, second_person_publishes, is_hers
):
    posting = make_in(OVER, posted_by=advisor if is_hers else None)

    workflow.relist(posting, by=advisor, closes_at=NOW + timedelta(days=40))

    posting.refresh_from_db()
    assert posting.state == "in_review"
    with pytest.raises(Refused):
        workflow.publish(posting, by=advisor)
    workflow.publish(posting, by=make_user(roles=["advisor"]))


@pytest.mark.parametrize(("applied", "accepted"), [(1, 2), (None, 1)])
def test_no_more_are_accepted_than_applied(advisor, applied, accepted):
    posting = make_in(OVER)

    with pytest.raises(Refused):
        workflow.note_outcome(posting, by=advisor, applied=applied, accepted=accepted)

    with pytest.raises(IntegrityError):
        Posting.objects.update(outcome_applied=1, outcome_accepted=2)


def test_nobody_is_given_a_posting_who_may_not_change_it(advisor):
    posting = make_ready("published")

    for person in (make_user(roles=["reviewer"]), make_user(roles=["advisor"], is_active=False)):
        with pytest.raises(Refused):
            workflow.assign(posting, by=advisor, to=person)

    assert not Event.objects.exists()


def test_labels_are_added_and_dropped_and_stand_once(advisor):
    posting = make_ready("published", labels=["fair", "old"])

    workflow.label(posting, by=advisor, add=["new", "fair"], drop=["old"])

    posting.refresh_from_db()
    assert posting.labels == ["fair", "new"]
    assert workflow.label(posting, by=advisor, add=["new"]) is None


@pytest.mark.parametrize(("days", "is_stale"), [(92, True), (91, False)])
def test_what_nobody_touched_for_three_months_is_marked_until_somebody_confirms_it(
    advisor, days, is_stale
):
    posting = make_ready("published", opens_at=NOW - timedelta(days=days))
    Posting.objects.update(created_at=NOW - timedelta(days=days))
    posting.refresh_from_db()
    found = Posting.objects.filter(stale(NOW))

    assert (posting.is_stale(NOW), found.exists()) == (is_stale, is_stale)
    workflow.confirm(posting, by=advisor)
    posting.refresh_from_db()
    assert (posting.is_stale(NOW), found.exists()) == (False, False)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_extend_at_once_the_later_day_is_never_lost(advisor):
    posting = make_ready("published", closes_at=NOW + timedelta(days=2))
    days = [NOW + timedelta(days=5), NOW + timedelta(days=9)]

    at_once(*(lambda day=day: workflow.extend(posting, by=advisor, closes_at=day) for day in days))

    posting.refresh_from_db()
    assert posting.closes_at == days[1]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does_and_the_other_is_told(advisor):
    posting, colleague = make_ready(), make_user(roles=["advisor"])

    results = at_once(
        lambda: workflow.publish(posting, by=advisor),
        lambda: workflow.publish(posting, by=colleague),
    )

    told = next(result for result in results if isinstance(result, TooLate))
    done = next(result for result in results if isinstance(result, Event))
    assert told.event == done
    assert log.history(posting).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_edit_at_once_one_writes_and_the_other_meets_a_conflict(advisor):
    posting, colleague = make_ready(), make_user(roles=["advisor"])

    results = at_once(
        lambda: workflow.edit(posting, {"title_en": "One"}, by=advisor, seen=0),
        lambda: workflow.edit(posting, {"title_en": "Two"}, by=colleague, seen=0),
    )

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Event"]


@pytest.mark.django_db(transaction=True)
def test_drafts_made_at_once_get_numbers_of_their_own(advisor):
    host, key = make_organisation().pk, uuid.uuid4()

    def draft(form_key, title):
        values = {"organisation_id": host, "title_en": title}
        return lambda: workflow.save_draft(values, by=advisor, form_key=form_key)

    results = at_once(draft(key, "Maps"), draft(key, "Maps"), draft(uuid.uuid4(), "Kites"))

    assert sorted({posting.ref for posting in results}) == ["I26-0001", "I26-0002"]
