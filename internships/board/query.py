"""One search for everything: the page, saved searches, feeds, export and API ask through it.

`Search` is what somebody looks for, as a value: made of a query string, turned back into one,
and said in a sentence. `search` gives the postings.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Self
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from internships.board import search as text_search
from internships.board.filters import (
    DEFAULT_SORT,
    FILTERS,
    SORT,
    Order,
    Refused,
    Values,
    read_text,
)
from internships.board.fits import ForMe
from internships.board.models import Posting, PostingQuerySet

OPEN, ALL = "open", "all"


@dataclass(frozen=True)
class Search:
    """What is looked for. Two that mean the same are equal.

    chosen: the values of each filter in use, in the order of FILTERS.
    """

    chosen: tuple[tuple[str, Values], ...] = ()
    sort: str = DEFAULT_SORT

    @classmethod
    def parse(cls, query: str | QueryDict, *, for_somebody: bool = False) -> Self:
        """Read a query string; what nobody knows, and what makes no sense, is left out.

        for_somebody: keep the filters that mean something for a signed-in student alone.
        """
        return ask(QueryDict(query) if isinstance(query, str) else query, for_somebody).search

    @classmethod
    def for_text(cls, text: str) -> Self:
        """Look for words and nothing else."""
        text = text.strip()[: text_search.LONGEST_QUERY]
        return cls((("q", (text,)),) if text else ())

    @property
    def pairs(self) -> list[tuple[str, Values]]:
        sort = [("sort", (self.sort,))] if self.sort != DEFAULT_SORT else []
        return [*self.chosen, *sort]

    @property
    def query(self) -> str:
        """Give the query string: the same for the same search, and nothing where all is open."""
        return urlencode(self.pairs, doseq=True)

    def sentence(self, language: str | None = None) -> str:
        """Say in a language (the reader's, if none is given) what is looked for."""
        if language:
            with override(language):
                return self.sentence()
        if not self.chosen:
            return _("All open postings")
        either = pgettext("between choices", " or ")
        return pgettext("between filters", "; ").join(
            _("%(filter)s: %(values)s")
            % {
                "filter": FILTERS[name].label,
                "values": either.join(FILTERS[name].words(value) for value in values),
            }
            for name, values in self.chosen
        )

    def __str__(self):
        return self.sentence()

    @cached_property
    def values(self) -> dict[str, Values]:
        return dict(self.chosen)

    @property
    def order(self) -> Order:
        return SORT[self.sort]

    @property
    def text(self) -> str:
        return self.values.get("q", ("",))[0]

    @cached_property
    def words(self) -> list[text_search.Word]:
        """What was understood of the text."""
        return read_text(self.text) if self.text else []

    def with_values(self, name: str, values: Iterable[str]) -> "Search":
        """Give this search with other values of one filter; none take it out."""
        chosen = {**self.values, name: FILTERS[name].read(list(values))}
        kept = tuple((known, chosen[known]) for known in FILTERS if chosen.get(known))
        sort = self.sort if "q" in dict(kept) or not self.order.for_words else DEFAULT_SORT
        return Search(kept, sort)

    def without(self, name: str, value: str) -> "Search":
        return self.with_values(name, [other for other in self.values[name] if other != value])

    @cached_property
    def for_everybody(self) -> "Search":
        """Give this search without what means something for one student alone."""
        return self.with_values("mine", ())

    def sorted_by(self, sort: str) -> "Search":
        return Search(self.chosen, sort)

    def conditions(self, today: date, for_me: ForMe | None = None) -> dict[str, Q]:
        """Give one condition for each filter in use.

        What only means something for a student is no filter where nobody has signed in.
        """
        made = {}
        for name, values in self.chosen:
            if name != "mine":
                made[name] = FILTERS[name].condition(values, today)
            elif for_me:
                made[name] = for_me.condition(values)
        return made

    def narrow(
        self, postings: PostingQuerySet, today: date, for_me: ForMe | None = None
    ) -> PostingQuerySet:
        return postings.filter(*self.conditions(today, for_me).values())

    def ordered(self, postings: PostingQuerySet) -> PostingQuerySet:
        if self.order.for_words:
            postings = postings.annotate(points=text_search.match_points(self.words))
        return postings.order_by(*self.order.by)


def search(
    wanted: Search | str,
    *,
    scope: str = OPEN,
    at: datetime | None = None,
    for_me: ForMe | None = None,
) -> PostingQuerySet:
    """Give the postings that are looked for, in their order.

    wanted: a search, or a text to look for. scope: "open" is what everybody may see now; "all"
    is every posting in every state, for the office alone.
    """
    if isinstance(wanted, str):
        wanted = Search.for_text(wanted)
    at = at or timezone.now()
    postings = Posting.objects.open(at) if scope == OPEN else Posting.objects.all()
    if scope == OPEN and wanted.text:
        postings = postings.closing_after(at)
    return wanted.ordered(wanted.narrow(postings, timezone.localdate(at), for_me))


@dataclass(frozen=True)
class Asked:
    """An address as it was read: the search, what stood in the fields, and what was wrong there."""

    search: Search
    typed: dict[str, list[str]]
    errors: dict[str, list[str]]

    def is_canonical(self, query: QueryDict) -> bool:
        """Whether an address says exactly this. One with a mistake in it stays as it was typed."""
        return bool(self.errors) or query.urlencode() == self.canonical(query.get("page"))

    def canonical(self, page: str | None) -> str:
        paged = page and page.isdecimal() and page.isascii() and page not in ("0", "1")
        pairs = [*self.search.pairs, *([("page", (page,))] if paged else [])]
        return urlencode(pairs, doseq=True)


def ask(query: QueryDict, for_somebody: bool = False) -> Asked:
    """Read an address of the board. What nobody knows is left out; what makes no sense in its
    field is left out too, and told in `errors`."""
    chosen, typed, errors = [], {}, {}
    for name in FILTERS:
        values = [value for value in query.getlist(name) if value.strip()]
        if not values or (name == "mine" and not for_somebody):
            continue
        typed[name] = values
        try:
            known = FILTERS[name].read(values)
        except Refused as refused:
            errors[name] = [str(refused)]
            continue
        if known:
            chosen.append((name, known))
    return Asked(Search(tuple(chosen), _sort(query, chosen)), typed, errors)


def _sort(query: QueryDict, chosen: list) -> str:
    sort = query.get("sort", DEFAULT_SORT)
    known = sort in SORT and (not SORT[sort].for_words or any(name == "q" for name, _ in chosen))
    return sort if known else DEFAULT_SORT
