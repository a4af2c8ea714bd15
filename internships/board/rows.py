"""Postings as a list shows them: each row's words are made once, so that templates only print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.desk.dates import is_japanese, near_day
from careers.desk.templatetags.components import date_block
from internships.board import words
from internships.board.models import Posting


class Text(NamedTuple):
    """Somebody's words, with their language where it is not the reader's."""

    text: str
    language: str


class Fact(NamedTuple):
    label: str
    main: str
    note: str


@dataclass(frozen=True)
class Row:
    posting: Posting
    url: str
    title: Text
    organisation: Text
    place: str
    tags: list[str]
    closes: str
    date_block: str
    facts: list[Fact]


def rows_of(postings: Iterable[Posting]) -> list[Row]:
    """Lay out postings that were read with their organisation; asks nothing of the database."""
    labels = (_("Pay"), _("Hours a week"), _("Dates"), _("Language"))
    blocks: dict[date, str] = {}
    rows = []
    for posting in postings:
        day = timezone.localdate(posting.closes_at)
        if day not in blocks:  # many postings close on the same day
            blocks[day] = render_to_string(
                "components/date_block.html", date_block(day, _("Closes"))
            )
        rows.append(_row(posting, labels, blocks[day]))
    return rows


def _row(posting: Posting, labels: tuple[str, ...], block: str) -> Row:
    organisation = posting.organisation
    said = (
        words.pay(posting),
        words.hours(posting),
        words.short_dates(posting),
        words.languages(posting),
    )
    return Row(
        posting=posting,
        url=reverse("posting_detail", args=[posting.ref]),
        title=_text(posting.title_ja, posting.title_en),
        organisation=_text(organisation.name_ja, organisation.name_en),
        place=words.place(posting).main,
        tags=_tags(posting),
        closes=_("Closes %(day)s") % {"day": near_day(posting.closes_at)},
        date_block=block,
        facts=[Fact(label, *each) for label, each in zip(labels, said, strict=True)],
    )


def _text(ja: str, en: str) -> Text:
    own, other, other_language = (ja, en, "en") if is_japanese() else (en, ja, "ja")
    return Text(own, "") if own else Text(other, other_language)


def _tags(posting: Posting) -> list[str]:
    tags = []
    if posting.programme_type:
        tags.append(_("Type %(type)s") % {"type": posting.programme_type})
    if posting.credit_bearing:
        tags.append(_("Credit"))
    return tags
