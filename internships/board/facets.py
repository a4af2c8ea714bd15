"""The panel of filters: each choice with its words and its count, laid out for templates."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import get_language

from careers.prefectures import REGIONS
from internships.board.filters import FILTERS, Amount, Choices
from internships.board.japan import TILES
from internships.board.query import Asked, Search
from internships.board.tally import Counts, counted, counted_values

# Short ones stand open; the others open when something in them is chosen.
ALWAYS_OPEN = ("mine", "pay", "language")
# Many choices of which most keep nothing: only those that keep something are offered.
WITHOUT_NONE = ("prefecture",)
MOST_PANELS = 300
# A tile of the map with the gap after it, in units of the map: room for the longest name.
TILE_WIDTH, TILE_HEIGHT = 76, 60
SHADES = 3


@dataclass(frozen=True)
class Facet:
    value: str
    words: str
    count: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """One filter as the panel shows it."""

    name: str
    label: str
    facets: list[Facet]
    chosen: int

    @property
    def is_open(self) -> bool:
        return self.name in ALWAYS_OPEN or bool(self.chosen)

    @property
    def is_plain(self) -> bool:
        return self.name in ALWAYS_OPEN


@dataclass(frozen=True)
class Typed:
    """A field to type in, with what stands in it, what is wrong with it, and usual values."""

    name: str
    label: str
    typed: str
    error: str
    usual: list[tuple[str, str, str]]


def panel(asked: Asked, counts: Counts) -> str:
    """Give the filters that everybody has, as HTML, with their counts.

    Most readers look at the same few lists: what was laid out once is kept with the counts.
    """
    key = (asked.search.chosen, get_language(), counts.open)
    kept = counts.tally.panels
    if asked.errors or "mine" in counts.search.values:
        return _panel(asked, counts)
    if key not in kept:
        if len(kept) >= MOST_PANELS:
            kept.clear()
        kept[key] = _panel(asked, counts)
    return kept[key]


def _panel(asked: Asked, counts: Counts) -> str:
    choices = [
        name
        for name, filter_ in FILTERS.items()
        if isinstance(filter_, Choices) and not filter_.for_somebody
    ]
    shown = {
        "search": asked.search,
        "groups": {name: group(counts, name) for name in choices},
        "fields": typed_fields(asked, counts),
    }
    return render_to_string("board/filter_panel.html", shown)


def group(counts: Counts, name: str) -> Group:
    filter_ = FILTERS[name]
    chosen = counts.search.values.get(name, ())
    facets = []
    for value, option in filter_.options.items():
        number = counts.of(name, value)
        if number or value in chosen or name not in WITHOUT_NONE:
            facets.append(Facet(value, str(option.label), counted(number), value in chosen))
    return Group(name, str(filter_.label), facets, len(chosen))


def typed_fields(asked: Asked, counts: Counts) -> dict[str, Typed]:
    return {
        name: Typed(
            name,
            str(filter_.label),
            _typed(asked, name),
            asked.errors.get(name, [""])[0],
            list(_usual(counts, name)) if isinstance(filter_, Amount) else [],
        )
        for name, filter_ in FILTERS.items()
        if not isinstance(filter_, Choices)
    }


def _typed(asked: Asked, name: str) -> str:
    """What makes no sense stands as it was typed."""
    if name in asked.errors:
        return asked.typed[name][0]
    return asked.search.values.get(name, ("",))[0]


def _usual(counts: Counts, name: str) -> Iterator[tuple[str, str, str]]:
    for value in counted_values(name):
        query = counts.search.with_values(name, [value]).query
        yield f"{int(value):,}", counted(counts.of(name, value)), query


@dataclass(frozen=True)
class Token:
    """One filter in use: its words, and the address of the board without it."""

    words: str
    query: str


def tokens(search: Search) -> list[Token]:
    return [
        Token(FILTERS[name].words(value), search.without(name, value).query)
        for name, values in search.chosen
        for value in values
    ]


@dataclass(frozen=True)
class Place:
    """A prefecture on the map, in the list beside it, or both."""

    code: str
    name: str
    count: str
    number: int
    query: str
    chosen: bool
    x: int = 0
    y: int = 0
    # How many of the darker shades it has: none, few, some, many.
    shade: int = 0


def places(counts: Counts) -> dict[str, Place]:
    """Give all prefectures with what the search finds in each."""
    filter_, wanted = FILTERS["prefecture"], counts.search
    chosen = wanted.values.get("prefecture", ())
    numbers = {code: counts.of("prefecture", code) for code in TILES}
    most = max(numbers.values())
    return {
        code: Place(
            code,
            filter_.words(code),
            counted(number),
            number,
            wanted.with_values("prefecture", [code]).query,
            code in chosen,
            column * TILE_WIDTH,
            row * TILE_HEIGHT,
            -(-number * SHADES // most) if most else 0,
        )
        for code, number in numbers.items()
        for column, row in [TILES[code]]
    }


def regions(found: dict[str, Place]) -> list[tuple[str, list[Place]]]:
    return [(str(label), [found[code] for code in codes]) for label, codes in REGIONS.values()]
