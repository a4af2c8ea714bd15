"""All postings of the office, by what is to be done with them."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from internships.board import exporting, together
from internships.board.models import SENT_BACK, TO_REVIEW, Posting, stale

PAGE = 25
LONGEST_QUERY = 200
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


@never_cache
@permission_required("board.view_posting", raise_exception=True)
def posting_staff_list(request):
    words, counts, tab, postings = _asked(request)
    page = Paginator(postings.select_related("organisation", "posted_by", "assignee"), PAGE)
    mine, label = _is_hers(request), _text(request, "label")
    return render(
        request,
        "board/posting_staff_list.html",
        {
            "tabs": [(name, TABS[name][0], counts[name]) for name in TABS],
            "tab": tab,
            "words": words,
            "mine": mine,
            "label": label,
            "kept": _query(q=words, who="me" if mine else "", label=label),
            "everything": _query(q=words),
            "verbs": [(name, said) for name, (said, _asks) in together.VERBS.items()],
            "page": page.get_page(request.GET.get("page")),
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
    tabs = _conditions(timezone.now())
    words, label = (_text(request, name) for name in ("q", "label"))
    found = Posting.objects.matching(words)
    if _is_hers(request):
        found = found.filter(Q(assignee=request.user) | Q(assignee=None, posted_by=request.user))
    if label:
        found = found.filter(labels__contains=[label])
    counts = found.order_by().aggregate(
        **{name: Count("pk", filter=condition) for name, condition in tabs.items()}
    )
    tab = request.GET.get("tab")
    if tab not in tabs:
        tab = next((name for name in tabs if counts[name]), "open")
    return words, counts, tab, found.filter(tabs[tab]).order_by(*TABS[tab][1])


def _text(request, name):
    return request.GET.get(name, "")[:LONGEST_QUERY].replace("\0", "").strip()


def _is_hers(request):
    return request.GET.get("who") == "me"


def _query(**parts):
    """Give the part of an address that keeps what was asked for."""
    return urlencode({name: value for name, value in parts.items() if value})


def _conditions(now):
    published = Q(state=Posting.State.PUBLISHED)
    return {
        "drafts": Q(state=Posting.State.DRAFT),
        "in_review": TO_REVIEW,
        "returned": SENT_BACK,
        "open": published & Q(opens_at__lte=now, closes_at__gt=now),
        "scheduled": published & Q(opens_at__gt=now),
        "stale": stale(now),
        "closed": Q(state=Posting.State.WITHDRAWN) | published & Q(closes_at__lte=now),
    }
