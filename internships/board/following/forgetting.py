"""What is kept for nobody any more is deleted.

A student leaves: all she saved goes, and the words of the letters about it. A posting has been
closed for a year: so does what says that she saved it, or was told of it.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from careers.desk.models import Letter, OneTimeLink
from careers.people.models import Student
from internships.board.following.choices import STOPS
from internships.board.following.models import (
    Bookmark,
    BookmarkCalendar,
    LetterChoices,
    SavedSearch,
    Told,
)
from internships.board.following.readers import reads_letters

OVER_FOR = timedelta(days=365)
LETTERS = ("new_postings", "saved_closing")


@transaction.atomic
def forget(now: datetime) -> None:
    left = Student.objects.filter(~reads_letters())
    _forget_words(left)
    for model in (Bookmark, BookmarkCalendar, SavedSearch, Told, LetterChoices):
        model.objects.filter(student__in=left.order_by()).delete()
    over = Q(posting__closes_at__lt=now - OVER_FOR)
    for model in (Bookmark, Told):
        model.objects.filter(over).delete()
    OneTimeLink.objects.filter(purpose__in=STOPS, expires_at__lt=now).delete()


def _forget_words(left) -> None:
    """That a letter went out stays known; what it said does not."""
    written = Letter.objects.filter(kind__in=LETTERS, to_user__student__in=left.order_by())
    written.filter(state=Letter.State.WAITING).update(state=Letter.State.CANCELLED)
    written.exclude(body="", context={}).update(subject="", body="", context={})
