"""Saved searches of a student: save, run, rename, choose letters, feeds, delete."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.desk.notes import note_done
from careers.people.models import Student
from internships.board.following import feeds, searches
from internships.board.following.models import SavedSearch
from internships.board.following.searches import SearchForm
from internships.board.query import Search


@never_cache
@require_safe
@permission_required("board.follow_postings", raise_exception=True)
def search_list(request):
    found = SavedSearch.objects.filter(student__user=request.user)
    rows = [(saved, wanted(saved)) for saved in found]
    return render(request, "board/search_list.html", {"rows": rows})


@never_cache
@require_POST
@permission_required("board.follow_postings", raise_exception=True)
def search_save(request):
    """Save what the board shows; its address came with the form."""
    student = get_object_or_404(Student, user=request.user)
    looked_for = Search.parse(request.POST.get("query", ""), for_somebody=True)
    try:
        saved, is_new = searches.save(student, looked_for)
    except ValidationError as refused:
        messages.warning(request, refused.message)
        return redirect("search_list")
    if is_new:
        note_done(request, _("Saved. Choose a name, and whether you want letters."))
    else:
        messages.info(request, _("You have saved this search already."))
    return redirect("search_edit", saved.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("board.follow_postings", raise_exception=True)
def search_edit(request, pk):
    saved = _own(request, pk)
    form = SearchForm(request.POST or None, instance=_own(request, pk))
    if form.is_valid():
        searches.change(saved, **form.cleaned_data)
        note_done(request, _("Saved."))
        return redirect("search_list")
    return render(
        request, "board/search_edit.html", {"form": form, "saved": saved, "search": wanted(saved)}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("board.follow_postings", raise_exception=True)
def search_delete(request, pk):
    saved = _own(request, pk)
    if request.method != "POST":
        return render(request, "board/search_delete.html", {"saved": saved})
    searches.delete(saved)
    note_done(request, _("The search is deleted. Its letters and feeds have ended."))
    return redirect("search_list")


@never_cache
@require_POST
@permission_required("board.follow_postings", raise_exception=True)
def search_feed(request, pk):
    """Make a key and show its addresses, this once: nobody can read them again, not even we."""
    saved = _own(request, pk)
    token = feeds.renew(saved)
    addresses = {
        name: request.build_absolute_uri(reverse(name, args=[token]))
        for name in ("feed_atom", "feed_calendar")
    }
    context = {"saved": saved, "addresses": addresses, "search": wanted(saved)}
    return render(request, "board/search_feed.html", context)


@never_cache
@require_POST
@permission_required("board.follow_postings", raise_exception=True)
def search_feed_stop(request, pk):
    saved = _own(request, pk)
    feeds.stop(saved)
    note_done(request, _("The addresses of this search's feeds are void."))
    return redirect("search_edit", saved.pk)


def wanted(saved: SavedSearch) -> Search:
    """Give what was looked for, with the filters that are hers alone."""
    return Search.parse(saved.query, for_somebody=True)


def _own(request, pk) -> SavedSearch:
    return get_object_or_404(SavedSearch, student__user=request.user, pk=pk)
