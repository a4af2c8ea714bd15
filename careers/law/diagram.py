"""The order of decisions of an edition as one page: a drawing (SVG) made from the rules alone.

Each line asks one condition; a finger-post to its right gives the outcome, the line below is
reached where it does not hold. Classes let a page recolour it; without them it is ink on paper.
"""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from .editions import Edition
from .findings import Finding
from .outcomes import OUTCOMES
from .predicates import All, Predicate
from .sentences import sentence
from .wording import text

WIDTH, MARGIN = 1080, 24
_ASKED, _ASKED_WIDTH = 64, 620
_POST, _POST_WIDTH, _TIP = 752, 304, 16
_LINE, _PADDING, _GAP = 19, 10, 16
_HEAD = 108
_SIZE = 14
_FONT = "'Hiragino Sans', 'BIZ UDPGothic', 'Noto Sans CJK JP', 'Segoe UI', Roboto, sans-serif"
_INK, _RULE, _SHEET = "#1c2333", "#857e6c", "#fffdf7"
# look of an outcome: line and ground; `stop` is solid, as everywhere else.
_COLOURS = {
    "clear": ("#256347", "#e2eee4"),
    "held": ("#1d3a66", "#e6ebf2"),
    "route": ("#1d3a66", "#e6ebf2"),
    "need": ("#b32d15", "#fae7df"),
    "confirm": ("#7a5100", "#f7eacb"),
    "unknown": ("#4a5163", "#fffdf7"),
    "stop": ("#b32d15", "#b32d15"),
}
# A letter of Japanese, with the marks that may not begin a line; or a word with its blank.
_CJK = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_PIECES = re.compile(rf"[（「『]?[{_CJK}][、。）」』：ー％]*|[^\s{_CJK}]+\s*|\s+")


@dataclass(frozen=True)
class Line:
    """One decision: its number, what is asked, and what follows where it holds."""

    number: int
    finding: Finding
    asked: tuple[str, ...]
    follows: tuple[str, ...]

    @property
    def height(self) -> int:
        return max(len(self.asked), len(self.follows)) * _LINE + 2 * _PADDING


def diagram(edition: Edition, language: str) -> str:
    """Give the drawing of an edition in 'ja' or 'en', ending with a new line."""
    lines = _lines(edition, language)
    height = _HEAD + sum(line.height + _GAP for line in lines) + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="decisions" role="img" lang="{language}" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="{_FONT}" font-size="{_SIZE}" aria-labelledby="decisions-{language}">',
        *_head(edition, language, height),
    ]
    top = _HEAD
    for line in lines:
        parts += _drawn(line, top, language, is_last=line is lines[-1])
        top += line.height + _GAP
    return "\n".join([*parts, "</svg>", ""])


def _lines(edition: Edition, language: str) -> list[Line]:
    return [
        Line(
            number,
            finding,
            _wrapped(_asked(finding, edition, language), _ASKED_WIDTH - 2 * _PADDING),
            _wrapped(
                text(f"outcome.{finding.outcome}", language, edition.starts),
                _POST_WIDTH - 3 * _PADDING - _TIP,
            ),
        )
        for number, finding in enumerate(edition.deciding, start=1)
    ]


def _asked(finding: Finding, edition: Edition, language: str) -> str:
    return sentence(_flat(finding.when), language, edition.starts)


def _flat(predicate: Predicate) -> Predicate:
    """Join what is "and" within "and", so that it reads as one list."""
    if not isinstance(predicate, All):
        return predicate
    parts = [_flat(part) for part in predicate.parts]
    return All(
        *(inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,)))
    )


def _head(edition: Edition, language: str, height: int) -> list[str]:
    title = text("phrase.diagram", language)
    valid = text("phrase.valid", language, day=edition.name)
    lead = text("phrase.lead", language)
    informs = text("phrase.informs", language)
    return [
        f'<title id="decisions-{language}">{escape(title)}: {escape(valid)}</title>',
        f'<rect class="decisions-ground" width="{WIDTH}" height="{height}" fill="#f6f2e7"/>',
        _words(title, MARGIN, 40, size=24, weight=700),
        _words(valid, MARGIN, 64),
        _words(f"{lead} {informs}", MARGIN, 86, size=13),
    ]


def _drawn(line: Line, top: int, language: str, *, is_last: bool) -> list[str]:
    middle = top + line.height / 2
    right = _ASKED + _ASKED_WIDTH
    parts = [
        _words(str(line.number), 44, middle + 5, weight=700, anchor="end"),
        f'<rect class="decisions-asked" x="{_ASKED}" y="{top}" width="{_ASKED_WIDTH}" '
        f'height="{line.height}" rx="3" fill="{_SHEET}" stroke="{_RULE}"/>',
        *_paragraph(line.asked, _ASKED + _PADDING, middle),
        _arrow(f"M{right} {middle}H{_POST - 2}"),
        _words(
            text("phrase.fits", language), (right + _POST) / 2, middle - 6, size=12, anchor="middle"
        ),
        *_post(line, top, middle),
    ]
    if not is_last:
        below = top + line.height
        parts.append(_arrow(f"M{_ASKED + 30} {below}V{below + _GAP - 1}"))
        parts.append(_words(text("phrase.else", language), _ASKED + 40, below + 12, size=12))
    return parts


def _post(line: Line, top: int, middle: float) -> list[str]:
    look = OUTCOMES[line.finding.outcome].look
    edge, ground = _COLOURS[look]
    right, bottom = _POST + _POST_WIDTH, top + line.height
    shape = f"M{_POST} {top}H{right - _TIP}L{right} {middle}L{right - _TIP} {bottom}H{_POST}Z"
    dashes = ' stroke-dasharray="6 3"' if look in ("confirm", "unknown") else ""
    return [
        f'<path class="decisions-post" data-kind="{look}" d="{shape}" fill="{ground}" '
        f'stroke="{edge}" stroke-width="1.5"{dashes}/>',
        *_paragraph(
            line.follows,
            _POST + _PADDING,
            middle,
            weight=700,
            fill=_SHEET if look == "stop" else edge,
            kind=look,
        ),
    ]


def _paragraph(
    lines: tuple[str, ...],
    x: float,
    middle: float,
    *,
    weight: int = 400,
    fill: str = _INK,
    kind: str = "",
) -> list[str]:
    first = middle - (len(lines) - 1) * _LINE / 2 + 5
    return [
        _words(line, x, first + place * _LINE, weight=weight, fill=fill, kind=kind)
        for place, line in enumerate(lines)
    ]


def _words(
    words: str,
    x: float,
    y: float,
    *,
    size: int = 0,
    weight: int = 400,
    anchor: str = "",
    fill: str = _INK,
    kind: str = "",
) -> str:
    given = [f'x="{x:g}"', f'y="{y:g}"', f'fill="{fill}"']
    given += [f'font-size="{size}"'] if size else []
    given += [f'font-weight="{weight}"'] if weight != 400 else []
    given += [f'text-anchor="{anchor}"'] if anchor else []
    given += [f'data-kind="{kind}"'] if kind else []
    return f"<text {' '.join(given)}>{escape(words)}</text>"


def _arrow(path: str) -> str:
    """A line that ends in a small head, drawn along with it."""
    x, y = (float(number) for number in re.findall(r"[\d.]+", path)[:2])
    end = float(re.findall(r"[\d.]+", path)[2])
    across = "H" in path
    head = (
        f"M{end - 6:g} {y - 4:g}L{end:g} {y:g}L{end - 6:g} {y + 4:g}"
        if across
        else f"M{x - 4:g} {end - 6:g}L{x:g} {end:g}L{x + 4:g} {end - 6:g}"
    )
    return f'<path class="decisions-arrow" d="{path}{head}" fill="none" stroke="{_INK}"/>'


def _wrapped(words: str, width: float) -> tuple[str, ...]:
    """Break words into lines that fit, by the usual width of letters."""
    lines, line = [], ""
    for piece in _PIECES.findall(words):
        if line and _length(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return (*lines, line.rstrip())


def _length(words: str) -> float:
    return sum(_SIZE if ord(letter) > 0x2FFF else 0.5 * _SIZE for letter in words)
