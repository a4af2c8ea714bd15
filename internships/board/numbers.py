"""The numbers of postings: I26-0001, I26-0002, ... counted within a calendar year."""

from django.db import connection
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr

from internships.board.models import Posting

# Any number that no other part of the product uses as an advisory lock.
LOCK = 7_490_022


def one_at_a_time() -> None:
    """Hold the giving of numbers until the transaction ends: nobody else takes the same one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def next_number(year: int) -> int:
    """Give the first number of a year after all those in use; call `one_at_a_time` before."""
    refs = Posting.objects.filter(ref__regex=rf"^I{year % 100:02}-\d{{4,9}}$").order_by()
    last = refs.aggregate(last=Max(Cast(Substr("ref", 5), IntegerField())))["last"]
    return (last or 0) + 1


def ref_of(year: int, number: int) -> str:
    return f"I{year % 100:02}-{number:04}"
