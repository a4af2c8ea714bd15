"""Many postings for measurements: the sample's, mixed, written by the database, always the same.

Words, place and terms of each come from different postings of the sample, its host from the names
of the large demo, so that searches and filters find a natural share. The n-grams of each part are
made as the product makes them; the database puts those of a posting together.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from internships.board import search
from internships.board.models import Organisation, Posting
from internships.office.demo.large.board import PLACE, TERMS, WORDS
from internships.office.demo.large.hosts import names

PARTS = {"words": WORDS, "place": PLACE, "terms": TERMS}
# Beside the open ones, for one in so many: another that opens later, and another that an advisor
# still writes or that waits for approval. Like the open ones they do not grow with what is stored.
SCHEDULED = WAITING = 20

# The number of a posting stands for all that is drawn by lot: {die} is a die with so many sides.
_ADD = """
INSERT INTO board_posting (
    ref, organisation_id, {words}, {place}, {terms}, opens_at, closes_at, starts_on, ends_on,
    state, withdrawn_at, withdrawn_reason, published_at, created_at, changed_at,
    words_changed_ja_at, words_changed_en_at, venue, problems, labels, attachments, pending_state,
    outcome_note, search)
SELECT
    now.ref, host.id, {of_words}, {of_place}, {of_terms}, days.opens_at, now.closes_at,
    first_day, first_day + (ARRAY[0, 3, 4, 11, 25, 60, 90])[1 + {die_length}],
    now.state, CASE now.state WHEN 'withdrawn' THEN now.closes_at - interval '5 days' END, '',
    CASE WHEN now.state IN ('published', 'withdrawn') THEN days.opens_at END,
    days.opens_at, days.opens_at, days.opens_at, days.opens_at,
    'ordinary', '{{}}', '{{}}', '{{}}', '', '',
    (quote_literal(lower(now.ref)) || ':1')::tsvector
        || words_grams.grams || host_grams.grams || place_grams.grams || terms_grams.grams
FROM generate_series(%(first)s, %(last)s) AS number
CROSS JOIN LATERAL (SELECT
    'B' || lpad(number::text, 7, '0') AS ref,
    CASE
        WHEN number < %(open)s THEN %(at)s + interval '1 hour' * (1 + {die_closing})
        WHEN number < %(scheduled)s THEN %(at)s + interval '1 hour' * (2000 + {die_closing})
        ELSE %(at)s - interval '1 hour' * (1 + {die_closed})
    END AS closes_at,
    CASE
        WHEN number < %(scheduled)s THEN 'published'
        WHEN number < %(waiting)s THEN (ARRAY['draft', 'in_review'])[1 + {die_state} / 50]
        WHEN {die_state} < 2 THEN 'withdrawn'
        ELSE 'published'
    END AS state
) AS now
CROSS JOIN LATERAL (SELECT
    CASE
        WHEN number < %(open)s THEN %(at)s - interval '1 hour' * {die_opening}
        WHEN number < %(scheduled)s THEN %(at)s + interval '1 hour' * (1 + {die_opening})
        ELSE now.closes_at - interval '1 day' * (20 + {die_days})
    END AS opens_at,
    (now.closes_at AT TIME ZONE 'Asia/Tokyo')::date + 5 + {die_start} AS first_day
) AS days
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM board_organisation) AS host
    ON host.place = {die_host}
JOIN bench_grams AS host_grams ON host_grams.part = 'host' AND host_grams.of = host.id
JOIN bench_sample AS words ON words.place = {die_words}
JOIN bench_grams AS words_grams ON words_grams.part = 'words' AND words_grams.of = words.id
JOIN bench_sample AS place ON place.place = {die_place}
JOIN bench_grams AS place_grams ON place_grams.part = 'place' AND place_grams.of = place.id
JOIN bench_sample AS terms ON terms.place = {die_terms}
JOIN bench_grams AS terms_grams ON terms_grams.part = 'terms' AND terms_grams.of = terms.id
ORDER BY number
"""


def add_postings(count: int, *, open_now: int, at: datetime) -> None:
    """Write so many postings, of which so many are open at a moment; the sample must be there.

    Some open later, some are drafts or in review. The others ran out or were withdrawn within
    six years.
    """
    sample = list(Posting.objects.filter(state="published").select_related("organisation"))
    hosts = _hosts(max(count // 5, 1))
    sides = {
        **dict.fromkeys(PARTS, len(sample)),
        "host": len(hosts),
        "closing": 120 * 24,
        "opening": 60 * 24,
        "closed": 6 * 365 * 24,
        "days": 70,
        "start": 115,
        "length": 7,
        "state": 100,
    }
    scheduled = open_now + open_now // SCHEDULED
    with connection.cursor() as cursor:
        _write_grams(cursor, sample, hosts)
        cursor.execute(
            _add(sides),
            {
                "first": 0,
                "last": count - 1,
                "open": open_now,
                "at": at,
                "scheduled": scheduled,
                "waiting": scheduled + open_now // WAITING,
            },
        )
        cursor.execute("DROP TABLE bench_grams, bench_sample")


def _hosts(count: int) -> list[Organisation]:
    """Give the organisations of the sample with so many more, as far as there are names."""
    Organisation.objects.bulk_create(Organisation(**name) for name in names()[:count])
    return list(Organisation.objects.order_by("pk"))


def _write_grams(cursor, sample: Iterable[Posting], hosts: Iterable[Organisation]) -> None:
    nameless = Organisation()
    rows = [
        (part, posting.pk, search.vector_of(_only(fields, posting, nameless)))
        for part, fields in PARTS.items()
        for posting in sample
    ]
    rows += [("host", host.pk, search.vector_of(Posting(organisation=host))) for host in hosts]
    cursor.execute(
        "CREATE TEMPORARY TABLE bench_sample AS"
        " SELECT *, row_number() OVER (ORDER BY ref) - 1 AS place FROM board_posting"
        " WHERE state = 'published'"
    )
    cursor.execute("CREATE TEMPORARY TABLE bench_grams (part text, of bigint, grams tsvector)")
    cursor.executemany("INSERT INTO bench_grams VALUES (%s, %s, %s)", rows)
    cursor.execute("ANALYZE bench_sample, bench_grams")


def _only(fields: list[str], posting: Posting, organisation: Organisation) -> Posting:
    return Posting(
        organisation=organisation, **{field: getattr(posting, field) for field in fields}
    )


def _add(sides: dict[str, int]) -> str:
    columns = {part: ", ".join(fields) for part, fields in PARTS.items()}
    parts = {
        f"of_{part}": ", ".join(f"{part}.{field}" for field in fields)
        for part, fields in PARTS.items()
    }
    dice = {
        f"die_{name}": f"((hashint8extended(number, {seed}) & 2147483647)::int %% {size})"
        for seed, (name, size) in enumerate(sides.items())
    }
    return _ADD.format(**columns, **parts, **dice)
