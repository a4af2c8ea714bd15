"""What to say where nothing was found: what was understood, and what would find something."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from internships.board.filters import FILTERS, Choices, Values
from internships.board.query import Search
from internships.board.search import Word
from internships.board.tally import Counts, counted

# Each change of the words is a query of its own.
MOST_WORDS = 5


@dataclass(frozen=True)
class Change:
    """One thing to change about a search, and how many postings it then finds."""

    words: str
    query: str
    count: str


def changes_to_try(counts: Counts) -> list[Change]:
    """Give each change that finds something; those that find nothing are no help."""
    changes = []
    for words, search in _changes(counts.search):
        number = counts.of_search(search)
        if number:
            changes.append(Change(words, search.query, counted(number)))
    return changes


def _changes(search: Search) -> Iterator[tuple[str, Search]]:
    yield from _other_words(search)
    for name, values in search.chosen:
        for words, rest in _without(name, values):
            yield _("Without %(words)s") % {"words": words}, search.with_values(name, rest)


def _without(name: str, values: Values) -> Iterator[tuple[str, Values]]:
    """Give what can be left out of a filter, with what is left of it.

    Where any of several choices will do, one less finds no more: all of them go together.
    """
    filter_ = FILTERS[name]
    if isinstance(filter_, Choices) and filter_.all_of:
        for value in values:
            yield filter_.words(value), tuple(other for other in values if other != value)
    else:
        yield pgettext("between choices", " or ").join(map(filter_.words, values)), ()


def _other_words(search: Search) -> Iterator[tuple[str, Search]]:
    words = search.words
    for place, word in enumerate(words[:MOST_WORDS]):
        if word.quoted:
            loose = [*words[:place], Word(word.text, excluded=word.excluded), *words[place + 1 :]]
            yield (
                _("Without the quotation marks: %(word)s") % {"word": word.text},
                _with(search, loose),
            )
        if len(words) > 1:
            rest = [*words[:place], *words[place + 1 :]]
            yield _("Without the word “%(word)s”") % {"word": word.typed}, _with(search, rest)


def _with(search: Search, words: list[Word]) -> Search:
    return search.with_values("q", [" ".join(word.typed for word in words)])


def understood(search: Search) -> list[str]:
    """Say of each word what was looked for."""
    return [_understood(word) for word in search.words]


def _understood(word: Word) -> str:
    if not word.query():
        return _("“%(word)s”: nothing can be looked for in these signs") % {"word": word.text}
    either = pgettext("between words of one meaning", " or ")
    forms = either.join(_("“%(text)s”") % {"text": form} for form in word.forms)
    if word.excluded:
        return _("not %(words)s") % {"words": forms}
    if word.quoted:
        return _("%(words)s, exactly so") % {"words": forms}
    return forms
