"""The forms of the verbs of a posting: why, until when, who, which file."""

from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk import files
from careers.people.models import User
from internships.board import together
from internships.board.fields import LabelsField, MomentField, StaffField
from internships.board.folding import without_controls
from internships.board.forms.posting import YEARS


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
        error_messages={"required": _("Write the new closing date.")},
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


class ChangeForm(ReasonForm):
    """What is decided on a pending version: a reason where one is needed, and what was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Needed when you return it; kept with the posting."),
    )

    def clean(self):
        if self.data.get("do") == "return_change" and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Write what is to be mended."))
        return self.cleaned_data
