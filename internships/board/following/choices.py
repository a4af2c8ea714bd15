"""Which letters about the board a student wants; each kind can be stopped from the letter too."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from careers.people.models import Student
from internships.board.following.models import LetterChoices

STOP_DEADLINES = "stop_deadlines"
# What a link at the end of a letter stops, in words.
STOPS = {STOP_DEADLINES: _("Letters before something you saved closes")}


class ChoicesForm(forms.Form):
    deadlines = forms.BooleanField(
        label=_("Before something I saved closes"),
        help_text=_("One letter three days ahead, one 24 hours ahead."),
        required=False,
    )

    def __init__(self, data, *, choices: LetterChoices):
        super().__init__(data, initial={"deadlines": choices.deadlines})


def choices_of(student: Student) -> LetterChoices:
    """Give what she has chosen; what nobody has chosen is not stored."""
    return LetterChoices.objects.filter(student=student).first() or LetterChoices(student=student)


@transaction.atomic
def choose(student: Student, *, deadlines: bool) -> None:
    LetterChoices.objects.update_or_create(student=student, defaults={"deadlines": deadlines})


@transaction.atomic
def stop(purpose: str, choices: LetterChoices) -> None:
    """Stop letters of one kind. Done twice, they are stopped."""
    if purpose == STOP_DEADLINES:
        LetterChoices.objects.filter(pk=choices.pk).update(deadlines=False)
