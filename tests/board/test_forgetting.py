"""Who leaves takes along all she saved; what closed long ago is forgotten."""

from datetime import timedelta

import pytest

from careers.desk.models import Letter, OneTimeLink
from internships.board.following import feeds
from internships.board.following.forgetting import OVER_FOR, forget
from internships.board.following.models import (
    Bookmark,
    BookmarkCalendar,
    LetterChoices,
    SavedSearch,
    Told,
)
from internships.board.following.reminders import write_reminders
from tests.factories import NOW, make_posting, make_student

pytestmark = pytest.mark.django_db
KEPT = (Bookmark, SavedSearch, Told, LetterChoices, BookmarkCalendar)


def follow(student):
    """Save a posting and a search, and have a letter written."""
    posting = make_posting(closes_at=NOW + timedelta(hours=5))
    Bookmark.objects.create(student=student, posting=posting, saved_at=NOW - timedelta(days=9))
    SavedSearch.objects.create(student=student, name="All", query="")
    feeds.renew_bookmarks(student)
    write_reminders(NOW)


def rows_of(student):
    return [model.objects.filter(student=student).count() for model in KEPT]


def deactivate(student):
    student.user.is_active = False
    student.user.save()


def withdraw(student):
    student.enrolment = "withdrawn"
    student.save()


@pytest.mark.parametrize("leave", [deactivate, withdraw])
def test_all_goes_with_the_student_and_nothing_of_others(leave):
    gone, stays = make_student(), make_student()
    for student in (gone, stays):
        follow(student)

    leave(gone)
    forget(NOW)

    assert (rows_of(gone), rows_of(stays)) == ([0] * 5, [1] * 5)
    letter, other = (Letter.objects.get(to_user=student.user) for student in (gone, stays))
    assert (letter.state, letter.context, letter.body) == ("cancelled", {}, "")
    assert (other.state, bool(other.context)) == ("waiting", True)


@pytest.mark.parametrize("enrolment", ["enrolled", "leave", "graduated"])
def test_whoever_may_sign_in_keeps_all(enrolment):
    student = make_student(enrolment=enrolment)
    follow(student)

    forget(NOW)

    assert rows_of(student) == [1] * 5


@pytest.mark.parametrize(("after", "left"), [(timedelta(0), 1), (timedelta(seconds=1), 0)])
def test_what_closed_a_year_ago_is_forgotten(student, after, left):
    follow(student)
    closed = Bookmark.objects.get().posting.closes_at

    forget(closed + OVER_FOR + after)

    assert rows_of(student)[:3:2] == [left, left]
    assert student.saved_searches.count() == 1


def test_links_that_stopped_letters_go_when_they_are_over(student):
    fields = {"object_kind": "board.LetterChoices", "object_id": "1"}
    for purpose, days in (("stop_new", -1), ("stop_deadlines", 1), ("enquiry", -1)):
        at = NOW + timedelta(days=days)
        OneTimeLink.objects.create(digest=purpose, purpose=purpose, expires_at=at, **fields)

    forget(NOW)

    left = set(OneTimeLink.objects.values_list("purpose", flat=True))
    assert left == {"stop_deadlines", "enquiry"}
