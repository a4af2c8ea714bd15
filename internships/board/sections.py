"""The parts of the editor as a list of tasks: what each holds, what it lacks, where to go on."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from internships.board.advice import Advice, advice_for
from internships.board.problems import OF_DAYS, WORDS, in_order

Facts = Mapping[str, Any]


class Part(NamedTuple):
    """One page of the editor.

    rows: its fields, as they stand beside each other; needs: gives those that are still to be
    filled in; codes: the problems that no note beside a field tells.
    """

    key: str
    words: str | Promise
    rows: tuple[tuple[str, ...], ...]
    needs: Callable[[Facts], list[str]]
    codes: frozenset[str] = frozenset()

    @property
    def fields(self) -> list[str]:
        return [name for row in self.rows for name in row]


@dataclass(frozen=True)
class Section:
    """A part of one posting: complete, incomplete, not started, or with something to look at."""

    part: Part
    missing: list[str]
    is_started: bool
    notes: list[Advice]
    is_next: bool = False

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def state(self) -> str:
        if self.notes:
            return "problem"
        if self.is_complete:
            return "complete"
        return "incomplete" if self.is_started else "not started"


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


def _pair(name: str) -> tuple[str, str]:
    return f"{name}_ja", f"{name}_en"


# In the order of the list. A posting begins with its words: without a title there is no draft.
PARTS = [
    Part(
        "words",
        _("Organisation and words"),
        (_pair("organisation"), _pair("title"), _pair("description"), _pair("requirements")),
        _words,
    ),
    Part(
        "pay",
        _("Pay"),
        (("pay_kind", "pay_yen", "pay_unit"), _pair("pay_note")),
        _pay,
        frozenset({"P_UNPAID_WORK", "P_PAY_RANGE", "P_FEE"}),
    ),
    Part(
        "hours",
        _("Hours a week"),
        (("weekly_hours", "daily_hours", "days_per_week"), ("schedule_note",)),
        _empty("weekly_hours"),
        frozenset({"P_HOURS_APPROX"}),
    ),
    Part(
        "dates",
        _("Dates"),
        (("starts_on", "ends_on"), ("closes_at", "opens_at")),
        _empty("starts_on", "ends_on", "closes_at"),
        OF_DAYS | {"P_DATE_ORDER", "P_DEADLINE_VAGUE"},
    ),
    Part(
        "programme",
        _("Kind of programme"),
        (("programme_type",), ("credit_bearing", "course_code")),
        _programme,
    ),
    Part(
        "place",
        _("Place"),
        (("prefecture", "work_style", "venue"), _pair("city")),
        _place,
        frozenset({"P_PLACE_MISMATCH"}),
    ),
    Part(
        "people",
        _("Who can apply"),
        (
            ("japanese_level", "english_level", "openings"),
            ("study_years", "faculties"),
            ("accepts_from_abroad",),
        ),
        _empty("japanese_level", "english_level", "openings", "study_years", "faculties"),
        frozenset({"P_DISCRIMINATION", "P_PRIVACY"}),
    ),
    Part(
        "apply",
        _("How to apply"),
        (("apply_method", "apply_to"), ("source",)),
        _way,
        frozenset({"P_CONTACT_BAD", "P_CONTACT_PHONE_ONLY"}),
    ),
]
BY_KEY = {part.key: part for part in PARTS}
FIRST = PARTS[0]
# What a field holds before anybody has looked at it.
_UNTOUCHED = (None, "", [], False, "ordinary", "office")


def sections_of(facts: Facts, codes: Collection[str] = ()) -> list[Section]:
    """Give the parts in their order; the first that lacks something is the next.

    codes: what is wrong with the posting, as it was found when it was saved.
    """
    advice, found, is_next = advice_for(facts), [], True
    for part in PARTS:
        missing = part.needs(facts)
        found.append(
            Section(
                part,
                missing,
                is_started=any(facts.get(name) not in _UNTOUCHED for name in part.fields),
                notes=[*_notes(part, advice), *_told(part, codes)],
                is_next=is_next and bool(missing),
            )
        )
        is_next = is_next and not missing
    return found


def _notes(part: Part, advice: Mapping[str, list[Advice]]) -> list[Advice]:
    """Give what is to be looked at; what is only worth knowing stays beside its field."""
    notes = [note for name in part.fields for note in advice.get(name, [])]
    return [note for note in notes if note.kind != "plain"]


def _told(part: Part, codes: Iterable[str]) -> list[Advice]:
    words = (str(WORDS[code]) for code in in_order(part.codes & set(codes)))
    return [Advice(one[:1].upper() + one[1:]) for one in words]


def next_after(sections: list[Section], part: Part) -> Part | None:
    """Give the next part that lacks something; None at the end, where the list tells the rest."""
    ahead = sections[PARTS.index(part) + 1 :]
    return next((one.part for one in ahead if one.missing), None)
