"""Search in Japanese and English: each posting keeps its n-grams and words with their places.

PostgreSQL's own parsers know no Japanese words and trigrams need three letters, so the
application folds the text, cuts it up itself and asks the index for the pieces. Text and
query go through the same two functions; whatever they agree on is found.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, Case, F, Func, IntegerField, Q, QuerySet, Value, When

from careers.prefectures import PREFECTURES
from internships.board.folding import LONGEST_WORD, key_of, pieces_of, singular

# What counts most when postings are sorted by how well they match: A before B before the rest.
TITLES = ("title_ja", "title_en")
ORGANISATION_FIELDS = ("name_ja", "name_en", "name_kana")
FIELDS = (
    "ref",
    *TITLES,
    "description_ja",
    "description_en",
    "requirements_ja",
    "requirements_en",
    "prefecture",
    "city_ja",
    "city_en",
    "schedule_note",
    "pay_note_ja",
    "pay_note_en",
    "course_code",
)

LONGEST_QUERY = 200
LONGEST_TEXT = 40_000
# No phrase spans two fields or two sentences.
FIELD_GAP, SENTENCE_GAP = 20, 2
# A Japanese keyboard types other signs where a minus is meant; no word starts with any of them.
_MINUS = re.compile(r"(?<!\S)[‐‒–—−ー](?=\S)")
_JOINS = re.compile(r"[\s\-/_&'’]*")
# A Latin word is found by how it starts, from these many letters on: up to LONGEST_START each
# start is a term of its own, since for a prefix (data:*) the index reads all that ever matched.
SHORTEST_START, LONGEST_START = 4, 20

# Places that stand by accident inside other words. 京都 is not in 東京都, whatever follows it;
# 大分 is not in 4大分野, but 大分野 itself can still be looked for.
NOTHING_STARTS = {"東京都": 1}
NO_PAIR_STARTS = {"大分野": 0, "大分類": 0, "大分子": 0, "拡大分": 1, "増大分": 1, "最大分": 1}

# What means the same: the key of each word or group of words, and all that stand for it.
Synonyms = Mapping[tuple[str, ...], tuple[str, ...]]


# ── What a posting can be found by ──────────────────────────────────────────────────────────


def vector_of(posting) -> str:
    """Give the literal of the `search` column for a posting, saved or not."""
    organisation = posting.organisation
    places: dict[str, list[str]] = {}
    at = 0
    for weight, texts in (
        ("A", [getattr(posting, field) for field in TITLES]),
        ("B", [getattr(organisation, field) for field in ORGANISATION_FIELDS]),
        ("", _other_texts(posting)),
    ):
        for text in filter(None, texts):
            place = 0
            for term, place in terms_of(text):
                places.setdefault(term, []).append(f"{at + place + 1}{weight}")
            at += place + FIELD_GAP
    return " ".join(f"'{term}':{','.join(found)}" for term, found in sorted(places.items()))


def _other_texts(posting) -> Iterator[str]:
    yield from PREFECTURES.get(posting.prefecture, ())
    for field in FIELDS:
        if field not in TITLES and field != "prefecture":
            yield getattr(posting, field)


def terms_of(text: str) -> Iterator[tuple[str, int]]:
    """Give all that a text can be found by, with the place where each stands."""
    for piece, at in _placed(text[:LONGEST_TEXT]):
        if piece["japanese"]:
            yield from ((term, at + start) for term, start in _grams(piece[0]))
        else:
            word = piece[0][:LONGEST_WORD]
            terms = {word, singular(word)}
            if piece["latin"]:
                terms |= {start for form in terms for start in _starts(form)}
            yield from ((term, at) for term in terms)


def _starts(word: str) -> Iterator[str]:
    """Give each start of a word by which it can be found; the star keeps it from being a word."""
    for length in range(SHORTEST_START, min(len(word), LONGEST_START) + 1):
        yield f"{word[:length]}*"


def _placed(text: str) -> Iterator[tuple[re.Match, int]]:
    """Give the pieces of a text with their places; what stands together has neighbouring ones."""
    at, end = 0, 0
    for piece in pieces_of(text):
        if not joins(piece.string, end, piece.start()):
            at += SENTENCE_GAP
        yield piece, at
        at += len(piece[0]) if piece["japanese"] else 1
        end = piece.end()


def joins(folded: str, end: int, start: int) -> bool:
    """Say whether what lies between two pieces keeps them together."""
    return _JOINS.fullmatch(folded, end, start) is not None


def _grams(run: str) -> Iterator[tuple[str, int]]:
    nothing, no_pair = _blocked(run, NOTHING_STARTS), _blocked(run, NO_PAIR_STARTS)
    for start in range(len(run) - 1):
        if start in nothing:
            yield run[start], start
            continue
        yield run[start : start + 1 if start in no_pair else start + 2], start
        if start + 3 <= len(run):
            yield run[start : start + 3], start
    yield run[-1], len(run) - 1


def _blocked(run: str, words: dict[str, int]) -> set[int]:
    return {
        found.start() + offset for word, offset in words.items() for found in re.finditer(word, run)
    }


def refresh(postings: QuerySet) -> int:
    """Rebuild the search column; call it after `update()` or `bulk_create`, which skip `save()`."""
    rebuilt = 0
    batch = []
    for posting in postings.select_related("organisation").order_by("pk").iterator(chunk_size=500):
        posting.search = vector_of(posting)
        batch.append(posting)
        if len(batch) == 500:
            rebuilt += _write(batch)
            batch = []
    return rebuilt + _write(batch)


def _write(postings: list) -> int:
    if postings:
        type(postings[0]).objects.bulk_update(postings, ["search"])
    return len(postings)


# ── What somebody typed ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Word:
    """One thing looked for. others: words that mean the same and will do as well."""

    text: str
    excluded: bool = False
    quoted: bool = False
    others: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.text, *self.others)

    @property
    def typed(self) -> str:
        """The word as somebody would type it."""
        return ("-" if self.excluded else "") + (f'"{self.text}"' if self.quoted else self.text)

    def query(self, weights: str = "") -> str:
        """Give the tsquery literal; empty where nothing can be looked for (signs, emoji).

        weights: only where the word stands in these fields, as "AB".
        """
        first = _together(self.text, weights) if self.quoted else _anywhere(self.text, weights)
        # Several words of one meaning belong together, as if in quotation marks.
        parts = [first, *(_together(other, weights) for other in self.others)]
        return " | ".join(f"({part})" for part in parts if part)


def read(text: str, synonyms: Synonyms | None = None) -> list[Word]:
    """Take apart what somebody typed.

    A blank (also a full-width one) parts words, a leading minus excludes one, and what stands in
    quotation marks must stand together in the text, as it is written.
    """
    text = re.sub("[“”„«»]", '"', unicodedata.normalize("NFKC", text[:LONGEST_QUERY]))
    text = _MINUS.sub("-", text)
    words = []
    for minus, quoted, plain in re.findall(r'(?<!\S)(-?)"([^"]*)"|(\S+)', text):
        if quoted.strip():
            words.append(Word(quoted.strip(), excluded=bool(minus), quoted=True))
        elif plain.strip('"'):
            excluded = len(plain) > 1 and plain.startswith("-")
            words.append(Word(plain[excluded:], excluded=excluded))
    return list(dict.fromkeys(_with_synonyms(words, synonyms or {})))


def words_of_group(text: str) -> list[str]:
    """Give the words of a group of synonyms, one a line; commas part them as well."""
    found = (" ".join(word.split()) for word in re.split(r"[\n、，,;；]", text))
    return list(dict.fromkeys(filter(None, found)))


def _with_synonyms(words: list[Word], synonyms: Synonyms) -> Iterator[Word]:
    longest = max(map(len, synonyms), default=1)
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            meant = words[at : at + length]
            found = None if _is_literal(meant) else synonyms.get(_key(meant))
            if found:
                text, key = " ".join(word.text for word in meant), _key(meant)
                others = tuple(other for other in found if key_of(other) != key)
                yield Word(text, excluded=meant[0].excluded, others=others)
                break
        else:
            yield words[at]
        at += length


def _is_literal(words: list[Word]) -> bool:
    """Quotation marks mean this and nothing else; a minus belongs to one word."""
    return any(word.quoted or (word.excluded and len(words) > 1) for word in words)


def _key(words: list[Word]) -> tuple[str, ...]:
    return tuple(part for word in words for part in key_of(word.text))


def _anywhere(text: str, weights: str) -> str:
    """Say of a posting that all pieces of a word occur in it, in whatever field."""
    terms = [term for term, _place in _query_terms(text)]
    return " & ".join(term + _suffix(term, weights) for term in dict.fromkeys(terms))


def _together(text: str, weights: str) -> str:
    """Say of a posting that the words of a text stand in it beside each other."""
    terms = sorted(_query_terms(text, whole_words=True), key=lambda found: found[1])
    query, before = "", 0
    for term, place in dict.fromkeys(terms):
        query += (f" <{place - before}> " if query else "") + term + _suffix(term, weights)
        before = place
    return query


def _suffix(term: str, weights: str) -> str:
    return weights if term.endswith(":*") else f":{weights}" if weights else ""


def _query_terms(text: str, *, whole_words: bool = False) -> Iterator[tuple[str, int]]:
    for piece, at in _placed(text):
        if piece["japanese"]:
            yield from ((term, at + start) for term, start in _japanese_terms(piece[0]))
        elif piece["number"]:
            yield f"'{piece[0][:LONGEST_WORD]}'", at
        else:
            word = singular(piece[0][:LONGEST_WORD])
            if whole_words or is_short(piece, word):
                yield f"'{word}'", at
            elif piece["latin"] and len(word) <= LONGEST_START:
                yield f"'{word}*'", at
            else:
                yield f"'{word}':*", at


def is_short(piece: re.Match, word: str) -> bool:
    """Say whether only the whole word is meant: GPS, IT; not 번역, to which endings are tied."""
    return bool(piece["latin"]) and len(word) < SHORTEST_START


def _japanese_terms(run: str) -> Iterator[tuple[str, int]]:
    if len(run) == 1:
        yield f"'{run}':*", 0
    elif len(run) == 2:
        yield f"'{run}'", 0
    else:
        # Every third start covers the run with the fewest (and so the rarest) trigrams.
        blocked = _blocked(run, NOTHING_STARTS)
        starts = [*range(0, len(run) - 2, 3), len(run) - 3]
        for start in dict.fromkeys(_shifted(starts, blocked)):
            yield f"'{run[start : start + 3]}'", start


def _shifted(starts: list[int], blocked: set[int]) -> Iterator[int]:
    """Move a start one to each side of a place where the text has no n-gram either."""
    for start in starts:
        yield from [start - 1, start + 1] if start in blocked else [start]


# ── Asking the database ─────────────────────────────────────────────────────────────────────


def condition(words: Iterable[Word]) -> Q:
    """Say of a posting that everything looked for occurs in it, and nothing excluded.

    A text in which nothing can be looked for (only signs or emoji) is true of nothing.
    """
    query = query_of(words)
    if not query:
        return Q(Value(False, output_field=BooleanField()))
    return Q(_Matches(F("search"), _AsQuery(Value(query))))


def query_of(words: Iterable[Word]) -> str:
    """Give the tsquery literal of what is looked for; empty where nothing was understood."""
    parts = [
        f"!({query})" if word.excluded else f"({query})"
        for word in words
        if (query := word.query())
    ]
    return " & ".join(parts)


def match_points(words: Iterable[Word]):
    """Give the expression by which postings match: two for each word that stands in the title,
    one for each in the organisation's name."""
    looked_for = [word for word in words if not word.excluded and word.query()]
    return reduce(add, map(_points, looked_for), Value(0))


def _points(word: Word) -> Case:
    stands = {
        weights: Q(_Matches(F("search"), _AsQuery(Value(word.query(weights))))) for weights in "AB"
    }
    return Case(
        When(stands["A"], then=Value(2)),
        When(stands["B"], then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )


class _AsQuery(Func):
    # A cast, not to_tsquery: that would parse again, by the server's locale, and split "c++".
    template = "%(expressions)s::tsquery"
    output_field = SearchQueryField()


class _Matches(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
