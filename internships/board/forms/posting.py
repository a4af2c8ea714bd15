"""The form of the editor. What was typed stays as typed; what is stored is normalised."""

import re
import uuid
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator, validate_email
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from careers.desk.templatetags.components import NOTE_ICONS, icon
from careers.people.fields import DayField, HoursField
from careers.people.models import Faculty
from careers.prefectures import prefecture_choices
from internships.board import organisations
from internships.board.advice import Advice, advice_for
from internships.board.content import FACTS, WORDS
from internships.board.fields import (
    CountField,
    DaysOfWeekField,
    HoursOfDayField,
    MomentField,
    YenField,
)
from internships.board.folding import without_controls
from internships.board.models import Posting
from internships.board.sections import PARTS
from internships.board.words import STUDY_YEARS

LONGEST = 20_000
YEARS = range(2000, 2101)
ANY = "any"
_NOT_STATED = _("Not stated")
_HOSTS = ("organisation_ja", "organisation_en")
# The words of each language are labelled in it, whatever language the page is in.
_LABELS = {
    "organisation_ja": "受入先（日本語）",
    "organisation_en": "Organisation (English)",
    "title_ja": "件名（日本語）",
    "title_en": "Title (English)",
    "description_ja": "仕事の内容",
    "description_en": "What the student will do",
    "requirements_ja": "対象",
    "requirements_en": "Who can join",
    "city_ja": "市区町村",
    "city_en": "City",
    "pay_note_ja": "報酬の補足",
    "pay_note_en": "Note on pay",
}


def _labelled(name: str):
    return format_html('<span lang="{}">{}</span>', name[-2:], _LABELS[name])


def own_text(name: str, **attributes) -> dict[str, Any]:
    return {"lang": name[-2:], "dir": "auto", **attributes}


class PostingForm(forms.ModelForm):
    """One posting, or one section of it: only an organisation and a title must be.

    names: the fields of the section; what the others hold stays out of reach.
    """

    use_required_attribute = False
    organisation_ja = forms.CharField(max_length=200, required=False)
    organisation_en = forms.CharField(max_length=200, required=False)
    pay_yen = YenField(label=_("Yen"), required=False)
    weekly_hours = HoursField(label=_("Hours in the largest week"), required=False)
    daily_hours = HoursOfDayField(label=_("Hours a day, at most"), required=False)
    days_per_week = DaysOfWeekField(label=_("Days a week"), required=False)
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False)
    closes_at = MomentField(
        label=_("Closes"),
        required=False,
        by_default=time(23, 59),
        help_text=_("A day alone means its last minute."),
    )
    opens_at = MomentField(
        label=_("On the board from"),
        required=False,
        by_default=time(0, 0),
        help_text=_("Empty: from the moment it is published."),
    )
    programme_type = forms.TypedChoiceField(
        label=_("Kind of programme"),
        choices=[*Posting.ProgrammeType.choices, ("", _("Not decided yet"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Only types 3 and 4 may be called internship."),
    )
    accepts_from_abroad = forms.TypedChoiceField(
        label=_("Open to students of universities abroad"),
        choices=[("", _NOT_STATED), ("y", _("Yes")), ("n", _("No"))],
        coerce=lambda value: value == "y",
        empty_value=None,
        required=False,
    )
    study_years = forms.MultipleChoiceField(
        label=_("Study years"), required=False, widget=forms.CheckboxSelectMultiple
    )
    faculties = forms.MultipleChoiceField(
        label=_("Faculties"), required=False, widget=forms.CheckboxSelectMultiple
    )
    openings = CountField(label=_("Places"), required=False)
    reason = forms.CharField(
        label=_("Why it may go on the board all the same"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    # `form_key` knows a form sent twice; `seen` knows what the editor had before her.
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Posting
        fields = FACTS + WORDS
        labels = {"pay_unit": _("Per"), "venue": _("Line of business")}

    field_order = [*(name for part in PARTS for name in part.fields), "reason"]

    def __init__(self, *args, seen: int = 0, names: Collection[str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        posting = self.instance
        self.initial |= {"form_key": uuid.uuid4(), "seen": seen}
        if posting.organisation_id:
            self.initial |= {
                "organisation_ja": posting.organisation.name_ja,
                "organisation_en": posting.organisation.name_en,
            }
        abroad = {True: "y", False: "n", None: ""}
        self.initial["accepts_from_abroad"] = abroad[posting.accepts_from_abroad]
        self._set_choices()
        self._set_words()
        for name in {*FACTS, *WORDS, *_HOSTS} - set(self.fields if names is None else names):
            del self.fields[name]

    def _set_choices(self):
        self.fields["prefecture"] = forms.ChoiceField(
            label=_("Prefecture"),
            choices=[("", _NOT_STATED), *prefecture_choices()],
            required=False,
        )
        for name in (
            "pay_kind",
            "pay_unit",
            "work_style",
            "japanese_level",
            "english_level",
            "apply_method",
        ):
            field = self.fields[name]
            field.choices = [("", _NOT_STATED), *(pair for pair in field.choices if pair[0])]
        years = [*STUDY_YEARS, *(y for y in self.instance.study_years if y not in STUDY_YEARS)]
        self.fields["study_years"].choices = [(y, STUDY_YEARS.get(y, y)) for y in years]
        faculties = [(one.code, str(one)) for one in Faculty.objects.order_by("pk")]
        known = {ANY, *(code for code, _name in faculties)}
        strange = [(code, code) for code in self.instance.faculties if code not in known]
        self.fields["faculties"].choices = [
            (ANY, _("Every faculty")),
            *faculties,
            *strange,
        ]
        self.fields["openings"].widget.attrs["size"] = 5

    def _set_words(self):
        for name in _LABELS:
            field = self.fields[name]
            field.label = _labelled(name)
            field.widget.attrs |= own_text(name)
        for name in WORDS:
            if name.startswith(("description", "requirements")):
                rows = 9 if name.startswith("description") else 4
                self.fields[name].validators.append(MaxLengthValidator(LONGEST))
                self.fields[name].widget = forms.Textarea(attrs=own_text(name, rows=rows))
        for name in _HOSTS:
            self.fields[name].widget.attrs["list"] = "organisations"
        for name in ("schedule_note", "apply_to"):
            self.fields[name].widget.attrs["dir"] = "auto"
        for field in self.fields.values():
            # A browser would cut off without a word what is too long.
            field.widget.attrs.pop("maxlength", None)

    def clean(self):
        # Not super().clean(): the constraints of the model are said below, field by field.
        for name in (*WORDS, *_HOSTS, "schedule_note", "reason"):
            if name in self.cleaned_data:
                self.cleaned_data[name] = without_controls(self.cleaned_data[name])
        self._clean_years()
        self._clean_order()
        self._clean_pay()
        self._clean_contact()
        self._clean_names()
        self._keep_what_is_the_same()
        return self.cleaned_data

    def _clean_years(self):
        for name in ("starts_on", "ends_on", "opens_at", "closes_at"):
            value = self.cleaned_data.get(name)
            if value and value.year not in YEARS:
                self.add_error(name, _("Write a year from 2000 to 2100."))

    def _clean_order(self):
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _order_words(first, last))
        opens, closes = self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It would close before it comes on the board."))

    def _clean_pay(self):
        data = self.cleaned_data
        if data.get("pay_yen") is None:
            return
        if data.get("pay_kind") in ("none", "actual_costs") and data["pay_yen"] > 0:
            self.add_error(
                "pay_yen",
                _("An amount is written, but nothing fixed is paid. Empty one of the two."),
            )
        elif data["pay_yen"] > 0 and not data.get("pay_unit") and "pay_unit" in data:
            self.add_error("pay_unit", _("Choose what the amount is for: an hour, a day, …"))

    def _clean_contact(self):
        method, address = self.cleaned_data.get("apply_method"), self.cleaned_data.get("apply_to")
        checks = {
            "email": (validate_email, _("Write an e-mail address like name@example.com.")),
            "url": (
                URLValidator(schemes=["http", "https"]),
                _("Write a web address like https://example.com/."),
            ),
        }
        if not address or method not in checks:
            return
        check, words = checks[method]
        try:
            check(address)
        except ValidationError:
            self.add_error("apply_to", words)

    def _clean_names(self):
        if "title_ja" not in self.fields:
            return
        data = self.cleaned_data
        if not self.errors.keys() & {"title_ja", "title_en"} and not (
            data.get("title_ja") or data.get("title_en")
        ):
            self.add_error("title_ja", _("Write the title in at least one language."))
        if self.errors.keys() & {"organisation_ja", "organisation_en"}:
            return
        names = data.get("organisation_ja", ""), data.get("organisation_en", "")
        if not any(names):
            self.add_error("organisation_ja", _("Write the name in at least one language."))
            return
        found = organisations.find(*names)
        if found and names[1] and found.name_en and not _same(found.name_en, names[1]):
            self.add_error(
                "organisation_en",
                _("We know this organisation as “%(name)s”. Write that, or another Japanese name.")
                % {"name": found.name_en},
            )

    def _keep_what_is_the_same(self):
        """What a field cannot show (seconds, the order of a list) is no change."""
        data, stored = self.cleaned_data, self.initial
        for name in ("opens_at", "closes_at"):
            old = stored.get(name)
            if old and data.get(name) and _to_the_minute(old) == data[name]:
                data[name] = old
        if ANY in data.get("faculties", []):
            data["faculties"] = [ANY]
        for name in ("faculties", "study_years"):
            if name in data and set(data[name]) == set(stored.get(name) or []):
                data[name] = list(stored.get(name) or [])

    def values(self, *, by) -> dict[str, Any]:
        """Give what the verbs of a posting take; a new organisation is made for it."""
        values = {name: self.cleaned_data[name] for name in self.stored_names}
        if not self.has_host:
            return values
        names = (self.cleaned_data[name] for name in _HOSTS)
        return values | {"organisation_id": organisations.find_or_add(*names, by=by).pk}

    @property
    def stored_names(self) -> list[str]:
        return [name for name in self.Meta.fields if name in self.fields]

    @property
    def has_host(self) -> bool:
        return "organisation_ja" in self.fields

    def facts(self) -> dict[str, Any]:
        """Give what is typed, or else stored; what cannot be read counts as not written."""
        names = [*FACTS, *WORDS]
        facts = {name: getattr(self.instance, name) for name in names}
        facts["is_over"] = self.instance.is_closed(timezone.now())
        if self.is_bound:
            facts |= {name: self.cleaned_data.get(name) for name in self.stored_names}
            facts["study_years"] = facts["study_years"] or []
        known = self.cleaned_data if self.is_bound and self.has_host else self.initial
        return facts | {name: known.get(name, "") for name in _HOSTS}

    def give_advice(self) -> None:
        """Put the notes on what is typed, or else stored, below their fields."""
        for name, notes in advice_for(self.facts()).items():
            if name in self.fields:
                self._add_below(name, notes)

    def note_below(self, name: str, words: str) -> None:
        self._add_below(name, [Advice(words)])

    def _add_below(self, name: str, notes: list[Advice]) -> None:
        shown = self[name]  # as the page reads it; made before, it has the old text
        shown.help_text = format_html_join("", "{}", [*_paragraphs(shown.help_text, notes)])


class PublishForm(forms.Form):
    """What a button of the editor's list sends: what was seen, and a reason where one is asked."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    reason = PostingForm.base_fields["reason"]

    def clean_reason(self):
        return without_controls(self.cleaned_data["reason"])


def _same(one: str, other: str) -> bool:
    return re.sub(r"\s", "", one).casefold() == re.sub(r"\s", "", other).casefold()


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _order_words(first: date, last: date):
    meant = likely_last_day(first, last)
    if meant is None:
        return _("The last day is before the first day.")
    return _("The last day is before the first day. Did you mean %(day)s?") % {
        "day": meant.isoformat()
    }


def likely_last_day(first: date, last: date) -> date | None:
    """Give the day that was probably meant: the right year, or else the month after.

    None where no such day exists or lies more than half a year after the first day.
    """
    tries = [(first.year, last.month), (first.year + 1, last.month)]
    following = (first.year + first.month // 12, first.month % 12 + 1)
    for year, month in [*tries, following]:
        try:
            day = date(year, month, last.day)
        except ValueError:
            continue
        if first <= day and (day - first).days <= 184:
            return day
    return None


def _paragraphs(help_text, notes: list[Advice]):
    if help_text:
        yield (format_html("<span>{}</span>", help_text),)
    for note in notes:
        source = (
            format_html(" <small>{}</small>", _("Source: %(source)s.") % {"source": note.source})
            if note.source
            else ""
        )
        yield (
            format_html(
                '<span class="advice" data-kind="{}">{}<span>{}{}</span></span>',
                note.kind,
                icon(NOTE_ICONS[note.kind]),
                note.words,
                source,
            ),
        )
