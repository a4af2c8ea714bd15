"""Form fields for what people in Japan type: full-width digits, and dates in several shapes."""

import unicodedata
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

DATE_SHAPES = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]


def normalised(value):
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value


class DayField(forms.DateField):
    default_error_messages = {"invalid": _("Write the date like 2027-02-15.")}

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"size": 12, "autocomplete": "off"})
        super().__init__(**{"widget": widget, "input_formats": DATE_SHAPES} | kwargs)

    def to_python(self, value):
        return super().to_python(normalised(value))


class HoursField(forms.DecimalField):
    _words = _("Write hours as one number from 0 to 168, for example 27.5.")
    _codes = "invalid min_value max_value max_digits max_decimal_places max_whole_digits"
    default_error_messages = dict.fromkeys(_codes.split(), _words)

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"size": 6, "inputmode": "decimal", "autocomplete": "off"})
        limits = {"max_digits": 5, "decimal_places": 2, "min_value": 0, "max_value": 168}
        super().__init__(**{"widget": widget} | limits | kwargs)

    def to_python(self, value):
        return super().to_python(normalised(value))

    def prepare_value(self, value):
        """27.5 and 28, not 27.50 and 28.00."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value
