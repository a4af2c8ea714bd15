"""Digests: one letter a day at most, with its caps; nothing twice, nothing lost."""

import os
import signal
from datetime import datetime, timedelta
from itertools import count
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from careers.desk import letters
from careers.desk.models import Letter
from internships.board.following import digest, searches
from internships.board.following.digest import daily_hour, weekly_hour, write_digests
from internships.board.following.models import LetterChoices, SavedSearch, Told
from tests.factories import (
    NOW,
    TOKYO,
    make_organisation,
    make_placement,
    make_posting,
    make_student,
)

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
# NOW is a Sunday at noon.
MONDAY = datetime(2026, 11, 23, 7, tzinfo=TOKYO)


@pytest.fixture
def saved(student):
    return make_search(student)


def make_search(student, **fields):
    defaults = {"name": "Paid ones", "query": "pay=paid", "letters": "daily"}
    times = {"news_from": NOW - DAY, "looked_at": NOW}
    return SavedSearch.objects.create(student=student, **defaults | times | fields)


def make_new(**fields):
    defaults = {"pay_kind": "wage", "opens_at": NOW, "closes_at": NOW + 60 * DAY}
    return make_posting(**defaults | fields)


def named():
    """The postings that have stood in a letter, oldest letter first."""
    told = Told.objects.filter(what="new").order_by("told_at", "posting__closes_at", "posting")
    return [each.posting for each in told.select_related("posting")]


@pytest.mark.parametrize(
    ("at", "daily", "weekly"),
    [
        (MONDAY - SECOND, MONDAY - DAY, MONDAY - 7 * DAY),
        (MONDAY, MONDAY, MONDAY),
        (MONDAY + DAY, MONDAY + DAY, MONDAY),
        (MONDAY + 7 * DAY - SECOND, MONDAY + 6 * DAY, MONDAY),
    ],
)
def test_letters_are_due_at_seven_and_on_mondays(at, daily, weekly):
    assert (daily_hour(at), weekly_hour(at)) == (daily, weekly)


@pytest.mark.parametrize(
    ("how_often", "at", "written"),
    [
        ("daily", MONDAY - SECOND, 0),
        ("daily", MONDAY, 1),
        ("weekly", MONDAY - SECOND, 0),
        ("weekly", MONDAY, 1),
        ("none", MONDAY, 0),
    ],
)
def test_a_letter_goes_out_at_its_hour(student, how_often, at, written):
    make_search(student, letters=how_often)
    make_new()

    assert write_digests(at) == written


def test_a_weekly_letter_does_not_come_on_other_days(student):
    make_search(student, letters="weekly")
    write_digests(MONDAY)
    make_new(opens_at=MONDAY + DAY)

    assert [write_digests(MONDAY + n * DAY) for n in (1, 2, 6, 7)] == [0, 0, 0, 1]


def test_a_search_made_daily_at_noon_brings_no_second_letter_that_day(student, saved):
    weekly = make_search(student, name="Unpaid", query="pay=unpaid", letters="weekly")
    write_digests(MONDAY)
    news = [make_new(opens_at=MONDAY + SECOND, pay_kind=kind) for kind in ("wage", "none")]
    write_digests(MONDAY + DAY)
    searches.change(weekly, name="Unpaid", letters="daily")

    noon, next_day = MONDAY + 1.2 * DAY, MONDAY + 2 * DAY

    assert [write_digests(at) for at in (noon, next_day)] == [0, 1]
    assert named() == news


def test_a_run_again_sends_nothing_twice(saved):
    make_new()

    counts = [write_digests(MONDAY + minutes * timedelta(minutes=1)) for minutes in (0, 0, 1, 600)]
    letters.send_due(MONDAY + DAY)
    letters.send_due(MONDAY + DAY)

    assert counts == [1, 0, 0, 0]
    assert len(mail.outbox) == 1


def test_no_letter_where_nothing_is_new(saved):
    make_new(opens_at=saved.news_from)
    make_new(pay_kind="none")
    make_new(opens_at=MONDAY + SECOND)
    make_new(closes_at=MONDAY)
    make_new(state="draft")

    assert write_digests(MONDAY) == 0
    assert not Letter.objects.exists()


def test_what_an_import_dates_back_is_new_all_the_same(saved):
    posting = make_new(opens_at=NOW - 30 * DAY, published_at=NOW)

    write_digests(MONDAY)

    assert named() == [posting]


def test_a_posting_is_named_once_though_two_searches_find_it(student, saved):
    make_search(student, name="All of them", query="")
    posting = make_new()

    write_digests(MONDAY)
    write_digests(MONDAY + DAY)

    assert named() == [posting]
    assert Letter.objects.count() == 1


def test_ten_at_most_and_the_others_come_the_next_days(saved):
    postings = [make_new(closes_at=NOW + (30 + n) * DAY) for n in range(23)]

    sizes = []
    for day in range(4):
        before = len(named())
        write_digests(MONDAY + day * DAY)
        sizes.append(len(named()) - before)

    assert sizes == [10, 10, 3, 0]
    assert named() == postings


def test_two_of_one_organisation_at_most(saved):
    organisation = make_organisation()
    theirs = [make_new(organisation=organisation) for _n in range(5)]
    other = make_new()

    write_digests(MONDAY)
    first = named()
    write_digests(MONDAY + DAY)

    assert set(first) == {*theirs[:2], other}
    assert set(named()) == {*theirs[:4], other}


def test_the_caps_hold_for_all_her_searches_together(student, saved):
    make_search(student, name="All of them", query="")
    organisation = make_organisation()
    for pay_kind in ("wage", "wage", "none", "none"):
        make_new(organisation=organisation, pay_kind=pay_kind)
    for n in range(12):
        make_new(pay_kind="wage" if n % 2 else "none")

    write_digests(MONDAY)

    theirs = [posting for posting in named() if posting.organisation == organisation]
    assert (len(named()), len(theirs), Letter.objects.count()) == (10, 2, 1)


def test_what_she_has_asked_for_is_no_news(student, saved):
    make_placement(student=student, posting=make_new())

    assert write_digests(MONDAY) == 0


def test_where_no_applications_are_taken_is_no_news_until_they_are(saved):
    organisation = make_organisation(flag="stop", flag_staff="Unpaid wages.")
    posting = make_new(organisation=organisation)

    assert write_digests(MONDAY) == 0

    organisation.flag = organisation.flag_staff = ""
    organisation.save()
    assert write_digests(MONDAY + DAY) == 1
    assert named() == [posting]


def test_filters_that_are_hers_alone_count_in_her_letters(student):
    make_search(student, query="mine=no-permission")
    unpaid = make_new(pay_kind="none", weekly_hours=10, starts_on=(NOW + 90 * DAY).date())
    make_new(pay_kind="wage", weekly_hours=35, starts_on=(NOW + 90 * DAY).date())

    write_digests(MONDAY)

    assert named() == [unpaid]


@pytest.mark.parametrize(
    ("language", "title", "says"),
    [
        ("en", "title_en", "These have come on the board"),
        ("ja", "title_ja", "掲示板に"),
    ],
)
def test_the_letter_is_written_in_the_readers_language(student, saved, language, title, says):
    student.user.language = language
    student.user.save()
    posting = make_new()

    write_digests(MONDAY)
    letters.send_due(MONDAY)

    body = mail.outbox[0].body
    assert says in body
    assert getattr(posting, title) in body
    assert "[Paid ones]" in body


def test_nobody_of_the_office_may_read_the_letter(student, saved, person):
    make_new()
    write_digests(MONDAY)

    letter = Letter.objects.get()

    assert letters.may_read(student.user, letter)
    roles = ("advisor", "reviewer", "approver", "administrator")
    assert not any(letters.may_read(person(role), letter) for role in roles)


def test_one_click_in_the_mail_program_stops_them(student, saved, settings):
    make_new()
    write_digests(MONDAY)
    letters.send_due(MONDAY)
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")

    program = Client(enforce_csrf_checks=True)
    path = address.removeprefix(settings.SITE_ADDRESS)
    answer = program.post(path, {"List-Unsubscribe": "One-Click"})

    make_new(opens_at=MONDAY + SECOND)
    assert answer.status_code == 200
    assert write_digests(MONDAY + DAY) == 0
    saved.refresh_from_db()
    assert saved.letters == "none"


def test_who_has_left_gets_no_letters(student, saved):
    make_new()
    student.enrolment = "withdrawn"
    student.save()

    assert write_digests(MONDAY) == 0


def test_a_run_that_breaks_off_loses_nothing(saved, monkeypatch):
    posting = make_new()

    def killed(*_args, **_fields):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(digest.letters, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            write_digests(MONDAY)

    assert not Told.objects.exists()
    assert write_digests(MONDAY) == 1
    assert named() == [posting]


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_the_middle_leaves_nothing_half_done():
    """A real process with its own connection, gone without a word while it writes a letter."""
    students = [make_student() for _n in range(3)]
    for each in students:
        make_search(each)
    postings = [make_new() for _n in range(4)]

    killed_at_letter(2)
    after_the_kill = letters_and_words()
    counts = [write_digests(MONDAY + n * DAY) for n in range(2)]

    assert after_the_kill == (1, len(postings))
    assert counts == [2, 0]
    assert letters_and_words() == (3, 3 * len(postings))


def letters_and_words():
    return Letter.objects.count(), Told.objects.count()


def killed_at_letter(number):
    process = os.fork()
    if process:
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
        return
    try:
        connection.connection = None  # the parent's; this process opens its own
        write, made = letters.write, count(1)

        def write_or_die(*args, **fields):
            if next(made) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return write(*args, **fields)

        digest.letters.write = write_or_die
        write_digests(MONDAY)
    finally:
        os._exit(1)


def test_what_goes_wrong_with_one_reader_keeps_no_letter_from_the_others(
    saved, student, monkeypatch, caplog
):
    make_search(make_student())
    make_new()
    write = letters.write

    def refuse_one(kind, to, *about, **fields):
        if to == student.user:
            raise ValueError("something of hers is wrong")
        return write(kind, to, *about, **fields)

    monkeypatch.setattr(digest.letters, "write", refuse_one)

    assert write_digests(MONDAY) == 1
    assert Letter.objects.get().to_user != student.user
    assert not Told.objects.filter(student=student).exists()
    assert "the letter of one student could not be written" in caplog.text


def test_a_day_without_a_run_loses_nothing(saved):
    postings = [make_new(opens_at=NOW), make_new(opens_at=MONDAY + DAY)]

    write_digests(MONDAY + 2 * DAY)

    assert set(named()) == set(postings)


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once_write_one_letter(student, caplog):
    make_search(student)
    LetterChoices.objects.create(student=student)
    make_new()
    together, counts = Barrier(2), []

    def run():
        together.wait()
        counts.append(write_digests(MONDAY))
        connection.close()

    threads = [Thread(target=run) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sorted(counts), Letter.objects.count()) == ([0, 1], 1)
    assert not caplog.records  # the second one waited, and was not refused by the database


def test_the_letter_leads_to_her_searches(student, saved, client):
    make_new()
    write_digests(MONDAY)
    letters.send_due(MONDAY)

    assert reverse("search_list") in mail.outbox[0].body
