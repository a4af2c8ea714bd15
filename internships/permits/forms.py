"""The forms of a case. Dates may be written as on any page; errors stand beside the field."""

import re
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk import files
from careers.law.dates import working_day_on_or_before
from careers.people.fields import DayField
from internships.board.models import Bureau
from internships.permits import reasons
from internships.permits.models import PermitCase
from internships.permits.workflow import reviewers


class PapersForm(forms.Form):
    """One field for each paper that may be sent now; those left empty are left alone."""

    def __init__(self, *args, requirements, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {row.code: row for row in requirements}
        for row in self.rows.values():
            self.fields[row.code] = PaperField(label=row.name, required=False)

    @property
    def chosen(self):
        """The papers with a good file, also where another one has a fault."""
        return [
            (self.rows[code], file)
            for code, file in self.cleaned_data.items()
            if file and code in self.rows
        ]


class PaperField(forms.FileField):
    widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def __init__(self, **kwargs):
        # An empty file is told in the words of the check, with all others.
        super().__init__(allow_empty_file=True, max_length=None, **kwargs)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file:
            files.check(file)
        return file


def _bureaus():
    return Bureau.objects.filter(takes_residence_applications=True).order_by("pk")


class _PastDayMixin:
    """Nothing was filed, answered or decided in the future."""

    def past_day(self, name: str) -> date:
        day = self.cleaned_data[name]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."), code="future")
        return day


class AnswerForm(_PastDayMixin, forms.Form):
    """The bureau's answer, as TABLES of the office want it: office, day, person, answer."""

    bureau = forms.ModelChoiceField(label=_("Which office"), queryset=None)
    answered_on = DayField(label=_("On what day"))
    answer_from = forms.CharField(
        label=_("Person or reference number"),
        max_length=120,
        help_text=_("A name, a desk or a number: so that we can ask again."),
    )
    answer = forms.ChoiceField(
        label=_("What the answer means"),
        choices=PermitCase.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the answer means.")},
    )
    answer_text = forms.CharField(
        label=_("What the bureau said"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("As closely as you can, in the language you heard it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bureau"].queryset = _bureaus()

    def clean_answered_on(self):
        return self.past_day("answered_on")


class FilingForm(_PastDayMixin, forms.Form):
    bureau = forms.ModelChoiceField(label=_("Which office"), queryset=None)
    filed_on = DayField(label=_("Filed on"))
    receipt = forms.CharField(
        label=_("Receipt number"),
        max_length=60,
        required=False,
        help_text=_("As on the slip of the counter, if there is one."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bureau"].queryset = _bureaus()

    def clean_filed_on(self):
        return self.past_day("filed_on")


class GrantForm(_PastDayMixin, forms.Form):
    """What was seen of the permission, before anything is written down."""

    decided_on = DayField(label=_("Granted on"))
    permission_number = forms.CharField(
        label=_("Number on the certificate or card"),
        max_length=60,
        error_messages={"required": _("Write the period and the number you have seen.")},
    )
    valid_until = DayField(label=_("Valid until"))

    def clean_decided_on(self):
        return self.past_day("decided_on")

    def clean(self):
        data = super().clean()
        granted, until = data.get("decided_on"), data.get("valid_until")
        if granted and until and until < granted:
            self.add_error("valid_until", _("It ends before the day it was granted."))
        return data


class ValidityForm(forms.Form):
    """Where a permission is held already: its last day, as seen."""

    valid_until = DayField(label=_("The permission is valid until"))


class _ReasonForm(forms.Form):
    table: dict[str, reasons.Pair] = {}

    reason = forms.ChoiceField(
        label=_("Reason"),
        help_text=_("The student reads it in both languages."),
        error_messages={
            "required": _("Choose a reason, so that the student knows what to do."),
            "invalid_choice": _("Choose a reason, so that the student knows what to do."),
        },
    )
    words = forms.CharField(
        label=_("Add in your words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", _("Choose")), *reasons.choices(self.table)]

    def clean(self):
        data = super().clean()
        if data.get("reason") == "other" and not data.get("words", "").strip():
            self.add_error("words", _("Write what is to be done."))
        return data

    @property
    def pair(self) -> reasons.Pair:
        data = self.cleaned_data
        return reasons.with_words(self.table[data["reason"]], data["words"])


class _ReturnForm(_ReasonForm):
    correct_by = DayField(label=_("New due date"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_a_week = timezone.localdate() + timedelta(days=7)
        self.fields["correct_by"].initial = working_day_on_or_before(in_a_week)

    def clean_correct_by(self):
        day = self.cleaned_data["correct_by"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is over. Choose a later one."), code="past")
        return day


class ReturnPaperForm(_ReturnForm):
    table = reasons.PAPER


class ReturnCaseForm(_ReturnForm):
    table = reasons.CASE


class WordsForm(forms.Form):
    """A reason in own words, kept as they were written for readers of both languages."""

    words = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write why.")},
    )

    @property
    def pair(self) -> reasons.Pair:
        words = self.cleaned_data["words"].strip()
        return words, words


class RefusalForm(_PastDayMixin, WordsForm):
    decided_on = DayField(label=_("Day of the result"))
    field_order = ["decided_on", "words"]

    def clean_decided_on(self):
        return self.past_day("decided_on")


class _ReviewerField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        wrong = _("Choose a permission reviewer from the list.")
        super().__init__(
            label=_("Permission reviewer"),
            queryset=reviewers(),
            empty_label=_("Choose a reviewer"),
            error_messages={"required": wrong, "invalid_choice": wrong},
            **kwargs,
        )


class HandOverForm(forms.Form):
    """seen: who looked after the case when the page was made, 0 for nobody."""

    to = _ReviewerField()
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class BulkForm(forms.Form):
    """The ticked lines of the queue, each as `case:owner`, and who gets them."""

    to = _ReviewerField()

    def __init__(self, data, *, ticked: list[str]):
        super().__init__(data, prefix="bulk")
        self.ticked = ticked

    def clean(self):
        if not self.ticked:
            raise ValidationError(_("Tick at least one case."))
        return self.cleaned_data

    @property
    def chosen(self) -> dict[int, int]:
        """Give the owner that stood on the page, by the case; what makes no sense is left out."""
        pairs = (one.partition(":") for one in self.ticked)
        return {
            int(case): int(owner)
            for case, _colon, owner in pairs
            if re.fullmatch(r"\d{1,9}", case) and re.fullmatch(r"\d{1,9}", owner)
        }


class SearchForm(forms.Form):
    words = forms.CharField(
        label=_("Name, number, company"), required=False, max_length=100, strip=True
    )
