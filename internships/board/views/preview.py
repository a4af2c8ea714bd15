"""The public page of what is only typed."""

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.board import content, workflow
from internships.board.models import Posting
from internships.board.views import detail
from internships.board.views.verbs import find_posting


def preview(request, make):
    """Show the public page of what `make` saves, made by the public page itself; keep nothing."""
    with transaction.atomic():
        try:
            typed = content.with_pending(find_posting(make().ref))
            typed.pending, typed.pending_state, typed.pending_by = None, "", None
            is_ready = not workflow.obstacles(typed)
            if is_ready:
                _put_up(typed, timezone.now())
            return _as_a_visitor(request, typed) if is_ready else _as_the_office(request, typed)
        finally:
            transaction.set_rollback(True)


def _put_up(typed, now):
    """Put it on the board as publishing would; what was there before keeps its days."""
    typed.state = Posting.State.PUBLISHED
    typed.published_at = typed.published_at or now
    typed.opens_at = min(typed.opens_at or now, now)
    typed.save()


def _as_a_visitor(request, typed):
    writer, request.user = request.user, AnonymousUser()
    request.GET = QueryDict()  # what the editor was asked is nothing to the public page
    words = _("A preview, as a visitor sees it: nothing was saved. Close it to go on writing.")
    messages.info(request, words)
    try:
        return detail.posting_detail(request, typed.ref)
    finally:
        request.user = writer


def _as_the_office(request, typed):
    request.GET = QueryDict()
    messages.info(request, _("A preview: nothing was saved. Close it to go on writing."))
    return detail.posting_detail(request, typed.ref)
