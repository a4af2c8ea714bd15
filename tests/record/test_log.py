"""The event log: appended with the deed, never changed, read newest first."""

import ast
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from careers.people.models import OfficeSettings, Student, StudentEvent
from careers.record import log
from careers.record.models import Event
from careers.record.redaction import redact
from careers.record.words import VERBS
from tests.factories import NOW, TODAY, make_student, make_user


@pytest.fixture
def event(db):
    return log.append("changed", make_user(), actor=make_user(), before={"a": 1}, after={"a": 2})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_event SET verb = 'nothing'",
        "DELETE FROM record_event",
    ],
)
def test_the_database_refuses_to_change_the_log(event, statement):
    with pytest.raises(DatabaseError, match="update or delete"), transaction.atomic():
        connection.cursor().execute(statement)

    assert Event.objects.get() == event


def test_the_database_refuses_to_empty_the_log(event):
    """Tests with a live server empty every table, so the suite lifts this ban; here it is on."""
    cursor = connection.cursor()
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("ALTER TABLE record_event ENABLE TRIGGER USER")

    with pytest.raises(DatabaseError, match="cannot be emptied"), transaction.atomic():
        cursor.execute("TRUNCATE record_event CASCADE")


def test_rows_of_the_log_refuse_it_in_python_too(event):
    event.verb = "nothing"

    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


@pytest.mark.django_db(transaction=True)
def test_a_deed_outside_a_transaction_is_not_logged():
    with pytest.raises(transaction.TransactionManagementError):
        log.append("changed", make_user(), actor=None)

    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_fails_leaves_no_event():
    person = make_user()

    with pytest.raises(RuntimeError), transaction.atomic():
        log.append("changed", person, actor=None)
        raise RuntimeError

    assert not Event.objects.exists()


def test_history_gives_the_events_of_one_object_newest_first(db, frozen_moment):
    student, other = make_student(), make_student()
    first = log.append("added", student, actor=student.user)
    log.append("added", other, actor=None)
    frozen_moment.shift(timedelta(seconds=1))
    second = log.append("changed", student, actor=None)

    assert list(log.history(student)) == [second, first]
    assert first.at == NOW


def test_dates_and_decimals_are_written_as_text(db):
    event = log.append("changed", make_user(), actor=None, after={"h": Decimal("1.5"), "d": TODAY})

    event.refresh_from_db()

    assert event.after == {"h": "1.5", "d": "2026-11-22"}


def test_a_person_in_the_log_cannot_be_deleted(event):
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("DELETE FROM people_user WHERE id = %s", [event.actor_id])
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_administrator_redacts_words_and_the_log_says_so(event):
    administrator = make_user(roles=["administrator"])

    count = redact(Event.objects.all(), actor=administrator, reason="Asked by the student")

    event.refresh_from_db()
    assert count == 1
    assert (event.verb, event.before, event.after, event.reason) == ("changed", None, None, "")
    assert event.actor is not None
    told = Event.objects.get(verb="redacted")
    assert (told.actor, told.reason) == (administrator, "Asked by the student")
    assert told.after["events"] == [event.pk]


def test_the_history_of_fields_goes_with_the_words_of_the_log(db):
    administrator = make_user(roles=["administrator"])
    student, other = make_student(nationality="VN"), make_student(nationality="NP")
    Student.objects.filter(pk=student.pk).update(nationality="KR")
    changed = log.append(
        "changed",
        student,
        actor=administrator,
        before={"nationality": "VN"},
        after={"nationality": "KR"},
    )
    StudentEvent.objects.update(pgh_created_at=NOW)
    held = StudentEvent.objects.filter(pgh_obj_id=student.pk)
    assert {row.nationality for row in held} == {"VN", "KR"}

    redact(Event.objects.filter(pk=changed.pk), actor=administrator, reason="Asked by the student")

    assert not held.all().exists()
    assert StudentEvent.objects.filter(pgh_obj_id=other.pk).exists()
    student.refresh_from_db()
    assert student.nationality == "KR"
    assert Event.objects.get(verb="redacted").after["field_history"] == 2


def test_what_was_written_after_the_redacted_deed_keeps_its_history(db):
    administrator = make_user(roles=["administrator"])
    student = make_student(nationality="VN")
    early = log.append("changed", student, actor=administrator, after={"nationality": "VN"})
    StudentEvent.objects.update(pgh_created_at=NOW + timedelta(days=1))

    redact(Event.objects.filter(pk=early.pk), actor=administrator, reason="Asked")

    assert StudentEvent.objects.filter(pgh_obj_id=student.pk).exists()


def test_redacting_again_finds_nothing_and_leaves_the_redaction_alone(event):
    administrator = make_user(roles=["administrator"])
    redact(Event.objects.all(), actor=administrator, reason="Asked by the student")

    assert redact(Event.objects.all(), actor=administrator, reason="Once more") == 0
    assert Event.objects.filter(verb="redacted").count() == 1


def test_after_a_redaction_the_log_is_closed_again(event):
    redact(Event.objects.all(), actor=make_user(roles=["administrator"]), reason="Asked")

    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.update(verb="nothing")


@pytest.mark.parametrize("role", ["student", "advisor", "reviewer", "approver"])
def test_nobody_else_redacts(event, role):
    with pytest.raises(PermissionDenied):
        redact(Event.objects.all(), actor=make_user(roles=[role]), reason="Please")


def test_a_redaction_needs_a_reason(event):
    with pytest.raises(ValidationError):
        redact(Event.objects.all(), actor=make_user(roles=["administrator"]), reason="  ")


def test_beneath_the_log_each_field_keeps_its_history(db):
    student = make_student(status_of_residence="UNKNOWN")
    Student.objects.update(status_of_residence="STUDENT")
    student.user.roles = ["student", "advisor"]
    student.user.save()
    OfficeSettings.load()
    OfficeSettings.objects.update(bureau_lead_days=90)

    from careers.people import models

    statuses = models.StudentEvent.objects.order_by("pgh_id")
    assert [row.status_of_residence for row in statuses] == ["UNKNOWN", "STUDENT"]
    assert models.UserEvent.objects.order_by("-pgh_id").first().roles == ["student", "advisor"]
    assert models.OfficeSettingsEvent.objects.order_by("-pgh_id").first().bureau_lead_days == 90


def test_the_history_of_fields_holds_no_password(db):
    from careers.people.models import UserEvent

    names = {field.name for field in UserEvent._meta.fields}

    assert not {"password", "last_login"} & names


def appended_verbs():
    """Read every `log.append(...)` of the site for the words it may write."""
    for folder in ("careers", "internships"):
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "log.append":
                    yield from (
                        part.value
                        for part in ast.walk(node.args[0] if node.args else node.keywords[0].value)
                        if isinstance(part, ast.Constant)
                    )


def test_every_verb_of_the_log_has_words_for_people():
    assert set(appended_verbs()) <= set(VERBS)
