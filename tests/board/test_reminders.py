"""Letters before something saved closes: once each, and only while they help."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from careers.desk import letters
from careers.desk.models import Letter
from internships.board.following.models import Bookmark, LetterChoices, Told
from internships.board.following.reminders import write_reminders
from tests.credits.rows import make_credit
from tests.factories import NOW, make_placement, make_posting, make_student

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def save(student, **posting):
    posting = make_posting(**{"closes_at": NOW + 10 * DAY} | posting)
    return Bookmark.objects.create(student=student, posting=posting, saved_at=NOW - 5 * DAY)


def written():
    return Letter.objects.filter(kind="saved_closing").count()


@pytest.mark.parametrize(
    ("left", "letters_due"),
    [
        (3 * DAY + SECOND, 0),
        (3 * DAY, 1),
        (DAY + SECOND, 1),
        (DAY, 1),
        (SECOND, 1),
        (timedelta(0), 0),
    ],
    ids=str,
)
def test_a_letter_is_due_from_its_moment_until_the_next_one(student, left, letters_due):
    bookmark = save(student)

    assert write_reminders(bookmark.posting.closes_at - left) == letters_due
    assert Told.objects.count() == letters_due  # where two moments meet it is told once


def test_each_moment_is_told_once_however_often_the_command_runs(student):
    closes_at = save(student).posting.closes_at

    at = (closes_at - left for left in (3 * DAY, 3 * DAY, 2 * DAY, DAY, DAY, SECOND))
    counts = [write_reminders(moment) for moment in at]

    assert counts == [1, 0, 0, 1, 0, 0]
    assert written() == 2


def test_a_deadline_that_was_moved_is_told_anew(student):
    posting = save(student).posting
    write_reminders(posting.closes_at - DAY)

    posting.closes_at += 20 * DAY
    posting.save()

    assert write_reminders(posting.closes_at - DAY) == 1


def test_what_closes_together_stands_in_one_letter(student):
    for _n in range(3):
        save(student)

    assert write_reminders(NOW + 9 * DAY) == 1
    letters.send_due(NOW + 9 * DAY)

    refs = [bookmark.posting.ref for bookmark in student.bookmarks.all()]
    assert all(ref in mail.outbox[0].body for ref in refs)


def take_away(bookmark):
    bookmark.delete()


def close(bookmark):
    posting = bookmark.posting
    posting.state, posting.withdrawn_at = "withdrawn", NOW
    posting.save()


def stop_the_host(bookmark):
    organisation = bookmark.posting.organisation
    organisation.flag, organisation.flag_staff = "stop", "Unpaid wages."
    organisation.save()


def switch_off(bookmark):
    LetterChoices.objects.create(student=bookmark.student, deadlines=False)


def plan(bookmark):
    make_placement(student=bookmark.student, posting=bookmark.posting)


def ask_for_credit(bookmark):
    make_credit(student=bookmark.student, posting=bookmark.posting, placement=None)


def deactivate(bookmark):
    bookmark.student.user.is_active = False
    bookmark.student.user.save()


def leave(bookmark):
    bookmark.student.enrolment = "withdrawn"
    bookmark.student.save()


def save_late(bookmark):
    bookmark.saved_at = bookmark.posting.closes_at - DAY + SECOND
    bookmark.save()


@pytest.mark.parametrize(
    "change",
    [
        take_away,
        close,
        stop_the_host,
        switch_off,
        plan,
        ask_for_credit,
        deactivate,
        leave,
        save_late,
    ],
)
def test_no_letter_goes_out_where_it_does_not_help(student, change):
    bookmark = save(student)
    other = save(make_student())

    change(bookmark)
    count = write_reminders(NOW + 9 * DAY)

    assert count == 1
    assert Letter.objects.get().to_user == other.student.user


def test_a_cancelled_placement_does_not_stop_the_letter(student):
    bookmark = save(student)
    make_placement(student=student, posting=bookmark.posting, state="cancelled")

    assert write_reminders(NOW + 9 * DAY) == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Closes Wed 2 Dec 2026, 12:00"), ("ja", "12月2日")],
)
def test_the_letter_is_written_in_the_readers_language(student, settings, language, said):
    student.user.language = language
    student.user.save()
    bookmark = save(student)

    write_reminders(NOW + 9 * DAY)
    letters.send_due(NOW + 9 * DAY)

    body = mail.outbox[0].body
    title = bookmark.posting.title_ja if language == "ja" else bookmark.posting.title_en
    assert title in body
    assert said in body
    assert f"{settings.SITE_ADDRESS}{bookmark.posting.get_absolute_url()}" in body


def test_nobody_of_the_office_may_read_the_letter(student, person):
    save(student)
    write_reminders(NOW + 9 * DAY)

    letter = Letter.objects.get()

    assert letters.may_read(student.user, letter)
    roles = ("advisor", "reviewer", "approver", "administrator")
    assert not any(letters.may_read(person(role), letter) for role in roles)


def test_the_database_says_nothing_twice(student):
    posting = make_posting()
    values = {"student": student, "posting": posting}
    for more in ({"what": "new"}, {"what": "1_day", "closes_at": NOW}):
        Told.objects.create(**values, **more)

        with pytest.raises(IntegrityError, match="told_once"), transaction.atomic():
            Told.objects.create(**values, **more)


def test_a_run_that_breaks_off_loses_nothing(student, monkeypatch):
    save(student)

    def killed(*_args, **_fields):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(letters, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            write_reminders(NOW + 9 * DAY)

    assert not Told.objects.exists()
    assert write_reminders(NOW + 9 * DAY) == 1


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once_write_one_letter(student, caplog):
    save(student)
    LetterChoices.objects.create(student=student)
    together, counts = Barrier(2), []

    def run():
        together.wait()
        counts.append(write_reminders(NOW + 9 * DAY))
        connection.close()

    threads = [Thread(target=run) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sorted(counts), written()) == ([0, 1], 1)
    assert not caplog.records  # the second one waited, and was not refused by the database


def test_the_command_says_what_it_wrote(student, frozen_moment, capsys):
    save(student)
    frozen_moment.move_to(NOW + 9 * DAY)

    call_command("write_alerts")

    assert "1 reminders" in capsys.readouterr().out
