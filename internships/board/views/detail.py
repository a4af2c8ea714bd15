from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from careers.people.calendar import academic_calendar
from careers.people.models import Faculty
from internships.board import panels
from internships.board.attachments import files_of
from internships.board.following.bookmarks import saved_among
from internships.board.following.feeds import calendar_of
from internships.board.marking import Marker
from internships.board.models import MinimumWage, Organisation, Posting
from internships.board.plain_notes import notes_on
from internships.board.query import Search
from internships.board.rows import rows_for
from internships.board.structured import structured
from internships.board.translation import newer_words
from internships.board.verdicts import signs_for, student_of
from internships.board.viewing import count_view, views_of

SIMILAR = 5
# Room on the ribbon for the vacations around a placement.
AROUND = timedelta(days=60)


@login_not_required
@cache_control(private=True)
def posting_detail(request, ref):
    now = timezone.now()
    postings = Posting.objects.visible_to(request.user, now)
    posting = get_object_or_404(postings.select_related("organisation", "posted_by"), ref=ref)
    is_open = posting.is_open(now)
    takes_applications = is_open and not posting.organisation.is_stopped
    if is_open:
        count_view(request, posting)
    student = student_of(request.user)
    least = _minimum_wage(posting)
    looked_for = Marker(Search.for_text(request.GET.get("q", "")).words)
    return render(
        request,
        "board/posting_detail.html",
        {
            "posting": posting,
            "is_open": is_open,
            "is_stale": posting.is_stale(now),
            "is_public": _is_public(posting, now),
            "minimum_wage": least,
            "plain_notes": notes_on(posting, least),
            "faculties": _faculties(posting),
            "sign": signs_for(student, [posting])[posting.pk] if student and is_open else None,
            "student": student,
            "saved": posting.pk in saved_among(student, [posting]) if student else None,
            "panels": panels.on_posting_page(request, posting),
            "views": _views(request.user, posting),
            "attachments": files_of(posting),
            "vacations": _vacations(posting),
            "calendar_covers": _calendar_covers(posting),
            "address": request.build_absolute_uri(posting.get_absolute_url()),
            "rows": rows_for(request.user, _similar(posting, now)),
            "elsewhere": _elsewhere(posting, now),
            "marker": looked_for,
            "shown": _languages_shown(request, posting),
            "newer_words": newer_words(posting),
            "structured": structured(posting) if takes_applications else "",
        },
    )


@login_not_required
@cache_control(private=True)
def posting_deadline(request, ref):
    """The closing time as a file for a calendar."""
    postings = Posting.objects.visible_to(request.user, timezone.now()).filter(
        closes_at__isnull=False
    )
    posting = get_object_or_404(postings.select_related("organisation"), ref=ref)
    response = HttpResponse(
        calendar_of([posting], posting.title), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{posting.ref}.ics"'
    return response


def _languages_shown(request, posting):
    """Both side by side, unless there is only one or the reader wants one."""
    there = [
        language
        for language, has in (("ja", posting.has_japanese), ("en", posting.has_english))
        if has
    ]
    asked = request.GET.get("words")
    return [asked] if asked in there else there


def _elsewhere(posting, now):
    """Count what else the organisation has open."""
    others = Posting.objects.open(now).filter(organisation=posting.organisation_id)
    return others.exclude(pk=posting.pk).count()


@login_not_required
@cache_control(private=True)
def organisation_detail(request, pk):
    """What an organisation has open; who never had anything on the board is nobody's business."""
    now = timezone.now()
    organisation = get_object_or_404(Organisation, pk=pk)
    if organisation.merged_into_id:
        return redirect("organisation_detail", organisation.merged_into_id, permanent=True)
    theirs = Posting.objects.filter(organisation=organisation)
    if not request.user.has_perm("board.view_organisation") and not theirs.public(now).exists():
        raise Http404
    postings = theirs.open(now).select_related("organisation").order_by("closes_at", "pk")
    return render(
        request,
        "board/organisation_detail.html",
        {"organisation": organisation, "rows": rows_for(request.user, postings)},
    )


def _views(reader, posting):
    """The office alone sees how often a posting was opened."""
    return views_of(posting) if reader.has_perm("board.view_posting") else None


def _is_public(posting, now):
    return Posting.objects.public(now).filter(pk=posting.pk).exists()


def _minimum_wage(posting):
    """What the law asks for on the days of work, as far as the newest table knows."""
    if not posting.prefecture:
        return None
    first = posting.starts_on or timezone.localdate()
    return MinimumWage.objects.on_days(posting.prefecture, first, posting.ends_on or first)


def _faculties(posting):
    if "any" in posting.faculties:
        return []
    return list(Faculty.objects.filter(code__in=posting.faculties))


def _vacations(posting):
    if posting.starts_on is None:
        return []
    last = posting.ends_on or posting.starts_on
    return [
        (begins, ends)
        for begins, ends in academic_calendar().vacations
        if begins <= last + AROUND and ends >= posting.starts_on - AROUND
    ]


def _calendar_covers(posting):
    if posting.starts_on is None or posting.ends_on is None:
        return True
    return academic_calendar().covers(posting.starts_on, posting.ends_on)


def _similar(posting, now):
    """What is like it, and where applications are taken."""
    others = Posting.objects.open(now).exclude(pk=posting.pk).select_related("organisation")
    return others.exclude(organisation__flag=Organisation.Flag.STOP).like(posting)[:SIMILAR]
