"""What the board asks of the office: postings somebody wrote for approval."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.desk.tasks import Counter
from careers.people.models import User
from internships.board.models import TO_REVIEW, Posting

SOON = timedelta(days=7)


def counters(user: User) -> list[Counter]:
    """Give what an advisor may act on; nobody else's home counts postings."""
    if not user.has_perm("board.change_posting"):
        return []
    now, address = timezone.now(), reverse("posting_staff_list")
    published = Q(state=Posting.State.PUBLISHED, opens_at__lte=now)
    found = Posting.objects.aggregate(
        in_review=Count("pk", filter=TO_REVIEW),
        open=Count("pk", filter=published & Q(closes_at__gt=now)),
        closing=Count("pk", filter=published & Q(closes_at__gt=now, closes_at__lte=now + SOON)),
    )
    return [
        Counter(_("Postings to review"), found["in_review"], f"{address}?tab=in_review"),
        Counter(_("Open postings"), found["open"], f"{address}?tab=open"),
        Counter(_("Closing in 7 days"), found["closing"], f"{address}?tab=open"),
    ]
