"""What the board can be narrowed by, one filter each: what may be chosen, and which postings
a choice keeps. Page, counts, saved searches, feeds and API all read this one table."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, Q, Value
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from careers.people.kept import kept_until_changed
from careers.people.models import Faculty
from careers.prefectures import PREFECTURES, REGIONS, prefecture_name
from internships.board import fits, search
from internships.board.models import Industry, Posting, synonyms
from internships.board.seasons import inside_a_vacation, touches_a_vacation
from internships.board.words import STUDY_YEARS, plain

SOON_DAYS = 7
# Codes of faculties, as `SlugField` has them.
_CODE = re.compile(r"[-\w]{1,50}", re.ASCII)
# Control characters, which neither the database nor a feed can hold.
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")

_prefecture = lazy(prefecture_name, str)


@dataclass(frozen=True)
class Option:
    """One choice: its words, and what it keeps; a function where that hangs on the day."""

    label: Any
    keeps: Q | Callable[[date], Q] | None

    def condition(self, today: date) -> Q:
        return self.keeps(today) if callable(self.keeps) else self.keeps


Options = Mapping[str, Option]
Values = tuple[str, ...]


class Refused(ValueError):
    """What was typed makes no sense here; the words say why."""


@dataclass(frozen=True)
class Filter:
    name: str
    label: Promise | str

    def read(self, typed: Sequence[str]) -> Values:
        """Give the values in their one form; what nobody knows is left out."""
        raise NotImplementedError

    def condition(self, values: Values, today: date) -> Q:
        raise NotImplementedError

    def words(self, value: str) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class Choices(Filter):
    """Boxes to tick. Of several any will do, unless all must be true."""

    given: Options | Callable[[], Options] = field(default_factory=dict)
    many: bool = True
    all_of: bool = False
    for_somebody: bool = False

    @property
    def options(self) -> Options:
        return self.given() if callable(self.given) else self.given

    def read(self, typed):
        known = tuple(value for value in self.options if value in typed)
        return known if self.many else known[:1]

    def condition(self, values, today):
        join = and_ if self.all_of else or_
        return reduce(join, (self.options[value].condition(today) for value in values))

    def words(self, value):
        return str(self.options[value].label)


@dataclass(frozen=True)
class Amount(Filter):
    """A number to type; `usual` ones stand beside it with their counts."""

    lookup: str = ""
    most: int = 0
    places: int = 0
    in_words: Promise | str = ""
    refusal: Promise | str = ""
    usual: tuple[int, ...] = ()

    def read(self, typed):
        text = unicodedata.normalize("NFKC", typed[0]).strip().replace(",", "") if typed else ""
        if not text:
            return ()
        shape = rf"\d{{1,9}}(\.\d{{0,{self.places}}})?" if self.places else r"\d{1,9}"
        if not re.fullmatch(shape, text) or Decimal(text) > self.most:
            raise Refused(self.refusal)
        return (plain(Decimal(text)),)

    def condition(self, values, today):
        return Q(**{self.lookup: Decimal(values[0])})

    def words(self, value):
        return self.in_words % {"number": f"{Decimal(value):,}"}


@dataclass(frozen=True)
class Day(Filter):
    lookup: str = ""
    in_words: Promise | str = ""

    def read(self, typed):
        text = unicodedata.normalize("NFKC", typed[0]).strip() if typed else ""
        if not text:
            return ()
        parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
        try:
            return (date(*map(int, parts.groups())).isoformat(),)
        except (AttributeError, ValueError) as wrong:
            raise Refused(_("Write the date like 2027-02-15.")) from wrong

    def condition(self, values, today):
        return Q(**{self.lookup: date.fromisoformat(values[0])})

    def words(self, value):
        return self.in_words % {"day": value}


@dataclass(frozen=True)
class Text(Filter):
    def read(self, typed):
        text = _NO_TEXT.sub(" ", typed[0]).strip() if typed else ""
        if len(text) > search.LONGEST_QUERY:
            raise Refused(
                gettext("Write at most %(most)s characters.") % {"most": search.LONGEST_QUERY}
            )
        return (text,) if text else ()

    def condition(self, values, today):
        return search.condition(read_text(values[0]))

    def words(self, value):
        return gettext("“%(text)s”") % {"text": value}


def read_text(text: str) -> list[search.Word]:
    """Take apart what somebody typed, with the synonyms of the office."""
    return search.read(text, synonyms())


def _of_field(name: str, choices) -> Options:
    return {str(value): Option(label, Q(**{name: value})) for value, label in choices}


@kept_until_changed("faculties")
def _faculties() -> Options:
    return {
        faculty.code: Option(faculty, _open_to("faculties", faculty.code, "any"))
        for faculty in Faculty.objects.filter(for_level="")
        if _CODE.fullmatch(faculty.code)
    }


def _open_to(name: str, *values: str) -> Q:
    """A list that names nobody is for everybody."""
    return Q(**{f"{name}__len": 0}) | Q(**{f"{name}__overlap": list(values)})


def _starts_within(days: int) -> Callable[[date], Q]:
    return lambda today: Q(starts_on__range=(today, today + timedelta(days=days)))


def _closes_soon(today: date) -> Q:
    return Q(closes_at__date__lte=today + timedelta(days=SOON_DAYS))


def _days_after_the_first(days: int):
    return ExpressionWrapper(F("starts_on") + Value(days), output_field=DateField())


def _lasts(least: int, most: int | None = None) -> Q:
    """Both the first day and the last one count."""
    long_enough = Q(ends_on__gte=_days_after_the_first(least - 1))
    return long_enough & Q(ends_on__lte=_days_after_the_first(most - 1)) if most else long_enough


def _inside_a_vacation(_today: date) -> Q:
    return inside_a_vacation()


def _partly_in_a_vacation(_today: date) -> Q:
    return touches_a_vacation() & ~inside_a_vacation()


def _in_term(_today: date) -> Q:
    return Q(starts_on__isnull=False, ends_on__isnull=False) & ~touches_a_vacation()


PAID = Q(pay_kind__in=["wage", "flat_allowance"])
FILTERS: dict[str, Filter] = {
    made.name: made
    for made in (
        Text("q", _("Search")),
        # For a signed-in student alone: what it means for her.
        Choices(
            "mine",
            _("For you"),
            {choice: Option(words, None) for choice, words in fits.CHOICES.items()},
            all_of=True,
            for_somebody=True,
        ),
        Choices(
            "pay",
            _("Pay"),
            {
                "paid": Option(_("Paid"), PAID),
                "wage": Option(_("Paid: wage or salary"), Q(pay_kind="wage")),
                "allowance": Option(_("Paid: fixed allowance"), Q(pay_kind="flat_allowance")),
                "costs": Option(_("Only actual costs"), Q(pay_kind="actual_costs")),
                "unpaid": Option(_("Unpaid"), Q(pay_kind="none")),
            },
        ),
        Amount(
            "yen",
            _("Yen an hour, at least"),
            "yen_an_hour__gte",
            most=1_000_000,
            in_words=_("At least ¥%(number)s an hour"),
            refusal=_("Write yen as one whole number, for example 1200."),
            usual=(1100, 1300, 1500),
        ),
        Choices(
            "language",
            _("Working language"),
            {
                "english": Option(_("English is enough"), Q(japanese_level="none")),
                "some": Option(
                    _("Some Japanese (N3 or so)"), Q(japanese_level__in=["N5", "N4", "N3"])
                ),
                "japanese": Option(_("Japanese (N2 or more)"), Q(japanese_level__in=["N2", "N1"])),
            },
        ),
        Choices(
            "english",
            _("English"),
            {
                "none": Option(_("No English needed"), Q(english_level="none")),
                "daily": Option(_("Everyday English"), Q(english_level="daily")),
                "business": Option(_("Business English"), Q(english_level="business")),
            },
        ),
        Amount(
            "hours",
            _("Hours a week, at most"),
            "weekly_hours__lte",
            most=168,
            places=2,
            in_words=_("At most %(number)s h a week"),
            refusal=_("Write hours as one number from 0 to 168, for example 27.5."),
            usual=(10, 20, 28),
        ),
        Choices(
            "when",
            pgettext_lazy("filter", "When"),
            {
                "month": Option(_("Starts within a month"), _starts_within(31)),
                "quarter": Option(_("Starts within three months"), _starts_within(92)),
                "half-year": Option(_("Starts within six months"), _starts_within(183)),
            },
            many=False,
        ),
        Day("from", _("First day, at the earliest"), "starts_on__gte", _("From %(day)s")),
        Day("until", _("Last day, at the latest"), "ends_on__lte", _("Until %(day)s")),
        Choices(
            "season",
            _("Long vacation"),
            {
                "vacation": Option(_("Lies inside a long vacation"), _inside_a_vacation),
                "partly": Option(_("Lies partly in a long vacation"), _partly_in_a_vacation),
                "term": Option(_("Lies in term"), _in_term),
            },
        ),
        Choices(
            "length",
            _("Length"),
            {
                "day": Option(_("One day"), _lasts(1, 1)),
                "week": Option(_("2 to 7 days"), _lasts(2, 7)),
                "month": Option(_("8 to 31 days"), _lasts(8, 31)),
                "quarter": Option(_("32 to 92 days"), _lasts(32, 92)),
                "longer": Option(_("More than 92 days"), _lasts(93)),
            },
        ),
        Choices(
            "region",
            _("Region"),
            {
                name: Option(label, Q(prefecture__in=codes))
                for name, (label, codes) in REGIONS.items()
            },
        ),
        Choices(
            "prefecture",
            _("Prefecture"),
            {code: Option(_prefecture(code), Q(prefecture=code)) for code in PREFECTURES},
        ),
        Choices(
            "style",
            _("Where the work is done"),
            _of_field("work_style", Posting.WorkStyle.choices),
        ),
        Choices("faculty", _("Open to faculty"), _faculties),
        Choices("field", _("Field"), _of_field("organisation__industry", Industry.choices)),
        Choices(
            "year",
            _("Open to year of study"),
            {
                year: Option(label, _open_to("study_years", year))
                for year, label in STUDY_YEARS.items()
            },
        ),
        Choices(
            "type",
            _("Kind of programme"),
            _of_field("programme_type", Posting.ProgrammeType.choices),
        ),
        Choices(
            "also",
            _("Also"),
            {
                "credit": Option(_("Gives credit"), Q(credit_bearing=True)),
                "abroad": Option(
                    _("Open to students of universities abroad"), Q(accepts_from_abroad=True)
                ),
                "soon": Option(_("Closes within 7 days"), _closes_soon),
            },
            all_of=True,
        ),
        Choices("source", _("Where it comes from"), _of_field("source", Posting.Source.choices)),
    )
}


@dataclass(frozen=True)
class Order:
    label: Promise | str
    rule: Promise | str
    by: tuple
    for_words: bool = False


SORT = {
    "closing": Order(
        _("Closing soonest"),
        _("Sorted by closing date, soonest first."),
        ("closes_at", "pk"),
    ),
    "newest": Order(
        _("Newest"),
        _("Sorted by the day they came on the board, newest first."),
        ("-opens_at", "-pk"),
    ),
    "start": Order(
        _("Starting soonest"),
        _("Sorted by first day, soonest first; postings without one come last."),
        (F("starts_on").asc(nulls_last=True), "pk"),
    ),
    "pay": Order(
        _("Highest pay"),
        _(
            "Sorted by pay an hour, highest first; pay by the day or month is divided by its hours."
            " Unpaid ones and those with another or no amount come last."
        ),
        (F("yen_an_hour").desc(nulls_last=True), "closes_at", "pk"),
    ),
    "best": Order(
        _("Best match"),
        _(
            "Sorted by match: two points for each of your words in the title, one in the"
            " organisation’s name; with the same points, closing soonest first."
        ),
        ("-points", "closes_at", "pk"),
        for_words=True,
    ),
}
DEFAULT_SORT = "closing"
