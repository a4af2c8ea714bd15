"""A student's own record, and the page of a student for the office."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from careers.people import workflow
from careers.people.models import Job, StudentEvent
from careers.record import log
from careers.record.log import history
from careers.record.models import Event
from tests.factories import TODAY, make_faculty, make_student, make_user

RESIDENCE = {
    "status_of_residence": "STUDENT",
    "residence_expires_on": "2028-04-30",
    "blanket_permission_until": "",
    "home_prefecture": "",
}
JOB = {"name": "Cafe", "weekly_hours": "12.5", "starts_on": "2026-10-01", "ends_on": ""}


def shown(response):
    return response.content.decode()


def test_a_student_sees_what_the_office_holds_on_her(student_client, student):
    student.name_in_passport = "NGUYEN THI HOA"
    student.save()

    page = shown(student_client.get(reverse("my_record"), headers={"accept-language": "en"}))

    for fact in (student.student_no, "NGUYEN THI HOA", "30 Apr 2028", str(student.faculty)):
        assert fact in page


def test_only_students_have_a_record_of_their_own(signed_in):
    assert signed_in("advisor").get(reverse("my_record")).status_code == 403


def test_a_student_whose_record_has_not_come_yet_finds_none(client, db):
    client.force_login(make_user(roles=["student"]))

    assert client.get(reverse("my_record")).status_code == 404


def test_a_correction_is_saved_dated_and_logged(student_client, student):
    changes = RESIDENCE | {"blanket_permission_until": "2027-05-31", "home_prefecture": "13"}

    response = student_client.post(reverse("my_residence"), changes)

    student.refresh_from_db()
    assert response.url == reverse("my_record")
    assert student.blanket_permission_until == date(2027, 5, 31)
    assert student.facts_confirmed_on == TODAY
    event = history(student).get()
    assert (event.verb, event.actor, event.about) == ("corrected", student.user, student.user)
    assert event.before == {"blanket_permission_until": None, "home_prefecture": ""}
    assert event.after == {"blanket_permission_until": "2027-05-31", "home_prefecture": "13"}


def test_beneath_the_log_the_history_of_fields_knows_who_acted(student_client, student):
    student_client.post(
        reverse("my_residence") + "?from=a-friend", RESIDENCE | {"home_prefecture": "13"}
    )

    row = StudentEvent.objects.order_by("-pgh_id").first()
    assert (row.home_prefecture, row.pgh_context.metadata) == (
        "13",
        {"user": student.user.pk, "url": reverse("my_residence")},
    )


def test_what_is_still_right_is_confirmed(student_client, student):
    student_client.post(reverse("my_residence"), RESIDENCE)

    student.refresh_from_db()
    assert student.facts_confirmed_on == TODAY
    event = history(student).get()
    assert (event.verb, event.before, event.after) == ("confirmed", None, None)


def test_a_student_may_keep_her_status_to_herself(student_client, student):
    student_client.post(
        reverse("my_residence"),
        RESIDENCE | {"status_of_residence": "PREFER_NOT", "residence_expires_on": ""},
    )

    student.refresh_from_db()
    assert student.status_of_residence == "PREFER_NOT"


@pytest.mark.parametrize(
    "written", ["２０２７－０５－３１", "2027/5/31", "2027年5月31日", " 2027-05-31 "]
)
def test_dates_are_understood_as_people_in_japan_type_them(student_client, student, written):
    student_client.post(reverse("my_residence"), RESIDENCE | {"blanket_permission_until": written})

    student.refresh_from_db()
    assert student.blanket_permission_until == date(2027, 5, 31)


@pytest.mark.parametrize(
    ("field", "written", "words"),
    [
        ("residence_expires_on", "soon", "Write the date like 2027-02-15."),
        ("residence_expires_on", "2027-02-30", "Write the date like 2027-02-15."),
        ("blanket_permission_until", "2028-05-01", "cannot last longer than the period of stay"),
        ("status_of_residence", "KING", "not one of the available choices"),
        ("home_prefecture", "48", "not one of the available choices"),
    ],
)
def test_a_wrong_answer_is_said_beside_the_field_and_kept(
    student_client, student, field, written, words
):
    response = student_client.post(
        reverse("my_residence"), RESIDENCE | {field: written}, headers={"accept-language": "en"}
    )

    assert words in str(response.context["form"].errors[field])
    assert response.context["form"][field].value() == written
    assert not history(student).exists()


def test_a_correction_touches_no_field_of_the_university(student_client, student):
    student_client.post(
        reverse("my_residence"), RESIDENCE | {"credits_earned": "124", "level": "doctor"}
    )

    student.refresh_from_db()
    assert (student.credits_earned, student.level) == (None, "undergrad")


def test_a_student_keeps_the_list_of_her_jobs(student_client, student):
    student_client.post(reverse("job_new"), JOB)
    job = student.jobs.get()
    student_client.post(reverse("job_edit", args=[job.pk]), JOB | {"weekly_hours": "１０"})
    student_client.post(reverse("job_end", args=[job.pk]))

    job.refresh_from_db()
    assert (job.name, job.weekly_hours, job.ends_on) == ("Cafe", 10, TODAY)
    events = list(reversed(history(job)))
    assert [event.verb for event in events] == ["added", "changed", "changed"]
    assert events[1].before == {"weekly_hours": "12.50"}
    assert events[1].after == {"weekly_hours": "10"}
    assert events[2].after == {"ends_on": str(TODAY)}
    assert {event.about for event in events} == {student.user}


@pytest.mark.parametrize(
    ("field", "written", "words"),
    [
        ("weekly_hours", "169", "one number from 0 to 168"),
        ("weekly_hours", "-1", "one number from 0 to 168"),
        ("weekly_hours", "12.555", "one number from 0 to 168"),
        ("weekly_hours", "NaN", "one number from 0 to 168"),
        ("weekly_hours", "many", "one number from 0 to 168"),
        ("ends_on", "2026-09-30", "The last day is before the first day."),
        ("name", "x" * 10_000, "at most 200 characters"),
        ("name", "", "required"),
    ],
)
def test_a_wrong_job_is_refused_beside_the_field(student_client, student, field, written, words):
    response = student_client.post(
        reverse("job_new"), JOB | {field: written}, headers={"accept-language": "en"}
    )

    assert words in str(response.context["form"].errors[field])
    assert not Job.objects.exists()


def test_the_name_of_a_job_is_shown_as_text(student_client, student):
    name = "<script>alert(1)</script> ☕ مقهى"
    student_client.post(reverse("job_new"), JOB | {"name": name})

    page = shown(student_client.get(reverse("my_record")))

    assert "&lt;script&gt;alert(1)&lt;/script&gt; ☕ مقهى" in page


def test_the_job_of_another_student_does_not_exist(student_client, student):
    job = make_student().jobs.create(name="Elsewhere", weekly_hours=5)

    answers = {
        student_client.post(reverse(name, args=[job.pk]), JOB).status_code
        for name in ("job_edit", "job_end")
    }

    job.refresh_from_db()
    assert answers == {404}
    assert (job.name, job.ends_on) == ("Elsewhere", None)


def test_a_job_ended_twice_ends_on_the_first_day(student, frozen_moment):
    job = student.jobs.create(name="Cafe", weekly_hours=5)
    workflow.end_job(job, TODAY, by=student.user)

    workflow.end_job(job, TODAY + timedelta(days=1), by=student.user)

    job.refresh_from_db()
    assert job.ends_on == TODAY
    assert history(job).count() == 1


def viewer(role, student):
    return make_user(roles=[role], approves_for=[student.faculty] if role == "approver" else [])


@pytest.fixture
def known_student(db):
    student = make_student(
        name_in_passport="NGUYEN THI HOA",
        status_of_residence="DEPENDENT",
        residence_expires_on=date(2029, 1, 31),
        credits_earned=71,
        credits_required=124,
    )
    student.jobs.create(name="Cafe Oak", weekly_hours=12)
    workflow.note_opening(student, by=make_user(roles=["reviewer"], name_romaji="EARLIER Reader"))
    return student


@pytest.mark.parametrize(
    ("role", "secrets"),
    [
        ("advisor", set()),
        ("reviewer", {"Dependent", "31 Jan 2029", "NGUYEN THI HOA", "Cafe Oak", "EARLIER Reader"}),
        ("approver", set()),
        ("administrator", {"EARLIER Reader"}),
    ],
)
def test_the_page_of_a_student_shows_each_reader_what_the_table_allows(
    client, known_student, role, secrets
):
    client.force_login(viewer(role, known_student))

    page = shown(
        client.get(
            reverse("student_detail", args=[known_student.pk]), headers={"accept-language": "en"}
        )
    )

    private = {"Dependent", "31 Jan 2029", "NGUYEN THI HOA", "Cafe Oak", "EARLIER Reader"}
    assert {text for text in private if text in page} == secrets
    assert known_student.student_no in page
    assert "71 of 124" in page


def test_a_student_of_another_faculty_does_not_exist_for_an_approver(client, student):
    client.force_login(make_user(roles=["approver"], approves_for=[make_faculty()]))

    assert client.get(reverse("student_detail", args=[student.pk])).status_code == 404
    assert not Event.objects.filter(verb="opened").exists()


def test_students_find_no_pages_of_students(student_client):
    other = make_student()

    assert student_client.get(reverse("student_list")).status_code == 403
    assert student_client.get(reverse("student_detail", args=[other.pk])).status_code == 403


def test_who_opened_a_record_is_remembered_once_an_hour(signed_in, student, frozen_moment):
    client = signed_in("advisor")
    address = reverse("student_detail", args=[student.pk])

    for minutes in (0, 59, 2):
        frozen_moment.shift(timedelta(minutes=minutes))
        client.get(address)

    events = workflow.openings_of(student)
    assert [event.actor for event in events] == [client.user, client.user]


def test_only_looking_counts_as_opening_a_record(student, person):
    """A gate, a case or a step that somebody opens is a deed."""
    reader = person("reviewer")
    for verb in ("opened the next step", "case opened", "gate opened", "opened", "opened file"):
        log.append(verb, student, actor=reader, about=student.user)

    assert {event.verb for event in workflow.openings_of(student)} == {"opened", "opened file"}


def test_the_student_reads_who_opened_her_record(client, student):
    reader = make_user(roles=["advisor"], name_romaji="MORI KEIKO", title_en="Adviser")
    workflow.note_opening(student, by=reader)
    client.force_login(student.user)

    page = shown(client.get(reverse("my_record"), headers={"accept-language": "en"}))

    assert "MORI KEIKO" in page
    assert "Adviser" in page


def test_looking_at_her_own_record_is_nothing_to_remember(student_client, student):
    student_client.get(reverse("my_record"))

    assert not workflow.openings_of(student).exists()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("24L10118", True),
        ("24l10", True),
        ("10118", False),
        ("山﨑", True),
        ("山﨑 蒼太", True),
        ("ヤマサキ", True),
        ("やまさき", True),
        ("yamasaki", True),
        ("ﾔﾏｻｷ", True),
        ("山﨑 花子", False),
        ("%", False),
    ],
)
def test_staff_find_a_student_by_number_name_or_reading(signed_in, words, found):
    names = {"family_name": "山﨑", "given_name": "蒼太", "name_kana": "ヤマサキ ソウタ"}
    user = make_user(roles=["student"], name_romaji="YAMASAKI SOTA", **names)
    wanted = make_student(user=user, student_no="24L10118")
    make_student()
    client = signed_in("advisor")

    page = client.post(reverse("student_list"), {"words": words}, follow=True)

    assert list(page.context["page_obj"]) == ([wanted] if found else [])


def test_what_was_searched_for_is_in_no_address(signed_in):
    make_student()
    client = signed_in("advisor")

    response = client.post(reverse("student_list"), {"words": "山田"})
    page = shown(client.get(response.url))

    assert response.url == reverse("student_list")
    assert "?" not in response.url
    assert 'value="山田"' in page


def test_the_search_can_be_undone(signed_in):
    make_student()
    client = signed_in("advisor")
    client.post(reverse("student_list"), {"words": "nobody"})

    page = client.post(reverse("student_list"), {"words": "nobody", "clear": "1"}, follow=True)

    assert len(page.context["page_obj"]) == 1


def test_the_list_costs_the_same_for_many_students(signed_in, assert_same_queries):
    client = signed_in("advisor")

    assert_same_queries(lambda: client.get(reverse("student_list")), make_student, at_most=6)
