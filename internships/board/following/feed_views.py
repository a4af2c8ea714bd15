"""Feeds and calendars: of any search for everybody, of a saved search for whoever has its key."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from internships.board.following import feeds
from internships.board.following.models import SavedSearch
from internships.board.query import Search


@login_not_required
@require_safe
def board_feed(request):
    return _atom(request, Search.parse(request.GET))


@login_not_required
@require_safe
def board_calendar(request):
    return _calendar(request, Search.parse(request.GET))


@login_not_required
@require_safe
def feed_atom(request, token):
    saved = _keyed(token)
    with translation.override(saved.student.user.language or "ja"):
        return _atom(request, Search.parse(saved.query))


@login_not_required
@require_safe
def feed_calendar(request, token):
    saved = _keyed(token)
    with translation.override(saved.student.user.language or "ja"):
        return _calendar(request, Search.parse(saved.query))


@login_not_required
@require_safe
def saved_feed(request, token):
    keyed = feeds.find_bookmarks(token)
    if keyed is None:
        raise Http404
    with translation.override(keyed.student.user.language or "ja"):
        return _as_calendar(request, feeds.deadlines_saved(keyed.student, timezone.now()))


def _keyed(token) -> SavedSearch:
    saved = feeds.find(token)
    if saved is None:
        raise Http404
    return saved


def _atom(request, wanted):
    return _answer(request, feeds.NewPostings(wanted, timezone.now())(request))


def _calendar(request, wanted):
    return _as_calendar(request, feeds.deadlines(wanted, timezone.now()))


def _as_calendar(request, calendar):
    response = HttpResponse(calendar.content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    if calendar.changed_at:
        response["Last-Modified"] = http_date(calendar.changed_at.timestamp())
    return _answer(request, response)


def _answer(request, response):
    """Answer "nothing new" by the content alone: what has closed changes no date in a feed."""
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, max_age=900)
    return get_conditional_response(request, etag=response["ETag"], response=response)
