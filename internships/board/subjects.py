from django.utils import timezone

from careers.desk.subjects import Subject
from careers.people.models import User
from internships.board.models import Posting


def posting_asked_about(person: User | None, ref: str) -> Subject | None:
    """Let a question to the office be about a posting that the person may open."""
    posting = Posting.objects.visible_to(person, timezone.now()).filter(ref=ref).first()
    if posting is None:
        return None
    return Subject("posting", posting.ref, str(posting), posting.get_absolute_url(), "posting")
