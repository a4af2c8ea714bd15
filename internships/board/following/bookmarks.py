"""Saving a posting, and letting it go again. Done twice, it is done once."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from careers.people.models import Student
from internships.board.following.models import Bookmark
from internships.board.models import Posting


def save(student: Student, posting: Posting) -> bool:
    """Give whether it was not saved before."""
    _bookmark, made = Bookmark.objects.get_or_create(student=student, posting=posting)
    return made


def forget(student: Student, posting: Posting) -> bool:
    """Give whether it was saved until now."""
    gone, _rows = Bookmark.objects.filter(student=student, posting=posting).delete()
    return bool(gone)


def keys_of(student: Student) -> QuerySet:
    """Give the keys of the postings that she has saved, for a query."""
    return Bookmark.objects.filter(student=student).order_by().values("posting")


def saved_among(student: Student, postings: Iterable[Posting]) -> set[int]:
    """Give the keys of those she has saved, in one query."""
    mine = keys_of(student).filter(posting__in=[posting.pk for posting in postings])
    return set(mine.values_list("posting", flat=True))


def open_saved(student: Student, at: datetime) -> QuerySet[Posting]:
    """Give what she saved and may still apply for, closing soonest first."""
    saved = Posting.objects.open(at).filter(pk__in=keys_of(student))
    return saved.select_related("organisation").order_by("closes_at", "pk")


def closed_saved(student: Student, at: datetime) -> QuerySet[Posting]:
    """Give what she saved and cannot apply for any more, last closed first.

    `is_shown`: it has a page that says so; otherwise the office is at work on it.
    """
    saved = Posting.objects.filter(pk__in=keys_of(student))
    over = saved.exclude(pk__in=Posting.objects.open(at).values("pk"))
    is_shown = Exists(Posting.objects.public(at).filter(pk=OuterRef("pk")))
    return (
        over.annotate(is_shown=is_shown)
        .select_related("organisation")
        .order_by("-closes_at", "-pk")
    )
