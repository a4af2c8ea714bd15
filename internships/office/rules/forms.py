"""Any facts on any day, as the rules take them: blank is the default, "?" is not sure."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careers.desk.dates import plain_day
from careers.desk.flags import FLAGS
from careers.law import FIELDS, RULEBOOK, UNKNOWN, Facts, FactsError, parse_value, text, value_words
from careers.people.fields import DayField

NOT_SURE = "?"


class RuledDayField(DayField):
    """A day for which there are rules."""

    def clean(self, value):
        day = super().clean(value)
        if day and day < RULEBOOK.editions[0].starts:
            raise forms.ValidationError(_("We have no rules for this day."))
        return day


class OtherRulesForm(forms.Form):
    """Which rules to ask instead: an edition, or those of a day."""

    edition = forms.ChoiceField(label=_("Rules for work from"), required=False)
    on = RuledDayField(label=_("or the rules of this day"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        editions = [(one.name, plain_day(one.starts)) for one in reversed(RULEBOOK.editions)]
        self.fields["edition"].choices = [
            ("", _("Today's rules, for each day of work")),
            *editions,
        ]

    def clean(self):
        cleaned = super().clean()
        edition, on = cleaned.get("edition"), cleaned.get("on")
        if edition and on:
            self.add_error("on", _("Choose an edition or write a day, not both."))
        cleaned["day"] = date.fromisoformat(edition) if edition else on
        return cleaned


class KeepForm(forms.Form):
    """What the rules should say of the facts tried, worked out by hand, and how."""

    expected = forms.ChoiceField(
        label=_("What the rules should say"),
        error_messages={
            "required": _("Choose what the rules should say."),
            "invalid_choice": _("Choose what the rules should say."),
        },
    )
    note = forms.CharField(
        label=_("How you worked it out"),
        help_text=_(
            "Name the rule or the source, and nobody's name: all staff of the bench read this."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write how you worked it out.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        outcomes = [(code, flag.words) for code, flag in FLAGS.items()]
        self.fields["expected"].choices = [("", _("Choose")), *outcomes]


class FactsForm(forms.Form):
    on = RuledDayField(label=_("Day of work"), required=False)

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
