"""Text as search sees it: one width, one case, one kana, one form of a letter; and its pieces."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from careers.kana import KATAKANA

# PostgreSQL refuses a tsvector over 1 MB and a lexeme over 2 kB; no honest text comes near.
LONGEST_WORD = 100
# One letter may stand for many (㍿ for four), and an index takes no more of them than this.
LONGEST_NAME = 400

HAN_OR_KANA = (
    r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
PIECE = re.compile(
    rf"(?P<japanese>[{HAN_OR_KANA}]+)"
    r"|(?P<number>\d+(?:\.\d+)?(?![a-z0-9]))"
    r"|(?P<latin>[a-z0-9][a-z0-9+#.]*[a-z0-9+#]|[a-z0-9])"
    rf"|(?P<other>[^\W{HAN_OR_KANA}]+)"
)

# PostgreSQL refuses NUL, and the other control characters only come from broken exports.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_VARIANTS = str.maketrans("髙﨑𠮷鷗瀨麴邉邊", "高崎吉鴎瀬麹辺辺")
# サーバー = サーバ: the long mark counts for nothing where a word in kana ends.
_LAST_LONG_MARK = re.compile(r"(?<=[ァ-ヺ])ー+(?![ァ-ヺー])|(?<=[ぁ-ゖ])ー+(?![ぁ-ゖァ-ヺー])")
_ACCENTED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_V_SOUND = re.compile("ヴ[ァィェォ]?")
_V_SOUNDS = {"ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴ": "ブ"}


def without_controls(text: str) -> str:
    """One kind of line break, no blanks around, and nothing that has no place in a text."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower().translate(_VARIANTS).replace("・", "")
    text = _THOUSANDS.sub("", text)
    text = _ACCENTED.sub(lambda letter: unicodedata.normalize("NFD", letter[0])[0], text)
    text = _LAST_LONG_MARK.sub("", text).translate(KATAKANA)
    return _V_SOUND.sub(lambda sound: _V_SOUNDS[sound[0]], text) if "ヴ" in text else text


def name_key(text: str) -> str:
    """Give a name as names are compared: width, case and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())[:LONGEST_NAME]


class Folded(NamedTuple):
    """A folded text that knows where each of its letters stood in the text as written."""

    text: str
    starts: list[int]
    ends: list[int]


def fold_with_places(text: str) -> Folded:
    """As `fold`, letter by letter: slower, and only for the few texts that are shown."""
    letters: list[tuple[str, int, int]] = []
    for start, end in _clusters(text):
        plain = unicodedata.normalize("NFKC", text[start:end]).lower().translate(_VARIANTS)
        letters += [(letter, start, end) for letter in plain if letter != "・"]
    for pattern, change in (
        (_THOUSANDS, lambda found: ""),
        (_ACCENTED, lambda found: unicodedata.normalize("NFD", found[0])[0]),
        (_LAST_LONG_MARK, lambda found: ""),
    ):
        letters = _changed(letters, pattern, change)
    letters = [(letter.translate(KATAKANA), start, end) for letter, start, end in letters]
    letters = _changed(letters, _V_SOUND, lambda found: _V_SOUNDS[found[0]])
    return Folded(
        "".join(letter for letter, _start, _end in letters),
        [start for _letter, start, _end in letters],
        [end for _letter, _start, end in letters],
    )


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text so that its parts, normalised one by one, give the whole normalised."""
    start = 0
    for at in range(1, len(text)):
        if not _melts(text[start:at], text[at]):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _melts(before: str, letter: str) -> bool:
    """Say whether a letter belongs to those before it, as an accent or a mark of kana does."""
    if letter.isascii():
        return False
    plain = unicodedata.normalize("NFKC", letter)
    if unicodedata.combining(plain[0]):
        return True
    together = unicodedata.normalize("NFKC", before + letter)
    return together != unicodedata.normalize("NFKC", before) + plain


def _changed(letters, pattern, change):
    text = "".join(letter for letter, _start, _end in letters)
    result, at = [], 0
    for found in pattern.finditer(text):
        result += letters[at : found.start()]
        first, last = letters[found.start()], letters[found.end() - 1]
        result += [(letter, first[1], last[2]) for letter in change(found)]
        at = found.end()
    return result + letters[at:] if at else letters


def singular(word: str) -> str:
    """Give one form for singular and plural; short words (GPS, its) stay as they are."""
    if len(word) <= 3 or not word.isascii() or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) else word[:-1]


def pieces_of(text: str) -> Iterator[re.Match]:
    """Cut a text into runs of Japanese, numbers and words."""
    return PIECE.finditer(fold(text))


def key_of(text: str) -> tuple[str, ...]:
    """Give what two spellings of the same words have in common."""
    return tuple(singular(piece[0][:LONGEST_WORD]) for piece in pieces_of(text))
