"""Put the stages together: each finds what the one before has written."""

from random import Random

from internships.office.demo.large import board, cases, credits, enquiries, people, placements
from internships.office.demo.large.progress import Progress
from internships.office.demo.large.size import Size

SEED = 20261122


def add(size: Size, progress: Progress) -> None:
    """Add to the small sample what it lacks in size, in the transaction of the caller."""
    dice = Random(SEED)
    people.add_staff(size, dice)
    groups = people.add_students(size, dice, progress)
    hosts = board.add_organisations(size, dice)
    postings = board.add_postings(size, hosts, dice, progress)
    saved = placements.add_placements(size, groups, postings, dice, progress)
    free = cases.add_cases(size, saved, dice, progress)
    placements.cancel_some(free, dice)
    credits.add_requests(size, saved, groups, dice, progress)
    enquiries.add_enquiries(size, saved, dice, progress)
