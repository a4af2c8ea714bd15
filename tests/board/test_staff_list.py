"""The list of postings that the office works from."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from careers.desk import tasks
from careers.desk.counting import count_each
from internships.board.models import Posting
from tests.factories import NOW, make_organisation, make_posting

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


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["P_OVER28", "P_ALLOWANCE_IS_PAY"], "0"),
        (["P_BELOW_MIN_WAGE", "P_OVER28"], "1the wage is below the minimum wage of the prefecture"),
        (["P_HOURS_MISSING", "P_FEE"], "2hours a week not given, …"),
    ],
)
def test_the_list_of_the_office_says_what_is_to_be_mended(advisor, codes, told):
    make_posting(problems=codes)

    page = advisor.get(STAFF, {"tab": "open"}).text

    cells = [strip_tags(cell) for cell in re.findall(r"<td>(.*?)</td>", page)]
    assert told in cells


def test_the_list_of_the_office_costs_the_same_whatever_its_length(advisor, assert_same_queries):
    assert_same_queries(lambda: advisor.get(STAFF, {"tab": "open"}), make_posting, at_most=8)


def test_the_list_of_the_office_leads_to_the_dates_and_to_the_whole_form_in_one_step(advisor):
    posting = make_posting()

    page = advisor.get(STAFF, {"tab": "open"}).text

    for key in ("dates", "all"):
        assert f'href="/internships/{posting.ref}/edit/{key}/"' in page


def test_a_whole_list_is_marked_with_one_click(advisor):
    for _ in range(26):
        make_posting()

    one_page = advisor.get(STAFF, {"tab": "open"})
    marked = advisor.get(STAFF, {"tab": "open", "mark": "all"})

    assert "Mark all 26" in one_page.text
    assert one_page.text.count(" checked>") == 0
    assert marked.text.count(" checked>") == 26


def test_each_counter_of_the_home_page_leads_to_as_many_rows(advisor, frozen_moment):
    make_posting(state="in_review")
    make_posting(closes_at=NOW + timedelta(days=7))
    make_posting(closes_at=NOW + timedelta(days=7, seconds=1))
    make_posting(closes_at=NOW)
    Posting.objects.filter(pk=make_posting().pk).update(created_at=NOW - timedelta(days=92))
    host = make_organisation()
    host.agreements.create(title="A", valid_from=NOW.date(), valid_until=NOW.date())

    counters = {one.words: one for one in tasks.counters_of(advisor.user) if one.number}

    assert {words: one.number for words, one in counters.items()} == {
        "Postings to review": 1,
        "Open postings": 3,
        "Closing in 7 days": 1,
        "No update for 3 months": 1,
        "Agreements ending soon": 1,
    }
    for one in counters.values():
        assert advisor.get(one.url).context["page"].paginator.count == one.number, one.words


def test_what_nobody_told_of_stands_in_a_list_of_its_own(advisor):
    over = make_posting(closes_at=NOW)
    make_posting(closes_at=NOW, outcome_at=NOW)

    listed = advisor.get(STAFF, {"tab": "outcome"})

    assert list(listed.context["page"]) == [over]
    assert reverse("posting_outcome", args=[over.ref]) in listed.text


def test_the_list_is_narrowed_to_a_label(advisor):
    labelled, _other = make_posting(labels=["fair"]), make_posting()

    response = advisor.get(STAFF, {"label": "fair", "tab": "open"})

    assert list(response.context["page"]) == [labelled]


def test_a_hundred_at_most_are_done_together_and_the_others_are_told_of(advisor):
    host = make_organisation()
    made = Posting.objects.bulk_create(
        Posting(ref=f"T-{n:03}", title_en=f"Number {n}", organisation=host) for n in range(101)
    )

    page = advisor.get(
        reverse("posting_bulk"), {"do": "label", "ref": [posting.ref for posting in made]}
    )

    assert page.context["postings"] == made[:100]
    assert "At most 100 at once: these are the first." in page.text
