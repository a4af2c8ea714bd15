"""The sample university, built as of its own day and of later ones."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override

from careers.people.models import CalendarPeriod, Student, User
from careers.record.models import Event
from internships.board.models import Posting
from internships.office.demo import build
from internships.office.demo.clock import SAMPLE_DAY, shift_to
from internships.office.models import DemoClock
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def build_later(clock, days):
    clock.shift(timedelta(days=days))
    build.build(timezone.localdate(), lambda line: None)


@pytest.mark.parametrize(
    ("today", "sunday"),
    [
        (date(2026, 11, 22), date(2026, 11, 22)),
        (date(2026, 11, 28), date(2026, 11, 22)),
        (date(2026, 11, 29), date(2026, 11, 29)),
        (date(2027, 6, 10), date(2027, 6, 6)),
        (date(2026, 11, 21), date(2026, 11, 15)),
    ],
)
def test_the_samples_sunday_falls_in_the_present_week(today, sunday):
    assert SAMPLE_DAY + shift_to(today) == sunday


def test_every_date_moves_by_the_same_whole_weeks(frozen_moment):
    build_later(frozen_moment, 40)

    move = timedelta(weeks=5)
    student = Student.objects.get(student_no="23C10087")
    posting = Posting.objects.get(ref="I26-0001")
    summer = CalendarPeriod.objects.filter(kind="long_vacation").first()
    assert student.expected_graduation == date(2027, 3, 31) + move
    assert student.residence_expires_on == date(2027, 5, 12) + move
    assert posting.starts_on == date(2027, 2, 15) + move
    assert timezone.localtime(posting.opens_at).isoformat() == "2026-12-27T09:00:00+09:00"
    assert summer.starts_on == date(2026, 8, 6) + move


def test_the_people_of_the_sample_have_their_roles_and_no_password():
    build.build(timezone.localdate(), lambda line: None)

    assert User.objects.filter(roles=["advisor"]).count() == 8
    assert User.objects.filter(roles=["reviewer"]).count() == 3
    assert User.objects.filter(roles=["administrator"]).count() == 1
    approvers = User.objects.filter(roles=["approver"])
    assert [user.approves_for.count() for user in approvers] == [1] * 12
    assert User.objects.filter(student__isnull=False).count() == 60
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_a_second_run_says_what_is_there_and_changes_nothing(capsys):
    call_command("demo", "--lang=en")
    before = list(Event.objects.order_by("pk").values())
    capsys.readouterr()

    call_command("demo", "--lang=en")

    assert "60 students, 24 members of staff, 162 postings, 88 of them open" in (
        capsys.readouterr().out
    )
    assert list(Event.objects.order_by("pk").values()) == before


def test_a_database_with_other_people_is_left_alone():
    person = make_user()

    with pytest.raises(CommandError, match="holds people already"):
        call_command("demo", "--lang=en")

    assert list(User.objects.all()) == [person]


def test_building_anew_is_for_demos_only(settings):
    make_user()
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo", "--rebuild", "--lang=en")

    assert User.objects.count() == 1


def test_building_anew_replaces_everything(settings, frozen_moment):
    settings.DEMO = True
    call_command("demo", "--lang=en")
    stranger = make_user()
    frozen_moment.shift(timedelta(days=40))

    call_command("demo", "--rebuild", "--lang=en")

    assert not User.objects.filter(email=stranger.email).exists()
    assert User.objects.count() == 84
    assert DemoClock.objects.get().built_on == timezone.localdate()
    assert Event.objects.filter(verb="published").count() == 157


def test_a_build_that_fails_leaves_nothing(monkeypatch):
    def fail(line):
        if "postings" in line:
            raise ZeroDivisionError

    with override("en"), pytest.raises(ZeroDivisionError):
        build.build(timezone.localdate(), fail)

    assert not User.objects.exists()
    assert not Posting.objects.exists()


@pytest.mark.parametrize(("days", "said"), [(0, False), (14, False), (15, True), (200, True)])
def test_the_sample_says_when_it_is_older_than_two_weeks(frozen_moment, capsys, days, said):
    DemoClock.objects.create(pk=1, built_on=timezone.localdate())
    frozen_moment.shift(timedelta(days=days))

    call_command("demo", "--age", "--lang=en")

    assert ("make demo" in capsys.readouterr().out) == said


def test_a_database_without_the_sample_has_no_age(capsys):
    call_command("demo", "--age", "--lang=en")

    assert capsys.readouterr().out == ""
