"""Which edition of the rules a link was made under, and what a change of rules does to a result."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from careers.law import RULEBOOK, Assessment, Edition, Rulebook, assess, text
from careers.law.wording import number
from internships.eligibility import law_words
from internships.placements.today import otherwise

_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})\.([0-9a-f]{12})\Z")


@dataclass(frozen=True)
class Linked:
    """The edition a link names. corrected: it says something else now than when it was named."""

    edition: Edition
    corrected: bool


def edition_id(edition: Edition) -> str:
    """Give the name and digest of an edition as a link carries them; nothing about anybody."""
    return f"{edition.name}.{edition.digest}"


def linked_edition(written: str, on: date, book: Rulebook = RULEBOOK) -> Linked | None:
    """Read the edition of a link. What nobody wrote, or what came into force later, is no edition.

    A link is older than the rules of today, so it names no edition after the one of its day.
    """
    parts = _WRITTEN.match(written)
    named = [one for one in book.editions if parts and one.name == parts[1]]
    if not named or named[0].starts > book.edition_for(on).starts:
        return None
    return Linked(named[0], corrected=named[0].digest != parts[2])


def rule_changes(
    result: Assessment, first: date | None, last: date | None, book: Rulebook = RULEBOOK
) -> list[dict[str, Any]]:
    """Say what each change of the rules during a placement does to its answer.

    The answer itself is that of the first day; a later edition is asked about the same facts.
    """
    if not (first and last):
        return []
    editions = book.editions_between(first, last)
    return [_change(result, old, new, book) for old, new in pairwise(editions)]


def _change(result: Assessment, old: Edition, new: Edition, book: Rulebook) -> dict[str, Any]:
    answer = assess(result.facts, new.starts, result.policy, book)
    return {
        "edition": new.name,
        "outcome": answer.outcome,
        "words": law_words.headline(answer),
        "same": otherwise(result, answer) is None,
        "numbers": {language: _numbers(old, new, language) for language in ("ja", "en")},
    }


def _numbers(old: Edition, new: Edition, language: str) -> str:
    return " · ".join(
        f"{text(f'parameter.{name}', language)}: {number(name, old.starts)} → "
        f"{number(name, new.starts)}"
        for name, value in new.parameters.items()
        if name in old.parameters and old.parameters[name] != value
    )
