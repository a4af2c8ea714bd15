"""Postings as letters name them: title, organisation, one fact and the address."""

from collections.abc import Callable, Iterable

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from careers.desk.dates import long_day
from internships.board.models import Posting

Fact = Callable[[Posting], str]


def in_both_languages(postings: Iterable[Posting], fact: Fact) -> dict[str, str]:
    """Give the lines for the context of a letter."""
    postings, made = list(postings), {}
    for language in ("ja", "en"):
        with translation.override(language):
            made[f"lines_{language}"] = lines(postings, fact)
    return made


def lines(postings: Iterable[Posting], fact: Fact) -> str:
    return "\n\n".join(
        f"* {posting.title}\n  {posting.organisation}\n  {fact(posting)}\n  {posting.whole_address}"
        for posting in postings
    )


def closing(posting: Posting) -> str:
    at = timezone.localtime(posting.closes_at)
    return _("Closes %(day)s, %(time)s") % {"day": long_day(at), "time": f"{at:%H:%M}"}
