"""Which letters about the board a student wants; each kind can be stopped from the letter too."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from careers.people.models import Student
from internships.board.following import searches
from internships.board.following.models import LetterChoices, SavedSearch

STOP_DEADLINES, STOP_NEW = "stop_deadlines", "stop_new"
# What a link at the end of a letter stops, in words.
STOPS = {
    STOP_DEADLINES: _("Letters before something you saved closes"),
    STOP_NEW: _("Letters about new postings for your saved searches"),
}


class ChoicesForm(forms.Form):
    """One box for deadlines, one list for each saved search."""

    deadlines = forms.BooleanField(
        label=_("Before something I saved closes"),
        help_text=_("One letter three days ahead, one 24 hours ahead."),
        required=False,
    )

    def __init__(self, data, *, student: Student):
        super().__init__(data, initial={"deadlines": choices_of(student).deadlines})
        self.names = {}
        for saved in SavedSearch.objects.filter(student=student):
            name = f"search_{saved.pk}"
            self.names[name] = saved.pk
            self.fields[name] = forms.ChoiceField(
                label=saved.name, choices=SavedSearch.Letters.choices, initial=saved.letters
            )

    @property
    def wanted(self) -> dict[int, str]:
        """Give the letters chosen for each search, by its key."""
        return {pk: self.cleaned_data[name] for name, pk in self.names.items()}


def choices_of(student: Student) -> LetterChoices:
    """Give what she has chosen; what nobody has chosen is not stored."""
    return LetterChoices.objects.filter(student=student).first() or LetterChoices(student=student)


@transaction.atomic
def choose(student: Student, *, deadlines: bool, wanted: dict[int, str]) -> None:
    LetterChoices.objects.update_or_create(student=student, defaults={"deadlines": deadlines})
    searches.choose_letters(student, wanted)


@transaction.atomic
def stop(purpose: str, choices: LetterChoices) -> None:
    """Stop letters of one kind. Done twice, they are stopped."""
    if purpose == STOP_DEADLINES:
        LetterChoices.objects.filter(pk=choices.pk).update(deadlines=False)
    else:
        searches.stop_letters(choices.student)
