"""One verb on many postings, and its way back."""

from datetime import timedelta

import pytest

from careers.record.models import Event
from internships.board import together, workflow
from internships.board.models import Posting
from tests.factories import NOW, make_posting, make_user

pytestmark = pytest.mark.django_db
STAFF = "/internships/manage/"
TOGETHER = "/internships/manage/together/"


def test_one_verb_on_many_does_what_it_can_and_says_what_it_refused(advisor):
    ready = make_posting(state="in_review", pay_kind="none", apply_method="office")
    Posting.objects.update(
        description_en="Maps", weekly_hours=20, starts_on="2027-02-15", ends_on="2027-03-12"
    )
    restricted = make_posting(state="in_review", venue="fueiho")
    doubtful = make_posting(state="in_review", problems=["P_FEE"])
    published = make_posting()
    refs = [one.ref for one in (ready, restricted, doubtful, published)]

    asked = advisor.get(TOGETHER, {"ref": refs, "do": "publish"})
    response = advisor.post(TOGETHER, {"ref": refs, "do": "publish"})

    assert all(ref in asked.text for ref in refs)
    report = response.context["report"]
    assert report.done == [ready]
    assert dict(report.refused) == {
        restricted: "A place of restricted (amusement) business can never be published.",
        doubtful: "Write why it may go on the board all the same. (the student has to pay)",
        published: "This posting is in another state now. Nothing was changed.",
    }


@pytest.mark.parametrize(
    ("verb", "data", "field"),
    [
        ("withdraw", {"reason": "Filled"}, "withdrawn_reason"),
        ("extend", {"closes_at": "2026-12-30"}, "closes_at"),
        ("label", {"add": "fair"}, "labels"),
        ("confirm", {}, "confirmed_at"),
    ],
)
def test_each_verb_on_many_goes_the_way_of_one(advisor, verb, data, field):
    postings = [make_posting(), make_posting()]
    before = [getattr(one, field) for one in postings]

    advisor.post(TOGETHER, {"ref": [one.ref for one in postings], "do": verb, **data})

    for posting in postings:
        posting.refresh_from_db()
    assert all(getattr(one, field) != was for one, was in zip(postings, before, strict=True))
    assert Event.objects.filter(verb=workflow.VERBS[verb].event).count() == 2


def test_many_are_given_to_a_person_and_found_by_her(advisor):
    posting, _other = make_posting(), make_posting()

    advisor.post(TOGETHER, {"ref": posting.ref, "do": "assign", "assignee": advisor.user.pk})

    listed = advisor.get(STAFF, {"who": "me", "tab": "open"})
    assert list(listed.context["page"]) == [posting]


def test_whoever_gives_many_to_somebody_is_offered_herself(advisor):
    asked = advisor.get(TOGETHER, {"do": "assign", "ref": make_posting().ref})

    assert asked.context["form"]["assignee"].value() == advisor.user.pk


@pytest.mark.parametrize("verb", ["withdraw", "return_posting", "extend"])
def test_what_a_verb_needs_is_asked_beside_the_field(advisor, verb):
    posting = make_posting()

    response = advisor.post(TOGETHER, {"ref": posting.ref, "do": verb, "reason": ""})

    assert response.context["form"].errors
    assert not Event.objects.exists()


def test_with_nothing_marked_the_list_comes_back_as_it_was_and_says_so(advisor):
    make_posting()

    response = advisor.get(TOGETHER, {"do": "extend", "back": "tab=open&q=maps"}, follow=True)

    assert response.redirect_chain[-1][0] == f"{STAFF}?tab=open&q=maps"
    assert "mark at least one posting first" in response.text


@pytest.mark.parametrize("back", ["//example.com", "https://example.com/?x", "\0", "&" * 600])
def test_the_way_back_never_leaves_the_list(advisor, back):
    response = advisor.post(TOGETHER, {"do": "extend", "back": back})

    assert response.url.startswith(STAFF)


def test_of_too_many_the_first_are_taken_and_it_says_so(advisor, monkeypatch):
    monkeypatch.setattr(together, "MOST", 2)
    refs = [make_posting().ref for _ in range(3)]

    asked = advisor.get(TOGETHER, {"do": "confirm", "ref": refs})

    assert [one.ref for one in asked.context["postings"]] == refs[:2]
    assert "At most 2 at once: these are the first." in asked.text


def test_those_a_verb_cannot_start_from_are_left_out_and_named_before(advisor):
    draft, shown = make_posting(state="draft"), make_posting()

    asked = advisor.get(TOGETHER, {"do": "extend", "ref": [draft.ref, shown.ref]})

    assert asked.context["postings"] == [shown]
    assert asked.context["others"] == [draft]
    assert "1 posting is left out" in asked.text


def test_of_many_it_says_which_wait_for_a_second_person(advisor, second_person_publishes):
    posting = make_posting()
    data = {"ref": posting.ref, "do": "extend", "closes_at": "2027-01-10"}

    done = advisor.post(TOGETHER, data)

    assert done.context["report"].done == [posting]
    assert "waits for a colleague’s approval" in done.text


def test_the_same_form_for_many_sent_twice_extends_once(advisor):
    data = {"ref": make_posting().ref, "do": "extend", "closes_at": "2026-12-30"}

    advisor.post(TOGETHER, data)
    again = advisor.post(TOGETHER, data)

    assert not again.context["report"].refused
    assert Event.objects.count() == 1


def test_what_was_done_with_many_is_undone_at_once(advisor):
    postings = [make_posting(), make_posting()]
    refs = [one.ref for one in postings]
    done = advisor.post(TOGETHER, {"ref": refs, "do": "withdraw", "reason": "Filled"})
    deeds = [f"{posting.ref}:{event.pk}" for posting, event in done.context["report"].undoable]
    workflow.label(postings[1], by=make_user(roles=["advisor"]), add=["late"])

    undone = advisor.post(f"{TOGETHER}undo/", {"deed": [*deeds, "nonsense", "x:1", ":"]})

    assert undone.context["report"].done == [postings[0]]
    assert [posting for posting, _why in undone.context["report"].refused] == [postings[1]]
    assert set(Posting.objects.values_list("ref", "state")) == {
        (refs[0], "published"),
        (refs[1], "withdrawn"),
    }


def test_undoing_nothing_leads_back_to_the_list(advisor):
    response = advisor.post(f"{TOGETHER}undo/", {"deed": "x"}, follow=True)

    assert "There is nothing to undo." in response.text


def test_the_page_of_many_costs_the_same_whatever_there_is(advisor, assert_same_queries):
    refs = [make_posting().ref]

    def once_more():
        refs.append(make_posting(closes_at=NOW + timedelta(days=1)).ref)

    def visit():
        advisor.get(TOGETHER, {"ref": refs, "do": "assign"})

    assert_same_queries(visit, once_more, at_most=8)
