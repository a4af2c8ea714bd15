"""What search engines may know: the public pages, and the postings that are open."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from internships.board.models import Posting

PUBLIC_PAGES = ["front", "posting_list", "wizard", "directory", "bureau_list"]
# Pages for one person, and lists in all their filters, are not for search engines.
CLOSED = ["/admin/", "/desk/", "/home/", "/saved/", "/check/", "/internships/?"]


class Pages(Sitemap):
    def items(self):
        return PUBLIC_PAGES

    def location(self, item):
        return reverse(item)


class Postings(Sitemap):
    """A closed posting keeps its address, but no search engine is sent there."""

    limit = 10_000

    def items(self):
        shown = Posting.objects.open(timezone.now()).only("ref", "changed_at")
        return shown.order_by("pk")

    def lastmod(self, item):
        return item.changed_at


@login_not_required
@require_safe
@cache_control(max_age=3600)
def sitemap_view(request):
    return sitemap(request, {"pages": Pages, "postings": Postings})


@login_not_required
@require_safe
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
