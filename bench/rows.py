"""Many open postings for measurements: the sample's, mixed, in bulk and always the same."""

from datetime import datetime, timedelta
from random import Random

from internships.board import search
from internships.board.models import Organisation, Posting
from internships.office.demo.large.board import mixed

BATCH = 1000


def add_open_postings(count: int, *, at: datetime) -> None:
    """Write so many postings that are open at a moment. The sample must be there already.

    Words, place and terms of each come from different postings of the sample, so that
    filters and searches find a natural share of them.
    """
    dice = Random(20261122)
    sample = list(Posting.objects.filter(state="published").order_by("ref"))
    hosts = _hosts(max(count // 5, 1))
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        postings = [_open(number, sample, hosts, dice, at) for number in numbers]
        Posting.objects.bulk_create(postings)


def _hosts(count: int) -> list[Organisation]:
    return Organisation.objects.bulk_create(
        Organisation(name_ja=f"株式会社みずなら{n:05}", name_en=f"Mizunara {n:05} Inc.")
        for n in range(count)
    )


def _open(number: int, sample, hosts, dice: Random, at: datetime) -> Posting:
    closes_at = at + timedelta(hours=dice.randrange(1, 120 * 24))
    posting = mixed(f"B{number:07}", sample, dice.choice(hosts), dice, closes_at)
    posting.opens_at = at - timedelta(hours=dice.randrange(1, 60 * 24))
    posting.published_at = posting.opens_at
    posting.search = search.vector_of(posting)
    return posting
