"""Once the safe filing date has passed, every page says one thing: move the start, or call."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from careers.desk.models import Letter
from internships.permits import queue, tasks, workflow
from internships.permits.models import PermitCase
from internships.permits.roads import road_of
from tests.factories import TODAY
from tests.permits.rows import make_case, make_paper, make_placement_for

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}
SAFE = date(2026, 10, 2)
SENTENCE = "The safe date was Fri 2 Oct. Move the start, or call the bureau with us."
TITLE = "Move the start, or call the bureau with us"
BEFORE_FILING = ["open", "submitted", "returned", "ready_to_file"]


def late_case(student, state, **fields):
    placement = make_placement_for(student, file_by=SAFE)
    return make_case(student=student, placement=placement, state=state, paper="accepted", **fields)


@pytest.mark.parametrize("state", BEFORE_FILING)
def test_home_case_placement_and_desk_say_the_same_of_a_late_case(
    signed_in, student_client, student, state
):
    case = late_case(student, state)

    own = [
        student_client.get(address, headers=EN).text
        for address in (reverse("home"), case.get_absolute_url(), case.placement.get_absolute_url())
    ]
    reviewer = signed_in("reviewer")
    desk = reviewer.get(reverse("desk_case", args=[case.pk]), headers=EN).text
    waits = PermitCase.objects.get().waits_for
    line = reviewer.get(reverse("desk_queue"), {"tab": waits}, headers=EN).text

    assert all(SENTENCE in text for text in [*own, desk])
    assert TITLE in own[0]
    assert "File at the immigration bureau</a>" not in own[0]
    assert "Call the student: move the start" in line
    with translation.override("en"):
        assert TITLE in [str(step["what"]) for step in road_of(case)]


@pytest.mark.parametrize("state", ["filed", "granted", "refused", "closed"])
def test_what_was_filed_or_is_over_is_not_late(student, state):
    case = late_case(student, state)

    assert not case.is_late_to_file
    with translation.override("en"):
        assert TITLE not in [str(step["what"]) for step in road_of(case)]


def test_where_the_bureau_has_answered_the_safe_day_no_longer_matters(student):
    placement = make_placement_for(student, kind="confirm", file_by=SAFE)
    case = PermitCase(placement=placement, verdict=placement.verdicts.get(), state="submitted")
    assert case.is_late_to_file

    case.answer = "may_start"

    assert not case.is_late_to_file


def test_the_step_stands_before_the_first_one_that_is_not_done(student):
    with translation.override("en"):
        codes = [str(step["what"]) for step in road_of(late_case(student, "ready_to_file"))]

    assert codes[:5] == [
        "Checked",
        "All papers to our office",
        "Our check",
        TITLE,
        "File at the immigration bureau",
    ]


def test_a_letter_names_no_day_that_has_passed(student, reviewer):
    case = late_case(student, "submitted")

    workflow.mark_ready_to_file(case, by=reviewer)

    told = Letter.objects.get().context
    assert (told["due"], told["late"]) == ("", "2026-10-02")


def test_a_paper_that_came_back_needs_the_student_while_we_check_the_others(student, reviewer):
    case = make_case(student=student, state="submitted", paper="uploaded")
    row = case.requirements.first()
    by = TODAY + timedelta(days=5)

    workflow.return_paper(row, by=reviewer, reason=("Cut off", "切れています"), correct_by=by)

    [task] = tasks.tasks(student.user)
    with translation.override("en"):
        assert (str(task.title), task.due) == ("Send the paper that came back again", by)
    assert Letter.objects.get().context["due"] == by.isoformat()
    assert tasks.waiting(student.user).count() == 1


def test_what_the_office_or_the_bureau_has_in_hand_stands_under_waiting_for_others(student):
    submitted = make_case(student=student, state="submitted", due=TODAY)
    other = make_placement_for(student, facts={"pay_kind": "none"})
    filed = make_case(student=student, placement=other, state="filed")

    with translation.override("en"):
        found = {task.url: (str(task.title), str(task.owner)) for task in of_others(student)}

    assert found == {
        submitted.get_absolute_url(): ("Check of your papers", "Career office"),
        filed.get_absolute_url(): ("Decision of the immigration bureau", "Immigration bureau"),
    }


def of_others(student):
    return tasks.waiting_for_others(student.user)


def test_the_next_step_of_a_case_in_time_is_our_check(student):
    case = make_case(student=student, state="submitted", paper="accepted")
    make_paper(case, "D_CREDIT_CERT", "uploaded", by=student.user)

    [line] = queue.rows(PermitCase.objects.all())

    with translation.override("en"):
        assert queue.next_step(line) == "Check 1 paper"
