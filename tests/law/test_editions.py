from dataclasses import replace
from datetime import date

import pytest

from careers.law import RULEBOOK, NoEdition, assess, edition_for
from tests.law.invented import FIRST_DAY_OF_30, LAST_DAY_OF_28, STUDENT, rising


@pytest.fixture
def invented():
    return rising()


def test_the_editions_begin_on_the_days_of_change():
    assert RULEBOOK.changes == (
        date(2019, 4, 1),
        date(2025, 4, 1),
        date(2025, 6, 1),
        date(2026, 10, 1),
    )


def test_a_day_before_the_first_edition_has_none():
    with pytest.raises(NoEdition, match="no edition for this date"):
        edition_for(date(2019, 3, 31))

    assert edition_for(date(2019, 4, 1)).name == "2019-04-01"


def test_the_day_of_work_decides_which_edition_holds():
    assert edition_for(date(2026, 9, 30)).name == "2025-06-01"
    assert edition_for(date(2026, 10, 1)).name == "2026-10-01"


def test_a_limit_may_change_and_old_days_stay_as_they_were(invented):
    assert assess(STUDENT, LAST_DAY_OF_28, book=invented).outcome == "V_NEED_INDIVIDUAL_CASE"
    assert assess(STUDENT, FIRST_DAY_OF_30, book=invented).outcome == "V_COVERED"
    assert assess(STUDENT, FIRST_DAY_OF_30).outcome == "V_NEED_INDIVIDUAL_CASE"


def test_a_placement_that_spans_a_change_has_both_editions(invented):
    found = invented.editions_between(LAST_DAY_OF_28, FIRST_DAY_OF_30)

    assert [edition.parameters["week_hours"] for edition in found] == [28, 30]


def test_a_placement_inside_one_edition_has_that_one():
    found = RULEBOOK.editions_between(date(2026, 10, 1), date(2027, 3, 31))

    assert [edition.name for edition in found] == ["2026-10-01"]


def test_each_edition_has_a_digest_of_its_own():
    assert len({edition.digest for edition in RULEBOOK.editions}) == len(RULEBOOK.editions)


def test_a_digest_changes_with_a_number_a_rule_and_a_word(invented):
    ours = RULEBOOK.editions[-1].digest
    words = dict(RULEBOOK.texts)
    words["outcome.V_COVERED"] = replace(words["outcome.V_COVERED"], ja="別の言葉")
    reworded = replace(RULEBOOK, texts=words)
    shortened = replace(RULEBOOK, adding=RULEBOOK.adding[1:])

    digests = {book.editions[-1].digest for book in (invented, reworded, shortened)}

    assert len(digests) == 3
    assert ours not in digests


def test_a_finding_ends_with_its_last_day():
    ended = replace(RULEBOOK.deciding[0])
    object.__setattr__(ended, "valid_until", LAST_DAY_OF_28)
    book = replace(RULEBOOK, deciding=(ended, *RULEBOOK.deciding[1:]))

    assert ended in book.edition_for(LAST_DAY_OF_28).deciding
    assert ended not in book.edition_for(FIRST_DAY_OF_30).deciding
