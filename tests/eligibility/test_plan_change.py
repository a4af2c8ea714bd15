"""The plan of a saved placement is changed: what is asked, shown before, and done after."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.desk.models import Letter
from careers.record.models import Event
from internships.eligibility import plan_change
from internships.eligibility.run import make_run
from internships.eligibility.saving import HostForm, save
from internships.permits import workflow as permits
from internships.permits.models import PermitCase
from internships.placements import overrides, workflow
from internships.placements.models import Placement, Verdict
from tests.credits.rows import make_credit
from tests.factories import make_posting, make_student

EN = {"accept-language": "en"}
FIRST, LAST = date(2027, 4, 19), date(2027, 7, 9)
TYPED = {"has_individual_permission": "n", "prefecture": "13"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def student():
    return make_student(
        expected_graduation=date(2029, 3, 31),
        blanket_permission_until=date(2028, 3, 31),
        home_prefecture="13",
        credits_earned=90,
        credits_required=124,
        facts_confirmed_on=timezone.localdate(),
    )


@pytest.fixture
def placement(student):
    posting = make_posting(
        pay_kind="wage",
        starts_on=FIRST,
        ends_on=LAST,
        weekly_hours=35,
        daily_hours=7,
        venue="ordinary",
    )
    run = make_run(TYPED, posting.ref, student)
    assert run.walk.complete, run.walk.current
    form = HostForm({}, posting=posting)
    form.is_valid()
    return save(run, form, actor=student.user)


def page(placement):
    return reverse("placement_change", args=[placement.pk])


def answers_of(response):
    """Give what the page would send, untouched."""
    sent = {"offered": response.context["offered"]}
    for one in response.context["pages"]:
        for shown in one.fields:
            sent[shown.field.key] = "unsure" if shown.unsure else shown.value
    return sent


def meaning(client, placement, **changes):
    sent = answers_of(client.get(page(placement), headers=EN)) | changes
    return client.post(page(placement), sent, headers=EN)


def confirm(client, placement, shown, **changes):
    sent = dict(shown.context["hidden"]) | {"seen": shown.context["seen"], "confirm": "1"}
    return client.post(page(placement), sent | changes, headers=EN, follow=True)


def test_the_page_shows_the_answers_as_they_were_saved(student_client, placement):
    shown = student_client.get(page(placement), headers=EN)

    sent = answers_of(shown)
    assert (sent["starts_on"], sent["hours_per_week"]) == ("2027-04-19", "35")
    assert sent["has_individual_permission"] == "n"
    assert shown.context["errors"] == []


def test_sent_back_untouched_nothing_is_changed(student_client, placement):
    answer = meaning(student_client, placement)

    assert answer.url == placement.get_absolute_url()
    assert Verdict.objects.count() == 1


def test_the_new_answer_is_shown_before_anything_is_changed(student_client, placement):
    before = placement.verdicts.get().outcome

    shown = meaning(student_client, placement, hours_per_week="20")

    assert (shown.context["before"], shown.context["now"]) == (before, "V_COVERED")
    assert "Nothing is changed yet." in shown.text
    assert Verdict.objects.count() == 1
    assert not Event.objects.filter(verb="changed").exists()


def test_confirmed_the_placement_has_the_new_days_and_the_new_answer_once(
    student_client, placement
):
    later = {"starts_on": "2027-05-10"}
    shown = meaning(student_client, placement, **later)

    first = confirm(student_client, placement, shown)
    second = confirm(student_client, placement, shown)

    placement.refresh_from_db()
    assert placement.starts_on == date(2027, 5, 10)
    assert "The plan is changed." in first.text
    assert second.redirect_chain[-1][0] == placement.get_absolute_url()
    assert placement.verdicts.count() == 2
    assert Event.objects.filter(verb="changed", actor=placement.student.user).count() == 1
    assert placement.verdicts.first().assessment["written"]["starts_on"] == "2027-05-10"


def test_what_is_wrong_stands_beside_its_field_and_all_that_was_typed_stays(
    student_client, placement
):
    shown = meaning(student_client, placement, hours_per_week="2000", starts_on="tomorrow")

    sent = answers_of(shown)
    assert (sent["hours_per_week"], sent["starts_on"]) == ("2000", "tomorrow")
    assert {one.field.key for one in shown.context["errors"]} >= {"hours_per_week", "starts_on"}
    assert "Write the date like 2027-02-15." in shown.text
    assert shown.context["new"] == []
    assert Verdict.objects.count() == 1


def test_full_width_digits_are_read(student_client, placement):
    shown = meaning(student_client, placement, hours_per_week="２０")

    assert shown.context["now"] == "V_COVERED"


def test_a_change_that_asks_for_more_asks_for_it_and_calls_it_no_fault(student_client, placement):
    shown = meaning(student_client, placement, starts_on="2027-07-19", ends_on="2027-09-10")

    if "pages" in shown.context:
        assert shown.context["errors"] == []
        assert shown.context["new"]


def test_back_to_the_answers_keeps_them(student_client, placement):
    shown = meaning(student_client, placement, hours_per_week="20")

    again = student_client.post(
        page(placement), dict(shown.context["hidden"]) | {"edit": "1"}, headers=EN
    )

    assert answers_of(again)["hours_per_week"] == "20"


def test_the_effects_on_case_and_credit_are_named_and_then_happen(student_client, placement):
    user = placement.student.user
    case = permits.open_case(placement, by=user)
    case.requirements.filter(code="D_HOST_STATEMENT").update(state="uploaded")
    credit = make_credit(student=placement.student, placement=placement, state="submitted")

    shown = meaning(student_client, placement, starts_on="2027-05-10")

    assert "these papers are asked for again" in shown.text
    assert case.requirements.get(code="D_HOST_STATEMENT").state == "uploaded"
    named = len(shown.context["effects"])
    confirm(student_client, placement, shown)
    credit.refresh_from_db()
    assert case.requirements.get(code="D_HOST_STATEMENT").state == "returned"
    assert (named, credit.state) == (2, "needs_info")


def test_another_kind_of_permission_ends_the_case_and_the_office_is_told(
    student_client, placement, person
):
    case = permits.open_case(placement, by=placement.student.user)
    reviewer = person("reviewer")
    PermitCase.objects.filter(pk=case.pk).update(state="submitted", owner=reviewer)

    shown = meaning(student_client, placement, hours_per_week="20")
    assert "ends: it is about another plan" in shown.text
    confirm(student_client, placement, shown)

    case.refresh_from_db()
    assert case.state == "closed"
    assert Letter.objects.get(to_user=reviewer).kind == "permit_plan_changed"


def test_an_advisor_changes_the_plan_without_seeing_what_she_may_not(signed_in, placement):
    client = signed_in("advisor")

    shown = client.get(page(placement), headers=EN)
    keys = set(answers_of(shown)) - {"offered"}
    after = meaning(client, placement, hours_per_week="20")

    assert {"starts_on", "hours_per_week"} <= keys
    assert not keys & {"status_of_residence", "has_blanket_permission", "other_weekly_work_hours"}
    assert (after.context["slip"], after.context["now"]) == (None, "V_COVERED")
    assert "blanket" not in after.text.lower()
    confirm(client, placement, after)
    assert placement.verdicts.first().outcome == "V_COVERED"
    letter = Letter.objects.get(kind="placement_changed")
    assert (letter.to_user, letter.language) == (placement.student.user, "en")


def test_an_advisor_cannot_slip_in_answers_of_the_student(signed_in, placement):
    shown = meaning(signed_in("advisor"), placement, status_of_residence="PR", hours_per_week="30")

    assert shown.context["now"] == placement.verdicts.get().outcome
    assert "status_of_residence" not in dict(shown.context["hidden"])


def test_somebody_elses_placement_does_not_exist(signed_in, placement):
    client = signed_in("approver")

    assert client.get(page(placement)).status_code == 404
    assert client.post(page(placement), {"confirm": "1"}).status_code == 404


def test_of_two_tabs_the_second_sees_what_the_first_has_done(student_client, placement):
    first = meaning(student_client, placement, hours_per_week="20")
    second = meaning(student_client, placement, starts_on="2027-05-10")
    confirm(student_client, placement, first)

    shown = confirm(student_client, placement, second)

    assert "The placement was changed meanwhile" in shown.text
    assert shown.context["before"] == "V_COVERED"
    assert placement.verdicts.count() == 2
    confirm(student_client, placement, shown)
    assert placement.verdicts.count() == 3


def test_a_week_later_is_another_plan_even_where_the_law_sees_no_difference(
    student_client, placement
):
    later = {"starts_on": "2027-04-26", "ends_on": "2027-07-16"}

    confirm(student_client, placement, meaning(student_client, placement, **later))

    placement.refresh_from_db()
    assert (placement.starts_on, placement.ends_on) == (date(2027, 4, 26), date(2027, 7, 16))


@pytest.mark.parametrize("state", ["started", "ended", "cancelled"])
def test_what_has_begun_is_not_changed(student_client, placement, state):
    Placement.objects.filter(pk=placement.pk).update(
        state=state,
        gate_opened_at=timezone.now(),
        gate_opened_by=placement.student.user,
        gate_reason="seen",
    )

    for answer in (student_client.get(page(placement)), student_client.post(page(placement))):
        assert answer.url == placement.get_absolute_url()


def test_a_plan_that_is_saved_already_leads_to_that_placement(student_client, student, placement):
    run = make_run(TYPED | {"hours_per_week": "20"}, placement.posting.ref, student)
    form = HostForm({}, posting=placement.posting)
    form.is_valid()
    other = save(run, form, actor=student.user)

    answer = meaning(student_client, placement, hours_per_week="20")

    assert answer.url == other.get_absolute_url()


def test_todays_answer_is_taken_over_from_the_old_slip(student_client, placement):
    old = placement.verdicts.get()
    Placement.objects.filter(pk=placement.pk).update(check_key="as it was")

    shown = student_client.post(page(placement), {"again": "1"}, headers=EN)
    confirm(student_client, placement, shown)

    newest = placement.verdicts.first()
    assert newest.pk != old.pk
    assert newest.facts == old.facts
    old.refresh_from_db()


def test_a_slip_stored_before_answers_were_kept_is_read_from_its_facts(student, placement):
    old = placement.verdicts.get()
    kept = {name: old.assessment[name] for name in ("law", "slip")}
    old.pk, old.assessment = None, kept
    old.save()

    written = plan_change.written_of(placement)

    assert written == {"has_individual_permission": "n"}


def test_a_reviewers_answer_ends_with_the_facts_it_was_about(student_client, placement, person):
    override = overrides.make(placement, "V_PROHIBITED", "Seen", actor=person("reviewer"))

    shown = meaning(student_client, placement, hours_per_week="20")
    confirm(student_client, placement, shown)

    override.refresh_from_db()
    assert override.withdrawn_at is not None
    assert placement.verdicts.first().outcome == "V_COVERED"


def test_an_answer_that_waits_for_a_second_reviewer_cannot_bring_old_facts_back(
    student_client, placement, person
):
    stop = placement.verdicts.get()
    stop.pk, stop.outcome = None, "V_PROHIBITED"
    stop.save()
    overrides.make(placement, "V_COVERED", "Seen", actor=person("reviewer"))

    confirm(student_client, placement, meaning(student_client, placement, hours_per_week="20"))

    with pytest.raises(workflow.TooLate):
        overrides.confirm(placement, actor=person("reviewer"))


def test_a_trial_leaves_nothing_behind(student_client, placement):
    permits.open_case(placement, by=placement.student.user)
    before = Event.objects.count(), Letter.objects.count(), PermitCase.objects.get().state

    meaning(student_client, placement, hours_per_week="20")

    assert (Event.objects.count(), Letter.objects.count(), PermitCase.objects.get().state) == before


def test_the_start_can_be_moved_from_the_page_of_a_late_case(student_client, placement):
    case = permits.open_case(placement, by=placement.student.user)
    late = placement.verdicts.get()
    late.pk, late.file_by = None, timezone.localdate() - timedelta(days=1)
    late.save()
    PermitCase.objects.filter(pk=case.pk).update(verdict=late)

    shown = student_client.get(case.get_absolute_url(), headers=EN)

    assert f'href="{page(placement)}#id_starts_on"' in shown.text
