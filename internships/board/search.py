"""Search in Japanese and English: each posting keeps the set of its n-grams and words.

PostgreSQL's own parsers know no Japanese words and trigrams need three letters, so the
application folds the text, cuts it up itself and asks the index for the pieces. Text and
query go through the same two functions; whatever they agree on is found.
"""

import re
import unicodedata
from collections.abc import Iterator

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from careers.prefectures import PREFECTURES

FIELDS = (
    "ref",
    "title_ja",
    "title_en",
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
ORGANISATION_FIELDS = ("name_ja", "name_en", "name_kana")

LONGEST_QUERY = 200
# PostgreSQL refuses a tsvector over 1 MB and a lexeme over 2 kB; no honest text comes near.
LONGEST_TEXT = 40_000
LONGEST_WORD = 100

_KANA = {hiragana: hiragana + 0x60 for hiragana in range(0x3041, 0x3097)}
_VARIANTS = str.maketrans("髙﨑𠮷鷗瀨麴邉邊", "高崎吉鴎瀬麹辺辺")
_V_SOUNDS = {"ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴ": "ブ"}
# サーバー = サーバ: the long mark counts for nothing where a word in kana ends.
_LAST_LONG_MARK = re.compile(r"(?<=[ァ-ヺ])ー+(?![ァ-ヺー])|(?<=[ぁ-ゖ])ー+(?![ぁ-ゖァ-ヺー])")
_ACCENTED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

_HAN_OR_KANA = (
    r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_PIECE = re.compile(
    rf"(?P<japanese>[{_HAN_OR_KANA}]+)"
    r"|(?P<number>\d+(?:\.\d+)?(?![a-z0-9]))"
    r"|(?P<latin>[a-z0-9][a-z0-9+#.]*[a-z0-9+#]|[a-z0-9])"
    rf"|(?P<other>[^\W{_HAN_OR_KANA}]+)"
)

# Places that stand by accident inside other words. 京都 is not in 東京都, whatever follows it;
# 大分 is not in 4大分野, but 大分野 itself can still be looked for.
_NOTHING_STARTS = {"東京都": 1}
_NO_PAIR_STARTS = {"大分野": 0, "大分類": 0, "大分子": 0, "拡大分": 1, "増大分": 1, "最大分": 1}


def fold(text: str) -> str:
    """Give the text as search sees it: one width, one case, one kana, one form of a letter."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_VARIANTS).replace("・", "")
    text = _THOUSANDS.sub("", text)
    text = _ACCENTED.sub(lambda letter: unicodedata.normalize("NFD", letter[0])[0], text)
    text = _LAST_LONG_MARK.sub("", text).translate(_KANA)
    for v_sound, plain in _V_SOUNDS.items():
        text = text.replace(v_sound, plain)
    return text


def singular(word: str) -> str:
    """Give one form for singular and plural; short words (GPS, its) stay as they are."""
    if len(word) <= 3 or not word.isascii() or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) else word[:-1]


def terms_of(text: str) -> set[str]:
    """Give all that a text can be found by."""
    terms: set[str] = set()
    for piece in _PIECE.finditer(fold(text[:LONGEST_TEXT])):
        if piece["japanese"]:
            terms.update(_grams(piece[0]))
        else:
            terms.update({piece[0][:LONGEST_WORD], singular(piece[0][:LONGEST_WORD])})
    return terms


def vector_of(posting) -> str:
    """Give the literal of the `search` column for a posting, saved or not."""
    words = [getattr(posting, field) for field in FIELDS if field != "prefecture"]
    words += [getattr(posting.organisation, field) for field in ORGANISATION_FIELDS]
    words += PREFECTURES.get(posting.prefecture, ())
    # A line break between two fields: no n-gram may span them.
    return " ".join(f"'{term}'" for term in sorted(terms_of("\n".join(words))))


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


def matching(postings: QuerySet, text: str) -> QuerySet:
    """Give the postings that a text search finds; an empty text leaves the list whole."""
    return postings.filter(condition(text)) if text.strip() else postings


def condition(text: str) -> Q:
    """Say of a posting that every word of the text occurs in it, in whatever field.

    A blank (also a full-width one) parts words, a leading minus excludes one, and words in
    quotation marks are one piece where the text writes them without a blank (Japanese).
    A text in which nothing can be looked for (only signs or emoji) is true of nothing.
    """
    query = query_of(text)
    if not query:
        return Q(Value(False, output_field=BooleanField()))
    return Q(_Matches(F("search"), _AsQuery(Value(query))))


def query_of(text: str) -> str:
    """Give the tsquery literal of what somebody typed; empty where nothing was understood."""
    return " & ".join(filter(None, map(_query_of_word, _words(text[:LONGEST_QUERY]))))


def _query_of_word(word: str) -> str:
    excluded = len(word) > 1 and word.startswith("-")
    parts = [part for piece in _PIECE.finditer(fold(word)) for part in _query_of_piece(piece)]
    joined = " & ".join(dict.fromkeys(parts))
    return f"!({joined})" if excluded and joined else joined


def _words(text: str) -> Iterator[str]:
    text = re.sub("[“”„«»]", '"', unicodedata.normalize("NFKC", text))
    for minus, quoted, plain in re.findall(r'(?<!\S)(-?)"([^"]*)"|(\S+)', text):
        yield minus + _together(quoted) if quoted else plain


def _together(quoted: str) -> str:
    """Close the blanks between Japanese letters; Latin words stay apart."""
    return re.sub(rf"(?<=[{_HAN_OR_KANA}])\s+(?=[{_HAN_OR_KANA}])", "", quoted)


def _query_of_piece(piece: re.Match) -> list[str]:
    if piece["japanese"]:
        return _query_of_japanese(piece[0])
    if piece["number"]:
        return [f"'{piece[0][:LONGEST_WORD]}'"]
    word = singular(piece[0][:LONGEST_WORD])
    return [f"'{word}'" if len(word) <= 3 else f"'{word}':*"]


def _query_of_japanese(run: str) -> list[str]:
    if len(run) == 1:
        return [f"'{run}':*"]
    if len(run) == 2:
        return [f"'{run}'"]
    # Every third start covers the run with the fewest (and so the rarest) trigrams.
    blocked = _blocked(run, _NOTHING_STARTS)
    starts = [*range(0, len(run) - 2, 3), len(run) - 3]
    return [f"'{run[start : start + 3]}'" for start in dict.fromkeys(_shifted(starts, blocked))]


def _shifted(starts: list[int], blocked: set[int]) -> Iterator[int]:
    """Move a start one to each side of a place where the text has no n-gram either."""
    for start in starts:
        yield from [start - 1, start + 1] if start in blocked else [start]


def _grams(run: str) -> Iterator[str]:
    nothing, no_pair = _blocked(run, _NOTHING_STARTS), _blocked(run, _NO_PAIR_STARTS)
    for start in set(range(len(run) - 1)) - nothing:
        if start not in no_pair:
            yield run[start : start + 2]
        if start + 3 <= len(run):
            yield run[start : start + 3]
    yield run[-1]


def _blocked(run: str, words: dict[str, int]) -> set[int]:
    return {
        found.start() + offset for word, offset in words.items() for found in re.finditer(word, run)
    }


class _AsQuery(Func):
    # A cast, not to_tsquery: that would parse again, by the server's locale, and split "c++".
    template = "%(expressions)s::tsquery"
    output_field = SearchQueryField()


class _Matches(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
