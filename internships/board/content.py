"""What a posting says, field by field: how it is kept in a log, compared and shown."""

import json
from collections.abc import Mapping
from copy import copy
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.desk.models import PrivateFile
from careers.people.models import Faculty
from internships.board.models import Organisation, Posting
from internships.board.words import STUDY_YEARS, plain

# In the order of the editor.
_FACT_NAMES = """
    pay_kind pay_yen pay_unit weekly_hours daily_hours days_per_week starts_on ends_on closes_at
    opens_at schedule_note programme_type credit_bearing course_code prefecture work_style venue
    japanese_level english_level study_years faculties openings accepts_from_abroad apply_method
    apply_to source"""
_WORD_NAMES = """
    title_ja title_en description_ja description_en requirements_ja requirements_en city_ja
    city_en pay_note_ja pay_note_en"""
FACTS, WORDS = _FACT_NAMES.split(), _WORD_NAMES.split()
CONTENT = ("organisation_id", *WORDS, *FACTS, "attachments")
_LABELS: dict[str, str | Promise] = {
    "organisation_id": gettext_lazy("organisation"),
    "pay_yen": gettext_lazy("pay in yen"),
    "pay_unit": gettext_lazy("pay per"),
    "japanese_level": gettext_lazy("level of Japanese"),
    "english_level": gettext_lazy("level of English"),
}


def of(posting: Posting) -> dict[str, Any]:
    return {name: getattr(posting, name) for name in CONTENT}


def differences(posting: Posting, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(posting, name) != value}


def logged(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values as a log or a pending version holds them."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def read(name: str, value: Any) -> Any:
    """Give a value of the log as the field holds it."""
    field = Posting._meta.get_field(name)
    if isinstance(value, list | dict | None):
        return value
    return field.to_python(value)


def with_pending(posting: Posting) -> Posting:
    """Give the posting as it would be with its pending version; the same where it has none."""
    shown = copy(posting)
    for name, value in (posting.pending or {}).items():
        setattr(shown, name, read(name, value))
    return shown


def label(name: str) -> str:
    words = str(_LABELS.get(name) or Posting._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]


def language(name: str) -> str:
    return name[-2:] if name in WORDS else ""


def as_words(name: str, value: Any) -> str:
    """Write a value, of the log or of the field, as the page shows it."""
    if value in (None, "", []):
        return _("nothing")
    if name == "organisation_id":
        return str(Organisation.objects.get(pk=value))
    if name == "faculties":
        return _faculties(value)
    if name == "attachments":
        return ", ".join(
            one.name for one in PrivateFile.objects.filter(pk__in=value).order_by("pk")
        )
    if name == "study_years":
        return ", ".join(str(STUDY_YEARS.get(year, year)) for year in value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    field = Posting._meta.get_field(name)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    value = read(name, value)
    if hasattr(value, "hour"):
        return date_format(timezone.localtime(value), "Y-m-d H:i")
    return plain(value) if isinstance(value, Decimal) else str(value)


def _faculties(codes: list[str]) -> str:
    if "any" in codes:
        return _("Every faculty")
    names = {one.code: str(one) for one in Faculty.objects.filter(code__in=codes).order_by("pk")}
    return ", ".join(names.get(code, code) for code in codes)
