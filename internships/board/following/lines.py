"""Postings as letters name them: title, organisation, one fact and the address."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils import translation

from internships.board.models import Posting

Fact = Callable[[Posting], str]


def in_both_languages(postings: Iterable[Posting], fact: Fact) -> dict[str, str]:
    """Give the lines for the context of a letter."""
    postings = list(postings)
    return {f"lines_{language}": _lines(postings, fact, language) for language in ("ja", "en")}


def _lines(postings: list[Posting], fact: Fact, language: str) -> str:
    with translation.override(language):
        return "\n\n".join(
            f"* {posting.title}\n  {posting.organisation}\n  {fact(posting)}\n"
            f"  {settings.SITE_ADDRESS}{posting.get_absolute_url()}"
            for posting in postings
        )
