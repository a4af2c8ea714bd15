"""All postings of the office, by what is to be done with them."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from careers.desk.counting import count_each
from internships.board import exporting, together
from internships.board.folding import without_controls
from internships.board.models import Posting
from internships.board.search import LONGEST_QUERY
from internships.board.stages import conditions, looked_after_by
from internships.board.tally import COUNTED_UP_TO, counted

PAGE = 25
# name → words, order of the rows
TABS = {
    "drafts": (_("Drafts"), ("-changed_at", "-pk")),
    "in_review": (_("In review"), ("changed_at", "pk")),
    "returned": (_("Sent back"), ("-changed_at", "-pk")),
    "open": (_("Open"), ("closes_at", "pk")),
    "scheduled": (_("Scheduled"), ("opens_at", "pk")),
    "stale": (_("No update for 3 months"), ("published_at", "pk")),
    "closed": (_("Closed"), ("-closes_at", "-pk")),
}
# Parts of the tabs that somebody has to act on.
PARTS = {
    "closing": (_("Closing in 7 days"), ("closes_at", "pk")),
    "outcome": (_("What came of it?"), ("closes_at", "pk")),
}
LISTS = TABS | PARTS
_ON_BOARD = ("extend", "withdraw", "confirm", "assign", "label")
# What is likely to be done with many of a list at once, the likeliest first.
VERBS = {
    "in_review": ("publish", "return_posting", "assign", "label"),
    "open": _ON_BOARD,
    "closing": _ON_BOARD,
    "scheduled": _ON_BOARD,
    "stale": ("confirm", "extend", "withdraw", "assign", "label"),
    "outcome": ("assign", "label"),
    "closed": ("label", "assign"),
}


@never_cache
@permission_required("board.view_posting", raise_exception=True)
def posting_staff_list(request):
    words, counts, tab, postings = _asked(request)
    mine, label = _is_hers(request), _text(request, "label")
    marked = request.GET.get("mark") == "all"
    shown = postings.select_related("organisation", "posted_by", "assignee")
    paginator = Paginator(shown, together.MOST if marked else PAGE)
    paginator.count = min(counts[tab], COUNTED_UP_TO)
    page = paginator.get_page(request.GET.get("page"))
    kept = {"q": words, "who": "me" if mine else "", "label": label}
    verbs = VERBS.get(tab, ("publish", "assign", "label"))
    return render(
        request,
        "board/posting_staff_list.html",
        {
            "tabs": [(name, TABS[name][0], counted(counts[name])) for name in TABS],
            "parts": [(name, PARTS[name][0], counted(counts[name])) for name in PARTS],
            "tab": tab,
            "words": words,
            "mine": mine,
            "label": label,
            "kept": _query(**kept),
            "everything": _query(q=words),
            "verbs": [(name, together.VERBS[name][0]) for name in verbs],
            "page": page,
            "marked": marked,
            "most": together.MOST,
            "back": _query(tab=tab, **kept, page="" if marked else page.number),
        },
    )


@never_cache
@permission_required("board.view_posting", raise_exception=True)
def posting_staff_export(request, kind):
    """The same list as a file that `import_postings` takes back."""
    _words, _counts, tab, postings = _asked(request)
    return exporting.postings_as_file(kind, f"postings-{tab}", postings)


def _asked(request):
    """Give the words looked for, the numbers of the tabs, the tab, and its postings."""
    lists = conditions(timezone.now())
    words, label = (_text(request, name) for name in ("q", "label"))
    found = Posting.objects.matching(words)
    if _is_hers(request):
        found = found.filter(looked_after_by(request.user))
    if label:
        found = found.filter(labels__contains=[label])
    counts = count_each({name: found.filter(lists[name]) for name in LISTS}, most=COUNTED_UP_TO)
    tab = request.GET.get("tab")
    if tab not in LISTS:
        tab = next((name for name in TABS if counts[name]), "open")
    return words, counts, tab, found.filter(lists[tab]).order_by(*LISTS[tab][1])


def _text(request, name):
    return without_controls(request.GET.get(name, "")[:LONGEST_QUERY])


def _is_hers(request):
    return request.GET.get("who") == "me"


def _query(**parts):
    """Give the part of an address that keeps what was asked for."""
    return urlencode({name: value for name, value in parts.items() if value})
