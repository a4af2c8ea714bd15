"""The list of postings that the office works from."""

from datetime import timedelta

import pytest

from careers.desk.counting import count_each
from internships.board.models import Posting
from tests.factories import NOW, make_posting

pytestmark = pytest.mark.django_db
STAFF = "/internships/manage/"


def test_the_list_of_the_office_counts_postings_by_what_is_to_be_done(advisor):
    make_posting(state="draft", title_en="A draft")
    make_posting(state="in_review")
    make_posting(opens_at=NOW + timedelta(days=1))
    make_posting()
    make_posting(closes_at=NOW)
    make_posting(state="withdrawn", withdrawn_at=NOW)

    response = advisor.get(STAFF)

    counts = {name: count for name, _words, count in response.context["tabs"]}
    assert counts == {
        "drafts": "1",
        "in_review": "1",
        "returned": "0",
        "open": "1",
        "scheduled": "1",
        "stale": "0",
        "closed": "2",
    }
    assert "A draft" in response.text


def test_no_list_is_counted_further_than_anybody_reads():
    for _ in range(4):
        make_posting()
    lists = {"long": Posting.objects.all(), "short": Posting.objects.none()}

    assert count_each(lists, most=2) == {"long": 3, "short": 0}
    assert count_each(lists) == {"long": 4, "short": 0}


def test_the_list_of_the_office_can_be_searched(advisor):
    make_posting(title_en="Map reading")
    make_posting(title_en="Kite flying")

    response = advisor.get(STAFF, {"tab": "open", "q": "kite"})

    assert [posting.title_en for posting in response.context["page"]] == ["Kite flying"]


def test_the_list_of_the_office_costs_the_same_whatever_its_length(advisor, assert_same_queries):
    assert_same_queries(lambda: advisor.get(STAFF, {"tab": "open"}), make_posting, at_most=8)


def test_the_list_of_the_office_leads_to_the_dates_and_to_the_whole_form_in_one_step(advisor):
    posting = make_posting()

    page = advisor.get(STAFF, {"tab": "open"}).text

    for key in ("dates", "all"):
        assert f'href="/internships/{posting.ref}/edit/{key}/"' in page
