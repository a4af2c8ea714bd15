"""What the board can be narrowed by. The whole state is the query string, in one fixed order."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_
from urllib.parse import urlencode

from django import forms
from django.db.models import BooleanField, Count, F, Q, Value
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from careers.people.calendar import academic_calendar
from careers.prefectures import prefecture_choices, prefecture_name
from internships.board import fits, search
from internships.board.models import Posting, PostingQuerySet

PAY = {
    "paid": (_("Paid"), Q(pay_kind__in=["wage", "flat_allowance"])),
    "costs": (_("Only actual costs"), Q(pay_kind="actual_costs")),
    "unpaid": (_("Unpaid"), Q(pay_kind="none")),
}
LANGUAGE = {
    "english": (_("English is enough"), Q(japanese_level="none")),
    "some": (_("Some Japanese (N3 or so)"), Q(japanese_level__in=["N5", "N4", "N3"])),
    "japanese": (_("Japanese (N2 or more)"), Q(japanese_level__in=["N2", "N1"])),
}
TYPE = {
    str(kind.value): (kind.label, Q(programme_type=kind.value)) for kind in Posting.ProgrammeType
}
ALSO = {
    "credit": (_("Gives credit"), Q(credit_bearing=True)),
    "home": (_("Can be done from home, partly or wholly"), Q(work_style__in=["remote", "hybrid"])),
    "abroad": (_("Open to students of universities abroad"), Q(accepts_from_abroad=True)),
}
FOR_ME = {choice: (words, None) for choice, words in fits.CHOICES.items()}
WHEN = {
    "month": _("Starts within a month"),
    "quarter": _("Starts within three months"),
    "half-year": _("Starts within six months"),
    "vacation": _("Lies inside a long vacation"),
}
WITHIN_DAYS = {"month": 31, "quarter": 92, "half-year": 183}


@dataclass(frozen=True)
class Order:
    label: str
    rule: str
    by: tuple


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
}
DEFAULT_SORT = "closing"


def _labels(options: dict) -> list[tuple[str, str]]:
    return [(value, option[0]) for value, option in options.items()]


class ManyField(forms.MultipleChoiceField):
    def __init__(self, options: dict, **kwargs):
        super().__init__(choices=_labels(options), required=False, **kwargs)


class HoursField(forms.DecimalField):
    """Takes full-width digits as they come from a Japanese keyboard."""

    default_error_messages = {
        name: _("Write hours as one number from 0 to 168, for example 27.5.")
        for name in (
            "invalid",
            "max_value",
            "min_value",
            "max_digits",
            "max_decimal_places",
            "max_whole_digits",
        )
    }

    def to_python(self, value):
        return super().to_python(unicodedata.normalize("NFKC", value or ""))

    def validate(self, value):
        super().validate(value)
        if value is not None and not 0 <= value <= 168:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class FilterForm(forms.Form):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=search.LONGEST_QUERY,
    )
    # For a signed-in student alone: what it means for her.
    mine = ManyField(FOR_ME, label=_("For you"))
    pay = ManyField(PAY, label=_("Pay"))
    language = ManyField(LANGUAGE, label=_("Working language"))
    hours = HoursField(
        label=_("Hours a week, at most"),
        required=False,
        max_digits=5,
        decimal_places=2,
    )
    when = forms.ChoiceField(
        label=pgettext_lazy("filter", "When"),
        required=False,
        choices=[("", _("Any time")), *WHEN.items()],
    )
    prefecture = forms.ChoiceField(label=_("Prefecture"), required=False)
    type = ManyField(TYPE, label=_("Kind of programme"))
    also = ManyField(ALSO, label=_("Also"))
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[(name, order.label) for name, order in SORT.items()],
    )

    def __init__(self, query: QueryDict, *, for_somebody: bool = False):
        super().__init__(data=query, auto_id="id_%s")
        if not for_somebody:
            del self.fields["mine"]
        self.fields["prefecture"].choices = [
            ("", _("Anywhere")),
            *prefecture_choices(),
        ]
        self.data = self._without_unknown(query)

    def _without_unknown(self, query: QueryDict) -> QueryDict:
        """Keep what the board knows, in its own order; what is typed is kept as it is."""
        known = QueryDict(mutable=True)
        for name, field in self.fields.items():
            values = [value.strip() for value in query.getlist(name) if value.strip()]
            if isinstance(field, forms.ChoiceField):
                values = [value for value, _label in field.choices if value and value in values]
            if not isinstance(field, forms.MultipleChoiceField):
                values = values[:1]
            if values:
                known.setlist(name, values)
        if known.get("sort") == DEFAULT_SORT:
            del known["sort"]
        return known


@dataclass(frozen=True)
class Token:
    """One filter in use: its words, and the address of the board without it."""

    words: str
    query: str
    condition: Q


class Filters:
    """The filters of one request, read from its query string.

    for_me: what the postings mean for the student who asks; without it, that is no filter.
    """

    def __init__(self, query: QueryDict, today: date, for_me: fits.ForMe | None = None):
        self.form = FilterForm(query, for_somebody=for_me is not None)
        self.today = today
        self.for_me = for_me
        self.form.is_valid()
        self.chosen = self.form.cleaned_data
        self.query = self.form.data

    def is_canonical(self, query: QueryDict) -> bool:
        """Whether an address says exactly this. One with a mistake in it stays as it was typed."""
        return bool(self.form.errors) or list(query.lists()) == self._pairs(query.get("page"))

    def _pairs(self, page: str | None) -> list[tuple[str, list[str]]]:
        paged = [("page", [page])] if page and page.isdecimal() and page not in ("0", "1") else []
        return [*self.query.lists(), *paged]

    def canonical(self, page: str | None) -> str:
        return urlencode(self._pairs(page), doseq=True)

    @property
    def order(self) -> Order:
        return SORT[self.chosen.get("sort") or DEFAULT_SORT]

    @cached_property
    def tokens(self) -> list[Token]:
        made = []
        for name in self.query:
            if name in self._conditions:
                made += [self._token(name, value) for value in self.query.getlist(name)]
        return made

    def narrow(self, postings: PostingQuerySet) -> PostingQuerySet:
        return postings.filter(*self._conditions.values())

    def counts_for_me(self) -> tuple[int, int] | None:
        """Give what is open and what is found where that has been counted already."""
        if set(self.query) - {"sort"} != {"mine"}:
            return None
        return self.for_me.total, self.for_me.found(self.chosen["mine"])

    def ways_out(self, postings: PostingQuerySet) -> list[tuple[Token, int]]:
        """Give each filter without which there would be postings, and how many."""
        without = {f"without_{n}": self._but(token) for n, token in enumerate(self.tokens)}
        counts = postings.aggregate(
            **{name: Count("pk", filter=condition) for name, condition in without.items()}
        )
        pairs = zip(self.tokens, counts.values(), strict=True)
        return [(token, number) for token, number in pairs if number]

    def _but(self, token: Token) -> Q:
        others = Filters(QueryDict(token.query), self.today, self.for_me)
        return Q(*others._conditions.values()) if others._conditions else Q(pk__isnull=False)

    @cached_property
    def _conditions(self) -> dict[str, Q]:
        """Give one condition for each filter in use; within one filter any choice will do."""
        made = {name: self._condition(name) for name in self.query if name != "sort"}
        return {name: condition for name, condition in made.items() if condition is not None}

    def _condition(self, name: str) -> Q | None:
        value = self.chosen.get(name)
        if name == "mine":
            return self.for_me.condition(value) if value else None
        return _CONDITIONS[name](value, self.today) if value or value == 0 else None

    def _token(self, name: str, value: str) -> Token:
        without = self.query.copy()
        without.setlist(name, [other for other in self.query.getlist(name) if other != value])
        if not without.getlist(name):
            del without[name]
        return Token(_words(name, value), without.urlencode(), self._conditions[name])


def _any_of(options: dict) -> Callable[[list[str], date], Q]:
    return lambda values, _today: reduce(or_, (options[value][1] for value in values))


def _all_of(values: list[str], _today: date) -> Q:
    return Q(*(ALSO[value][1] for value in values))


def _when(value: str, today: date) -> Q:
    if value in WITHIN_DAYS:
        return Q(starts_on__range=(today, today + timedelta(days=WITHIN_DAYS[value])))
    inside = (
        Q(starts_on__gte=first, ends_on__lte=last) for first, last in academic_calendar().vacations
    )
    return reduce(or_, inside, Q(Value(False, output_field=BooleanField())))


def _hours(value: Decimal, _today: date) -> Q:
    return Q(weekly_hours__lte=value)


def _prefecture(value: str, _today: date) -> Q:
    return Q(prefecture=value)


def _text(value: str, _today: date) -> Q:
    return search.condition(value)


_CONDITIONS = {
    "q": _text,
    "pay": _any_of(PAY),
    "language": _any_of(LANGUAGE),
    "hours": _hours,
    "when": _when,
    "prefecture": _prefecture,
    "type": _any_of(TYPE),
    "also": _all_of,
}
_OPTIONS = {"mine": FOR_ME, "pay": PAY, "language": LANGUAGE, "type": TYPE, "also": ALSO}


def _words(name: str, value: str) -> str:
    if name == "q":
        return gettext("“%(text)s”") % {"text": value}
    if name == "hours":
        return gettext("At most %(hours)s h a week") % {"hours": value}
    if name == "when":
        return WHEN[value]
    if name == "prefecture":
        return prefecture_name(value)
    return _OPTIONS[name][value][0]
