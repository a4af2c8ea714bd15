from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from internships.board.filters import SORT, Filters
from internships.board.models import Posting
from internships.board.rows import rows_of

PAGE_SIZE = 25


@login_not_required
@cache_control(private=True)
def posting_list(request):
    filters = Filters(request.GET, timezone.localdate())
    if not filters.is_canonical(request.GET):
        return redirect(_address(filters.canonical(request.GET.get("page"))))
    on_the_board = Posting.objects.open(timezone.now())
    page = _page_of(filters, on_the_board, request.GET.get("page"))
    total = on_the_board.count() if filters.tokens else page.paginator.count
    return render(
        request,
        "board/posting_list.html",
        {
            "form": filters.form,
            "filters": filters,
            "sorts": _sorts(filters),
            "page": page,
            "rows": rows_of(page.object_list),
            "total": total,
            "ways_out": [] if page.object_list else filters.ways_out(on_the_board),
        },
    )


def _page_of(filters, on_the_board, number):
    found = filters.narrow(on_the_board).select_related("organisation").order_by(*filters.order.by)
    return Paginator(found, PAGE_SIZE).get_page(number)


def _sorts(filters):
    """The ways to sort, each with its address; the one in use has none."""
    addresses = []
    for name, order in SORT.items():
        query = filters.query.copy()
        query["sort"] = name
        addresses.append((order.label, "" if order is filters.order else f"?{query.urlencode()}"))
    return addresses


def _address(query):
    return reverse("posting_list") + (f"?{query}" if query else "")
