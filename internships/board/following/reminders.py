"""Letters before something a student saved closes: three days and 24 hours ahead.

A letter goes out only while it helps: the posting is open, she still has it saved, has not asked
for it, wants such letters, and had saved it before the moment came. `Told` holds what was said;
it is written in the transaction of the letter, so nothing is said twice and nothing is lost.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse

from careers.desk import letters
from internships.board.following.asked import has_asked
from internships.board.following.choices import STOP_DEADLINES
from internships.board.following.lines import closing, in_both_languages
from internships.board.following.models import Bookmark, LetterChoices, Told
from internships.board.following.readers import for_each, reads_letters
from internships.board.following.searches import lock
from internships.board.models import Organisation, Posting

# what → how long before closing the letter goes out, and from when on it comes too late
DISTANCES = {
    Told.What.THREE_DAYS: (timedelta(days=3), timedelta(days=1)),
    Told.What.ONE_DAY: (timedelta(days=1), timedelta(0)),
}


def write_reminders(now: datetime) -> int:
    """Write every letter that is due; give how many."""
    students = {
        pk for what in DISTANCES for pk in _due(what, now).values_list("student", flat=True)
    }
    return for_each(students, lambda student: _remind(student, now))


@transaction.atomic
def _remind(student: int, now: datetime) -> bool:
    choices = lock(student)
    due = [
        Told(student_id=student, posting=one.posting, what=what, closes_at=one.posting.closes_at)
        for what in DISTANCES
        for one in _due(what, now).filter(student=student).select_related("posting__organisation")
    ]
    if not due:
        return False  # another process was faster
    Told.objects.bulk_create(due)
    postings = sorted((told.posting for told in due), key=lambda one: (one.closes_at, one.pk))
    letters.write(
        "saved_closing",
        choices.student.user,
        choices,
        context=in_both_languages(postings, closing)
        | {"link": reverse("saved_list"), "stop_purpose": STOP_DEADLINES},
        delay=timedelta(0),
    )
    return True


def _due(what: str, now: datetime) -> QuerySet[Bookmark]:
    ahead, too_late = DISTANCES[what]
    said = Told.objects.filter(
        student=OuterRef("student"),
        posting=OuterRef("posting"),
        what=what,
        closes_at=OuterRef("posting__closes_at"),
    )
    unwanted = LetterChoices.objects.filter(student=OuterRef("student"), deadlines=False)
    return (
        Bookmark.objects.filter(
            posting__in=Posting.objects.open(now),
            posting__closes_at__lte=now + ahead,
            posting__closes_at__gt=now + too_late,
            saved_at__lte=F("posting__closes_at") - ahead,
        )
        .filter(reads_letters("student__"), ~Exists(said), ~Exists(unwanted))
        .exclude(has_asked())
        .exclude(posting__organisation__flag=Organisation.Flag.STOP)
        .order_by("student", "posting")
    )
