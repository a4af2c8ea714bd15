"""The administrators' pages: people, students, calendar, settings, and the log they leave."""

import pytest
from django.core import mail
from django.urls import reverse

from careers.people.models import CalendarPeriod, Faculty, OfficeSettings, User
from careers.record import log
from careers.record.log import history
from careers.record.models import Event
from tests.factories import make_faculty, make_student, make_user

ENGLISH = {"accept-language": "en"}
PERSON = {
    "email": "new@example.ac.jp",
    "language": "en",
    "family_name": "森",
    "given_name": "恵子",
    "name_kana": "",
    "name_romaji": "MORI KEIKO",
    "title_ja": "",
    "title_en": "",
    "roles": ["advisor", "reviewer"],
    "is_active": "on",
}
MODELS = ["user", "student", "faculty", "calendarperiod", "officesettings"]


@pytest.fixture
def administrator(client, db):
    client.user = make_user(roles=["administrator"])
    client.force_login(client.user)
    return client


def person_fields(user, **changes):
    fields = {name: getattr(user, name) for name in PERSON if name not in ("is_active",)}
    return fields | {"is_active": "on", "approves_for": []} | changes


@pytest.mark.parametrize(
    ("role", "opened"),
    [
        ("student", set()),
        ("advisor", set()),
        ("reviewer", {"student"}),
        ("approver", set()),
        ("administrator", set(MODELS)),
    ],
)
def test_each_role_finds_in_the_admin_what_the_table_says(signed_in, role, opened):
    client = signed_in(role)

    answers = {
        model: client.get(reverse(f"admin:people_{model}_changelist"), follow=True).status_code
        for model in MODELS
    }

    assert {model for model, answer in answers.items() if answer == 200} == opened


def test_the_admin_has_no_sign_in_page_of_its_own(client, db):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_a_person_added_is_invited_and_logged(administrator):
    response = administrator.post(reverse("admin:people_user_add"), PERSON)

    person = User.objects.get(email="new@example.ac.jp")
    assert response.status_code == 302
    assert person.roles == ["advisor", "reviewer"]
    assert not person.has_usable_password()
    assert [letter.to for letter in mail.outbox] == [["new@example.ac.jp"]]
    events = {event.verb: event for event in history(person)}
    assert set(events) == {"added", "invited"}
    assert events["added"].after["roles"] == ["advisor", "reviewer"]
    assert events["added"].actor == administrator.user


def test_where_the_letter_cannot_be_sent_the_person_stays_and_it_is_said(administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1

    response = administrator.post(
        reverse("admin:people_user_add"), PERSON, follow=True, headers=ENGLISH
    )

    person = User.objects.get(email="new@example.ac.jp")
    assert "could not be sent" in response.content.decode()
    assert person.invited_at is None
    assert [event.verb for event in history(person)] == ["added"]


def test_people_are_invited_again_by_a_bulk_action(administrator):
    people = [make_user(roles=["advisor"]) for _ in range(2)]
    gone = make_user(roles=["advisor"], is_active=False)

    response = administrator.post(
        reverse("admin:people_user_changelist"),
        {"action": "invite_again", "_selected_action": [one.pk for one in [*people, gone]]},
        follow=True,
        headers=ENGLISH,
    )

    page = response.content.decode()
    assert "2 letters were sent." in page
    assert "may not sign in" in page
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"email": "TAKEN@example.ac.jp"}, "email", "There is a person with this address"),
        ({"email": "nothing"}, "email", "valid email"),
        ({"roles": ["king"]}, "roles", "not one of the available"),
        ({"roles": ["approver"]}, "approves_for", "Choose the faculties"),
    ],
)
def test_a_wrong_person_is_refused_beside_the_field(administrator, changes, field, words):
    make_user(email="taken@example.ac.jp")

    response = administrator.post(
        reverse("admin:people_user_add"), PERSON | changes, headers=ENGLISH
    )

    form = response.context["adminform"].form
    assert words in str(form.errors[field])
    assert not mail.outbox


def test_a_change_of_rights_is_logged_with_before_and_after(administrator):
    engineering, science = make_faculty(), make_faculty()
    person = make_user(roles=["approver"], approves_for=[engineering])

    administrator.post(
        reverse("admin:people_user_change", args=[person.pk]),
        person_fields(person, roles=["approver", "advisor"], approves_for=[science.pk]),
    )

    event = history(person).get()
    assert event.before == {"roles": ["approver"], "approves_for": [engineering.pk]}
    assert event.after == {"roles": ["advisor", "approver"], "approves_for": [science.pk]}


def test_saving_without_a_change_leaves_no_event(administrator):
    person = make_user(roles=["advisor"])

    administrator.post(reverse("admin:people_user_change", args=[person.pk]), person_fields(person))

    assert not history(person).exists()


@pytest.mark.parametrize("changes", [{"roles": ["advisor"]}, {"is_active": ""}])
def test_an_administrator_does_not_lock_herself_out(administrator, changes):
    me = administrator.user

    response = administrator.post(
        reverse("admin:people_user_change", args=[me.pk]),
        person_fields(me, **changes),
        headers=ENGLISH,
    )

    assert "Ask a colleague" in response.content.decode()
    me.refresh_from_db()
    assert me.is_active
    assert me.roles == ["administrator"]


def test_a_person_is_deactivated_not_deleted(administrator):
    person = make_user(roles=["advisor"])

    administrator.post(
        reverse("admin:people_user_change", args=[person.pk]),
        person_fields(person, is_active=""),
    )
    deleted = administrator.post(reverse("admin:people_user_delete", args=[person.pk]))

    person.refresh_from_db()
    assert not person.is_active
    assert deleted.status_code == 403


@pytest.fixture
def known_student(db):
    return make_student(name_in_passport="NGUYEN THI HOA", status_of_residence="DEPENDENT")


@pytest.mark.parametrize(("role", "sees"), [("administrator", False), ("reviewer", True)])
def test_residence_is_in_the_admin_for_reviewers_alone(signed_in, known_student, role, sees):
    client = signed_in(role)

    page = client.get(
        reverse("admin:people_student_change", args=[known_student.pk]), headers=ENGLISH
    ).content.decode()

    assert known_student.student_no in page
    assert ("NGUYEN THI HOA" in page) is sees
    assert ("Dependent" in page) is sees


def test_a_status_cannot_be_guessed_by_a_filter_in_the_address(administrator, known_student):
    address = reverse("admin:people_student_changelist")

    response = administrator.get(address + "?status_of_residence__exact=DEPENDENT")

    assert response.status_code == 400


def test_what_a_reader_may_not_open_stands_as_words_and_not_as_a_link(signed_in, known_student):
    own = reverse("admin:people_student_change", args=[known_student.pk])
    person = reverse("admin:people_user_change", args=[known_student.user_id])
    faculty = reverse("admin:people_faculty_change", args=[known_student.faculty_id])

    reviewer = signed_in("reviewer").get(own, headers=ENGLISH)
    administrator = signed_in("administrator").get(own, headers=ENGLISH)

    assert str(known_student.user) in reviewer.text
    assert str(known_student.faculty) in reviewer.text
    assert person not in reviewer.text
    assert faculty not in reviewer.text
    assert person in administrator.text


def test_administrators_change_studies_but_never_residence(administrator, known_student):
    fields = {
        "student_no": known_student.student_no,
        "faculty": known_student.faculty_id,
        "level": "master",
        "year": "M1",
        "enrolment": "leave",
        "credits_earned": "10",
        "credits_required": "30",
        "expected_graduation": "2028-03-31",
        "status_of_residence": "PR",
    }

    administrator.post(reverse("admin:people_student_change", args=[known_student.pk]), fields)

    known_student.refresh_from_db()
    assert (known_student.level, known_student.enrolment) == ("master", "leave")
    assert known_student.status_of_residence == "DEPENDENT"
    assert history(known_student).get(verb="changed").about == known_student.user


def test_a_student_record_is_for_a_student(administrator):
    advisor = make_user(roles=["advisor"])

    response = administrator.post(
        reverse("admin:people_student_add"), {"user": advisor.pk}, headers=ENGLISH
    )

    assert "role of a student first" in str(response.context["adminform"].form.errors["user"])


def test_opening_a_student_in_the_admin_is_remembered(administrator, known_student):
    administrator.get(reverse("admin:people_student_change", args=[known_student.pk]))

    assert history(known_student).get().verb == "opened"


def test_changed_settings_show_on_pages_at_once(administrator, client):
    OfficeSettings.load()
    fields = {
        "university_ja": "水楢大学",
        "university_en": "Mizunara University",
        "office_ja": "就職課",
        "office_en": "Placement Desk",
        "prefecture": "26",
        "email": "desk@example.ac.jp",
        "bureau_lead_days": "90",
        "enquiry_answer_days": "3",
        "mixed_week_reading": "safe",
    }

    administrator.post(reverse("admin:people_officesettings_change", args=[1]), fields)

    page = administrator.get(reverse("front"), headers=ENGLISH).content.decode()
    assert "Placement Desk" in page
    event = history(OfficeSettings.load()).get()
    assert (event.before["bureau_lead_days"], event.after["bureau_lead_days"]) == (60, 90)


@pytest.mark.parametrize("days", ["0", "366", "many"])
def test_a_lead_time_out_of_reason_is_refused(administrator, days):
    OfficeSettings.load()

    response = administrator.post(
        reverse("admin:people_officesettings_change", args=[1]), {"bureau_lead_days": days}
    )

    assert response.context["adminform"].form.errors["bureau_lead_days"]
    assert OfficeSettings.load().bureau_lead_days == 60


def test_the_settings_are_one_row_whose_page_is_the_list(administrator):
    response = administrator.get(reverse("admin:people_officesettings_changelist"))

    assert response.url == reverse("admin:people_officesettings_change", args=[1])
    assert administrator.get(reverse("admin:people_officesettings_add")).status_code == 403


def period(**changes):
    fields = {
        "academic_year": "2026",
        "kind": "long_vacation",
        "name_ja": "春季休業",
        "name_en": "Spring vacation",
        "starts_on": "2027-02-09",
        "ends_on": "2027-03-31",
        "note": "",
    }
    return fields | changes


def test_the_calendar_is_kept_in_the_admin_and_logged(administrator):
    administrator.post(reverse("admin:people_calendarperiod_add"), period())
    line = CalendarPeriod.objects.get()
    administrator.post(
        reverse("admin:people_calendarperiod_delete", args=[line.pk]), {"post": "yes"}
    )

    verbs = [event.verb for event in reversed(history(line))]
    assert verbs == ["added", "deleted"]
    assert Event.objects.get(verb="deleted").before["starts_on"] == "2027-02-09"
    assert not CalendarPeriod.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_on": "2027-02-08"}, "The last day is before the first day."),
        ({"academic_year": "2027"}, "academic year 2026"),
        ({"starts_on": "soon"}, "valid date"),
    ],
)
def test_a_wrong_line_of_the_calendar_is_refused(administrator, changes, words):
    response = administrator.post(
        reverse("admin:people_calendarperiod_add"), period(**changes), headers=ENGLISH
    )

    assert words in str(response.context["adminform"].form.errors)
    assert not CalendarPeriod.objects.exists()


def test_a_faculty_with_students_cannot_be_deleted(administrator, known_student):
    address = reverse("admin:people_faculty_delete", args=[known_student.faculty_id])

    administrator.post(address, {"post": "yes"})

    assert Faculty.objects.filter(pk=known_student.faculty_id).exists()
    assert not Event.objects.filter(verb="deleted").exists()


def test_the_event_log_can_only_be_read(administrator):
    event = log.append("changed", make_user(), actor=administrator.user)

    assert administrator.get(reverse("admin:record_event_changelist")).status_code == 200
    answers = [
        administrator.post(reverse("admin:record_event_add")).status_code,
        administrator.post(reverse("admin:record_event_delete", args=[event.pk])).status_code,
        administrator.post(reverse("admin:record_event_change", args=[event.pk])).status_code,
    ]
    assert answers == [403, 403, 403]


def redact_in_admin(client, event, **more):
    return client.post(
        reverse("admin:record_event_changelist"),
        {"action": "redact", "_selected_action": [event.pk], **more},
        headers=ENGLISH,
        follow=True,
    )


def test_words_in_the_log_are_redacted_with_a_reason(administrator):
    event = log.append("changed", make_user(), actor=None, after={"family_name": "森"})

    asked = redact_in_admin(administrator, event)
    refused = redact_in_admin(administrator, event, reason=" ")
    event.refresh_from_db()
    assert event.after == {"family_name": "森"}
    done = redact_in_admin(administrator, event, reason="Asked by the person")

    event.refresh_from_db()
    assert event.after is None
    assert "of 1 entry are emptied for good" in asked.content.decode()
    assert "required" in refused.content.decode()
    assert "1 entry is empty." in done.content.decode()
    assert Event.objects.get(verb="redacted").actor == administrator.user


@pytest.mark.parametrize(
    ("make", "values", "hidden"),
    [
        (make_student, {"status_of_residence": "DEPENDENT"}, True),
        (make_student, {"level": "master"}, False),
        (make_user, {"roles": ["advisor"]}, False),
    ],
)
def test_the_log_strikes_out_what_its_reader_may_not_see(administrator, make, values, hidden):
    event = log.append("corrected", make(), actor=None, before=values, after=values)

    page = administrator.get(reverse("admin:record_event_change", args=[event.pk]))

    [(name, value)] = values.items()
    assert name in page.content.decode()
    written = value if isinstance(value, str) else value[0]
    assert (f"{name}: •••" in page.content.decode()) is hidden
    assert (written in page.content.decode()) is not hidden


def test_the_log_shows_no_values_of_rows_that_are_not_the_administrators(administrator):
    job = make_student().jobs.create(name="Cafe Oak", weekly_hours=5)
    event = log.append("added", job, actor=None, after={"name": "Cafe Oak"})

    page = administrator.get(reverse("admin:record_event_change", args=[event.pk]))

    assert "Cafe Oak" not in page.content.decode()


def test_people_are_searched_without_a_name_in_an_address(administrator):
    wanted = make_user(roles=["advisor"], family_name="石川", name_romaji="ISHIKAWA YUMI")
    make_user(roles=["advisor"])
    address = reverse("admin:people_user_changelist")

    response = administrator.post(address, {"private_search": "石川"})
    page = administrator.get(response.url)

    assert response.url == address
    assert list(page.context["cl"].result_list) == [wanted]
    assert "q=" not in page.content.decode()


def test_a_search_in_the_admin_can_be_undone(administrator):
    address = reverse("admin:people_user_changelist")
    administrator.post(address, {"private_search": "nobody"})

    administrator.post(address, {"private_search": "nobody", "clear": "1"})

    assert len(administrator.get(address).context["cl"].result_list) == 1


def test_students_are_searched_by_number(administrator, known_student):
    make_student()
    address = reverse("admin:people_student_changelist")

    administrator.post(address, {"private_search": known_student.student_no})

    assert list(administrator.get(address).context["cl"].result_list) == [known_student]


def test_the_words_beside_a_persons_fields_are_a_persons(administrator):
    address = reverse("admin:people_user_add")

    page = administrator.get(address, headers={"accept-language": "ja"}).content.decode()

    assert "件名" not in page and "名称" not in page  # those are a posting's, an organisation's
