"""What a few students have saved: postings of every age, and searches with and without letters."""

from django.utils import timezone

from careers.people.models import Student
from internships.board.following import bookmarks, searches
from internships.board.following.models import Bookmark, SavedSearch
from internships.board.models import Posting
from internships.board.query import Search
from internships.office.demo.past import days_ago
from internships.office.demo.sample import rows

DAYS_AGO = 6
MOST = 6


def add_following() -> tuple[int, int]:
    """Give how many postings and how many searches are saved."""
    with days_ago(DAYS_AGO):
        for row in rows("saved_searches.csv"):
            _save_search(row)
        found = Student.objects.filter(pk__in=SavedSearch.objects.values("student"))
        for number, student in enumerate(found):
            _save_postings(student, number)
        then = timezone.now()
    Bookmark.objects.update(saved_at=then)
    SavedSearch.objects.update(saved_at=then)
    return Bookmark.objects.count(), SavedSearch.objects.count()


def _save_search(row: dict[str, str]) -> None:
    student = Student.objects.get(student_no=row["student_no"])
    saved, _new = searches.save(student, Search.parse(row["query"], for_somebody=True))
    searches.change(saved, name=row["name"], letters=row["letters"])


def _save_postings(student: Student, number: int) -> None:
    """What was open then and closes one after the other: some of it has closed by now."""
    postings = Posting.objects.open(timezone.now()).order_by("closes_at", "pk")
    for posting in postings[number::9][:MOST]:
        bookmarks.save(student, posting)
