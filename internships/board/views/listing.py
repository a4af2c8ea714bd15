from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Max, Subquery, Value
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from internships.board.filters import SORT, Filters
from internships.board.fits import ForMe
from internships.board.models import Posting
from internships.board.rows import rows_for
from internships.board.verdicts import student_of

PAGE_SIZE = 25


@login_not_required
@cache_control(private=True)
def posting_list(request):
    on_the_board = Posting.objects.open(timezone.now())
    student = student_of(request.user)
    for_me = ForMe(student, on_the_board) if student else None
    filters = Filters(request.GET, timezone.localdate(), for_me)
    if not filters.is_canonical(request.GET):
        return redirect(_address(filters.canonical(request.GET.get("page"))))
    total, found = _counts(filters, on_the_board)
    page = _page_of(filters, on_the_board, found, request.GET.get("page"))
    return render(
        request,
        "board/posting_list.html",
        {
            "form": filters.form,
            "filters": filters,
            "sorts": _sorts(filters),
            "page": page,
            "rows": rows_for(request.user, page.object_list),
            "total": total,
            "ways_out": [] if page.object_list else filters.ways_out(on_the_board),
        },
    )


def _counts(filters, on_the_board):
    """Count what is open and what of it is found, in one query that uses the search index."""
    if not filters.tokens:
        total = on_the_board.count()
        return total, total
    if counted := filters.counts_for_me():
        return counted
    found = filters.narrow(on_the_board).order_by().values(all=Value(1))
    counted = found.annotate(number=Count("pk")).values("number")
    both = on_the_board.aggregate(total=Count("pk"), found=Max(Subquery(counted)))
    return both["total"], both["found"] or 0


def _page_of(filters, on_the_board, count, number):
    found = filters.narrow(on_the_board).select_related("organisation").order_by(*filters.order.by)
    paginator = Paginator(found, PAGE_SIZE)
    paginator.count = count
    return paginator.get_page(number)


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
