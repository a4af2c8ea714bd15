"""What is new for saved searches, in one letter a day at most.

Caps: ten postings, two of one organisation, none that a letter named before, no letter where
there is nothing new. What finds no room stays unsaid and comes with the next letter. `Told`,
the letter and the time of looking are written in one transaction under a lock: a second run,
at once or after a kill, finds them and writes nothing.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Greatest, RowNumber
from django.urls import reverse
from django.utils import timezone, translation

from careers.desk import letters
from careers.desk.models import Letter
from internships.board.fits import ForMe, Memory
from internships.board.following.asked import asked_by
from internships.board.following.choices import STOP_NEW
from internships.board.following.lines import closing, lines
from internships.board.following.models import SavedSearch, Told
from internships.board.following.readers import for_each, reads_letters
from internships.board.following.searches import lock
from internships.board.models import Organisation, Posting
from internships.board.query import Search, search

# Before the first class, in Tokyo; the weekly ones on Mondays.
HOUR = time(7)
MOST, MOST_OF_ONE_ORGANISATION = 10, 2
Chosen = list[tuple[SavedSearch, list[Posting]]]


def daily_hour(now: datetime) -> datetime:
    """Give the last moment at which daily letters were due."""
    local = timezone.localtime(now)
    day = local.date() if local.time() >= HOUR else local.date() - timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, HOUR))


def weekly_hour(now: datetime) -> datetime:
    hour = daily_hour(now)
    return hour - timedelta(days=hour.weekday())


def write_digests(now: datetime) -> int:
    """Write every letter that is due; give how many."""
    students = set(_due(now).values_list("student", flat=True))
    memory: Memory = {}  # what the law says of the board is the same for many of them
    return for_each(students, lambda student: _write(student, now, memory))


def _due(now: datetime) -> QuerySet[SavedSearch]:
    Letters = SavedSearch.Letters
    daily = Q(letters=Letters.DAILY, looked_at__lt=daily_hour(now))
    weekly = Q(letters=Letters.WEEKLY, looked_at__lt=weekly_hour(now))
    return SavedSearch.objects.filter(daily | weekly, reads_letters("student__")).order_by("pk")


@transaction.atomic
def _write(student_pk: int, now: datetime, memory: Memory) -> bool:
    choices = lock(student_pk)
    due = list(_due(now).filter(student=student_pk))
    key = f"digest-{student_pk}-{daily_hour(now):%Y-%m-%d}"
    if not due or Letter.objects.filter(key=key).exists():
        return False
    for_me = ForMe(choices.student, Posting.objects.open(now), memory)
    chosen = _choose(for_me, due, now)
    SavedSearch.objects.filter(pk__in=[saved.pk for saved in due]).update(looked_at=now)
    if not chosen:
        return False
    Told.objects.bulk_create(
        Told(student_id=student_pk, posting=posting, what=Told.What.NEW, told_at=now)
        for _saved, postings in chosen
        for posting in postings
    )
    letters.write(
        "new_postings",
        choices.student.user,
        choices,
        context=_words(chosen) | {"link": reverse("search_list"), "stop_purpose": STOP_NEW},
        delay=timedelta(0),
        key=key,
    )
    return True


def _choose(for_me: ForMe, due: Iterable[SavedSearch], now: datetime) -> Chosen:
    chosen: Chosen = []
    taken: Counter[int] = Counter()
    said = Told.objects.filter(student=for_me.student, what=Told.What.NEW).values("posting")
    here: list[int] = []
    for saved in due:
        if len(here) >= MOST:
            break
        news = _news(saved, for_me, now).exclude(pk__in=said).exclude(pk__in=here)
        postings = []
        for posting in _few_of_each(news):
            room = len(here) < MOST and taken[posting.organisation_id] < MOST_OF_ONE_ORGANISATION
            if room:
                taken[posting.organisation_id] += 1
                here.append(posting.pk)
                postings.append(posting)
        if postings:
            chosen.append((saved, postings))
    return chosen


def _news(saved: SavedSearch, for_me: ForMe, now: datetime) -> QuerySet[Posting]:
    found = search(Search.parse(saved.query, for_somebody=True), at=now, for_me=for_me)
    came = Greatest("opens_at", "published_at")  # an import may date it back
    news = found.annotate(came=came).filter(came__gt=saved.news_from)
    news = news.exclude(organisation__flag=Organisation.Flag.STOP)  # nobody can apply there now
    return news.exclude(pk__in=asked_by(for_me.student))


def _few_of_each(news: QuerySet[Posting]) -> QuerySet[Posting]:
    """Keep as many as could find room, those that close first."""
    place = Window(RowNumber(), partition_by=F("organisation"), order_by=[F("closes_at"), F("pk")])
    few = news.order_by().annotate(place=place).filter(place__lte=MOST_OF_ONE_ORGANISATION)
    # Those named for an earlier search may take the room of as many again of their hosts.
    keys = few.order_by("closes_at", "pk").values_list("pk", flat=True)[: MOST * 3]
    # Sorted by keys alone: the texts of all that is new would take ten times as long.
    chosen = Posting.objects.filter(pk__in=list(keys)).select_related("organisation")
    return chosen.order_by("closes_at", "pk")


def _words(chosen: Chosen) -> dict[str, str]:
    words = {}
    for language in ("ja", "en"):
        with translation.override(language):
            words[f"lines_{language}"] = "\n\n\n".join(
                f"[{saved.name}]\n\n{lines(postings, closing)}" for saved, postings in chosen
            )
    return words
