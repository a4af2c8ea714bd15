"""Boards full of postings of all kinds, and searches on them, by a die that always falls alike."""

from datetime import timedelta
from random import Random

from django.http import QueryDict

from internships.board.filters import FILTERS, Choices
from internships.board.models import Industry
from internships.board.query import Search
from tests.factories import NOW, TODAY, make_faculty, make_organisation, make_posting

BOARD = "/internships/"
WORDS = ["翻訳", "translation", "データ", "分析", "museum"]


def many_postings(count):
    dice = Random(47)
    hosts = [make_organisation(industry=dice.choice(Industry.values)) for _ in range(5)]
    for code in ("law", "letters"):
        make_faculty(code=code)
    for _ in range(count):
        starts_on = dice.choice([None, TODAY + timedelta(days=dice.randrange(200))])
        length = timedelta(days=dice.choice([0, 4, 20, 60, 120]))
        make_posting(
            organisation=dice.choice(hosts),
            title_ja=" ".join(dice.sample(WORDS, 2)),
            opens_at=NOW + timedelta(hours=dice.choice([-200, -1, 1])),
            closes_at=NOW + timedelta(hours=dice.choice([2, 30, 500])),
            pay_kind=dice.choice(["", "none", "wage", "flat_allowance", "actual_costs"]),
            pay_yen=dice.choice([None, 900, 1300, 1600]),
            pay_unit=dice.choice(["hour", "day", "month", "total"]),
            weekly_hours=dice.choice([None, 8, 20, 28, 35]),
            daily_hours=dice.choice([None, 5, 8]),
            prefecture=dice.choice(["", "01", "13", "13", "26", "47"]),
            work_style=dice.choice(["", "onsite", "hybrid", "remote"]),
            japanese_level=dice.choice(["", "none", "N3", "N1"]),
            english_level=dice.choice(["none", "daily", "business"]),
            faculties=dice.choice([[], ["any"], ["law"], ["law", "letters"]]),
            study_years=dice.choice([[], ["B1"], ["B3", "M1"]]),
            programme_type=dice.choice([None, 1, 2, 3, 4]),
            credit_bearing=dice.random() < 0.5,
            accepts_from_abroad=dice.choice([None, True, False]),
            source=dice.choice(["office", "agent", "meti"]),
            starts_on=starts_on,
            ends_on=starts_on and starts_on + length,
        )


def some_search(dice):
    query = QueryDict(mutable=True)
    for name, filter_ in FILTERS.items():
        if isinstance(filter_, Choices) and not filter_.for_somebody and dice.random() < 0.2:
            options = list(filter_.options)
            query.setlist(name, dice.sample(options, min(len(options), dice.choice([1, 2, 4]))))
    if dice.random() < 0.4:
        query["q"] = dice.choice([*WORDS, f"-{WORDS[0]}", '"データ 分析"'])
    if dice.random() < 0.2:
        query["hours"] = "20"
    return Search.parse(query)


def chosen_too(wanted, name, value):
    """Beside a choice, others of the same filter add; so its count is of that choice alone."""
    filter_ = FILTERS[name]
    others = wanted.values.get(name, ()) if getattr(filter_, "all_of", False) else ()
    return wanted.with_values(name, [*others, value])
