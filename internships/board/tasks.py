"""What the board asks of the office: what waits for approval, what came of it when it is over."""

from datetime import timedelta

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.desk.tasks import Counter, Task
from careers.people.models import User
from internships.board.models import TO_REVIEW, Organisation, Posting, stale
from internships.board.organisations import expiring

SOON = timedelta(days=7)
# The outcome is asked for so long after a posting is over, and wanted within so many days.
ASKED, WANTED = timedelta(days=60), timedelta(days=14)


def _without_outcome(user: User):
    """Give what is over, was on the board, and is hers to tell of."""
    now = timezone.now()
    hers = Q(assignee=user) | Q(assignee=None, posted_by=user)
    ran_out = Q(state=Posting.State.PUBLISHED, closes_at__lte=now, closes_at__gt=now - ASKED)
    closed_early = Q(
        state=Posting.State.WITHDRAWN,
        withdrawn_at__gt=now - ASKED,
        withdrawn_at__gte=F("opens_at"),
    )
    return Posting.objects.filter(hers, ran_out | closed_early, outcome_at=None)


def tasks(user: User) -> list[Task]:
    if not user.has_perm("board.change_posting"):
        return []
    return [_what_came_of(posting) for posting in _without_outcome(user).order_by("closes_at")]


def rows(user: User) -> list:
    return [_without_outcome(user)] if user.has_perm("board.change_posting") else []


def _what_came_of(posting: Posting) -> Task:
    ended = posting.withdrawn_at or posting.closes_at
    return Task(
        due=timezone.localdate(ended + WANTED),
        title=_("What came of “%(title)s”?") % {"title": posting.title},
        url=reverse("posting_outcome", args=[posting.ref]),
        owner=_("You"),
        text=_("It is over. How many of our students applied, and how many were accepted?"),
        action=_("Note it"),
    )


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
        stale=Count("pk", filter=stale(now)),
    )
    return [
        Counter(_("Postings to review"), found["in_review"], f"{address}?tab=in_review"),
        Counter(_("Open postings"), found["open"], f"{address}?tab=open"),
        Counter(_("Closing in 7 days"), found["closing"], f"{address}?tab=open"),
        Counter(_("No update for 3 months"), found["stale"], f"{address}?tab=stale"),
        Counter(
            _("Agreements ending soon"),
            Organisation.objects.present().filter(expiring(timezone.localdate())).count(),
            reverse("organisation_list") + "?tab=expiring",
        ),
    ]
