"""Counts how often a posting is opened: a number a day, and no trace of who opened it."""

import re
from datetime import timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpRequest
from django.utils import timezone

from internships.board.models import Posting, PostingQuerySet, ViewCount

# Programs that say so. Whoever hides is counted: telling people apart would mean tracking them.
PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|headless|lighthouse|curl|wget|python|java/|go-http",
    re.IGNORECASE,
)
# What a browser loads ahead of a click says so in one of these.
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")
# One statement: two readers at once are both counted, and neither waits for more than it.
ONE_MORE = """
    INSERT INTO board_viewcount AS kept (posting_id, day, count) VALUES (%s, %s, 1)
    ON CONFLICT (posting_id, day) DO UPDATE SET count = kept.count + 1
"""


class Views(NamedTuple):
    """Since the posting was put on the board, and in the last seven days of these."""

    all: int
    last_week: int


def count_view(request: HttpRequest, posting: Posting) -> None:
    """Note that somebody outside the office has opened the page."""
    if _is_reader(request):
        with connection.cursor() as cursor:
            cursor.execute(ONE_MORE, [posting.pk, timezone.localdate()])


def _is_reader(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "")
    if request.method != "GET" or not agent or PROGRAM.search(agent):
        return False
    if any("prefetch" in request.headers.get(name, "") for name in AHEAD):
        return False
    return not request.user.has_perm("board.view_posting")


def views_of(posting: Posting) -> Views:
    """A posting that is on the board once more begins anew."""
    first, week = timezone.localdate(posting.opens_at), timezone.localdate() - timedelta(days=6)
    counts = posting.view_counts.filter(day__gte=first).aggregate(
        all=Coalesce(Sum("count"), 0),
        last_week=Coalesce(Sum("count", filter=Q(day__gte=week)), 0),
    )
    return Views(**counts)


def with_views(postings: PostingQuerySet) -> PostingQuerySet:
    """Add to each what `views_of` calls all, as `views`."""
    counts = (
        ViewCount.objects.filter(posting=OuterRef("pk"), day__gte=TruncDate("posting__opens_at"))
        .order_by()
        .values("posting")
        .annotate(sum=Sum(F("count")))
        .values("sum")
    )
    return postings.annotate(views=Coalesce(Subquery(counts, output_field=IntegerField()), 0))
