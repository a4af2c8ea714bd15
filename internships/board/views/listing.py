from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache

from internships.board import exporting, facets
from internships.board.changes_to_try import changes_to_try, understood
from internships.board.filters import SORT
from internships.board.japan import COLUMNS, ROWS
from internships.board.marking import Marker
from internships.board.query import ask, search
from internships.board.rows import rows_for
from internships.board.tally import Counts, counted
from internships.board.verdicts import student_of

PAGE_SIZE = 25


@login_not_required
@cache_control(private=True)
def posting_list(request):
    now = timezone.now()
    student = student_of(request.user)
    asked = ask(request.GET, for_somebody=student is not None)
    if not asked.is_canonical(request.GET):
        return redirect(_address("posting_list", asked.canonical(request.GET.get("page"))))
    wanted = asked.search
    counts = Counts(wanted, now, student)
    found = search(wanted, at=now, for_me=counts.for_me).select_related("organisation")
    paginator = Paginator(found, PAGE_SIZE)
    paginator.count = counts.found
    page = paginator.get_page(request.GET.get("page"))
    return render(
        request,
        "board/posting_list.html",
        {
            "form": asked,
            "search": wanted,
            "fields": facets.typed_fields(asked, counts),
            "mine": facets.group(counts, "mine") if student else None,
            "panel": facets.panel(asked, counts),
            "tokens": facets.tokens(wanted),
            "sorts": _sorts(wanted),
            "page": page,
            "rows": rows_for(request.user, page.object_list, Marker(wanted.words)),
            "found": counts.found,
            "found_words": counted(counts.found),
            "total": counted(counts.total),
            "understood": [] if counts.found else understood(wanted),
            "changes": [] if counts.found else changes_to_try(counts),
        },
    )


@login_not_required
@cache_control(private=True)
def posting_map(request):
    """Where the postings of a search are: the same filters, by prefecture."""
    now = timezone.now()
    student = student_of(request.user)
    asked = ask(request.GET, for_somebody=student is not None)
    if not asked.is_canonical(request.GET):
        return redirect(_address("posting_map", asked.canonical(None)))
    counts = Counts(asked.search, now, student)
    places = facets.places(counts)
    return render(
        request,
        "board/posting_map.html",
        {
            "search": asked.search,
            "tokens": facets.tokens(asked.search),
            "places": list(places.values()),
            "regions": facets.regions(places),
            "width": COLUMNS * facets.TILE_WIDTH,
            "height": ROWS * facets.TILE_HEIGHT,
        },
    )


@never_cache
@permission_required("board.view_posting", raise_exception=True)
def posting_list_export(request, kind):
    """What the board finds, as a file for the office."""
    return exporting.postings_as_file(kind, "postings", search(ask(request.GET).search))


def _sorts(wanted):
    """The ways to sort, each with its address; the one in use has none."""
    return [
        (order.label, "" if name == wanted.sort else f"?{wanted.sorted_by(name).query}")
        for name, order in SORT.items()
        if wanted.text or not order.for_words
    ]


def _address(name, query):
    return reverse(name) + (f"?{query}" if query else "")
