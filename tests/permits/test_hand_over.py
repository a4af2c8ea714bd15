"""A case is taken on, or handed to a colleague: alone and many at once, by the same verb."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from careers.desk.models import Letter
from careers.record.models import Event
from internships.permits import workflow
from internships.permits.models import PermitCase
from tests.factories import make_student, make_user
from tests.permits.rows import make_case

EN = {"accept-language": "en"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return make_user(roles=["reviewer"], language="ja")


def handed(case, to, **more):
    return {"hand-over-to": to.pk, "hand-over-seen": case.owner_id or 0} | more


def act(case, deed="hand-over"):
    return reverse("desk_act", args=[case.pk, deed])


def test_a_colleague_gets_the_case_and_a_letter_in_her_language(signed_in, colleague):
    client = signed_in("reviewer")
    case = make_case(state="submitted")

    shown = client.post(act(case), handed(case, colleague), headers=EN, follow=True)

    case.refresh_from_db()
    letter = Letter.objects.get()
    event = Event.objects.get(verb="handed over")
    assert case.owner == colleague
    assert (letter.to_user, letter.language) == (colleague, "ja")
    assert letter.context["link"] == reverse("desk_case", args=[case.pk])
    assert (event.actor, event.before["owner_id"]) == (client.user, None)
    assert "The case is handed over." in shown.text


def test_what_nobody_looks_after_is_taken_on_by_one_click_without_a_letter(signed_in):
    client = signed_in("reviewer")
    case = make_case(state="submitted")

    for _click in range(2):
        client.post(act(case, "take"))

    case.refresh_from_db()
    assert case.owner == client.user
    assert Event.objects.filter(verb="handed over").count() == 1
    assert not Letter.objects.exists()


def test_an_undo_gives_it_back_and_sends_nothing(reviewer, colleague):
    case = make_case(state="submitted", owner=reviewer)
    event = workflow.hand_over(case, by=reviewer, to=colleague)

    workflow.undo(case, event.pk, by=reviewer)

    case.refresh_from_db()
    assert case.owner == reviewer
    assert Letter.objects.get().state == "cancelled"


def test_whoever_is_slower_is_told_who_was_faster(signed_in, colleague):
    client = signed_in("reviewer")
    case = make_case(state="submitted")
    other = make_user(roles=["reviewer"])
    stale = handed(case, colleague)
    workflow.hand_over(case, by=other, to=other)

    shown = client.post(act(case), stale, headers=EN, follow=True)

    case.refresh_from_db()
    assert case.owner == other
    assert "was here before" in shown.text


@pytest.mark.parametrize("wrong", ["", "0", "nonsense", "advisor", "away"])
def test_only_a_reviewer_can_be_chosen_and_the_fault_stands_beside_the_field(signed_in, wrong):
    client = signed_in("reviewer")
    case = make_case(state="submitted")
    people = {
        "advisor": make_user(roles=["advisor"]).pk,
        "away": make_user(roles=["reviewer"], is_active=False).pk,
    }

    shown = client.post(act(case), {"hand-over-to": people.get(wrong, wrong)}, headers=EN)

    assert "Choose a permission reviewer from the list." in shown.text
    assert PermitCase.objects.get().owner is None


def test_a_case_is_never_handed_to_the_student_it_is_about(reviewer):
    both = make_user(roles=["student", "reviewer"])
    case = make_case(student=make_student(user=both), state="submitted")

    with pytest.raises(workflow.Refused):
        workflow.hand_over(case, by=reviewer, to=both)
    with pytest.raises(PermissionDenied):
        workflow.hand_over(case, by=both, to=reviewer)


def test_ticked_cases_are_handed_over_together_and_the_rest_is_told_one_by_one(
    signed_in, colleague
):
    client = signed_in("reviewer")
    cases = [make_case(state="submitted") for _number in range(3)]
    ticked = [f"{case.pk}:0" for case in cases]
    workflow.hand_over(cases[2], by=client.user, to=client.user)
    address = f"{reverse('desk_queue')}?tab=office&kind=individual"

    shown = client.post(
        address, {"bulk": "1", "case": ticked, "bulk-to": colleague.pk}, headers=EN, follow=True
    )

    owners = list(PermitCase.objects.order_by("pk").values_list("owner", flat=True))
    assert owners == [colleague.pk, colleague.pk, client.user.pk]
    assert shown.redirect_chain[-1][0] == address
    assert "2 cases are with" in shown.text
    assert f"{cases[2].number}: Nothing was changed" in shown.text
    assert Event.objects.filter(verb="handed over").count() == 3


def test_without_a_choice_the_ticks_stay_and_nothing_is_done(signed_in):
    client = signed_in("reviewer")
    case = make_case(state="submitted")

    shown = client.post(
        reverse("desk_queue"), {"bulk": "1", "case": [f"{case.pk}:0"], "bulk-to": ""}, headers=EN
    )

    assert "Choose a permission reviewer from the list." in shown.text
    assert f'value="{case.pk}:0" checked' in shown.text
    assert not Event.objects.filter(verb="handed over").exists()


@pytest.mark.parametrize("ticked", [[], ["nonsense", "1", ":", "99999999999:0", "-1:0"]])
def test_ticks_that_make_no_sense_do_nothing(signed_in, colleague, ticked):
    client = signed_in("reviewer")
    make_case(state="submitted")

    shown = client.post(
        reverse("desk_queue"),
        {"bulk": "1", "case": ticked, "bulk-to": colleague.pk},
        headers=EN,
        follow=True,
    )

    words = "0 cases are with" if ticked else "Tick at least one case."
    assert words in shown.text
    assert PermitCase.objects.get().owner is None
