"""Organisations and postings: the words, places and terms of the sample's, mixed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone
from django.utils.translation import gettext as _

from careers.people.models import User
from careers.people.roles import Role
from careers.record.models import Event
from internships.board import numbers, search
from internships.board.models import Organisation, Posting
from internships.board.problems import BLOCKING, OF_TODAY, WageTable, find_problems, in_order
from internships.office.demo.large.dated import BATCH, event, write
from internships.office.demo.large.hosts import names
from internships.office.demo.large.progress import Progress
from internships.office.demo.large.size import Size

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
# For so many days a posting is on the board, at least.
SHORTEST = 20
LENGTHS = [0, 3, 4, 11, 25, 60, 90]


def add_organisations(size: Size, dice: Random) -> list[Organisation]:
    found = names()
    dice.shuffle(found)
    missing = max(size.organisations - Organisation.objects.count(), 0)
    at = timezone.now() - timedelta(days=800)
    for first in range(0, missing, BATCH):
        some = found[first : min(first + BATCH, missing)]
        write([Organisation(created_at=at, **name) for name in some])
    return list(Organisation.objects.order_by("pk"))


def mixed(
    ref: str, sample: list[Posting], host: Organisation, dice: Random, closes_at: datetime
) -> Posting:
    """Give a published posting; words, place and terms each from another one of the sample."""
    posting = Posting(ref=ref, organisation=host, state=Posting.State.PUBLISHED)
    for fields in (WORDS, PLACE, TERMS):
        source = dice.choice(sample)
        for name in fields:
            setattr(posting, name, getattr(source, name))
    posting.closes_at = closes_at
    posting.opens_at = closes_at - timedelta(days=dice.randrange(SHORTEST, 90))
    posting.starts_on = timezone.localdate(closes_at) + timedelta(days=dice.randrange(5, 120))
    posting.ends_on = posting.starts_on + timedelta(days=dice.choice(LENGTHS))
    posting.published_at = posting.created_at = posting.changed_at = posting.opens_at
    posting.words_changed_ja_at = posting.words_changed_en_at = posting.opens_at
    return posting


def add_postings(
    size: Size, hosts: list[Organisation], dice: Random, progress: Progress
) -> list[Posting]:
    """Write the postings that are missing; give those that were on the board."""
    lot = _Lot(hosts, dice)
    open_now = max(size.open_postings - Posting.objects.open(lot.now).count(), 0)
    missing = max(size.postings - Posting.objects.count(), open_now)
    made = (lot.draw(is_open=number < open_now) for number in range(missing))
    written = list(progress.through(_("postings"), made, missing))
    for first in range(0, missing, BATCH):
        batch = write(written[first : first + BATCH])
        write([one for posting in batch for one in _events(posting)])
    return [posting for posting in written if posting.state == Posting.State.PUBLISHED]


class _Lot:
    """Draws postings of any age, as the office has left them."""

    def __init__(self, hosts: list[Organisation], dice: Random):
        self.now = timezone.now()
        self.hosts, self.dice = hosts, dice
        self.sample = list(Posting.objects.filter(state="published").order_by("ref"))
        advisors = User.objects.filter(roles__contains=[Role.ADVISOR])
        self.advisors = list(advisors.order_by("pk"))
        self.wages, self.refs = WageTable(), _refs(self.now)

    def draw(self, *, is_open: bool) -> Posting:
        posting = self._draw(is_open)
        # What has a fault that blocks it waits for a person; the others are on the board.
        keeps_fault = not is_open and self.dice.random() < 0.01
        while not BLOCKING.isdisjoint(posting.problems) and not keeps_fault:
            posting = self._draw(is_open)
        posting.ref = next(self.refs)
        posting.search = search.vector_of(posting)
        return posting if is_open else self._settled(posting)

    def _draw(self, is_open: bool) -> Posting:
        host = self.dice.choice(self.hosts)
        posting = mixed("", self.sample, host, self.dice, self._closing(is_open))
        on_the_day = timezone.localdate(posting.opens_at)
        found = find_problems(vars(posting), wages=self.wages, today=on_the_day)
        posting.problems = in_order(found - OF_TODAY)
        if posting.source == Posting.Source.OFFICE:
            posting.posted_by = self.dice.choice(self.advisors)
        return posting

    def _closing(self, is_open: bool) -> datetime:
        """The open ones close within weeks; of the others the newest are the most."""
        if is_open:
            return self.now + timedelta(hours=self.dice.randrange(2, SHORTEST * 24))
        back = self.dice.choice([60, 180, 400, 800])
        return self.now - timedelta(hours=self.dice.randrange(1, 24 * back))

    def _settled(self, posting: Posting) -> Posting:
        chance = self.dice.random()
        if not BLOCKING.isdisjoint(posting.problems):
            posting.state = Posting.State.IN_REVIEW
        elif chance < 0.01:
            posting.state = Posting.State.DRAFT
            posting.posted_by = posting.posted_by or self.dice.choice(self.advisors)
        elif chance < 0.03:
            posting.state = Posting.State.WITHDRAWN
            posting.withdrawn_at = posting.closes_at - timedelta(days=5)
            posting.withdrawn_reason = "募集人数に達しました。"
        if posting.state in (Posting.State.IN_REVIEW, Posting.State.DRAFT):
            posting.published_at = None
        return posting


def _refs(now: datetime) -> Iterator[str]:
    year = timezone.localdate(now).year
    number = numbers.next_number(year)
    while True:
        yield numbers.ref_of(year, number)
        number += 1


def _events(posting: Posting) -> Iterator[Event]:
    states, by = Posting.State, posting.posted_by
    first = "drafted" if by else "imported"
    begun = states.DRAFT if by else states.IN_REVIEW
    yield event(first, posting, posting.created_at, actor=by, after={"state": begun})
    if posting.published_at:
        told = {"before": {"state": begun}, "after": {"state": states.PUBLISHED}}
        yield event("published", posting, posting.published_at, actor=by, **told)
    if posting.withdrawn_at:
        told = {"before": {"state": states.PUBLISHED}, "after": {"state": states.WITHDRAWN}}
        yield event("withdrawn", posting, posting.withdrawn_at, actor=by, **told)
