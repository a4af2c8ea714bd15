"""The forms of the editor. What was typed stays as typed; what is stored is normalised."""

import re
import unicodedata
import uuid
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator, validate_email
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from careers.desk import files
from careers.desk.templatetags.components import NOTE_ICONS, icon
from careers.people.fields import DayField, HoursField
from careers.people.models import Faculty, User
from careers.people.roles import PERMISSIONS
from careers.prefectures import prefecture_choices
from internships.board import organisations, together, workflow
from internships.board.advice import Advice, advice_for
from internships.board.content import FACTS, WORDS
from internships.board.fields import (
    CountField,
    DaysOfWeekField,
    HoursOfDayField,
    MomentField,
    PeopleField,
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
_ADDENDA = {
    "addendum_ja": "大学からの補足（公開）",
    "addendum_en": "Addendum of the office (public)",
}
_CHANGES = "board.change_posting"


def _labelled(name: str):
    return format_html('<span lang="{}">{}</span>', name[-2:], _LABELS[name])


def _own_text(name: str, **attributes) -> dict[str, Any]:
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
            field.widget.attrs |= _own_text(name)
        for name in WORDS:
            if name.startswith(("description", "requirements")):
                rows = 9 if name.startswith("description") else 4
                self.fields[name].validators.append(MaxLengthValidator(LONGEST))
                self.fields[name].widget = forms.Textarea(attrs=_own_text(name, rows=rows))
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


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write why.")},
    )

    def clean_reason(self):
        return without_controls(self.cleaned_data["reason"])


class NewDayForm(forms.Form):
    closes_at = MomentField(
        label=_("Closes"),
        by_default=time(23, 59),
        help_text=_("A day alone means its last minute."),
    )
    reason = forms.CharField(
        label=_("Why it may go on the board all the same"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Needed only where something is still to mend."),
    )

    def __init__(self, *args, after: datetime | None, **kwargs):
        """after: its present closing date; None where it is over and goes up once more."""
        super().__init__(*args, **kwargs)
        self.after = after
        if after:
            del self.fields["reason"]

    def clean_closes_at(self):
        closes_at = _coming(self.cleaned_data["closes_at"])
        if self.after and closes_at <= self.after:
            raise ValidationError(_("Write a day after the present closing date."))
        return closes_at


def _coming(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValidationError(_("Write a year from 2000 to 2100."))
    if moment <= timezone.now():
        raise ValidationError(_("The closing date has passed. Write a later one."))
    return moment


_OUTCOME = ("applied", "accepted", "note")


class OutcomeForm(forms.Form):
    """Empty means that nobody knows."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    applied = PeopleField(label=_("Students of ours who applied"), required=False)
    accepted = PeopleField(label=_("Of these, accepted"), required=False)
    note = forms.CharField(
        label=_("Note for colleagues"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args, posting: Posting, **kwargs):
        known = {name: getattr(posting, f"outcome_{name}") for name in _OUTCOME}
        super().__init__(*args, initial=known | {"seen": workflow.version(posting)}, **kwargs)

    def clean_note(self):
        return without_controls(self.cleaned_data["note"])

    def clean(self):
        applied, accepted = (self.cleaned_data.get(name) for name in ("applied", "accepted"))
        if accepted is not None and applied is None and "applied" not in self.errors:
            self.add_error("applied", _("Write how many applied."))
        elif None not in (applied, accepted) and accepted > applied:
            self.add_error("accepted", _("More were accepted than applied."))
        return self.cleaned_data

    def look_again(self, posting: Posting, told: str):
        """Show a colleague's answer beside hers, which stays; the next try counts."""
        self.data = self.data.copy()
        self.data["seen"] = workflow.version(posting)
        self.add_error(None, told)
        for name in _OUTCOME:
            theirs = getattr(posting, f"outcome_{name}")
            if theirs != self.cleaned_data.get(name, theirs):
                self.add_error(name, _says_now(theirs))


LONGEST_LABEL, MOST_LABELS = 30, 10


def labels_in(text: str) -> list[str]:
    """Read labels that are written with commas between them."""
    text = unicodedata.normalize("NFKC", without_controls(text)).replace("、", ",")
    return list(dict.fromkeys(filter(None, (" ".join(one.split()) for one in text.split(",")))))


class LabelsField(forms.CharField):
    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value):
        labels = labels_in(super().clean(value))
        if any(len(one) > LONGEST_LABEL for one in labels) or len(labels) > MOST_LABELS:
            raise ValidationError(_("At most 10 labels of at most 30 letters each."))
        return labels


class StaffField(forms.ModelChoiceField):
    """Somebody who works on postings."""

    def __init__(self, **kwargs):
        super().__init__(User.objects.none(), required=False, **kwargs)

    def label_from_instance(self, obj):
        return str(obj)

    def offer(self, *, beside: User | None = None):
        roles = [role for role, permissions in PERMISSIONS.items() if _CHANGES in permissions]
        people = Q(is_active=True, roles__overlap=roles)
        if beside:
            people |= Q(pk=beside.pk)
        self.queryset = User.objects.filter(people).order_by("name_romaji", "pk")


class CareForm(forms.Form):
    """Who looks after a posting; and what the office notes on the organisation behind it."""

    # What she looked at: labels that a colleague adds meanwhile stay, notes are never lost.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    had = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    assignee = StaffField(label=_("Looked after by"), empty_label=_("Whoever wrote it"))
    labels = LabelsField(
        label=_("Labels"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("With commas between them. Only the office sees them."),
    )
    memo = forms.CharField(
        label=_("Memo on the organisation"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Only the office sees it, beside every posting of the organisation."),
    )
    addendum_ja = forms.CharField(required=False, max_length=2000)
    addendum_en = forms.CharField(required=False, max_length=2000)

    def __init__(self, *args, posting: Posting, **kwargs):
        organisation = posting.organisation
        initial = {name: getattr(organisation, name) for name in organisations.NOTES}
        initial |= {"assignee": posting.assignee_id, "labels": posting.labels}
        initial |= {
            "seen": organisations.version(organisation),
            "had": ", ".join(posting.labels),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["assignee"].offer(beside=posting.assignee)
        for name, words in _ADDENDA.items():
            field = self.fields[name]
            field.label = format_html('<span lang="{}">{}</span>', name[-2:], words)
            field.help_text = _("Everybody reads it on every posting of the organisation.")
            field.widget = forms.Textarea(attrs=_own_text(name, rows=4))

    def clean(self):
        for name in organisations.NOTES:
            if name in self.cleaned_data:
                self.cleaned_data[name] = without_controls(self.cleaned_data[name])
        return self.cleaned_data

    def look_again(self, organisation, told: str):
        """Show a colleague's notes beside hers, which stay; the next try counts."""
        self.data = self.data.copy()
        self.data["seen"] = organisations.version(organisation)
        self.add_error(None, told)
        for name in organisations.NOTES:
            theirs = getattr(organisation, name)
            if theirs != self.cleaned_data.get(name, theirs):
                self.add_error(name, _says_now(theirs))


def _says_now(theirs):
    words = _("It says now: “%(text)s”. Put both together, then save.")
    return _("It is empty now.") if theirs in (None, "") else words % {"text": theirs}


class TogetherForm(forms.Form):
    """What a verb asks for, once for all the postings it is started on."""

    reason = ReasonForm.base_fields["reason"]
    closes_at = NewDayForm.base_fields["closes_at"]
    assignee = StaffField(label=_("Looked after by"), empty_label=_("Whoever wrote it"))
    add = LabelsField(
        label=_("Labels to add"),
        max_length=400,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("With commas between them. Only the office sees them."),
    )
    drop = LabelsField(
        label=_("Labels to remove"), max_length=400, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args, verb: str, by: User, **kwargs):
        # Whoever gives postings to somebody mostly takes them on herself.
        super().__init__(*args, initial={"assignee": by.pk}, **kwargs)
        asked = together.VERBS[verb][1]
        for name in set(self.fields) - set(asked):
            del self.fields[name]
        for name in together.OPTIONAL.get(verb, ()):
            self.fields[name].required = False
        if "assignee" in self.fields:
            self.fields["assignee"].offer()

    def clean_closes_at(self):
        return _coming(self.cleaned_data["closes_at"])

    def clean_reason(self):
        return without_controls(self.cleaned_data["reason"])


class AttachmentForm(forms.Form):
    """A leaflet or a form of the organisation, for everybody who reads the posting."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, JPEG or PNG of 10 MB or less. Everybody who opens the posting can read it."
        ),
        error_messages={"required": _("Choose a file.")},
        allow_empty_file=True,  # told in the words of the check, with all others
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def clean_file(self):
        files.check(self.cleaned_data["file"])
        return self.cleaned_data["file"]


class ChangeForm(forms.Form):
    """What is decided on a pending version: a reason where one is needed, and what was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Needed when you return it; kept with the posting."),
    )

    def clean_reason(self):
        return without_controls(self.cleaned_data["reason"])

    def clean(self):
        if self.data.get("do") == "return_change" and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Write what is to be mended."))
        return self.cleaned_data


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
