"""The forms by which a posting is looked after; what a colleague wrote meanwhile stands beside."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from careers.record.models import Event
from internships.board import organisations, workflow
from internships.board.fields import LabelsField, PeopleField, StaffField
from internships.board.folding import without_controls
from internships.board.forms.posting import own_text
from internships.board.models import Posting

_ADDENDA = {
    "addendum_ja": "大学からの補足（公開）",
    "addendum_en": "Addendum of the office (public)",
}


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
            field.widget = forms.Textarea(attrs=own_text(name, rows=4))

    def clean(self):
        for name in organisations.NOTES:
            if name in self.cleaned_data:
                self.cleaned_data[name] = without_controls(self.cleaned_data[name])
        return self.cleaned_data

    def look_again(self, organisation, events: list[Event], told: str):
        """Show a colleague's notes beside hers, which stay; the next try counts.

        A note that only the colleague wrote takes the place of the one she had read.
        """
        self.data = self.data.copy()
        self.data["seen"] = organisations.version(organisation)
        self.add_error(None, told)
        for name in organisations.NOTES:
            before = [event.before[name] for event in events if name in (event.after or {})]
            theirs = getattr(organisation, name)
            hers = self.cleaned_data.get(name, theirs)
            if before and hers == before[0]:
                self.data[name] = theirs
            elif before and hers != theirs:
                self.add_error(name, _says_now(theirs))


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


def _says_now(theirs):
    words = _("It says now: “%(text)s”. Put both together, then save.")
    return _("It is empty now.") if theirs in (None, "") else words % {"text": theirs}
