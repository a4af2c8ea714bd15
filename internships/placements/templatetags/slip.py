"""A stored slip holds every text in both languages; these pick one."""

from datetime import date

from django import template

from careers.desk.dates import is_japanese

register = template.Library()


@register.filter
def said(pair):
    """Give a pair of texts in the reader's language."""
    if not pair:
        return ""
    return pair["ja" if is_japanese() else "en"]


@register.filter
def other(pair):
    return pair["en" if is_japanese() else "ja"] if pair else ""


@register.filter
def day(written):
    """A day of a stored slip, which is JSON text."""
    return date.fromisoformat(written) if written else None
