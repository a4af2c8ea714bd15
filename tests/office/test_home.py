"""The home pages: what needs a person, and what is hers."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from careers.desk import tasks
from internships.placements import workflow
from tests.factories import NOW, make_posting, make_student, make_user
from tests.permits.rows import make_case
from tests.placements.slips import PLAN, make_checked_placement


def home(client):
    return client.get(reverse("home"), headers={"accept-language": "en"})


def test_a_student_with_a_placement_reads_what_needs_her(student_client, student):
    make_checked_placement(student)

    text = home(student_client).content.decode()

    assert "1 thing needs you" in text
    assert "All papers to our office" in text
    assert "Individual permission first" in text


def test_with_nothing_to_do_the_next_date_is_named(student_client, student):
    text = home(student_client).content.decode()

    assert "Nothing needs you today. Next date: Sun 30 Apr 2028." in text


@pytest.mark.django_db
def test_the_blanket_permission_ends_with_the_course_when_that_is_earlier(client):
    student = make_student(
        blanket_permission_until=date(2028, 4, 20),
        residence_expires_on=date(2028, 4, 30),
        expected_graduation=date(2028, 3, 31),
    )
    client.force_login(student.user)

    shown = home(client)

    until = ("Blanket permission works until", date(2028, 3, 31), None, "your course ends")
    assert shown.context["dates"][0] == until


def test_a_cancelled_placement_asks_for_nothing(student_client, student):
    placement = make_checked_placement(student)
    workflow.cancel(placement, actor=student.user)

    shown = home(student_client)

    assert (shown.context["tasks"], shown.context["placements"]) == ([], [])


def test_nobody_sees_tasks_or_placements_of_another(client, student):
    make_checked_placement(student)
    client.force_login(make_student().user)

    shown = home(client)

    assert (shown.context["tasks"], shown.context["placements"]) == ([], [])


def test_the_count_for_the_spine_is_the_number_of_tasks(student):
    make_checked_placement(student)

    counted = tasks.count_of(student.user)

    assert counted == len(tasks.tasks_of(student.user)) == 1


def test_tasks_come_by_day_and_undated_last(person):
    def task(due):
        return tasks.Task(due=due, title=str(due), url="/", owner="You")

    tasks.register("test", tasks=lambda user: map(task, DAYS))
    try:
        found = [one.due for one in tasks.tasks_of(person())]
    finally:
        del tasks._rooms["test"]

    assert found == [date(2026, 12, 1), date(2026, 12, 14), None]


DAYS = [None, date(2026, 12, 14), date(2026, 12, 1)]


def test_an_advisor_finds_her_drafts_the_next_closings_and_new_placements(signed_in, student):
    client = signed_in("advisor")
    placement = make_checked_placement(student)
    draft = make_posting(state="draft", posted_by=client.user)
    make_posting(state="draft", posted_by=make_user(roles=["advisor"]))
    closing = make_posting(closes_at=NOW + timedelta(days=3))
    make_posting(closes_at=NOW + timedelta(days=8))

    shown = home(client)

    assert list(shown.context["drafts"]) == [draft]
    assert list(shown.context["closing"]) == [closing]
    assert list(shown.context["newest"]) == [placement]
    assert "Individual permission first" in shown.content.decode()


@pytest.mark.parametrize("role", ["approver", "administrator"])
def test_who_has_no_part_in_placements_sees_none(signed_in, student, role):
    make_checked_placement(student)

    assert home(signed_in(role)).context["newest"] is None


def test_a_students_home_costs_the_same_however_many_placements(
    student_client, student, assert_same_queries
):
    numbers = iter(range(100))

    def one_more():
        make_checked_placement(student, digest=f"{next(numbers):016}")

    assert_same_queries(lambda: home(student_client), one_more, at_most=14)


def test_an_advisors_home_costs_the_same_however_much_there_is(signed_in, assert_same_queries):
    client = signed_in("advisor")

    def one_more():
        make_checked_placement(make_student(), plan=PLAN)
        make_posting(state="draft", posted_by=client.user)
        make_posting(closes_at=NOW + timedelta(days=3))

    assert_same_queries(lambda: home(client), one_more, rows=(1, 3, 12), at_most=16)


def test_of_many_tasks_the_nearest_are_shown_and_all_are_counted(signed_in):
    client = signed_in("reviewer")
    cases = [make_case(state="submitted", paper="uploaded") for _ in range(tasks.MOST + 2)]
    for number, case in enumerate(cases):
        type(case).objects.filter(pk=case.pk).update(due=NOW.date() + timedelta(days=number))

    shown = home(client)

    text = shown.content.decode()
    assert [task.due for task in shown.context["tasks"]] == [
        NOW.date() + timedelta(days=number) for number in range(tasks.MOST)
    ]
    assert f"{tasks.MOST + 2} things need you" in text
    assert "These are the 20 with the nearest days." in text
    assert f'<a href="{reverse("desk_queue")}">Permissions</a>' in text
