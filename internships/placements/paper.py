"""The slip on paper: what the printed page and the PDF say beyond the stored slip."""

import io
import re
from typing import Any

from django.utils import timezone, translation
from pypdf import PdfReader

from careers.desk.flags import flag_of
from careers.desk.pdf import make_pdf
from careers.people.models import User
from careers.people.office import office_settings
from internships.placements.models import Override, Placement
from internships.placements.slips import sources_of

FILE_NAME = "result-slip"
MOST_PAGES = 2
# Latin, kana and kanji; our fonts have no Hangul, and a paper must not lose a name.
IN_OUR_FONTS = re.compile(
    r"[\u0020-\u024f\u1e00-\u1eff\u2010-\u2019\u3000-\u30ff"
    r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]+"
)
# In points.
USUAL_SIZE, SMALLER_SIZE = 8.5, 7.5


def paper(
    slip: dict[str, Any],
    *,
    placement: Placement | None = None,
    override: Override | None = None,
    planned: str = "",
) -> dict[str, Any]:
    """Give all that stands on the paper. planned: which internship, of a result not saved."""
    return {
        "slip": slip,
        "sources": sources_of(slip),
        "person": _person(placement.student.user) if placement else "",
        "placement": _named(placement) if placement else planned,
        "override": _said_instead(override) if override else None,
    }


def slip_pdf(shown: dict[str, Any]) -> bytes:
    """Set a paper as PDF: a long one in smaller letters, so that it stays on two pages."""
    content = _set(shown, USUAL_SIZE)
    too_long = len(PdfReader(io.BytesIO(content)).pages) > MOST_PAGES
    return _set(shown, SMALLER_SIZE) if too_long else content


def _set(shown: dict[str, Any], size: float) -> bytes:
    office, flag = office_settings(), flag_of(shown["slip"]["outcome"])
    more = {
        "office": {
            "en": f"{office.university_en} {office.office_en}",
            "ja": f"{office.university_ja} {office.office_ja}",
        },
        "size": size,
        "seal": flag.seal,
        "seal_dashed": flag.kind == "confirm",
    }
    return make_pdf("placements/slip.typ", shown | more)


def _person(user: User) -> str:
    """Give the name as on the residence card, and as she writes it where our fonts can."""
    native = f"{user.family_name} {user.given_name}".strip()
    names = [user.name_romaji, native if IN_OUR_FONTS.fullmatch(native) else ""]
    return " · ".join(dict.fromkeys(name for name in names if name)) or native


def _named(placement: Placement) -> str:
    names = [placement.shown_title, placement.shown_host]
    return " · ".join(dict.fromkeys(name for name in names if name))


def _said_instead(override: Override) -> dict[str, Any]:
    by = [f"{override.made_by}, {_day(override.made_at)}"]
    if override.confirmed_by:
        by.append(f"{override.confirmed_by}, {_day(override.confirmed_at)}")
    return {
        "before": _words(override.verdict.outcome),
        "reason": override.reason,
        "by": " · ".join(by),
    }


def _day(moment) -> str:
    return timezone.localdate(moment).isoformat()


def _words(outcome: str) -> dict[str, str]:
    words = {}
    for language in ("ja", "en"):
        with translation.override(language):
            words[language] = str(flag_of(outcome).words)
    return words
