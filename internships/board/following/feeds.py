"""New postings as an Atom feed, deadlines as a calendar: of the board, or of a saved search.

Inside stands what everybody may see and nothing of a person: filters that mean something for
one student alone are left out. The address of a saved search's feeds, and of the calendar of
what somebody has saved, is a key that its owner can renew; we store its digest.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careers.people.models import Student
from careers.people.office import office_settings
from internships.board import words
from internships.board.following.bookmarks import open_saved
from internships.board.following.lines import closing
from internships.board.following.models import BookmarkCalendar, SavedSearch
from internships.board.following.readers import reads_letters
from internships.board.models import Posting
from internships.board.query import Search, search

NEWEST, CLOSING_FIRST = 50, 200
# One such letter in one name would make the whole feed unreadable.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@transaction.atomic
def renew(saved: SavedSearch) -> str:
    """Give a new key, the only time it is seen in clear. The old one is void from now on."""
    token = secrets.token_urlsafe(32)
    SavedSearch.objects.filter(pk=saved.pk).update(
        feed_digest=_digest(token), feed_made_at=timezone.now()
    )
    return token


def stop(saved: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=saved.pk).update(feed_digest=None, feed_made_at=None)


def find(token: str) -> SavedSearch | None:
    """Give the search a key opens, as long as its owner may sign in."""
    keyed = SavedSearch.objects.filter(reads_letters("student__"), feed_digest=_digest(token))
    return keyed.select_related("student__user").first()


def renew_bookmarks(student: Student) -> str:
    """Give a new key of her calendar, the only time it is seen in clear; the old one is void."""
    token = secrets.token_urlsafe(32)
    made = {"digest": _digest(token), "made_at": timezone.now()}
    BookmarkCalendar.objects.update_or_create(student=student, defaults=made)
    return token


def stop_bookmarks(student: Student) -> None:
    BookmarkCalendar.objects.filter(student=student).delete()


def find_bookmarks(token: str) -> BookmarkCalendar | None:
    """Give the calendar a key opens, as long as its owner may sign in."""
    keyed = BookmarkCalendar.objects.filter(reads_letters("student__"), digest=_digest(token))
    return keyed.select_related("student__user").first()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _address(name: str, wanted: Search) -> str:
    return reverse(name) + (f"?{wanted.query}" if wanted.query else "")


class SteadyAtom(Atom1Feed):
    """The same postings make the same bytes, so that a reader is told when nothing is new."""

    def latest_post_date(self) -> datetime:
        if self.items:
            return super().latest_post_date()
        return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


class NewPostings(Feed):
    """The newest postings that a search finds."""

    feed_type = SteadyAtom

    def __init__(self, wanted: Search, at: datetime):
        self.wanted, self.at = wanted, at

    def title(self) -> str:
        return f"{_('Internship board')}: {self.wanted.sentence()}"

    def link(self) -> str:
        return _address("posting_list", self.wanted)

    def feed_url(self) -> str:
        # Never the address with the key: feeds are passed on.
        return _address("board_feed", self.wanted)

    def author_name(self) -> str:
        office = office_settings()
        return office.office_ja if get_language() == "ja" else office.office_en

    def items(self) -> QuerySet[Posting]:
        newest = search(self.wanted.sorted_by("newest"), at=self.at)
        return newest.select_related("organisation")[:NEWEST]

    def item_title(self, posting: Posting) -> str:
        return _NOT_IN_XML.sub("", posting.title)

    def item_description(self, posting: Posting) -> str:
        return _NOT_IN_XML.sub("", "\n".join(facts(posting)))

    def item_guid(self, posting: Posting) -> str:
        return posting.whole_address

    def item_author_name(self, posting: Posting) -> str:
        return _NOT_IN_XML.sub("", str(posting.organisation))

    def item_pubdate(self, posting: Posting) -> datetime:
        return posting.opens_at

    def item_updateddate(self, posting: Posting) -> datetime:
        return max(posting.opens_at, posting.changed_at)


def facts(posting: Posting) -> list[str]:
    said = (
        (_("Place"), words.place(posting)),
        (_("Pay"), words.pay(posting)),
        (_("Hours a week"), words.hours(posting)),
        (_("Dates"), words.dates(posting)),
    )
    lines = [f"{label}: {' '.join(filter(None, map(str, fact)))}" for label, fact in said]
    stopped = [_("No applications for now")] if posting.organisation.is_stopped else []
    return [str(posting.organisation), *stopped, *lines, closing(posting)]


@dataclass(frozen=True)
class Calendar:
    """changed_at: the last change of a posting in it; None where there is none."""

    content: bytes
    changed_at: datetime | None


def deadlines(wanted: Search, at: datetime) -> Calendar:
    """Give a calendar of the days on which what a search finds closes."""
    soonest = search(wanted.sorted_by("closing"), at=at).select_related("organisation")
    return _calendar(soonest, f"{_('Deadlines')}: {wanted.sentence()}")


def deadlines_saved(student: Student, at: datetime) -> Calendar:
    """Give a calendar of the days on which what she has saved closes."""
    return _calendar(open_saved(student, at), _("Deadlines of what I saved"))


def _calendar(soonest: QuerySet[Posting], name: str) -> Calendar:
    postings = list(soonest[:CLOSING_FIRST])
    changed_at = max((posting.changed_at for posting in postings), default=None)
    return Calendar(calendar_of(postings, name), changed_at)


def calendar_of(postings: Iterable[Posting], name: str) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Shirube//Internship board//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("x-published-ttl", "PT6H")
    for posting in postings:
        calendar.add_component(deadline_of(posting))
    return calendar.to_ical()


def deadline_of(posting: Posting) -> icalendar.Event:
    """The deadline of a posting as an event of no length, in UTC: no calendar moves it."""
    event = icalendar.Event()
    host = urlsplit(settings.SITE_ADDRESS).hostname
    changed = posting.changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("uid", f"{posting.ref}-deadline@{host}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", posting.closes_at.astimezone(UTC))
    event.add("summary", _("Closes: %(title)s") % {"title": posting.title})
    event.add("description", "\n".join(facts(posting)))
    event.add("url", posting.whole_address)
    event.add("transp", "TRANSPARENT")
    return event
