"""Many rows for measurements: the sample's postings, mixed, in bulk and always the same."""

from datetime import datetime, timedelta
from random import Random

from internships.board import search
from internships.board.models import Organisation, Posting

WORDS = [
    f"{field}_{language}"
    for field in ("title", "description", "requirements")
    for language in ("ja", "en")
]
PLACE = ["prefecture", "city_ja", "city_en", "work_style"]
TERMS = [
    *("programme_type", "weekly_hours", "daily_hours", "days_per_week", "schedule_note"),
    *("pay_kind", "pay_yen", "pay_unit", "pay_note_ja", "pay_note_en"),
    *("japanese_level", "english_level", "faculties", "study_years", "credit_bearing"),
    *("course_code", "accepts_from_abroad", "openings", "apply_method", "apply_to", "source"),
]
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
        postings = [_mixed(number, sample, hosts, dice, at) for number in numbers]
        Posting.objects.bulk_create(postings)


def _hosts(count: int) -> list[Organisation]:
    return Organisation.objects.bulk_create(
        Organisation(name_ja=f"株式会社みずなら{n:05}", name_en=f"Mizunara {n:05} Inc.")
        for n in range(count)
    )


def _mixed(number: int, sample, hosts, dice: Random, at: datetime) -> Posting:
    posting = Posting(
        ref=f"B{number:07}",
        organisation=dice.choice(hosts),
        state=Posting.State.PUBLISHED,
        opens_at=at - timedelta(hours=dice.randrange(1, 60 * 24)),
        closes_at=at + timedelta(hours=dice.randrange(1, 120 * 24)),
    )
    posting.published_at = posting.opens_at
    for fields in (WORDS, PLACE, TERMS):
        source = dice.choice(sample)
        for name in fields:
            setattr(posting, name, getattr(source, name))
    length = dice.choice([0, 3, 4, 11, 25, 60, 90])
    posting.starts_on = posting.closes_at.date() + timedelta(days=dice.randrange(3, 90))
    posting.ends_on = posting.starts_on + timedelta(days=length)
    posting.search = search.vector_of(posting)
    return posting
