"""What a student has saved: a page of hers, and the buttons that lead there."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required, permission_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.desk import links
from careers.desk.notes import note_done
from careers.people.models import Student
from internships.board.following import bookmarks, feeds
from internships.board.following.choices import (
    STOP_DEADLINES,
    STOP_NEW,
    STOPS,
    ChoicesForm,
    choose,
    stop,
)
from internships.board.following.models import BookmarkCalendar, LetterChoices
from internships.board.models import Posting
from internships.board.rows import rows_for


@never_cache
@require_POST
@permission_required("board.follow_postings", raise_exception=True)
def posting_save(request, ref):
    posting = _posting(request, ref)
    if bookmarks.save(_student(request), posting):
        undo = _undo(request, "posting_forget", ref)
        note_done(request, _("Saved. Only you see what you save."), undo=undo)
    return _back(request, posting)


@never_cache
@require_POST
@permission_required("board.follow_postings", raise_exception=True)
def posting_forget(request, ref):
    posting = _posting(request, ref)
    if bookmarks.forget(_student(request), posting):
        undo = _undo(request, "posting_save", ref)
        note_done(request, _("Taken off what you have saved."), undo=undo)
    return _back(request, posting)


@never_cache
@require_safe
@permission_required("board.follow_postings", raise_exception=True)
def saved_list(request):
    now, student = timezone.now(), _student(request)
    return render(
        request,
        "board/saved_list.html",
        {
            "rows": rows_for(request.user, bookmarks.open_saved(student, now)),
            "closed": bookmarks.closed_saved(student, now),
            "calendar": BookmarkCalendar.objects.filter(student=student).first(),
        },
    )


@never_cache
@require_POST
@permission_required("board.follow_postings", raise_exception=True)
def saved_calendar(request):
    """Make a key and show its address, this once: nobody can read it again, not even we."""
    token = feeds.renew_bookmarks(_student(request))
    address = request.build_absolute_uri(reverse("saved_feed", args=[token]))
    return render(request, "board/saved_calendar.html", {"address": address})


@never_cache
@require_POST
@permission_required("board.follow_postings", raise_exception=True)
def saved_calendar_stop(request):
    feeds.stop_bookmarks(_student(request))
    note_done(request, _("The address of your calendar is void."))
    return redirect("saved_list")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("board.follow_postings", raise_exception=True)
def letter_choices(request):
    student = _student(request)
    # A box that is not ticked sends nothing: an empty answer is one too.
    data = request.POST if request.method == "POST" else None
    form = ChoicesForm(data, student=student)
    if form.is_valid():
        choose(student, deadlines=form.cleaned_data["deadlines"], wanted=form.wanted)
        note_done(request, _("Saved."))
        return redirect("letter_choices")
    return render(request, "board/letter_choices.html", {"form": form})


@csrf_exempt  # a mail program presses the button; the token is what nobody can guess
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_deadlines_by_link(request, token):
    return _stop(request, STOP_DEADLINES, token)


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_new_by_link(request, token):
    return _stop(request, STOP_NEW, token)


def _stop(request, purpose, token):
    """Looking at the page stops nothing; pressing does, as often as one likes."""
    link = links.find(purpose, token)
    if link is None:
        return render(request, "desk/link_over.html", status=404)
    if request.method == "POST":
        stop(purpose, get_object_or_404(LetterChoices, pk=link.object_id))
    context = {"what": STOPS[purpose], "stopped": request.method == "POST"}
    response = render(request, "board/letters_stop.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _student(request) -> Student:
    return get_object_or_404(Student, user=request.user)


def _posting(request, ref) -> Posting:
    """A posting that everybody may open; or one she saved before it left the board."""
    shown = Posting.objects.visible_to(request.user, timezone.now()).values("pk")
    mine = bookmarks.keys_of(_student(request))
    return get_object_or_404(Posting, Q(pk__in=shown) | Q(pk__in=mine), ref=ref)


def _undo(request, name, ref):
    """Give the address that takes the deed back, and leads back to the same place."""
    query = urlencode({"next": address}) if (address := request.POST.get("next")) else ""
    return reverse(name, args=[ref]) + (f"?{query}" if query else "")


def _back(request, posting):
    """Lead back to where the button stood."""
    address = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    if not ours or not address.startswith("/"):
        return redirect("saved_list")
    return redirect(f"{address.partition('#')[0]}#p-{posting.ref}")
