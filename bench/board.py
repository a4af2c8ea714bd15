"""How fast the board is, beside a yardstick: `make bench ARGS=board`.

200,000 postings are stored, 10,000 of them open. The yardstick is a view in the same process
behind the same middleware that runs the same page query for the same rows and renders them in a
plain template. Figures are ratios of the two, so that they mean the same on any machine: at least
0.5. Then every query of the file of searches, as if nobody had looked for its words before, in
milliseconds. Everything happens in a scratch database that is thrown away afterwards.
"""

import csv
from pathlib import Path
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.signals import request_started
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import override

from bench.promises import ROUNDS, best_of, p95, promise, say
from bench.scratch import board_of
from careers.people.models import Student
from internships.board import rows, tally
from internships.board.fits import FITS, ForMe
from internships.board.models import Posting
from internships.board.query import Search, search
from internships.board.verdicts import signs_for
from internships.board.views.listing import PAGE_SIZE

STORED, OPEN = 200_000, 10_000
LEAST_RATIO = 0.5
MOST_QUERIES = 10
MOST_FLAG_MILLISECONDS = 5
MOST_FILTER_MILLISECONDS = 50
MOST_PAGE_QUERY_MILLISECONDS = 30
MOST_SEARCH_MILLISECONDS = 150
SEARCH_ROUNDS = 3
STUDENT = "23c10087@example.ac.jp"
QUERIES = Path(__file__).parents[2] / "shared/data/search_queries.csv"
PLAIN = """<!doctype html><title>Postings</title><ol>{% for posting in postings %}
<li><a href="/internships/{{ posting.ref }}/">{{ posting.title_ja }} {{ posting.title_en }}</a>
{{ posting.organisation.name_ja }} {{ posting.organisation.name_en }} {{ posting.city_ja }}
{{ posting.pay_kind }} {{ posting.pay_yen }} {{ posting.pay_unit }} {{ posting.weekly_hours }}
{{ posting.starts_on }} {{ posting.ends_on }} {{ posting.japanese_level }}
{{ posting.closes_at }}</li>{% endfor %}</ol>"""
PAGES = {
    "the whole board": "",
    "newest first": "sort=newest",
    "page 100": "page=100",
    "paid, English, 28 h": "pay=paid&language=english&hours=28",
    "翻訳": "q=%E7%BF%BB%E8%A8%B3",
    "data analysis": "q=data+analysis",
    "東京 英語, unpaid": "q=%E6%9D%B1%E4%BA%AC+%E8%8B%B1%E8%AA%9E&pay=unpaid",
}


@login_not_required
def yardstick(request):
    first = (int(request.GET.get("page", 1)) - 1) * PAGE_SIZE
    rows = search(Search.parse(request.GET)).select_related("organisation")
    plain = engines["django"].from_string(PLAIN)
    return HttpResponse(plain.render({"postings": rows[first : first + PAGE_SIZE]}))


urlpatterns = [path("yardstick/", yardstick), path("", include("careers.urls"))]


def measure(client, who):
    """Print one line a page; give whether all of them keep what is promised."""
    say(f"the board for {who}:")
    head = ("board ms", "plain ms", "ratio", "queries", "after a change")
    say(f"{'page':24}" + "".join(f"{words:>15}" for words in head))
    ratios, asked = [], []
    for name, query in PAGES.items():
        address = f"/internships/?{query}"
        client.get(address)
        after_a_change = _queries_after_a_change(client, address)
        asked += [_queries(client, address), after_a_change]
        board, plain = best_of(
            lambda address=address: client.get(address),
            lambda query=query: client.get(f"/yardstick/?{query}"),
        )
        ratios.append(plain / board)
        figures = f"{board:15.1f}{plain:15.1f}{plain / board:15.2f}{asked[-2]:15}{asked[-1]:15}"
        say(f"{name:24}{figures}")
    return [
        promise(f"slowest page beside the yardstick, {who}", min(ratios), least=LEAST_RATIO),
        promise(f"queries of a page, {who}", max(asked), most=MOST_QUERIES),
    ]


def _queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def _queries_after_a_change(client, address):
    change_a_posting()
    return _queries(client, address)


def change_a_posting():
    Posting.objects.filter(pk=Posting.objects.open(timezone.now()).last().pk).update(openings=3)


def measure_flags(student):
    """Time the flags of a page of 25 postings, their words included."""
    postings = list(Posting.objects.open(timezone.now()).order_by("closes_at", "pk")[:PAGE_SIZE])
    request_started.send(sender=None)  # what a page asks for again and again is kept for it
    with override("en"):
        [cold], [warm] = (
            best_of(lambda: signs_for(student, postings), rounds=rounds) for rounds in (1, ROUNDS)
        )
    say(f"flags of {len(postings)} postings: {cold:.1f} ms the first time")
    return promise("flags of a page, ms", warm, most=MOST_FLAG_MILLISECONDS)


def measure_filter(student):
    """Time what the filters "for you" add: sorting all postings by signature, asking the law."""
    on_the_board = Posting.objects.open(timezone.now())
    request_started.send(sender=None)

    def ask():
        ForMe(student, on_the_board).condition([FITS])

    with override("en"):
        [cold], [warm] = (best_of(ask, rounds=rounds) for rounds in (1, ROUNDS))
    say(f"filter by verdict: {cold:.1f} ms the first time")
    return promise("filter by verdict, ms", warm, most=MOST_FILTER_MILLISECONDS)


def measure_searches(client):
    """Time every query of the file, in both orders; what was found before is forgotten."""
    if not QUERIES.exists():
        say(f"NOT MEASURED: searches, for want of {QUERIES}")
        return []
    queries, requests = search_times(client)
    limits = {"most": MOST_PAGE_QUERY_MILLISECONDS}, {"most": MOST_SEARCH_MILLISECONDS}
    return [
        promise("page query of a search, p95 ms", p95(queries), **limits[0]),
        promise("whole request of a search, p95 ms", p95(requests), **limits[1]),
    ]


def search_times(client):
    """Give the times of the page queries and of the whole requests, each the best of a few."""
    with QUERIES.open(encoding="utf-8") as file:
        texts = [row["query"] for row in csv.DictReader(file)]
    client.get("/internships/")
    queries, requests = [], []
    for wanted in ({"q": text} | sort for text in texts for sort in ({}, {"sort": "best"})):
        query, request = best_of(
            lambda wanted=wanted: _page_query(wanted),
            lambda wanted=wanted: _request(client, wanted),
            rounds=SEARCH_ROUNDS,
        )
        queries.append(query)
        requests.append(request)
    return queries, requests


def _page_query(wanted):
    found = search(Search.parse(urlencode(wanted))).select_related("organisation")
    list(found[:PAGE_SIZE])


def _request(client, wanted):
    forget_searches()
    client.get("/internships/", wanted)


def forget_searches():
    """Let nobody have looked for anything yet; the counts of the board stay."""
    known = tally.tally(timezone.now())
    known.found.cache_clear()
    known.panels.clear()
    rows._bodies = rows.Bodies(())


def main() -> bool:
    with board_of(STORED, open_now=OPEN):
        client = Client()
        kept = measure(client, "a visitor")
        kept += measure_searches(client)
        student = Student.objects.get(user__email=STUDENT)
        client.force_login(student.user)
        kept += measure(client, "a student with her flags")
        kept += [measure_flags(student), measure_filter(student)]
    return all(kept)
