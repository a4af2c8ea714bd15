"""Saved searches: a name, and what is looked for, as the board's own address holds it."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.people.models import Student
from internships.board.following.models import LetterChoices, SavedSearch
from internships.board.query import Search

# More than anybody reads; it keeps a program from filling the table.
MOST = 20
LONGEST_NAME = SavedSearch._meta.get_field("name").max_length


class SearchForm(forms.ModelForm):
    class Meta:
        model = SavedSearch
        fields = ["name", "letters"]
        widgets = {"letters": forms.RadioSelect}
        labels = {"letters": gettext_lazy("Letters about new postings")}
        help_texts = {"name": gettext_lazy("Only you see it.")}

    def clean_name(self):
        return self.cleaned_data["name"].strip()


def lock(student: Student | int) -> LetterChoices:
    """Let one deed at a time do something for a student; call it inside a transaction."""
    pk = student if isinstance(student, int) else student.pk
    row, _made = LetterChoices.objects.select_for_update().get_or_create(student_id=pk)
    return row


@transaction.atomic
def save(student: Student, wanted: Search) -> tuple[SavedSearch, bool]:
    """Give the saved search, and whether it is new: the same search is saved once.

    Raises ValidationError where she has saved as many as there may be.
    """
    lock(student)
    mine = SavedSearch.objects.filter(student=student)
    if earlier := mine.filter(query=wanted.query).first():
        return earlier, False
    if mine.count() >= MOST:
        raise ValidationError(
            _("You have saved %(most)s searches, and there is room for no more. Delete one first.")
            % {"most": MOST}
        )
    # Names stand in letters, where nothing is said of what she may do.
    name = wanted.for_everybody.sentence()[:LONGEST_NAME]
    return SavedSearch.objects.create(student=student, query=wanted.query, name=name), True


@transaction.atomic
def change(saved: SavedSearch, *, name: str, letters: str) -> None:
    """Rename it, or choose its letters. What was there before they were wanted is no news."""
    row = SavedSearch.objects.select_for_update().get(pk=saved.pk)
    row.name = name
    _choose_letters(row, letters, timezone.now())
    row.save()


@transaction.atomic
def choose_letters(student: Student, wanted: dict[int, str]) -> None:
    """Choose the letters of several searches at once, by their keys."""
    now = timezone.now()
    rows = SavedSearch.objects.select_for_update().filter(student=student, pk__in=wanted)
    for row in rows.order_by("pk"):
        _choose_letters(row, wanted[row.pk], now)
        row.save(update_fields=["letters", "news_from", "looked_at"])


def _choose_letters(row: SavedSearch, letters: str, now: datetime) -> None:
    if row.letters == SavedSearch.Letters.NONE != letters:
        row.news_from = row.looked_at = now
    row.letters = letters


def delete(saved: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=saved.pk).delete()


def stop_letters(student: Student) -> None:
    SavedSearch.objects.filter(student=student).update(letters=SavedSearch.Letters.NONE)
