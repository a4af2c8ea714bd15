"""Words filled with numbers: texts with the parameters of a day and the facts of a person."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from .decide import Assessment, Reason
from .editions import RULEBOOK, Edition, Rulebook
from .facts import FIELDS, UNKNOWN, Facts, Value, effective_values, write_value
from .texts import TEXTS, Text


def text(key: str, language: str, on: date | None = None, **values: object) -> str:
    """Give the words of a key in 'ja' or 'en', its numbers filled in as of a day.

    on: None means the newest edition. Raises KeyError for a key that has no text.
    """
    return _fill(TEXTS[key], language, {**_numbers(_edition(on, RULEBOOK)), **values})


def number(name: str, on: date | None = None) -> str:
    """Give the number of a parameter as texts write it."""
    return _numbers(_edition(on, RULEBOOK))[name]


def words(key: str, on: date | None = None) -> Text:
    """Give the filled words of a key in both languages."""
    return Text(en=text(key, "en", on), ja=text(key, "ja", on))


def reason_text(reason: Reason, assessment: Assessment, language: str) -> str:
    """Give the sentence for one reason, with the person's own facts in it."""
    edition = _edition(date.fromisoformat(assessment.edition), RULEBOOK)
    told = fact_words(assessment.facts, language)
    numbers = _numbers(edition)
    told["missing"] = _list([text(f"fact.{n}", language) for n in assessment.unknown], language)
    return _fill(_reason_words(reason, edition), language, {**numbers, **told})


def _reason_words(reason: Reason, edition: Edition) -> Text:
    """Give a finding's own words, or those of the flag it raises."""
    own = TEXTS.get(f"reason.{reason.finding}")
    return own or TEXTS[f"flag.{edition.finding(reason.finding).flags[0]}.sentence"]


def fact_words(facts: Facts, language: str) -> dict[str, Any]:
    """Give all facts as words, and the sums that reasons speak of."""
    values = effective_values(facts)
    told = {name: value_words(name, value, language) for name, value in values.items()}
    together = _sum(values, "hours_per_week", "other_weekly_work_hours")
    if values["in_long_vacation"] == "partial":
        together = _sum(values, "term_hours_per_week", "other_weekly_work_hours")
    stays = _sum(values, "duration_days", "foreign_prior_intern_days")
    unsure = text("answer.unknown", language)
    told["all_hours"] = unsure if together is None else write_value(together)
    told["all_stays"] = unsure if stays is None else write_value(stays)
    return told


def value_words(name: str, value: Value, language: str) -> str:
    """Give the words of one value of a fact, as a page shows it."""
    if value is UNKNOWN or value == "UNKNOWN":
        return text("answer.unknown", language)
    if value is None:
        return text("answer.blank", language)
    field = FIELDS[name]
    if field.kind == "choice":
        return text(f"answer.{name}.{value}", language)
    if field.kind == "yes_no":
        return text("answer.yes" if value else "answer.no", language)
    return write_value(value)


@lru_cache
def _numbers(edition: Edition) -> Mapping[str, str]:
    return {name: _written(value) for name, value in edition.parameters.items()}


def _written(value: Decimal) -> str:
    return f"{value:,f}" if value >= 1000 else write_value(value)


def _edition(on: date | None, book: Rulebook) -> Edition:
    return book.editions[-1] if on is None else book.edition_for(on)


def _fill(words_: Text, language: str, values: Mapping[str, object]) -> str:
    return words_.in_language(language).format_map(values)


def _sum(values: Mapping[str, Any], *names: str) -> Decimal | None:
    amounts = [values[name] for name in names]
    if any(amount is UNKNOWN or amount is None for amount in amounts):
        return None
    return sum(amounts, Decimal(0))


def _list(names: list[str], language: str) -> str:
    return ("、" if language.startswith("ja") else ", ").join(names)
