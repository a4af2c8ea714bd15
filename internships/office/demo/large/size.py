"""How large the large sample is; the small one is part of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """students: international ones among them; staff: without the approvers of credit."""

    students: int = 30_000
    international: int = 3_000
    staff: int = 40
    approvers: int = 400
    organisations: int = 6_000
    postings: int = 15_000
    open_postings: int = 1_200
    placements: int = 10_000
    cases: int = 2_500
    requests: int = 5_000
    enquiries: int = 1_500


LARGE = Size()
