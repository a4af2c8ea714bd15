"""Form fields of the desk: amounts, counts, moments, labels as people in Japan type them."""

import re
import unicodedata
from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.people.fields import DATE_SHAPES, HoursField, normalised
from careers.people.models import User
from careers.people.roles import PERMISSIONS
from internships.board.folding import without_controls

_TIME_SHAPES = ("%H:%M", "%H:%M:%S", "%H時%M分", "%H時")
_AROUND_AMOUNT = re.compile(r"[¥\\,\s]|円$|yen$", re.IGNORECASE)
_MINUS = str.maketrans("−‐–ー", "----")
LONGEST_LABEL, MOST_LABELS = 30, 10
_CHANGES = "board.change_posting"


class YenField(forms.IntegerField):
    _words = _("Write the amount in yen as one whole number, 0 or more, for example 1500.")
    default_error_messages = dict.fromkeys(("invalid", "min_value", "max_value"), _words)

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(
            **{"widget": widget, "min_value": 0, "max_value": 100_000_000, "localize": False}
            | kwargs
        )

    def to_python(self, value):
        if isinstance(value, str):
            value = _AROUND_AMOUNT.sub("", normalised(value)).translate(_MINUS)
        return super().to_python(value)


class CountField(YenField):
    _words = _("Write one whole number from 1 to 9999, for example 3.")
    default_error_messages = dict.fromkeys(("invalid", "min_value", "max_value"), _words)

    def __init__(self, **kwargs):
        super().__init__(**{"min_value": 1, "max_value": 9999} | kwargs)


class PeopleField(YenField):
    """How many there were; nobody is a number too."""

    _words = _("Write one whole number from 0 to 9999, for example 3.")
    default_error_messages = dict.fromkeys(("invalid", "min_value", "max_value"), _words)

    def __init__(self, **kwargs):
        super().__init__(**{"max_value": 9999} | kwargs)
        self.widget.attrs["size"] = 6


class HoursOfDayField(HoursField):
    _words = _("Write hours as one number from 0 to 24, for example 7.5.")
    default_error_messages = dict.fromkeys(HoursField._codes.split(), _words)

    def __init__(self, **kwargs):
        super().__init__(**{"max_digits": 4, "max_value": 24} | kwargs)


class DaysOfWeekField(HoursField):
    _words = _("Write days as one number from 0 to 7, for example 5 or 2.5.")
    default_error_messages = dict.fromkeys(HoursField._codes.split(), _words)

    def __init__(self, **kwargs):
        limits = {"max_digits": 2, "decimal_places": 1, "max_value": 7}
        super().__init__(**limits | kwargs)


class MomentField(forms.Field):
    """A day and a time in Tokyo; a day alone means its `by_default` time."""

    default_error_messages = {"invalid": _("Write day and time like 2026-12-03 17:00.")}

    def __init__(self, *, by_default: time, **kwargs):
        self.by_default = by_default
        widget = forms.DateTimeInput(
            format="%Y-%m-%d %H:%M", attrs={"size": 18, "autocomplete": "off"}
        )
        super().__init__(**{"widget": widget} | kwargs)

    def prepare_value(self, value):
        return timezone.localtime(value) if isinstance(value, datetime) else value

    def to_python(self, value):
        text = " ".join(normalised(value or "").replace("T", " ").split())
        if not text:
            return None
        day, _blank, hour = text.partition(" ")
        found = _first(day, DATE_SHAPES)
        at = _first(hour, _TIME_SHAPES) if hour else None
        if found is None or (hour and at is None):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        clock = at.time() if at else self.by_default
        return timezone.make_aware(datetime.combine(found.date(), clock))


def _first(text: str, shapes) -> datetime | None:
    for shape in shapes:
        try:
            return datetime.strptime(text, shape)  # noqa: DTZ007 (the zone is added later)
        except ValueError:
            continue
    return None


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
