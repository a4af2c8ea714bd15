"""The parts of the editor as a list of tasks: which are complete, and where to go on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Facts = Mapping[str, Any]


class Part(NamedTuple):
    """needs: gives the fields that are still to be filled in; first: where it begins."""

    words: str | Promise
    first: str
    needs: Callable[[Facts], list[str]]


@dataclass(frozen=True)
class Section:
    words: str | Promise
    missing: list[str]
    anchor: str
    is_next: bool = False

    @property
    def is_complete(self) -> bool:
        return not self.missing


def _empty(*names: str) -> Callable[[Facts], list[str]]:
    return lambda facts: [name for name in names if facts.get(name) in (None, "", [])]


def _pay(facts: Facts) -> list[str]:
    amount = ("pay_yen", "pay_unit") if facts.get("pay_kind") in ("wage", "flat_allowance") else ()
    return _empty("pay_kind", *amount)(facts)


def _programme(facts: Facts) -> list[str]:
    course = ("course_code",) if facts.get("credit_bearing") else ()
    return _empty("programme_type", *course)(facts)


def _place(facts: Facts) -> list[str]:
    at_home = facts.get("work_style") == "remote"
    return _empty("work_style", *(() if at_home else ("prefecture",)))(facts)


def _way(facts: Facts) -> list[str]:
    address = ("apply_to",) if facts.get("apply_method") in ("url", "email") else ()
    return _empty("apply_method", *address)(facts)


def _words(facts: Facts) -> list[str]:
    """One language is enough, as long as it is whole."""
    per_language = [
        _empty(f"organisation_{one}", f"title_{one}", f"description_{one}")(facts)
        for one in ("ja", "en")
    ]
    return min(per_language, key=len)


# In the order of the page.
PARTS = [
    Part(_("Pay"), "pay_kind", _pay),
    Part(_("Hours a week"), "weekly_hours", _empty("weekly_hours")),
    Part(_("Dates"), "starts_on", _empty("starts_on", "ends_on", "closes_at")),
    Part(_("Kind of programme"), "programme_type", _programme),
    Part(_("Place"), "prefecture", _place),
    Part(
        _("Who can apply"),
        "japanese_level",
        _empty("japanese_level", "english_level", "openings", "study_years", "faculties"),
    ),
    Part(_("How to apply"), "apply_method", _way),
    Part(_("Words"), "organisation_ja", _words),
]


def sections_of(facts: Facts) -> list[Section]:
    """Give the parts in the order of the page; the first that lacks something is the next."""
    found, is_next = [], True
    for part in PARTS:
        missing = part.needs(facts)
        anchor = f"div_id_{(missing or [part.first])[0]}"
        found.append(Section(part.words, missing, anchor, is_next=is_next and bool(missing)))
        is_next = is_next and not missing
    return found
