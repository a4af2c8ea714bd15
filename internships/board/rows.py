"""Postings as a list shows them: each row's words are made once, so that templates only print."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from careers.desk.dates import is_japanese, near_day
from careers.desk.templatetags.components import date_block, verdict_flag
from careers.people.kept import mark_of
from careers.people.models import Student
from internships.board import words
from internships.board.fits import ForMe
from internships.board.following.bookmarks import saved_among
from internships.board.marking import NO_MARKS, Marker, excerpts_of
from internships.board.models import Posting
from internships.board.verdicts import Sign, signs_for, student_of

# Bodies of rows kept in memory, of two kilobytes each.
MOST_BODIES = 2000
MOST_SIGNS = 10_000
# Where applying means going elsewhere; the rest goes through the office.
OUTSIDE = {
    "url": gettext_lazy("Apply on its website"),
    "email": gettext_lazy("Apply by e-mail"),
}


class Text(NamedTuple):
    """Somebody's words, with their language where it is not the reader's."""

    text: str
    language: str


class Closing(NamedTuple):
    """A closing day as a block beside the row, and as a line where there is no room for one."""

    block: str
    line: str


@dataclass(frozen=True)
class Body:
    """All of a row but what it means for the reader, as HTML."""

    closing: str
    words: str
    posting: Posting

    @cached_property
    def buttons(self) -> dict[bool, str]:
        """Give the button of a reader who has saved it, and of one who has not."""
        shown = {"ref": self.posting.ref, "title": self.posting.title}
        return {
            saved: render_to_string("board/save_button.html", {**shown, "saved": saved})
            for saved in (True, False)
        }


@dataclass(frozen=True)
class Row:
    posting: Posting
    body: Body
    sign: Sign | None
    flag: str
    # Whether the reader has saved it; None for readers who save nothing.
    saved: bool | None = None

    @property
    def save_button(self) -> str:
        return "" if self.saved is None else self.body.buttons[self.saved]

    @property
    def notices(self) -> list[str]:
        return words.notices(self.posting)


def rows_for(user, postings: Iterable[Posting], marker: Marker = NO_MARKS) -> list[Row]:
    """Lay out postings, read with their organisation, for a reader.

    A student gets her own flags; they are made for her alone and nobody else is shown them.
    """
    postings = list(postings)
    student = student_of(user)
    if student is None:
        return rows_of(postings, {}, marker=marker)
    signs, saved = _bodies_of_today().signs(student, postings), saved_among(student, postings)
    return rows_of(postings, signs, saved, marker)


def rows_of(
    postings: Iterable[Posting],
    signs: Mapping[int, Sign],
    saved: Collection[int] | None = None,
    marker: Marker = NO_MARKS,
) -> list[Row]:
    """Lay out postings, with signs by the posting's key."""
    language, bodies = get_language(), _bodies_of_today()
    return [
        Row(
            posting,
            bodies.of(posting, language, marker),
            sign=(sign := signs.get(posting.pk)),
            flag=_flag(sign.outcome, language) if sign else "",
            saved=None if saved is None else posting.pk in saved,
        )
        for posting in postings
    ]


class Bodies:
    """The rows of the board as everybody sees them, made once until a posting changes."""

    def __init__(self, version: tuple):
        self.version = version
        self._kept: dict[tuple[int, str | None, str], Body] = {}
        self._signs: dict[tuple[str, str | None, int], Sign] = {}

    def signs(self, student: Student, postings: list[Posting]) -> dict[int, Sign]:
        """Give her flags; she leafs back and narrows the list, and meets the same ones again."""
        kind = (ForMe(student, Posting.objects.none()).key, get_language())
        known = {posting.pk: self._signs.get((*kind, posting.pk)) for posting in postings}
        made = signs_for(student, [posting for posting in postings if not known[posting.pk]])
        if len(self._signs) + len(made) > MOST_SIGNS:
            self._signs.clear()
        self._signs.update({(*kind, pk): sign for pk, sign in made.items()})
        return known | made

    def of(self, posting: Posting, language: str | None, marker: Marker) -> Body:
        key = (posting.pk, language, marker.typed)
        body = self._kept.get(key)
        if body is None:
            if len(self._kept) >= MOST_BODIES:
                self._kept.clear()
            body = self._kept[key] = _body(posting, marker)
        return body


_bodies = Bodies(())


def _bodies_of_today() -> Bodies:
    """Give what is kept of the board as it is; the day counts, for rows say what is left."""
    global _bodies
    topics = ("board", "calendar", "synonyms")
    version = (*map(mark_of, topics), timezone.localdate())
    if _bodies.version != version:
        _bodies = Bodies(version)
    return _bodies


def _body(posting: Posting, marker: Marker) -> Body:
    organisation, title = posting.organisation, _text(posting.title_ja, posting.title_en)
    name = _text(organisation.name_ja, organisation.name_en)
    place = words.place_name(posting)
    day = timezone.localdate(posting.closes_at)
    closing = _closing(day, timezone.localdate(), get_language())
    shown = {
        "ref": posting.ref,
        "url": _address(posting, marker),
        "title": _marked(title, marker),
        "organisation": _marked(name, marker),
        "place": marker.text(place) if place else _("Not stated"),
        "tags": _tags(posting),
        "host_flag": organisation.flag,
        "closes": closing.line,
        "strip": _strip(posting),
        "excerpts": _excerpts(posting, marker, f"{title.text} {name.text} {place}"),
    }
    return Body(closing.block, render_to_string("board/row.html", shown), posting)


def _address(posting: Posting, marker: Marker) -> str:
    """Lead to the posting with the words looked for, so that it marks them too."""
    address = reverse("posting_detail", args=[posting.ref])
    return f"{address}?{urlencode({'q': marker.typed})}" if marker else address


def _marked(text: Text, marker: Marker) -> Text:
    return Text(marker.text(text.text), text.language) if marker else text


def _excerpts(posting: Posting, marker: Marker, shown: str) -> list[Text]:
    own, other = ("ja", "en") if is_japanese() else ("en", "ja")
    return [
        Text(text, language if language != own else "")
        for text, language in excerpts_of(marker, posting, (own, other), shown)
    ]


def _strip(posting: Posting) -> str:
    """Lay out facts beside each other; in a template this takes a third of the time of a list."""
    facts = (
        (_("Pay"), words.pay(posting)),
        (_("Hours a week"), words.hours(posting)),
        (_("Dates"), words.short_dates(posting)),
        (_("Language"), words.languages(posting)),
    )
    return format_html_join(
        "",
        "<div><dt>{}</dt><dd>{}{}</dd></div>",
        (
            (label, main, format_html(" <small>{}</small>", note) if note else "")
            for label, (main, note) in facts
        ),
    )


# Many postings close on the same day and have the same flag. What is kept says nothing of
# anybody: it hangs on the arguments alone.
@lru_cache(maxsize=1024)
def _closing(day: date, today: date, language: str) -> Closing:
    block = render_to_string("components/date_block.html", date_block(day, _("Closes")))
    return Closing(block, _("Closes %(day)s") % {"day": near_day(day)})


@lru_cache(maxsize=64)
def _flag(outcome: str, language: str) -> str:
    return render_to_string("components/flag.html", verdict_flag(outcome))


def _text(ja: str, en: str) -> Text:
    own, other, other_language = (ja, en, "en") if is_japanese() else (en, ja, "ja")
    return Text(own, "") if own else Text(other, other_language)


def _tags(posting: Posting) -> list[str]:
    tags = []
    if posting.programme_type:
        tags.append(_("Type %(type)s") % {"type": posting.programme_type})
    if posting.credit_bearing:
        tags.append(_("Credit"))
    if posting.organisation.is_stopped:
        tags.append(_("No applications for now"))
    elif outside := OUTSIDE.get(posting.apply_method):
        tags.append(str(outside))
    return tags
