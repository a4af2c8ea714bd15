"""Any facts on any day, as the rules take them: blank is the default, "?" is not sure."""

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careers.law import FIELDS, UNKNOWN, Facts, FactsError, parse_value, text, value_words
from careers.people.fields import DayField

NOT_SURE = "?"


class FactsForm(forms.Form):
    on = DayField(label=_("Day of work"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = "ja" if get_language() == "ja" else "en"
        for name, field in FIELDS.items():
            # What is paid is told by the kind of pay.
            if name != "paid":
                self.fields[name] = _field(name, field, language)

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            given = {name: word for name, word in cleaned.items() if name in FIELDS}
            self.facts = Facts(**given)
        cleaned["on"] = cleaned.get("on") or timezone.localdate()
        return cleaned


def _field(name, field, language) -> forms.Field:
    label = text(f"fact.{name}", language)
    if field.kind in ("choice", "yes_no"):
        codes = field.codes or (True, False)
        words = [(_word(code), value_words(name, code, language)) for code in codes]
        choices = [("", _("Left blank")), (NOT_SURE, value_words(name, UNKNOWN, language)), *words]
        return FactChoice(name, label=label, choices=choices, required=False)
    return FactNumber(name, label=label, required=False, max_length=12)


def _word(code) -> str:
    return {True: "y", False: "n"}.get(code, code)


class FactChoice(forms.TypedChoiceField):
    def __init__(self, name, **kwargs):
        super().__init__(coerce=lambda word: parse_value(name, word), empty_value=None, **kwargs)


class FactNumber(forms.CharField):
    def __init__(self, name, **kwargs):
        self.name = name
        super().__init__(**kwargs)
        self.widget.attrs |= {"size": "8", "inputmode": "decimal"}

    def clean(self, value):
        word = super().clean(value)
        try:
            return parse_value(self.name, word)
        except FactsError as error:
            language = "ja" if get_language() == "ja" else "en"
            told = text(f"problem.{error.problems[0].code}", language)
            raise forms.ValidationError(told) from None
