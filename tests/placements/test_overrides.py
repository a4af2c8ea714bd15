"""A reviewer answers in place of the rules: alone, or with a second one where they say stop."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from careers.desk import letters
from careers.desk.models import Letter
from careers.law import text
from careers.people.office import office_settings
from careers.record.models import Event
from internships.placements import overrides, workflow
from internships.placements.models import Override, Placement, Verdict
from internships.placements.workflow import Plan
from tests.factories import NOW, make_posting, make_student
from tests.permits.rows import make_case
from tests.placements.slips import SLIP, both, make_checked_placement

ENGLISH = {"accept-language": "en"}
REASON = "The bureau in Minato told us by telephone on 20 November that none is needed."


@pytest.fixture
def placement(student):
    return make_checked_placement(student)


@pytest.fixture
def prohibited(student):
    return make_checked_placement(student, outcome="V_PROHIBITED", file_by=None)


def outcome(placement):
    return Placement.objects.with_verdict().get(pk=placement.pk).outcome


def address(placement, deed=""):
    name = f"placement_override{deed and '_'}{deed}"
    return reverse(name, args=[placement.pk])


def shown_to(client, person, placement, language="en"):
    client.force_login(person)
    page = client.get(placement.get_absolute_url(), headers={"accept-language": language})
    return page.content.decode()


def test_a_reviewers_answer_counts_and_the_rules_own_is_kept(placement, person):
    reviewer = person("reviewer")

    overrides.make(placement, "V_NOT_NEEDED", REASON, actor=reviewer)

    assert outcome(placement) == "V_NOT_NEEDED"
    assert list(Verdict.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "V_NEED_INDIVIDUAL",
        "V_NOT_NEEDED",
    ]
    event = Event.objects.get(verb="overridden")
    assert (event.actor, event.reason) == (reviewer, REASON)
    assert event.before == {"outcome": "V_NEED_INDIVIDUAL"}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_student_reads_the_answer_and_why(client, placement, person, language):
    overrides.make(placement, "V_NOT_NEEDED", REASON, actor=person("reviewer"))

    shown = shown_to(client, placement.student.user, placement, language)

    assert REASON in shown
    words = {"en": "A reviewer answered in place of the rules", "ja": "許可は不要"}
    assert words[language] in shown


def test_an_advisor_reads_the_answer_but_no_reason(client, placement, person):
    overrides.make(placement, "V_NOT_NEEDED", REASON, actor=person("reviewer"))

    shown = shown_to(client, person("advisor"), placement)

    assert "A reviewer answered in place of the rules" in shown
    assert REASON not in shown


def test_what_the_rules_call_impossible_needs_a_second_reviewer(client, prohibited, person):
    first, second = person("reviewer"), person("reviewer")
    overrides.make(prohibited, "V_NOT_NEEDED", REASON, actor=first)
    assert outcome(prohibited) == "V_PROHIBITED"
    assert "for a second reviewer" in shown_to(client, second, prohibited)
    assert "for a second reviewer" not in shown_to(client, prohibited.student.user, prohibited)

    with pytest.raises(workflow.TooLate):
        overrides.confirm(prohibited, actor=first)
    assert outcome(prohibited) == "V_PROHIBITED"

    overrides.confirm(prohibited, actor=second)
    assert outcome(prohibited) == "V_NOT_NEEDED"


def test_the_database_refuses_a_stop_changed_by_one_alone(prohibited, person):
    reviewer = person("reviewer")
    made = overrides.make(prohibited, "V_NOT_NEEDED", REASON, actor=reviewer)
    mine = Override.objects.filter(pk=made.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        mine.update(replacement=made.verdict)
    with pytest.raises(IntegrityError), transaction.atomic():
        mine.update(confirmed_by=reviewer, confirmed_at=NOW)


def test_taken_back_the_rules_own_answer_counts_again(placement, person):
    reviewer = person("reviewer")
    overrides.make(placement, "V_NOT_NEEDED", REASON, actor=reviewer)

    overrides.withdraw(placement, actor=person("reviewer"))

    assert outcome(placement) == "V_NEED_INDIVIDUAL"
    assert overrides.override_in_force(placement) is None
    again = overrides.make(placement, "V_BUREAU", REASON, actor=reviewer)
    assert again.holds


def test_the_second_of_two_learns_that_somebody_was_faster(client, placement, person):
    overrides.make(placement, "V_NOT_NEEDED", REASON, actor=person("reviewer"))
    client.force_login(person("reviewer"))

    answer = client.post(
        address(placement), {"outcome": "V_BUREAU", "reason": "x"}, headers=ENGLISH, follow=True
    )

    assert "somebody else was faster" in answer.content.decode()
    assert outcome(placement) == "V_NOT_NEEDED"


def test_without_a_reason_nothing_happens_and_the_choice_is_kept(client, placement, person):
    client.force_login(person("reviewer"))

    page = client.post(address(placement), {"outcome": "V_BUREAU", "reason": " "}, headers=ENGLISH)

    assert "Write why." in page.content.decode()
    assert 'value="V_BUREAU" selected' in page.content.decode()
    assert not Override.objects.exists()


def test_a_reviewer_answers_and_takes_it_back_in_the_pages(client, placement, person):
    client.force_login(person("reviewer"))
    choice = {"outcome": "V_NOT_NEEDED", "reason": REASON}

    done = client.post(address(placement), choice, headers=ENGLISH, follow=True)
    assert "The answer is changed." in done.content.decode()
    assert REASON in done.content.decode()
    back = client.post(address(placement, "withdraw"), headers=ENGLISH, follow=True)

    assert "The answer of the rules counts again." in back.content.decode()
    assert outcome(placement) == "V_NEED_INDIVIDUAL"


def test_nobody_decides_about_herself(client, student):
    student.user.roles = ["student", "reviewer"]
    student.user.save()
    placement = make_checked_placement(student)
    client.force_login(student.user)

    assert client.get(address(placement)).status_code == 404


def test_a_cancelled_placement_is_left_alone(placement, person):
    workflow.cancel(placement, actor=placement.student.user)

    with pytest.raises(workflow.TooLate):
        overrides.make(placement, "V_NOT_NEEDED", REASON, actor=person("reviewer"))


def test_changed_facts_bring_the_rules_back(placement, person):
    overrides.make(placement, "V_NOT_NEEDED", REASON, actor=person("reviewer"))
    newest = placement.verdicts.last()

    Verdict.objects.create(
        **{
            field.name: getattr(newest, field.name)
            for field in Verdict._meta.fields
            if field.name not in ("id", "made_at")
        }
    )

    assert outcome(placement) == "V_NEED_INDIVIDUAL"
    assert overrides.override_in_force(placement) is None


BY_REVIEWER = {"en": "answered by a reviewer", "ja": "審査担当者による判定"}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_wherever_the_answer_stands_it_says_that_a_reviewer_gave_it(client, person, language):
    reviewer, posting = person("reviewer"), make_posting()
    checked = make_checked_placement(make_student(), plan=Plan(posting=posting))
    case = make_case(placement=checked, state="submitted", paper="uploaded")
    placement, student = case.placement, case.placement.student.user
    pages = [
        (student, "home"),
        (student, "posting_detail", posting.ref),
        (student, "case_detail", case.pk),
        (reviewer, "desk_queue"),
        (reviewer, "desk_case", case.pk),
        (reviewer, "home"),
        (person("advisor"), "case_detail", case.pk),
        (person("advisor"), "home"),
    ]
    before = {where: marked(client, language, *where) for where in pages}

    # The same kind of case, or the change would end it.
    overrides.make(placement, "V_NEED_INDIVIDUAL_CASE", REASON, actor=reviewer)

    after = {where: marked(client, language, *where) for where in pages}
    assert set(before.values()) == {False}
    assert set(after.values()) == {True}, after


def marked(client, language, reader, name, *parts):
    client.force_login(reader)
    page = client.get(reverse(name, args=parts), headers={"accept-language": language})
    return BY_REVIEWER[language] in page.content.decode()


def test_the_student_gets_a_letter_that_says_where_and_not_what(placement, person):
    overrides.make(placement, "V_NOT_NEEDED", REASON, actor=person("reviewer"))

    letter = Letter.objects.get(kind="override_made")
    subject, body = letters.written(
        letter.kind, "en", letter.context | {"address": "x", "office": office_settings()}
    )

    assert letter.to_user == placement.student.user
    assert letter.context == {"link": placement.get_absolute_url()}
    assert subject == "The answer for your placement has changed"
    assert REASON not in body


def test_what_is_taken_back_before_the_letter_went_out_is_not_written_at_all(placement, person):
    reviewer = person("reviewer")
    overrides.make(placement, "V_NOT_NEEDED", REASON, actor=reviewer)

    overrides.withdraw(placement, actor=reviewer)

    assert set(Letter.objects.values_list("kind", "state")) == {("override_made", "cancelled")}


def test_what_is_taken_back_later_is_written_too(placement, person):
    reviewer = person("reviewer")
    overrides.make(placement, "V_NOT_NEEDED", REASON, actor=reviewer)
    letters.send_due(NOW + timedelta(days=1))

    overrides.withdraw(placement, actor=reviewer)

    assert set(Letter.objects.values_list("kind", "state")) == {
        ("override_made", "sent"),
        ("override_withdrawn", "waiting"),
    }


def test_no_letter_while_a_second_reviewer_is_awaited(prohibited, person):
    overrides.make(prohibited, "V_BUREAU", REASON, actor=person("reviewer"))
    assert not Letter.objects.exists()

    overrides.confirm(prohibited, actor=person("reviewer"))
    assert Letter.objects.get().kind == "override_made"


@pytest.mark.parametrize(
    ("answer", "found", "kind"),
    [
        ("V_NOT_NEEDED", "INDIVIDUAL", "NONE"),
        ("V_NEED_INDIVIDUAL_CASE", "BLANKET_PLUS_INDIVIDUAL", "BLANKET_PLUS_INDIVIDUAL"),
        ("V_NEED_INDIVIDUAL", "BLANKET", "INDIVIDUAL"),
        ("V_COVERED", "INDIVIDUAL", "INDIVIDUAL"),
        ("V_BUREAU", "INDIVIDUAL", "CONFIRM"),
        ("V_STATUS_DA9", "NONE", "COE"),
    ],
)
def test_the_slip_names_the_kind_that_belongs_to_the_answer(student, person, answer, found, kind):
    told = {"law": {"kind": found}, "slip": SLIP | {"unknown": [both("Pay")]}}
    placement = make_checked_placement(student, outcome="V_FLAG_CONFIRM", assessment=told)

    overrides.make(placement, answer, REASON, actor=person("reviewer"))

    slip = placement.verdicts.first().assessment["slip"]
    assert slip["strip"]["kind"] == {one: text(f"kind.{kind}", one) for one in ("ja", "en")}
    assert slip["strip"]["permission"]["en"][0].isupper()
    assert slip["unknown"] == slip["rule_changes"] == []
