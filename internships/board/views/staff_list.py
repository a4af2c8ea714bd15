"""All postings of the office, by what is to be done with them."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from internships.board import exporting
from internships.board.models import SENT_BACK, TO_REVIEW, Posting

PAGE = 25
LONGEST_QUERY = 200
# name → words, order of the rows
TABS = {
    "drafts": (_("Drafts"), ("-changed_at", "-pk")),
    "in_review": (_("In review"), ("changed_at", "pk")),
    "returned": (_("Sent back"), ("-changed_at", "-pk")),
    "open": (_("Open"), ("closes_at", "pk")),
    "scheduled": (_("Scheduled"), ("opens_at", "pk")),
    "closed": (_("Closed"), ("-closes_at", "-pk")),
}


@never_cache
@permission_required("board.view_posting", raise_exception=True)
def posting_staff_list(request):
    words, counts, tab, postings = _asked(request)
    page = Paginator(postings.select_related("organisation", "posted_by"), PAGE)
    return render(
        request,
        "board/posting_staff_list.html",
        {
            "tabs": [(name, TABS[name][0], counts[name]) for name in TABS],
            "tab": tab,
            "words": words,
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
    words = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    found = Posting.objects.matching(words)
    counts = found.order_by().aggregate(
        **{name: Count("pk", filter=condition) for name, condition in tabs.items()}
    )
    tab = request.GET.get("tab")
    if tab not in tabs:
        tab = next((name for name in tabs if counts[name]), "open")
    return words, counts, tab, found.filter(tabs[tab]).order_by(*TABS[tab][1])


def _conditions(now):
    published = Q(state=Posting.State.PUBLISHED)
    return {
        "drafts": Q(state=Posting.State.DRAFT),
        "in_review": TO_REVIEW,
        "returned": SENT_BACK,
        "open": published & Q(opens_at__lte=now, closes_at__gt=now),
        "scheduled": published & Q(opens_at__gt=now),
        "closed": Q(state=Posting.State.WITHDRAWN) | published & Q(closes_at__lte=now),
    }
