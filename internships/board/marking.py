"""Mark in a text the words that somebody looked for. Everything else is escaped as ever."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from internships.board.folding import HAN_OR_KANA, fold, fold_with_places, pieces_of, singular
from internships.board.models import Posting
from internships.board.search import (
    LONGEST_QUERY,
    NO_PAIR_STARTS,
    NOTHING_STARTS,
    Word,
    is_short,
    joins,
)
from internships.board.words import place_name

# Letters around the first word found, where a list shows no more of a text.
AROUND = 40
MOST_EXCERPTS = 3
LONG_MARKS = {"ー", "ｰ"}
_BETWEEN, _APART = r"[\s\-/_&'’]*", r"[\W_]+"
# Of a word that is no Japanese: it ends where Japanese begins, as in "Pythonを使う".
_LETTER = rf"[^\W_{HAN_OR_KANA}]"
_TAG = re.compile(r"(<[^>]*>)")
# A word, where in it nothing is to be found by accident, and how many letters that has at most.
_NOT_WITHIN = (
    *((word, offset, LONGEST_QUERY) for word, offset in NOTHING_STARTS.items()),
    *((word, offset, 2) for word, offset in NO_PAIR_STARTS.items()),
)


class Marker:
    """Marks the words of one search; a search without words marks nothing."""

    def __init__(self, words: Iterable[Word]):
        words = list(words)
        self.typed = " ".join(word.typed for word in words)
        self.words = [word for word in words if not word.excluded]

    def __bool__(self):
        return bool(self.words) and self._pattern is not None

    @cached_property
    def _pattern(self) -> re.Pattern | None:
        patterns = {pattern for word in self.words for pattern in _patterns(word)}
        if not patterns:
            return None
        return re.compile("|".join(sorted(patterns, key=len, reverse=True)))

    def text(self, text: str) -> SafeString:
        """Give a text as HTML, with what was looked for marked."""
        shown, at = "", 0
        for start, end in self.spans(text):
            shown += escape(text[at:start]) + f"<mark>{escape(text[start:end])}</mark>"
            at = end
        return mark_safe(shown + escape(text[at:]))

    def html(self, markup: str) -> SafeString:
        """Mark what stands between the tags of HTML that Django has made of a text."""
        parts = _TAG.split(markup)
        parts[::2] = [self.text(html.unescape(part)) if part else "" for part in parts[::2]]
        return mark_safe("".join(parts))

    @cached_property
    def one_by_one(self) -> list["Marker"]:
        """Give a marker for each word that can be found, to tell which a text holds."""
        return [one for word in self.words if (one := Marker([word]))]

    def stands_in(self, text: str) -> bool:
        return next(self.spans(text), None) is not None

    def around(self, text: str) -> str:
        """Give the surroundings of the first word found; empty where none is."""
        first = next(self.spans(text), None)
        if first is None:
            return ""
        begin, end = max(0, first[0] - AROUND), min(len(text), first[1] + AROUND)
        return ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Give where the words stand in a text as it is written."""
        if not self:
            return
        folded = fold(text)
        if self._pattern.search(folded) is None:
            return
        plain = unicodedata.is_normalized("NFKC", text) and len(folded) == len(text)
        places = None if plain else fold_with_places(text)
        at = 0
        for found in self._pattern.finditer(folded):
            start, end = found.span()
            if _stands_by_accident(folded, start, end):
                continue
            if places:
                after = places.starts[end] if end < len(places.starts) else len(text)
                start, end = places.starts[start], places.ends[end - 1]
                # The long mark that folding takes off belongs to the word all the same.
                end = after if set(text[end:after]) <= LONG_MARKS else end
            if start >= at and end > start:
                yield start, end
                at = end


NO_MARKS = Marker([])


def _patterns(word: Word) -> Iterator[str]:
    for form in word.forms:
        if word.quoted or form != word.text:
            yield from filter(None, [_together(form)])
        else:
            yield from (_pattern_of(piece, whole=False) for piece in pieces_of(form))


def _together(form: str) -> str:
    pattern, end = "", 0
    for piece in pieces_of(form):
        if pattern:
            pattern += _BETWEEN if joins(piece.string, end, piece.start()) else _APART
        pattern += _pattern_of(piece, whole=True)
        end = piece.end()
    return pattern


def _pattern_of(piece: re.Match, *, whole: bool) -> str:
    if piece["japanese"]:
        return re.escape(piece[0])
    if piece["number"]:
        return rf"(?<![a-z0-9.]){re.escape(piece[0])}(?![a-z0-9]|\.\d)"
    stem = singular(piece[0])
    ending = rf"(?!{_LETTER}|[+#])" if whole or is_short(piece, stem) else f"{_LETTER}*"
    plural = f"{re.escape(stem)}(?:e?s)?{ending}"
    if stem.endswith("y"):
        plural = f"(?:{plural}|{re.escape(stem[:-1])}ies{ending})"
    return f"(?<!{_LETTER}){plural}"


def _stands_by_accident(text: str, start: int, end: int) -> bool:
    """As in the index: 京都 does not stand in 東京都, but 京 does."""
    for word, offset, longest in _NOT_WITHIN:
        begin = start - offset
        if begin >= 0 and text.startswith(word, begin) and 2 <= end - start <= longest:
            return True
    return False


def excerpts_of(
    marker: Marker, posting: Posting, languages: tuple[str, str], shown: str
) -> Iterator[tuple[SafeString, str]]:
    """Give where else a posting says the words that its row does not show, with the language.

    shown: what the row shows already.
    """
    texts, given = list(_texts(posting, languages)), 0
    for word in marker.one_by_one:
        if given == MOST_EXCERPTS:
            return
        if word.stands_in(shown):
            continue
        for text, language in texts:
            if around := word.around(text):
                yield marker.text(around), language
                given, shown = given + 1, f"{shown} {around}"
                break


def _texts(posting: Posting, languages: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Give all that a posting can be found by, what tells a reader most first."""
    organisation, other = posting.organisation, languages[1]
    yield getattr(posting, f"title_{other}"), other
    yield getattr(organisation, f"name_{other}"), other
    for field in ("description", "requirements"):
        for language in languages:
            yield getattr(posting, f"{field}_{language}"), language
    yield posting.schedule_note, ""
    for language in languages:
        yield getattr(posting, f"pay_note_{language}"), language
    with override(other):
        place = place_name(posting)
    yield place, other
    yield organisation.name_kana, "ja"
    yield posting.course_code, ""
    yield posting.ref, ""
