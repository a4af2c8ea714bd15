"""What the pages of the editor show: the list of sections, and fields with their checks."""

from dataclasses import dataclass, field
from typing import Any

from django.shortcuts import render
from django.utils import timezone

from careers.people.office import office_settings
from careers.record import log
from internships.board import content, deeds, workflow
from internships.board.attachments import files_of
from internships.board.duplicates import duplicates_of
from internships.board.forms.posting import PostingForm
from internships.board.models import Organisation, Posting
from internships.board.precheck import precheck
from internships.board.problems import WORDS
from internships.board.sections import PARTS, Part, sections_of
from internships.board.translation import behind
from internships.board.versions import Line
from internships.board.views.verbs import verbs_for
from internships.board.words import age_gap

NAMES_OFFERED = 500


def form_of(part: Part | None, data=None, **kwargs) -> PostingForm:
    return PostingForm(data, names=part and part.fields, **kwargs)


@dataclass
class Row:
    """Fields beside each other, and what the translator of one of them has to know."""

    fields: list[Any]
    line: Line | None = None


@dataclass
class Shown:
    """A section with its fields, as a page shows it."""

    part: Part
    rows: list[Row] = field(default_factory=list)


def _shown(form, part, late):
    return [
        Shown(one, [_row(form, names, late) for names in one.rows])
        for one in PARTS
        if part is None or one == part
    ]


def _row(form, names, late):
    return Row([form[name] for name in names], late and late.line_of(names[0]))


def form_page(request, form, posting, part, *, earlier=None, codes=None, conflict=None):
    form.give_advice()
    gap = posting and age_gap(posting)
    if gap and (name := f"description_{gap[0]}") in form.fields:
        form.note_below(name, deeds.older_words(*gap))
    late = behind(posting) if posting and "title_ja" in form.fields else None
    sections = sections_of(form.facts(), posting.problems if posting else ())
    context = {
        "form": form,
        "part": part,
        "number": PARTS.index(part) + 1 if part else None,
        "shown": _shown(form, part, late),
        "late": late,
        "older": late.older if late and not late.waits else gap and gap[0],
        "sections": sections,
        "earlier": earlier,
        "conflict": conflict,
        "names": _names_of_organisations() if "title_ja" in form.fields else [],
        "doubts": [WORDS[code] for code in _doubts(posting, part, codes)],
        **_around(request, posting),
    }
    return render(request, "board/posting_form.html", context)


def list_page(request, posting, form, *, codes=None):
    shown = content.with_pending(posting)
    whole = form_of(None, instance=shown)
    sections = sections_of(whole.facts(), posting.problems)
    context = {
        "form": form,
        "sections": [(one, [whole[name].label for name in one.missing]) for one in sections],
        "complete": sum(one.is_complete for one in sections),
        "next_section": next((one.part for one in sections if one.is_next), None),
        "files": files_of(shown),
        "doubts": [WORDS[code] for code in _doubts(posting, None, codes)],
        **_around(request, posting),
    }
    return render(request, "board/posting_edit.html", context)


def _around(request, posting):
    """Give what every page of the editor shows around its fields."""
    now = timezone.now()
    if posting is None:
        second = office_settings().second_person_publishes
        return {"posting": None, "may": set(), "second_person": second, "panel": None}
    shown = content.with_pending(posting)
    return {
        "posting": posting,
        "now": now,
        "is_stale": posting.is_stale(now),
        "duplicates": duplicates_of(shown),
        "panel": precheck(shown),
        "obstacles": workflow.obstacles(posting, now),
        "may": verbs_for(request.user, posting),
        "second_person": workflow.needs_second_person(posting, request.user),
        "events": log.history(posting)[:5],
    }


def _doubts(posting, part, codes):
    if codes is not None:
        return codes
    if posting is None or part or posting.state == Posting.State.PUBLISHED:
        return []
    return workflow.doubts(posting)


def _names_of_organisations():
    rows = Organisation.objects.order_by("-pk").values_list("name_ja", "name_en")[:NAMES_OFFERED]
    return sorted({name for row in rows for name in row if name})
