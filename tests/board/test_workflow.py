"""The verbs of a posting, against their own table."""

import uuid
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from careers.people.models import OfficeSettings
from careers.people.roles import PERMISSIONS, Role
from careers.record import log
from careers.record.models import Event
from internships.board import workflow
from internships.board.models import Posting
from internships.board.workflow import Conflict, ReasonNeeded, Refused, TooLate
from tests.factories import NOW, make_organisation, make_posting, make_user

pytestmark = pytest.mark.django_db
READY = {
    "description_en": "Read maps.",
    "pay_kind": "none",
    "prefecture": "13",
    "weekly_hours": 20,
    "starts_on": date(2027, 2, 15),
    "ends_on": date(2027, 3, 12),
    "apply_method": "office",
}
# How each verb is called, beside the posting and the person.
MORE = {
    "edit": lambda posting: {
        "values": {"title_en": "Another title"},
        "seen": workflow.version(posting),
    },
    "mark_still_right": lambda posting: {"language": "en"},
    "return_posting": lambda posting: {"reason": "No hours"},
    "withdraw": lambda posting: {"reason": "Filled"},
}
VERBS = [name for name in workflow.VERBS if name != "save_draft"]


@pytest.fixture
def advisor():
    return make_user(roles=["advisor"])


@pytest.fixture
def second_person_publishes():
    office = OfficeSettings.load()
    office.second_person_publishes = True
    office.save()


def make_ready(state="draft", **fields):
    withdrawn_at = NOW if state == "withdrawn" else None
    return make_posting(**READY | {"state": state, "withdrawn_at": withdrawn_at} | fields)


def do(name, posting, by, **more):
    more = MORE.get(name, lambda _posting: {})(posting) | more
    if "values" in more:
        return workflow.edit(posting, more.pop("values"), by=by, **more)
    if "language" in more:
        return workflow.mark_still_right(posting, more.pop("language"), by=by)
    return getattr(workflow, name)(posting, by=by, **more)


def make_draft(by, **fields):
    values = {"organisation_id": make_organisation().pk, "title_en": "Map reading", **fields}
    return workflow.save_draft(values, by=by, form_key=uuid.uuid4())


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("state", Posting.State.values)
@pytest.mark.parametrize("name", VERBS)
def test_each_verb_does_what_the_table_says_for_each_state_and_role(name, state, role):
    posting, verb = make_ready(state), workflow.VERBS[name]
    by = make_user(roles=[role])

    if verb.permission not in PERMISSIONS[role]:
        with pytest.raises(PermissionDenied):
            do(name, posting, by)
    elif state not in verb.starts:
        with pytest.raises(TooLate):
            do(name, posting, by)
    else:
        event = do(name, posting, by)
        posting.refresh_from_db()
        assert posting.state == (verb.leads_to or state)
        assert (event.verb, event.actor) == (verb.event, by)
        return
    posting.refresh_from_db()
    assert posting.state == state
    assert not Event.objects.exists()


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


def test_with_a_second_person_a_change_of_a_published_one_goes_back_to_review(
    advisor, second_person_publishes
):
    posting = make_ready("published")

    do("edit", posting, advisor)

    posting.refresh_from_db()
    assert posting.state == "in_review"
    with pytest.raises(Refused):
        workflow.publish(posting, by=advisor)


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
    state = next(state for state in Posting.State if state in workflow.VERBS[name].starts)
    posting = make_ready(state)
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


def at_once(*deeds):
    """Run deeds in connections of their own, started together; give what each came to."""
    barrier, results = Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        try:
            barrier.wait(10)
            results[place] = deed()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


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

    def draft(form_key):
        values = {"organisation_id": host, "title_en": "Map reading"}
        return lambda: workflow.save_draft(values, by=advisor, form_key=form_key)

    results = at_once(draft(key), draft(key), draft(uuid.uuid4()))

    assert sorted({posting.ref for posting in results}) == ["I26-0001", "I26-0002"]
