from datetime import date

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import mark_safe

from internships.board import deeds, problems, words
from internships.board.sections import PARTS

register = template.Library()

register.filter("pay_words", words.pay)
register.filter("hours_words", words.hours)
register.filter("dates_words", words.dates)
register.filter("language_words", words.languages)
register.filter("place_words", words.place)
register.filter("openings_words", words.openings)
register.filter("years_words", words.years)
register.filter("credit_words", words.credit)
register.filter("costs_words", words.costs)
register.filter("abroad_words", words.from_abroad)
register.filter("notices", words.notices)
register.filter("age_gap", words.age_gap)
register.filter("time_left", words.time_left)
register.filter("state_words", words.state)
register.filter("to_mend", problems.to_mend)
register.filter("told", deeds.told)
register.filter("returned", deeds.returned)


@register.simple_tag
def editor_parts():
    return PARTS


@register.filter
def kind_of_file(file) -> str:
    return {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}[file.content_type]


@register.filter
def written_day(written: str) -> date:
    """Read a day out of a letter's context."""
    return date.fromisoformat(written)


@register.filter
def boxes(group):
    """The boxes of one filter with their counts: a hundred are quicker joined than looped over."""
    return format_html_join(
        "",
        '<div class="form-check"><input class="form-check-input" type="checkbox" form="board-form"'
        ' name="{0}" value="{1}" id="id_{0}_{1}"{2}><label class="form-check-label"'
        ' for="id_{0}_{1}">{3} <span class="tally">{4}</span></label></div>',
        (
            (
                group.name,
                facet.value,
                mark_safe(" checked") if facet.chosen else "",
                facet.words,
                facet.count,
            )
            for facet in group.facets
        ),
    )


@register.filter
def marked(text, marker):
    """Mark in a text, or in what `say` gives, the words that were looked for."""
    return marker.html(conditional_escape(text)) if marker else text


@register.filter
def marked_html(markup, marker):
    return marker.html(markup) if marker else markup
