"""The forms of an organisation, and its events in words."""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.desk.dates import plain_day
from careers.kana import katakana
from careers.people.fields import DayField
from careers.record.models import Event
from internships.board import organisations
from internships.board.deeds import when, who
from internships.board.models import Agreement, Organisation

_TOLD = {
    "added": gettext_lazy("%(who)s added this organisation (%(when)s)."),
    "imported": gettext_lazy("An import wrote this organisation (%(when)s)."),
    "edited": gettext_lazy("%(who)s changed this organisation (%(when)s)."),
    "flagged": gettext_lazy("%(who)s set the flag (%(when)s)."),
    "flag taken away": gettext_lazy("%(who)s took the flag away (%(when)s)."),
    "declared": gettext_lazy("%(who)s wrote down the self-declaration (%(when)s)."),
    "agreement added": gettext_lazy("%(who)s added an agreement (%(when)s)."),
    "agreement changed": gettext_lazy("%(who)s changed an agreement (%(when)s)."),
    "merged": gettext_lazy("%(who)s merged another organisation into this one (%(when)s)."),
    "merged away": gettext_lazy("%(who)s merged this organisation into another (%(when)s)."),
}


def kana_of(text: str) -> str:
    """Give text as the kana of a name is kept."""
    return katakana(unicodedata.normalize("NFKC", text))


def told(event: Event) -> str:
    words = _TOLD.get(event.verb, _TOLD["edited"])
    return words % {"who": who(event), "when": when(event)}


def conflict_words(events: list[Event]) -> list[str]:
    """Tell somebody who had the form open what colleagues have written meanwhile."""
    lines = []
    for event in events:
        changed = [
            f"{_label(name)}: {value or '–'}"
            for name, value in (event.after or {}).items()
            if name in organisations.FACTS + organisations.FLAG + organisations.DECLARATION
        ]
        lines.append(" ".join([told(event), *changed]))
    return [*lines, _("Nothing of yours was written yet. Saving again writes what stands here.")]


def _label(name: str) -> str:
    return str(Organisation._meta.get_field(name).verbose_name)


def in_words(values: dict[str, Any]) -> list[tuple[str, Any]]:
    """Give fields of an organisation as a page shows them."""
    shown = ((_label(name), _value(name, value)) for name, value in values.items() if value)
    return [(label[:1].upper() + label[1:], value) for label, value in shown]


def _value(name: str, value: Any) -> Any:
    choices = Organisation._meta.get_field(name).choices
    if choices:
        return dict(choices)[value]
    return plain_day(value) if isinstance(value, date) else value


class SeenForm(forms.ModelForm):
    """Knows what its reader had before her when she opened it."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = organisations.version(organisation)

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def look_again(self, events):
        """Say what was done meanwhile; what was typed stays, and the next try counts."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = events[-1].pk
        for line in conflict_words(events):
            self.add_error(None, line)


class FactsForm(SeenForm):
    class Meta:
        model = Organisation
        fields = organisations.FACTS
        widgets = {
            name: forms.TextInput(attrs={"dir": "auto"})
            for name in ("name_ja", "name_en", "name_kana")
        }

    url = forms.URLField(
        label=gettext_lazy("Website"), required=False, max_length=200, assume_scheme="https"
    )

    def clean_name_kana(self):
        text = kana_of(self.cleaned_data["name_kana"])
        if not re.fullmatch(r"[ァ-ヺー・ 　A-Za-z0-9&.\-]*", text):
            raise ValidationError(_("Write the name in katakana, for example ミズナラ."))
        return text


class FlagForm(SeenForm):
    close_postings = forms.BooleanField(
        label=gettext_lazy("Close what it has on the board too"), required=False
    )

    class Meta:
        model = Organisation
        fields = organisations.FLAG
        widgets = {
            name: forms.Textarea(attrs={"rows": 3, "dir": "auto"})
            for name in organisations.FLAG
            if name != "flag"
        }

    flag = forms.ChoiceField(
        label=gettext_lazy("Flag"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", gettext_lazy("No flag")),
            ("warning", gettext_lazy("Warning: postings go on, with the words for students")),
            ("stop", gettext_lazy("Stop: nothing of it can be put on the board")),
        ],
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("flag") and not cleaned.get("flag_staff"):
            self.add_error("flag_staff", _("Write for the office why there is a flag."))
        if cleaned.get("flag") == "warning" and not (
            cleaned.get("flag_student_ja") or cleaned.get("flag_student_en")
        ):
            self.add_error(
                "flag_student_ja",
                _("A warning needs words for students, in one language at least."),
            )
        return cleaned


class DeclarationForm(SeenForm):
    class Meta:
        model = Organisation
        fields = organisations.DECLARATION

    declaration = forms.ChoiceField(
        label=gettext_lazy("It declares of itself"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", gettext_lazy("Not asked yet")),
            ("none_applies", gettext_lazy("No ground to decline its postings applies")),
            ("one_applies", gettext_lazy("A ground to decline its postings applies")),
        ],
    )
    declared_on = DayField(label=gettext_lazy("On what day"), required=False)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("declaration"):
            cleaned["declared_on"], cleaned["declared_by"] = None, ""
        elif not cleaned.get("declared_on") and "declared_on" not in self.errors:
            self.add_error("declared_on", _("Write on what day it was declared."))
        elif cleaned.get("declared_on") and cleaned["declared_on"] > timezone.localdate():
            self.add_error("declared_on", _("This day has not come yet."))
        return cleaned


class AgreementForm(SeenForm):
    class Meta:
        model = Agreement
        fields = ("title", "valid_from", "valid_until", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 2, "dir": "auto"})}

    valid_from = DayField(label=gettext_lazy("Valid from"))
    valid_until = DayField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("The last day. Empty: until somebody ends it."),
    )
    agreement = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The last day is before the first day."))
        return cleaned


STATES = {
    "to_come": ("wait", gettext_lazy("not valid yet")),
    "valid": ("ok", gettext_lazy("valid")),
    "soon": ("soon", gettext_lazy("ends soon")),
    "ended": ("stop", gettext_lazy("ended")),
}


def agreement_rows(organisation: Organisation, on) -> list[dict]:
    rows = []
    for agreement in organisation.agreements.all():
        kind, words = STATES[agreement.state(on)]
        until = plain_day(agreement.valid_until) if agreement.valid_until else ""
        rows.append({"agreement": agreement, "until": until, "kind": kind, "words": words})
    return rows
