"""What the office does around one posting: days, outcomes, notes, labels, a return."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from careers.desk import tasks
from careers.desk.models import Letter
from careers.record.models import Event
from internships.board import organisations, workflow
from internships.board.models import Posting
from tests.board.deeds import READY
from tests.factories import NOW, make_organisation, make_posting, make_user

pytestmark = pytest.mark.django_db
STAFF = "/internships/manage/"
TOGETHER = "/internships/manage/together/"
MINUTE = timedelta(minutes=1)


def send(client, name, posting, **data):
    return client.post(reverse(name, args=[posting.ref]), data, follow=True)


def test_a_posting_is_extended_on_its_page_and_undone(advisor):
    posting = make_posting(closes_at=NOW + timedelta(days=2))

    refused = send(advisor, "posting_extend", posting, closes_at="2026-11-23")
    done = send(advisor, "posting_extend", posting, closes_at="2026-12-10")

    assert "Write a day after the present closing date." in refused.text
    assert f"“{posting.title_en}” is open until Thu 10 Dec 2026." in done.text
    assert "Undo" in done.text
    posting.refresh_from_db()
    assert posting.closes_at.isoformat() == "2026-12-10T14:59:00+00:00"


def test_what_is_over_is_put_back_on_the_board_with_a_new_day(advisor):
    posting = make_posting(closes_at=NOW, problems=[])

    needed = send(advisor, "posting_extend", posting, closes_at="2026-12-10")
    done = send(
        advisor, "posting_extend", posting, closes_at="2026-12-10", reason="Told by telephone"
    )

    assert "Write why it may go on the board all the same." in needed.text
    assert "The posting is on the board." in done.text
    assert Client().get(posting.get_absolute_url()).context["is_open"]


@pytest.mark.parametrize(("first", "told"), [(NOW.date(), False), (date(2026, 11, 21), True)])
def test_whoever_puts_it_back_reads_that_the_days_of_work_have_passed(advisor, first, told):
    posting = make_posting(closes_at=NOW - timedelta(days=9), starts_on=first)

    page = advisor.get(reverse("posting_extend", args=[posting.ref]))

    assert ("The first day of work has passed" in page.text) is told


@pytest.mark.parametrize("closes_at", [NOW, NOW + timedelta(days=1)], ids=["over", "open"])
def test_a_new_day_says_that_a_second_person_approves_it(
    advisor, closes_at, second_person_publishes
):
    posting = make_posting(closes_at=closes_at)

    page = advisor.get(reverse("posting_extend", args=[posting.ref]))

    assert "A second person approves this first." in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"opens_at": NOW + timedelta(days=1)}, "scheduled"),
        ({}, "open"),
        ({"closes_at": NOW}, "closed"),
        ({"state": "withdrawn", "withdrawn_at": NOW}, "closed early"),
        ({"state": "draft"}, "draft"),
    ],
)
def test_the_editor_says_where_a_posting_stands_now(advisor, fields, words):
    posting = make_posting(**fields)

    page = advisor.get(reverse("posting_edit", args=[posting.ref]))

    assert f"{posting.organisation} · {words}, saved" in page.text
    assert ("What you save is on the board at once." in page.text) is (
        words in ("open", "scheduled")
    )


def test_extending_never_puts_back_what_a_colleague_has_closed_meanwhile(advisor):
    posting = make_posting()
    colleague = make_user(roles=["advisor"])
    workflow.withdraw(posting, by=colleague, reason="Filled")

    response = send(advisor, "posting_extend", posting, verb="extend", closes_at="2027-01-20 17:00")

    assert f"{colleague} has closed this posting" in response.text
    assert response.context["verb"] == "relist"
    posting.refresh_from_db()
    assert posting.state == "withdrawn"


@pytest.mark.parametrize("closes_at", ["2026-11-22 12:00", "2020-01-01", "9999-12-31", "soon", ""])
def test_a_day_that_cannot_be_meant_is_told_beside_the_field(advisor, closes_at):
    posting, over = make_posting(), make_posting(closes_at=NOW)
    data = {"closes_at": closes_at}

    for one in (posting, over):
        refused = send(advisor, "posting_extend", one, **data)
        assert list(refused.context["form"].errors) == ["closes_at"]
        assert "This field is required" not in refused.text
    together = advisor.post(TOGETHER, data | {"ref": posting.ref, "do": "extend"})
    assert list(together.context["form"].errors) == ["closes_at"]
    assert not Event.objects.exists()


@pytest.mark.parametrize("name", ["posting_extend", "posting_outcome"])
def test_a_page_that_does_not_apply_leads_back_and_says_why(advisor, name):
    posting = make_posting(state="draft")

    response = advisor.get(reverse(name, args=[posting.ref]), follow=True)

    assert "This posting is in another state now." in response.text


def test_what_came_of_it_is_asked_once_it_is_over(advisor):
    posting = make_posting(closes_at=NOW, posted_by=advisor.user)
    before = tasks.tasks_of(advisor.user)

    wrong = send(advisor, "posting_outcome", posting, applied="2", accepted="3")
    send(advisor, "posting_outcome", posting, applied="3", accepted="0", note="All withdrew")

    assert [task.url for task in before] == [reverse("posting_outcome", args=[posting.ref])]
    assert "More were accepted than applied." in wrong.text
    posting.refresh_from_db()
    assert (posting.outcome_applied, posting.outcome_accepted) == (3, 0)
    assert tasks.tasks_of(advisor.user) == []


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"closes_at": NOW}, True),
        ({"closes_at": NOW - timedelta(days=60)}, False),
        ({"closes_at": NOW + timedelta(seconds=1)}, False),
        ({"state": "withdrawn", "withdrawn_at": NOW}, True),
        ({"state": "withdrawn", "withdrawn_at": NOW, "opens_at": NOW + timedelta(1)}, False),
    ],
    ids=["over", "over for long", "open", "closed early", "never on the board"],
)
def test_the_outcome_is_a_task_of_whoever_looks_after_it(fields, asked):
    writer, assignee = make_user(roles=["advisor"]), make_user(roles=["advisor"])
    make_posting(posted_by=writer, assignee=assignee, **fields)

    assert len(tasks.tasks_of(assignee)) == asked
    assert tasks.count_of(make_user(roles=["advisor"])) == 0
    assert tasks.tasks_of(writer) == []


@pytest.mark.parametrize(
    "pending",
    [{}, {"state": "published", "pending": {"title_en": "New"}, "pending_state": "returned"}],
    ids=["posting", "change"],
)
def test_what_was_returned_is_a_task_of_whoever_wrote_it(pending):
    writer = make_user(roles=["advisor"])
    by = {"pending_by" if pending else "posted_by": writer}
    posting = make_posting(**{"state": "returned", "title_en": "Maps"} | pending | by)

    found = tasks.tasks_of(writer)

    assert [(one.title, one.url) for one in found] == [
        ("Mend “Maps”", reverse("posting_edit", args=[posting.ref]))
    ]
    assert tasks.count_of(writer) == 1
    assert tasks.tasks_of(make_user(roles=["advisor"])) == []


def test_a_memo_is_for_the_office_and_an_addendum_for_all_on_every_posting(advisor):
    host = make_organisation()
    first, second = make_posting(organisation=host), make_posting(organisation=host)
    notes = {"memo": "Call after ten", "addendum_ja": "遅刻厳禁", "addendum_en": "Be on time"}

    send(advisor, "posting_care", first, labels="fair、 urgent , fair", **notes)
    public = Client(HTTP_ACCEPT_LANGUAGE="en").get(second.get_absolute_url())
    office = advisor.get(reverse("posting_edit", args=[second.ref]))

    assert "Be on time" in public.text
    assert "Call after ten" not in public.text
    assert "Call after ten" in office.text
    first.refresh_from_db()
    assert first.labels == ["fair", "urgent"]
    with pytest.raises(PermissionDenied):
        organisations.write_notes(host, notes, by=make_user(roles=["reviewer"]))


@pytest.mark.parametrize("labels", ["x" * 31, ",".join(map(str, range(11)))])
def test_labels_are_few_and_short(advisor, labels):
    response = send(advisor, "posting_care", make_posting(), labels=labels)

    assert "At most 10 labels of at most 30 letters each." in response.text


def test_a_posting_nobody_touched_says_so_to_all_until_it_is_confirmed(advisor):
    posting = make_posting()
    Posting.objects.update(created_at=NOW - timedelta(days=92))
    counters = {one.words: one.number for one in tasks.counters_of(advisor.user)}
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")

    before = visitor.get(posting.get_absolute_url())
    listed = advisor.get(STAFF, {"tab": "stale"})
    send(advisor, "posting_confirm", posting)
    after = visitor.get(posting.get_absolute_url())

    assert "No update for 3 months" in before.text
    assert "No update for 3 months" not in after.text
    assert list(listed.context["page"]) == [posting]
    assert counters["No update for 3 months"] == 1


@pytest.mark.parametrize("pending", [False, True], ids=["posting", "change"])
def test_what_is_to_be_mended_stands_where_the_writer_mends_it(advisor, pending):
    colleague = make_user(roles=["advisor"])
    posting = make_posting(state="published" if pending else "in_review")
    if pending:
        workflow.propose(posting, {"title_en": "New"}, by=advisor.user, seen=0)
        workflow.return_change(posting, by=colleague, reason="Which hours?")
    else:
        workflow.return_posting(posting, by=colleague, reason="Which hours?")
    workflow.label(posting, by=colleague, add=["later"])

    page = advisor.get(reverse("posting_edit", args=[posting.ref]))
    home = advisor.get(reverse("home"))

    assert page.text.index("Which hours?") < page.text.index("sections are complete")
    assert ("returned a change of it" in home.text) is pending


def test_a_stop_closes_what_is_open_and_leaves_what_is_over(advisor):
    host = make_organisation()
    shown, over = (make_posting(organisation=host, closes_at=at) for at in (NOW + MINUTE, NOW))
    stop = {"flag": "stop", "flag_staff": "x", "flag_student_ja": "", "flag_student_en": ""}

    organisations.set_flag(host, stop, by=advisor.user, seen=0, close_postings=True)

    states = dict(Posting.objects.values_list("ref", "state"))
    assert states == {shown.ref: "withdrawn", over.ref: "published"}


@pytest.mark.parametrize(
    ("name", "data"),
    [("posting_extend", {"closes_at": "2027-01-20"}), ("posting_outcome", {"applied": "1"})],
)
def test_whoever_came_from_the_list_goes_on_in_the_list(advisor, name, data):
    posting = make_posting(closes_at=NOW + timedelta(days=name == "posting_extend"))
    address = reverse(name, args=[posting.ref]) + "?back=tab%3Dopen%26page%3D2"

    response = advisor.post(address, data)

    assert response.url == f"{STAFF}?tab=open&page=2"


def test_two_weeks_more_are_offered_and_nothing_for_what_is_over(advisor):
    posting, over = make_posting(), make_posting(closes_at=NOW)

    offered = advisor.get(reverse("posting_extend", args=[posting.ref]))
    empty = advisor.get(reverse("posting_extend", args=[over.ref]))

    assert 'value="2026-12-26 12:00"' in offered.text
    assert empty.context["form"]["closes_at"].value() is None


def test_notes_that_a_colleague_wrote_meanwhile_are_not_lost(advisor):
    posting = make_posting()
    form = advisor.get(reverse("posting_care", args=[posting.ref])).context["form"]
    theirs = {"memo": "Ask for Ms Soma", "addendum_ja": "", "addendum_en": ""}
    organisations.write_notes(posting.organisation, theirs, by=make_user(roles=["advisor"]))
    mine = theirs | {"memo": "Call after ten", "seen": form["seen"].value()}

    first = send(advisor, "posting_care", posting, **mine)
    seen = first.context["form"]["seen"].value()
    second = send(advisor, "posting_care", posting, **mine | {"seen": seen})

    assert "It says now: “Ask for Ms Soma”." in first.text
    assert "Call after ten" in first.text
    assert "The notes on the organisation are saved." in second.text
    posting.organisation.refresh_from_db()
    assert posting.organisation.memo == "Call after ten"


def test_only_a_note_that_both_wrote_is_to_be_put_together(advisor):
    posting = make_posting()
    form = advisor.get(reverse("posting_care", args=[posting.ref])).context["form"]
    theirs = {"memo": "Ask for Ms Soma", "addendum_ja": "革靴で", "addendum_en": ""}
    organisations.write_notes(posting.organisation, theirs, by=make_user(roles=["advisor"]))
    mine = {"memo": "Call after ten", "addendum_ja": "", "addendum_en": "Leather shoes"}

    again = send(advisor, "posting_care", posting, **mine, seen=form["seen"].value())

    found = again.context["form"]
    assert found.errors.keys() == {"__all__", "memo"}
    assert [found[name].value() for name in ("addendum_ja", "addendum_en")] == [
        "革靴で",
        "Leather shoes",
    ]


def test_an_outcome_that_a_colleague_told_meanwhile_is_not_lost(advisor):
    posting, colleague = make_posting(closes_at=NOW), make_user(roles=["advisor"])
    seen = advisor.get(reverse("posting_outcome", args=[posting.ref])).context["form"]["seen"]
    workflow.note_outcome(posting, by=colleague, applied=5, accepted=2)
    mine = {"applied": "3", "accepted": "2", "note": "By telephone", "seen": seen.value()}

    first = send(advisor, "posting_outcome", posting, **mine)
    posting.refresh_from_db()
    kept, again = posting.outcome_applied, first.context["form"]["seen"].value()
    send(advisor, "posting_outcome", posting, **mine | {"seen": again})

    assert f"{colleague} has noted what came of it" in first.text
    assert set(first.context["form"].errors) == {"__all__", "applied", "note"}
    posting.refresh_from_db()
    assert (kept, posting.outcome_applied) == (5, 3)


def test_a_posting_is_returned_with_a_reason_mended_and_sent_again(
    advisor, second_person_publishes
):
    colleague = Client(HTTP_ACCEPT_LANGUAGE="en")
    colleague.force_login(make_user(roles=["advisor"]))
    host, key = make_organisation(), uuid4()
    values = {
        "organisation_id": host.pk,
        "title_en": "Maps",
        **READY,
        "closes_at": NOW + timedelta(days=9),
    }
    posting = workflow.save_draft(values, by=advisor.user, form_key=key)
    edit = reverse("posting_edit", args=[posting.ref])

    advisor.post(edit, {"do": "publish", "seen": workflow.version(posting)})
    send(colleague, "posting_return", posting, reason="Which hours?")
    letter = Letter.objects.get(kind="posting_returned")
    mending = advisor.get(edit)
    workflow.edit(posting, {"weekly_hours": 24}, by=advisor.user, seen=workflow.version(posting))
    advisor.post(edit, {"do": "publish", "seen": workflow.version(posting)})
    advisor.post(edit, {"do": "publish", "seen": workflow.version(posting)})
    posting.refresh_from_db()
    waiting = posting.state
    colleague.post(edit, {"do": "publish", "seen": workflow.version(posting)})

    assert letter.to_user == advisor.user
    assert "Which hours?" in mending.text
    assert waiting == "in_review"
    posting.refresh_from_db()
    assert (posting.state, posting.weekly_hours) == ("published", 24)


def test_a_label_that_a_colleague_adds_meanwhile_stays(advisor):
    posting = make_posting(labels=["old", "kept"])
    workflow.label(posting, by=make_user(roles=["advisor"]), add=["theirs"])

    send(advisor, "posting_care", posting, had="old, kept", labels="kept, mine")

    posting.refresh_from_db()
    assert posting.labels == ["kept", "theirs", "mine"]


def test_a_copy_begins_anew(advisor):
    earlier = make_posting(
        labels=["fair"],
        assignee=advisor.user,
        outcome_applied=3,
        outcome_accepted=1,
        outcome_at=NOW,
        published_at=NOW,
        confirmed_at=NOW,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
    )
    address = f"{reverse('posting_new')}?copy={earlier.ref}"
    data = {"organisation_en": str(earlier.organisation), "title_en": earlier.title_en}
    form = advisor.get(address).context["form"]

    advisor.post(address, data | {"do": "save", "source": "office", "venue": "ordinary"})

    copied = Posting.objects.exclude(pk=earlier.pk).get()
    fresh = Posting()
    for name in ("starts_on", "ends_on", "opens_at", "closes_at"):
        assert form[name].value() is None
    for name in ("published_at", "confirmed_at", "assignee", "labels", "outcome_applied"):
        assert getattr(copied, name) == getattr(fresh, name), name
    assert (copied.state, copied.outcome_at, copied.pending) == ("draft", None, None)
