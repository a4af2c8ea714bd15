"""The shared pieces of a page; templates/components/README.md shows how each is used."""

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from careers.desk import dates, notes
from careers.desk.flags import flag_of
from careers.desk.ribbon import make_ribbon
from careers.people.models import Role, in_language

register = template.Library()

NOTE_ICONS = {"plain": "info", "confirm": "confirm", "stop": "stop", "ok": "tick"}
MESSAGE_KINDS = {"success": "ok", "warning": "confirm", "error": "stop"}
STRENGTHS = {
    "P": _("Official page"),
    "C": _("Official text, copied"),
    "S": _("Secondary"),
    "design": _("Office rule"),
    "U": _("Unverified"),
}
NEAR_DAYS = 7

register.filter("long_day", dates.long_day)
register.filter("near_day", dates.near_day)
register.filter("short_day", dates.short_day)
register.filter("plain_day", dates.plain_day)
register.filter("undo_address", notes.undo_address)
register.simple_tag(dates.span, name="span_of_days")


@register.simple_tag
def icon(name, large=False):
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>',
        " icon-lg" if large else "",
        static("icons.svg"),
        name,
    )


@register.filter
def words(thing, field):
    """`posting|words:"title"`: the text of a pair of fields in the reader's language."""
    if not thing:
        return ""
    return in_language(getattr(thing, f"{field}_ja"), getattr(thing, f"{field}_en"))


@register.simple_tag
def say(thing, field):
    """As `words`, marked with its language where only the other one is there."""
    own, other = ("ja", "en") if dates.is_japanese() else ("en", "ja")
    text = getattr(thing, f"{field}_{own}")
    if text:
        return text
    return format_html('<span lang="{}">{}</span>', other, getattr(thing, f"{field}_{other}"))


@register.simple_tag
def say_also(thing, field):
    """The same in the other language, marked with it; empty where the reader has only one."""
    own, other = ("ja", "en") if dates.is_japanese() else ("en", "ja")
    text, also = getattr(thing, f"{field}_{own}"), getattr(thing, f"{field}_{other}")
    return format_html('<span lang="{}">{}</span>', other, also) if text and also else ""


@register.simple_tag
def in_letter(ja, en):
    """A part of a letter that was written in both languages."""
    return ja if dates.is_japanese() else en


@register.filter
def office_name(office):
    """University and office, once each: many offices have the university in their name."""
    university, name = words(office, "university"), words(office, "office")
    return name if name.startswith(university) else f"{university} {name}"


@register.filter
def role_words(user):
    return ", ".join(str(Role(role).label) for role in user.roles)


@register.simple_tag
def term(official):
    """The official Japanese term beside a word in another language."""
    return "" if dates.is_japanese() else format_html('<span lang="ja">{}</span>', official)


@register.inclusion_tag("components/flag.html")
def flag(kind, words, other=""):
    return {"kind": kind, "words": words, "other": other}


@register.inclusion_tag("components/flag.html")
def verdict_flag(outcome):
    shown = flag_of(outcome)
    return {"kind": shown.kind, "words": shown.words, "other": ""}


@register.inclusion_tag("components/state.html")
def state(kind, words, icon=""):
    """Words of state with an icon, for tables and lists."""
    return {"kind": kind, "words": words, "icon": icon or NOTE_ICONS.get(kind, kind)}


@register.inclusion_tag("components/state.html")
def verdict_words(outcome):
    shown = flag_of(outcome)
    return {"kind": shown.kind, "words": shown.words, "icon": shown.kind}


@register.inclusion_tag("components/seal.html")
def seal(kind, text):
    """Four characters in two columns, right to left."""
    return {"kind": kind, "columns": [text[:2], text[2:]] if text else []}


@register.inclusion_tag("components/seal.html")
def verdict_seal(outcome):
    shown = flag_of(outcome)
    return seal(shown.kind, shown.seal)


@register.inclusion_tag("components/stamp.html")
def stamp(deed, day, name):
    return {"deed": deed, "day": dates.as_day(day).strftime("%y.%m.%d"), "name": name}


@register.inclusion_tag("components/date_block.html")
def date_block(moment, band):
    day = dates.as_day(moment)
    left = (day - timezone.localdate()).days
    near = "late" if left < 0 else "soon" if left <= NEAR_DAYS else ""
    return {
        "day": day,
        "month": dates.month_and_weekday(day),
        "band": band,
        "left": left,
        "over": -left,
        "near": near,
    }


@register.inclusion_tag("components/citation.html")
def citation(strength, source, dated="", rule="", checked="", url=""):
    """dated: the source's own date in words, or nothing, which is said as "undated"."""
    return {
        "strength": STRENGTHS.get(strength, STRENGTHS["U"]),
        "source": source,
        "dated": dated,
        "rule": rule,
        "checked": checked,
        "url": url,
    }


@register.inclusion_tag("components/ribbon.html")
def ribbon(starts_on, ends_on, closes=None, file_by=None, vacations=(), name="ribbon"):
    """vacations: pairs of first and last day. name: unlike others on the page."""
    closes, file_by = (moment and dates.as_day(moment) for moment in (closes, file_by))
    made = make_ribbon(
        today=timezone.localdate(),
        work=(starts_on, ends_on),
        marks=[("closes", _("Closes"), closes), ("file", _("File by"), file_by)],
        vacations=vacations,
    )
    return {"ribbon": made, "name": name, "starts_on": starts_on, "ends_on": ends_on}


@register.inclusion_tag("components/papers_meter.html")
def papers_meter(accepted, total, returned=0):
    kinds = ["full"] * accepted + ["back"] * returned
    kinds += ["none"] * (total - len(kinds))
    boxes = [(number * 11 + 1, kind) for number, kind in enumerate(kinds)]
    return {"boxes": boxes, "width": total * 11 + 1, "accepted": accepted, "total": total}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page):
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context["request"]}


@register.simple_block_tag
def note(content, kind="plain", title=""):
    return _wrapped("note", content, kind=kind, title=title, icon=NOTE_ICONS[kind])


@register.simple_block_tag
def gate(content, title, opened=False, url="", link=""):
    kind, icon = ("ok", "unlock") if opened else ("need", "lock")
    return _wrapped("gate", content, kind=kind, icon=icon, title=title, url=url, link=link)


@register.simple_block_tag
def fact(content, label, icon="", wide=False):
    return _wrapped("fact", content, label=label, icon=icon, wide=wide)


@register.simple_block_tag
def answer(content, question, origin="", change=""):
    """A line of a ledger; change: the address where the answer can be changed."""
    return _wrapped("answer", content, question=question, origin=origin, change=change)


@register.simple_block_tag
def page_head(content, title, lead=""):
    """The block holds the actions at the right of the title."""
    return _wrapped("page_head", content, title=title, lead=lead)


@register.simple_block_tag
def empty(content, title):
    return _wrapped("empty", content, title=title)


def _wrapped(name, content, **context):
    return render_to_string(f"components/{name}.html", {"content": content, **context})


@register.filter
def first_input(field):
    """The id of the input a line of the error summary leads to."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def message_kind(message):
    return MESSAGE_KINDS.get(message.level_tag, "plain")


@register.filter
def kind_icon(kind):
    return NOTE_ICONS.get(kind, "info")


@register.simple_tag
def language_names():
    """Each language in its own name: words for the switch."""
    return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
