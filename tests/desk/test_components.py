"""Shared pieces: dates in both languages, the ribbon, fields, notes."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from careers.desk import dates
from careers.desk.flags import FLAGS, flag_of
from careers.desk.notes import undo_address
from careers.desk.ribbon import Mark, Ribbon, Span, Vacation, make_ribbon
from careers.law import OUTCOMES
from internships.board.models import Organisation

FIRST, LAST = date(2027, 2, 15), date(2027, 3, 12)


def show(source, **context):
    return Template("{% load crispy_forms_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["Mon 15 Feb 2027", "Mon 15 Feb", "15 Feb", "15 Feb 2027"]),
        ("ja", ["2027年2月15日（月）", "2月15日（月）", "2/15", "2027年2月15日"]),
    ],
)
def test_a_day_is_written_as_the_office_writes_it(language, written):
    forms_of_a_day = [dates.long_day, dates.near_day, dates.short_day, dates.plain_day]

    with translation.override(language):
        assert [write(FIRST) for write in forms_of_a_day] == written


@pytest.mark.parametrize(
    ("first", "last", "en", "ja"),
    [
        (FIRST, LAST, "15 Feb – 12 Mar 2027", "2027年2月15日～3月12日"),
        (date(2026, 12, 25), FIRST, "25 Dec 2026 – 15 Feb 2027", "2026年12月25日～2027年2月15日"),
        (date(2027, 2, 8), FIRST, "8 – 15 Feb 2027", "2027年2月8日～15日"),
        (FIRST, FIRST, "15 Feb 2027", "2027年2月15日"),
        (FIRST, None, "from 15 Feb 2027", "2027年2月15日～"),
        (None, LAST, "to 12 Mar 2027", "～2027年3月12日"),
        (None, None, "", ""),
    ],
)
def test_a_span_names_the_year_once_and_leaves_open_ends_open(first, last, en, ja):
    with translation.override("en"):
        assert dates.span(first, last) == en
    with translation.override("ja"):
        assert dates.span(first, last) == ja


@pytest.mark.parametrize(
    ("days", "near", "words"),
    [
        (-1, "late", "1 day late"),
        (0, "soon", "today"),
        (7, "soon", "7 days"),
        (8, "", "8 days"),
    ],
)
def test_a_date_block_says_how_near_the_day_is(days, near, words):
    day = date(2026, 11, 22) + timedelta(days=days)

    with translation.override("en"):
        block = show('{% date_block day "Due" %}', day=day)

    assert words in block
    assert (f'data-near="{near}"' in block) == bool(near)


def test_ribbon_lays_days_out_in_per_cent():
    with translation.override("en"):
        ribbon = make_ribbon(
            today=date(2027, 1, 1),
            work=(date(2027, 1, 21), date(2027, 1, 30)),
            marks=[("closes", "Closes", date(2027, 1, 11)), ("file", "File by", None)],
            vacations=[
                (date(2026, 12, 20), date(2027, 1, 4)),
                (date(2028, 1, 1), date(2028, 1, 2)),
            ],
        )

    assert ribbon == Ribbon(
        months=[(0.0, "Jan"), (77.5, "Feb")],
        work=Span(50.0, 25.0),
        vacations=[Vacation(0, 10.0, date(2026, 12, 20), date(2027, 1, 4))],
        marks=[Mark("closes", 25.0, "Closes", date(2027, 1, 11), 0)],
    )


def test_a_vacation_is_seen_and_told_where_the_placement_lies_in_it():
    with translation.override("en"):
        shown = show(
            "{% ribbon days.0 days.1 vacations=vacations %}",
            days=(FIRST, LAST),
            vacations=[(FIRST, LAST)],
        )

    assert "Long vacation 15 Feb – 12 Mar 2027." in shown
    top_of = {
        kind: int(y) for kind, y in re.findall(r'"ribbon-(vacation|work)"[^>]* y="(\d+)"', shown)
    }
    assert top_of["vacation"] < top_of["work"]


def test_ribbon_without_any_day_is_not_shown():
    assert make_ribbon(today=FIRST, work=(None, None), marks=[("file", "File by", None)]) is None


def test_every_outcome_of_the_law_has_its_flag():
    assert set(FLAGS) == set(OUTCOMES)


def test_every_flag_has_an_icon_and_every_seal_four_characters():
    icons = Path("static/icons.svg").read_text("utf-8")

    assert all(f'id="i-{flag.kind}"' in icons for flag in FLAGS.values())
    assert {len(flag.seal) for flag in FLAGS.values()} == {4}


def test_an_outcome_without_facts_is_said_to_be_unknown():
    assert flag_of("").kind == "unknown"


def test_text_in_the_other_language_is_marked_with_it():
    organisation = Organisation(name_ja="<北野>", name_en="")

    with translation.override("en"):
        assert (
            show('{% say thing "name" %}', thing=organisation)
            == '<span lang="ja">&lt;北野&gt;</span>'
        )
    with translation.override("ja"):
        assert show('{% say thing "name" %}', thing=organisation) == "&lt;北野&gt;"


def test_official_terms_stand_beside_english_words_only():
    with translation.override("en"):
        assert show('{% term "個別許可" %}') == '<span lang="ja">個別許可</span>'
    with translation.override("ja"):
        assert show('{% term "個別許可" %}') == ""


class Sample(forms.Form):
    hours = forms.IntegerField(label="Hours", help_text="One number")
    note = forms.CharField(label="Note", required=False)
    kind = forms.ChoiceField(label="Kind", widget=forms.RadioSelect, choices=[("a", "A")])


def test_optional_fields_say_so_in_words_and_no_field_has_an_asterisk():
    with translation.override("en"):
        shown = show("{{ form|crispy }}", form=Sample())

    assert shown.count("(optional)") == 1
    assert "*" not in shown


def test_each_line_of_the_error_summary_leads_to_an_input_that_is_there():
    form = Sample({"hours": "many"})

    with translation.override("en"):
        summary = show('{% include "components/form_errors.html" %}', form=form)
        fields = show("{{ form|crispy }}", form=form)

    assert "2 things to mend" in summary
    for target in ("id_hours", "id_kind_0"):
        assert f'href="#{target}"' in summary
        assert f'id="{target}"' in fields
    assert 'aria-describedby="id_hours_helptext id_hours_error"' in fields
    assert 'id="id_hours_error"' in fields


def test_what_people_typed_is_shown_as_text_in_every_block():
    evil = "<script>alert(1)</script>"

    shown = show(
        "{% note 'plain' evil %}{{ evil }}{% endnote %}{% fact evil %}{{ evil }}{% endfact %}"
        "{% answer evil origin=evil change=evil %}{{ evil }}{% endanswer %}"
        "{% page_head evil evil %}{% endpage_head %}{% gate evil url=evil link=evil %}{% endgate %}"
        "{% flag 'need' evil %}{% state 'ok' evil %}{% seal 'need' evil %}"
        "{% citation 'P' evil evil %}",
        evil=evil,
    )

    assert "<script" not in shown


def test_a_note_keeps_the_address_of_its_undo():
    plain = Message(messages.SUCCESS, "Done")
    with_undo = Message(messages.SUCCESS, "Done", extra_tags="undo=/internships/x/undo/")

    assert undo_address(plain) == ""
    assert undo_address(with_undo) == "/internships/x/undo/"


def test_pages_keep_the_query(rf):
    page = Paginator(range(100), 10).page(3)

    shown = show("{% pagination page %}", page=page, request=rf.get("/?q=東京&page=3"))

    assert 'href="?q=%E6%9D%B1%E4%BA%AC&amp;page=4" rel="next"' in shown
    assert 'aria-current="page">3</a>' in shown
