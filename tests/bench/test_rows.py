import pytest

from bench.rows import add_postings
from internships.board.models import Posting
from tests.factories import NOW, make_posting


@pytest.mark.django_db
def test_the_rows_for_measurements_are_open_findable_and_the_same_each_time():
    make_posting(title_ja="港の調査")
    Posting.objects.update(opens_at=NOW, closes_at=NOW)

    add_postings(3, open_now=3, at=NOW)

    made = Posting.objects.open(NOW)
    assert list(made.order_by("ref").values_list("ref", flat=True)) == [
        "B0000000",
        "B0000001",
        "B0000002",
    ]
    assert made.matching("港の調査").count() == 3
