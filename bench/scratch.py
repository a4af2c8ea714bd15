"""A scratch database with many postings, on the server of DATABASE_URL.

Thrown away afterwards; with BENCH_KEEP=1 it stays there, and serves as it is the next time.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from bench.promises import say
from bench.rows import add_postings
from internships.board.models import Posting
from internships.office.demo import build

WORDS = next(index for index in Posting._meta.indexes if index.name == "posting_words")


@contextmanager
def board_of(stored: int, *, open_now: int) -> Iterator[None]:
    """Let there be so many postings for a while, so many of them open."""
    keep = bool(os.environ.get("BENCH_KEEP"))
    name = f"shirube_bench_{stored}" if keep else f"shirube_bench_{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = name
    real = connection.settings_dict["NAME"]
    settings.ALLOWED_HOSTS = ["testserver"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
    try:
        begin = perf_counter()
        if Posting.objects.count() < stored:
            _fill(stored, open_now)
        say(f"{stored:,} postings, {open_now:,} open: made in {perf_counter() - begin:.0f} s")
        with override_settings(ROOT_URLCONF="bench.board"):
            yield
    finally:
        connection.creation.destroy_test_db(real, verbosity=0, keepdb=keep)


def _fill(stored: int, open_now: int) -> None:
    build.build(timezone.localdate(), lambda line: None)
    # The sample is what the others are made of; on the board it is over.
    Posting.objects.filter(state="published").update(closes_at=timezone.now() - timedelta(days=1))
    # An index of many words is built in one go in a third of the time.
    with connection.schema_editor() as editor:
        editor.remove_index(Posting, WORDS)
    add_postings(stored, open_now=open_now, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        with connection.schema_editor() as editor:
            editor.add_index(Posting, WORDS)
        cursor.execute("VACUUM ANALYZE")
