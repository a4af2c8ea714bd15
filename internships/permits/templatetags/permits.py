"""Small pieces that only the pages of permission cases need."""

from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from careers.desk.dates import is_japanese, near_day
from careers.desk.templatetags.components import icon, state
from internships.permits.models import Requirement

register = template.Library()

_LOOKS = {
    Requirement.State.MISSING: ("wait", "clock"),
    Requirement.State.UPLOADED: ("wait", "eye"),
    Requirement.State.ACCEPTED: ("clear", "tick"),
    Requirement.State.RETURNED: ("confirm", "undo"),
    Requirement.State.NOT_APPLICABLE: ("unknown", "cross"),
}
NEAR = 7


@register.inclusion_tag("components/state.html")
def paper_state(row):
    kind, sign = _LOOKS[row.state]
    words = _("seen") if row.seen else row.get_state_display()
    return state(kind, words, sign)


@register.simple_tag
def due_cell(day, today):
    """The day, and in words how near it is."""
    if day is None:
        return "–"
    left = (day - today).days
    if left < 0:
        kind, sign, words = "stop", "stop", _("%(days)s days late") % {"days": -left}
    elif left <= NEAR:
        kind, sign, words = "soon", "confirm", _("%(days)s days left") % {"days": left}
    else:
        return format_html(
            '{}<span class="tiny">{}</span>',
            near_day(day),
            _("%(days)s days left") % {"days": left},
        )
    return format_html(
        '<strong>{}</strong><span class="tiny"><span class="st" data-kind="{}">{} {}</span></span>',
        near_day(day),
        kind,
        icon(sign),
        words,
    )


@register.simple_tag
def other_language():
    return "en" if is_japanese() else "ja"


@register.filter
def of(fields, code):
    return fields.get(code)


@register.simple_tag
def select_of(field):
    return field.as_widget(attrs={"class": "form-select form-select-sm"})


@register.simple_tag
def querystring_of(kept, **changes):
    return urlencode({name: value for name, value in (kept | changes).items() if value})
