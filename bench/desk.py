"""How fast the pages are at the size of a whole university: `make bench ARGS=desk`.

First the three lists in which the office works, beside a yardstick: a bare view behind the same
middleware that shows the same rows in a plain template. Then the server's time of every page
that tests/access.txt knows and of every list of the admin, as somebody who may open it.

Builds the large demo in a scratch database, which takes some minutes; where the database of
DATABASE_URL holds it already, measures there and takes everything back afterwards.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from statistics import median

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import include, path, reverse
from django.utils import timezone

from bench.promises import best_of, milliseconds, p95, promise, say
from bench.world import LargeWorld
from careers.people.models import OfficeSettings, Student, User
from internships.credits.models import CreditRequest
from internships.office.demo import build
from internships.office.demo.large.size import LARGE
from internships.permits.models import PermitCase
from tests.test_access import lines
from tests.world import ARGUMENTS, PEOPLE

MOST_QUERIES = 15
MOST_MILLISECONDS = 300
ROUNDS = 20
SLOWEST = 10
SLOW_TO_REPEAT = 5_000
# Where the table of access makes a row of its own, one of the demo serves as well.
MAKERS = ARGUMENTS | {
    "credit_new_posting": lambda world: {"ref": world.posting_with_credit.ref},
    "credit_file": lambda world: {
        "number": world.credit_to_mark.number,
        "pk": world.credit_to_mark.evidence.order_by("pk").first().pk,
    },
}
STAFF = ("advisor", "reviewer", "approver_own", "administrator")
PLAIN = """<!doctype html><title>Rows</title><ol>{% for row in rows %}<li>{{ row.pk }}
{{ row.state }} {{ row.waits_for }} {{ row.placement.student.user.family_name }}
{{ row.student.user.family_name }} {{ row.placement.posting.title_ja }}
{{ row.course.code }}</li>{% endfor %}</ol>"""


@dataclass(frozen=True)
class List:
    """A list of the office: its address, who works with it, and its rows as the plainest query."""

    name: str
    address: Callable[[], str]
    role: str
    rows: Callable[[User], object]


def _cases(user):
    rows = PermitCase.objects.filter(waits_for="office").order_by("due", "pk")
    return rows.select_related("placement__student__user", "placement__posting")[:25]


def _credits(user):
    rows = CreditRequest.objects.exclude(waits_for="nobody").order_by("due_on", "number")
    return rows.select_related("student__user", "placement__posting", "course")[:50]


def _own_credits(user):
    rows = CreditRequest.objects.filter(rule__faculty__approvers=user, waits_for="approver")
    rows = rows.order_by("due_on", "number")
    return rows.select_related("student__user", "placement__posting", "course")[:25]


LISTS = [
    List("permission desk", lambda: reverse("desk_queue"), "reviewer", _cases),
    List(
        "credit in the admin",
        lambda: reverse("admin:credits_creditrequest_changelist"),
        "administrator",
        _credits,
    ),
    List("approver's own list", lambda: reverse("credit_approvals"), "approver", _own_credits),
]


@login_not_required
def yardstick(request, number):
    plain = engines["django"].from_string(PLAIN)
    return HttpResponse(plain.render({"rows": LISTS[number].rows(request.user)}))


urlpatterns = [path("yardstick/<int:number>/", yardstick), path("", include("careers.urls"))]


def measure_lists() -> bool:
    say(f"{'list':24} {'page ms':>8} {'plain ms':>9} {'ratio':>7} {'queries':>8}")
    good = True
    for number, one in enumerate(LISTS):
        user = User.objects.filter(roles__contains=[one.role]).order_by("pk").first()
        client, address = _client(user), one.address()
        asked = _queries(client, address)
        page, plain = best_of(
            lambda client=client, address=address: client.get(address),
            lambda client=client, number=number: client.get(f"/yardstick/{number}/"),
            rounds=ROUNDS,
        )
        say(f"{one.name:24} {page:8.1f} {plain:9.1f} {plain / page:7.2f} {asked:8}")
        good &= promise(f"{one.name}, queries", asked, most=MOST_QUERIES)
    return good


def _client(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def _queries(client: Client, address: str) -> int:
    client.get(address)  # fills what is kept for the process
    with CaptureQueriesContext(connection) as queries:
        b"".join(client.get(address))
    return len(queries)


@dataclass(frozen=True)
class Page:
    name: str
    who: str
    user: User | None
    address: str


def pages() -> Iterator[Page]:
    """Give every page with somebody who may open it: its owner, and one of the staff."""
    for line in lines():
        method, name, answers = line.values
        allowed = [who for who, answer in zip(PEOPLE, answers, strict=True) if answer == "200"]
        staff = STAFF if name == "home" else [who for who in STAFF if who in allowed][:1]
        readers = [who for who in allowed if who in ("owner", *staff)] or allowed[:1]
        if method != "GET" or not allowed:
            continue
        for who in readers:
            # What the table of access makes for one page is gone before the next.
            with transaction.atomic():
                world = LargeWorld()
                arguments = MAKERS[name](world) if name in MAKERS else {}
                address = reverse(name.partition("@")[0], kwargs=arguments)
                yield Page(name, who, world.person(who), address)
                transaction.set_rollback(True)
    yield from _of_the_admin()


def _of_the_admin() -> Iterator[Page]:
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        view = f"{model._meta.app_label}.view_{model._meta.model_name}"
        for who in ("administrator", "reviewer"):
            user = getattr(LargeWorld(), who)
            if not user.has_perm(view):
                continue
            if model is not OfficeSettings:  # one row: its page is the list
                yield Page(f"admin {name}", who, user, reverse(f"admin:{name}_changelist"))
            row = model._default_manager.order_by("-pk").first()
            if row is not None:
                change = reverse(f"admin:{name}_change", args=[row.pk])
                yield Page(f"admin {name} one", who, user, change)


@dataclass(frozen=True)
class Measured:
    page: Page
    queries: int
    times: list[float]
    status: int
    is_file: bool

    @property
    def p95(self) -> float:
        return p95(self.times) if len(self.times) > 1 else self.times[0]


def measure_pages() -> bool:
    measured = [_measure(page) for page in pages()]
    strange = [one for one in measured if one.status != 200]
    for one in strange:
        say(f"NOT MEASURED, {one.status}: {one.page.name} as {one.page.who} {one.page.address}")
    files = [one for one in measured if one.is_file]
    looked_at = [one for one in measured if not one.is_file]
    _tell(f"{len(looked_at)} pages", looked_at)
    # A whole list taken out once in a while: as long as its lines, and without a promise.
    _tell(f"{len(files)} files to keep", files)
    slowest = max(one.p95 for one in looked_at)
    return not strange and promise("slowest page, p95 ms", slowest, most=MOST_MILLISECONDS)


def _tell(what: str, measured: list[Measured]) -> None:
    every = [time for one in measured for time in one.times]
    say(f"{what}: p50 {median(every):.0f} ms, p95 {p95(every):.0f} ms; the slowest:")
    say(f"{'':42} {'as':14} {'p50 ms':>7} {'p95 ms':>7} {'queries':>8}")
    for one in sorted(measured, key=lambda one: one.p95, reverse=True)[:SLOWEST]:
        say(
            f"{one.page.name:42} {one.page.who:14} {median(one.times):7.0f} "
            f"{one.p95:7.0f} {one.queries:8}"
        )


def _measure(page: Page) -> Measured:
    client = _client(page.user)
    first = client.get(page.address)
    is_file = "attachment" in first.get("Content-Disposition", "")
    queries = _queries(client, page.address)
    times: list[float] = []
    while len(times) < ROUNDS and sum(times) < SLOW_TO_REPEAT:
        times.append(milliseconds(lambda: b"".join(client.get(page.address))))
    return Measured(page, queries, times, first.status_code, is_file)


@contextmanager
def large_demo() -> Iterator[None]:
    """Let there be the large demo for a while, and nothing of the measuring afterwards."""
    if Student.objects.count() >= LARGE.students:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        return
    connection.settings_dict["TEST"]["NAME"] = f"shirube_bench_{os.getpid()}"
    real = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with tempfile.TemporaryDirectory() as folder, override_settings(PRIVATE_FILES=folder):
            build.build_large(timezone.localdate(), lambda line: None, sys.stdout, LARGE)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
            yield
    finally:
        connection.creation.destroy_test_db(real, verbosity=0)


def main() -> bool:
    settings.ALLOWED_HOSTS = ["testserver"]
    with large_demo(), override_settings(ROOT_URLCONF="bench.desk"):
        import_module("careers.wsgi")  # gets the process ready as that of the server
        kept = [measure_lists(), measure_pages()]
    return all(kept)
