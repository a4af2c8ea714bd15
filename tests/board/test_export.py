"""Postings taken out as a file: what stands in it, and that sending it back changes nothing."""

import csv
import io
import tracemalloc
from itertools import islice

import pytest
from django.urls import reverse

from careers import spreadsheets
from careers.spreadsheets import safe, unsafe
from internships.board import workflow
from internships.board.importing import import_table, read_table
from internships.board.models import Posting
from tests.board.importing import LINE, SAMPLE, all_rows, take
from tests.factories import make_organisation, make_posting

pytestmark = pytest.mark.django_db
TABS = ("drafts", "in_review", "returned", "open", "scheduled", "closed")


def export(client, kind, **query):
    response = client.get(reverse("posting_staff_export", args=[kind]), query)
    assert response.status_code == 200
    return response.getvalue()


@pytest.fixture
def full_board(advisor):
    """The sample, edited by hand, and what a careless or a hostile sender writes."""
    import_table(read_table(SAMPLE.read_bytes()), publish=True)
    edited = Posting.objects.get(ref="I26-0001")
    workflow.edit(
        edited, {"title_ja": "手で直した題名", "openings": 9}, by=advisor.user, seen=10**9
    )
    take({"ref": "I26-8001", "starts_on": "2027-02-30", "title_ja": "=HYPERLINK(1)"})
    take({"ref": "I26-8002"}, {"ref": "I26-8003"})  # the same plan twice
    take({"ref": "I26-8004", "title_en": "'=quoted", "description_ja": '一行目\n二行目, "引用"'})
    twin = make_organisation(name_ja="株式会社みなと", name_en="Minato Inc.")
    make_posting(
        organisation=twin,
        title_ja="同じ名の別の会社",
        description_ja="一行目\r\n二行目",
        daily_hours=6,
        days_per_week=4,
    )
    make_posting(state="returned")
    make_posting(state="draft", opens_at=None, closes_at=None, apply_to="-担当: 山田")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_taken_out_and_sent_back_changes_nothing(advisor, full_board, kind):
    before = all_rows()
    files = [export(advisor, kind, tab=tab) for tab in TABS]

    summaries = [import_table(read_table(file)) for file in files]

    actions = [result.action for summary in summaries for result in summary.results]
    assert len(actions) == Posting.objects.count()
    assert set(actions) == {"unchanged"}
    assert all_rows() == before


def test_columns_are_those_of_the_postings_file_and_the_state(advisor):
    take({}, publish=True)

    (line,) = csv.DictReader(io.StringIO(export(advisor, "csv", tab="open").decode("utf-8-sig")))

    assert {name: line[name] for name in LINE} == LINE
    assert (line["state"], line["problems"]) == ("published", "")


def test_the_list_is_narrowed_as_on_the_page(advisor):
    make_posting(ref="T-FOUND", title_en="Lighthouse keeper")
    make_posting(ref="T-OTHER")

    file = export(advisor, "csv", tab="open", q="lighthouse").decode()

    assert "T-FOUND" in file
    assert "T-OTHER" not in file


def test_a_file_is_kept_by_nobody_on_the_way(advisor):
    response = advisor.get(reverse("posting_staff_export", args=["csv"]))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].endswith('.csv"')


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+81",
        "-1",
        "@x",
        "  =1",
        "＝1",
        "\tx",
        "'=1",
        "''=1",
        "plain",
        "",
        "it's",
        "'quoted'",
    ],
)
def test_no_cell_runs_and_each_comes_back_as_it_was(text):
    assert unsafe(safe(text)) == text
    assert not safe(text).lstrip().startswith(("=", "+", "-", "@", "＝"))


def test_an_export_asks_the_database_no_more_for_more_rows(advisor, assert_same_queries):
    assert_same_queries(lambda: export(advisor, "csv", tab="open"), make_posting)


def test_a_long_file_is_written_line_by_line():
    taken = []

    def rows():
        for number in range(100_000):
            taken.append(number)
            yield [number, "x" * 1000]

    response = spreadsheets.as_file("csv", "long", ["a", "b"], rows())
    tracemalloc.start()
    first = list(islice(response.streaming_content, 5000))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (len(first), len(taken)) == (5000, 4999)
    assert peak < 20_000_000
