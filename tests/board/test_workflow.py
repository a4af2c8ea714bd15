"""The verbs of a posting, against their own table."""

import uuid
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from careers.desk.models import Letter
from careers.people.roles import PERMISSIONS, Role
from careers.record.models import Event
from internships.board import workflow
from internships.board.models import Posting, stale
from internships.board.workflow import Conflict, ReasonNeeded, Refused, TooLate
from tests.board.deeds import (
    OVER,
    READY,
    STATES,
    VERBS,
    do,
    make_draft,
    make_in,
    make_ready,
    starts,
)
from tests.factories import NOW, TOKYO, make_organisation, make_posting, make_user

pytestmark = pytest.mark.django_db


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


def test_publishing_puts_it_on_the_board_at_once_and_the_log_knows(by):
    posting = make_ready(opens_at=None)

    event = workflow.publish(posting, by=by)

    assert list(Posting.objects.open(timezone.now())) == [posting]
    posting.refresh_from_db()
    assert posting.opens_at == posting.published_at == NOW
    assert event.before["state"] == "draft"
    assert event.after["state"] == "published"


def test_publishing_keeps_a_later_opening(by):
    later = NOW + timedelta(days=2)
    posting = make_ready(opens_at=later)

    workflow.publish(posting, by=by)

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
def test_publishing_is_refused_with_words(by, fields):
    posting = make_ready(**fields)

    with pytest.raises(Refused) as refused:
        workflow.publish(posting, by=by, reason="I want to")

    assert all(str(reason) for reason in refused.value.reasons)
    posting.refresh_from_db()
    assert posting.state == "draft"
    assert not Event.objects.exists()


def test_a_doubt_needs_a_reason_that_the_log_keeps(by):
    posting = make_ready(problems=["P_PAY_MISSING"])

    with pytest.raises(ReasonNeeded) as needed:
        workflow.publish(posting, by=by, reason=" ")
    event = workflow.publish(posting, by=by, reason="The company tells at the interview.")

    assert needed.value.codes == ["P_PAY_MISSING"]
    assert event.reason == "The company tells at the interview."


def test_with_a_second_person_the_writers_publication_waits_for_review(by, second_person_publishes):
    draft = make_draft(by, **READY, closes_at=NOW + timedelta(days=9))
    colleague = make_user(roles=["advisor"])

    event = workflow.publish(draft, by=by)
    with pytest.raises(Refused):
        workflow.publish(draft, by=by)
    last = workflow.publish(draft, by=colleague)

    assert (event.verb, last.verb) == ("submitted", "published")


@pytest.mark.parametrize("part", ["first words", "last words"])
def test_with_a_second_person_nobody_publishes_what_she_had_a_part_in(
    by, second_person_publishes, part
):
    colleague = make_user(roles=["advisor"])
    first, last = (by, colleague) if part == "first words" else (colleague, by)
    draft = make_draft(first, **READY, closes_at=NOW + timedelta(days=9))
    workflow.edit(draft, {"title_en": "Mended"}, by=last, seen=workflow.version(draft))
    workflow.submit(draft, by=colleague)

    with pytest.raises(Refused):
        workflow.publish(draft, by=by)

    draft.refresh_from_db()
    assert draft.state == "in_review"


def test_what_somebody_returns_to_herself_needs_no_letter(by):
    posting = make_ready("in_review", posted_by=by)

    do("return_posting", posting, by)

    assert not Letter.objects.exists()


@pytest.mark.parametrize(("seconds", "is_late"), [(-1, False), (0, True)])
def test_a_deadline_on_the_first_day_is_told_by_the_day_in_tokyo(by, seconds, is_late):
    first_day = datetime(2027, 2, 15, tzinfo=TOKYO)
    posting = make_ready(
        starts_on=first_day.date(), closes_at=first_day + timedelta(seconds=seconds)
    )

    do("edit", posting, by)

    posting.refresh_from_db()
    assert ("P_DEADLINE_LATE" in posting.problems) is is_late


@pytest.mark.parametrize(("seconds", "state"), [(0, "draft"), (1, "published")])
def test_nothing_is_published_that_closes_before_it_opens(by, seconds, state):
    opens_at = NOW + timedelta(days=9)
    closes_at = opens_at + timedelta(seconds=seconds)
    posting = make_ready(opens_at=opens_at, closes_at=closes_at)

    with suppress(Refused):
        workflow.publish(posting, by=by, reason="Told by telephone")

    posting.refresh_from_db()
    assert posting.state == state


def test_numbers_go_on_from_the_last_of_the_year(by):
    make_posting(ref="I26-0160")
    make_posting(ref="I25-0999")
    make_posting(ref="I26-extra")

    assert [make_draft(by).ref for _ in range(2)] == ["I26-0161", "I26-0162"]


def test_the_same_form_sent_twice_makes_one_posting(by):
    values = {"organisation_id": make_organisation().pk, "title_en": "Map reading"}
    key = uuid.uuid4()

    first = workflow.save_draft(values, by=by, form_key=key)
    second = workflow.save_draft(values, by=by, form_key=key)

    assert first == second
    assert Event.objects.count() == 1


def test_editing_logs_what_changed_and_dates_the_words_of_that_language(by):
    old = NOW - timedelta(days=3)
    posting = make_ready(title_en="Old", words_changed_ja_at=old, words_changed_en_at=old)

    event = do("edit", posting, by, values={"title_en": "New", "weekly_hours": 20})

    posting.refresh_from_db()
    assert (posting.words_changed_ja_at, posting.words_changed_en_at) == (old, NOW)
    assert event.before["title_en"] == "Old"
    assert event.after["title_en"] == "New"
    assert "weekly_hours" not in event.after
    assert list(Posting.objects.matching("new")) == [posting]


def test_editing_without_a_difference_does_nothing(by):
    posting = make_ready()

    assert do("edit", posting, by, values={"title_en": posting.title_en}) is None
    assert not Event.objects.exists()


def test_editing_what_somebody_has_changed_meanwhile_is_a_conflict(by):
    posting, colleague = make_ready(), make_user(roles=["advisor"])
    seen = workflow.version(posting)
    theirs = do("edit", posting, colleague, values={"title_en": "Theirs"})

    with pytest.raises(Conflict) as conflict:
        do("edit", posting, by, values={"title_en": "Mine"}, seen=seen)

    posting.refresh_from_db()
    assert conflict.value.events == [theirs]
    assert posting.title_en == "Theirs"


def test_a_published_posting_keeps_its_closing_date(by):
    posting = make_ready("published")

    with pytest.raises(Refused):
        do("edit", posting, by, values={"closes_at": None})


def test_a_closed_posting_can_still_be_corrected(by):
    posting = make_ready("published", closes_at=NOW - timedelta(days=1))

    do("edit", posting, by, values={"title_en": "Corrected"})

    posting.refresh_from_db()
    assert posting.title_en == "Corrected"


def test_mending_a_fact_settles_what_the_file_said_of_it(by):
    posting = make_ready(problems=["P_HOURS_APPROX", "P_FEE"])

    do("edit", posting, by, values={"weekly_hours": 24})

    posting.refresh_from_db()
    assert "P_HOURS_APPROX" not in posting.problems
    assert "P_FEE" in posting.problems


def test_extending_gives_a_later_day_only(by):
    posting = make_ready("published", closes_at=NOW + timedelta(days=2))

    for day in (NOW - timedelta(days=1), NOW + timedelta(days=2)):
        with pytest.raises(Refused):
            workflow.extend(posting, by=by, closes_at=day)
    workflow.extend(posting, by=by, closes_at=NOW + timedelta(days=3))

    posting.refresh_from_db()
    assert posting.closes_at == NOW + timedelta(days=3)


def test_with_a_second_person_an_extension_waits_for_approval(by, second_person_publishes):
    posting = make_ready("published", closes_at=NOW + timedelta(days=2))

    workflow.extend(posting, by=by, closes_at=NOW + timedelta(days=3))

    posting.refresh_from_db()
    assert posting.closes_at == NOW + timedelta(days=2)
    assert posting.pending == {"closes_at": "2026-11-25T12:00:00+09:00"}


@pytest.mark.parametrize("state", [OVER, "withdrawn"])
def test_relisting_is_another_round_from_now_without_the_outcome_of_the_first(by, state):
    posting = make_in(state, outcome_applied=3, outcome_at=NOW)

    workflow.relist(posting, by=by, closes_at=NOW + timedelta(days=40))

    posting.refresh_from_db()
    assert (posting.state, posting.opens_at, posting.published_at) == ("published", NOW, NOW)
    assert posting.closes_at == NOW + timedelta(days=40)
    assert (posting.outcome_applied, posting.outcome_at, posting.withdrawn_at) == (None,) * 3


@pytest.mark.parametrize("is_hers", [True, False])
def test_with_a_second_person_what_is_relisted_is_reviewed_first(
    by, second_person_publishes, is_hers
):
    posting = make_in(OVER, posted_by=by if is_hers else None)

    workflow.relist(posting, by=by, closes_at=NOW + timedelta(days=40))

    posting.refresh_from_db()
    assert posting.state == "in_review"
    with pytest.raises(Refused):
        workflow.publish(posting, by=by)
    workflow.publish(posting, by=make_user(roles=["advisor"]))


@pytest.mark.parametrize(("applied", "accepted"), [(1, 2), (None, 1)])
def test_no_more_are_accepted_than_applied(by, applied, accepted):
    posting = make_in(OVER)

    with pytest.raises(Refused):
        workflow.note_outcome(posting, by=by, applied=applied, accepted=accepted)
    workflow.note_outcome(posting, by=by, applied=2, accepted=2)

    with pytest.raises(IntegrityError):
        Posting.objects.update(outcome_applied=1, outcome_accepted=2)


def test_nobody_is_given_a_posting_who_may_not_change_it(by):
    posting = make_ready("published")

    for person in (make_user(roles=["reviewer"]), make_user(roles=["advisor"], is_active=False)):
        with pytest.raises(Refused):
            workflow.assign(posting, by=by, to=person)

    assert not Event.objects.exists()


def test_labels_are_added_and_dropped_and_stand_once(by):
    posting = make_ready("published", labels=["fair", "old"])

    workflow.label(posting, by=by, add=["new", "fair"], drop=["old"])

    posting.refresh_from_db()
    assert posting.labels == ["fair", "new"]
    assert workflow.label(posting, by=by, add=["new"]) is None


@pytest.mark.parametrize(("days", "is_stale"), [(92, True), (91, False)])
def test_what_nobody_touched_for_three_months_is_marked_until_somebody_confirms_it(
    by, days, is_stale
):
    posting = make_ready("published", opens_at=NOW - timedelta(days=days))
    Posting.objects.update(created_at=NOW - timedelta(days=days))
    posting.refresh_from_db()
    found = Posting.objects.filter(stale(NOW))

    assert (posting.is_stale(NOW), found.exists()) == (is_stale, is_stale)
    workflow.confirm(posting, by=by)
    posting.refresh_from_db()
    assert (posting.is_stale(NOW), found.exists()) == (False, False)
