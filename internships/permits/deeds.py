"""What a reviewer decides on a page: the verb behind each form, its words, and its form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from careers.people.models import User
from internships.permits import page, workflow
from internships.permits.forms import (
    AnswerForm,
    FilingForm,
    GrantForm,
    HandOverForm,
    RefusalForm,
    ReturnCaseForm,
    ReturnPaperForm,
    ValidityForm,
    WordsForm,
)
from internships.permits.models import PermitCase


def _always(case: PermitCase) -> bool:
    return True


@dataclass(frozen=True)
class Deed:
    """words: on the button; done: on the next page; main: the step forward, others stay folded;
    apart: its button stands beside the owner, not among the decisions."""

    verb: str
    words: str | Promise
    done: str | Promise
    act: Callable[[PermitCase, Any, User], object]
    form: type[forms.Form] | None = None
    main: bool = False
    fits: Callable[[PermitCase], bool] = _always
    help: str | Promise = ""
    apart: bool = False


def _not_asked(case: PermitCase) -> bool:
    return case.kind == PermitCase.Kind.PAPERS or case.verdict.outcome == "V_REDUCE_OR_CONSULT"


def _nobodys(case: PermitCase) -> bool:
    return case.owner_id is None


def _gate_closed(case: PermitCase) -> bool:
    return not case.placement.gate_open


DEEDS: dict[str, Deed] = {
    "ready": Deed(
        "mark_ready_to_file",
        _("Ready to file"),
        _("The case is ready to file. The student gets a letter."),
        lambda case, form, by: workflow.mark_ready_to_file(case, by=by),
        main=True,
    ),
    "filing": Deed(
        "record_filing",
        _("Record the filing"),
        _("The filing is recorded."),
        lambda case, form, by: workflow.record_filing(case, form.cleaned_data, by=by),
        form=FilingForm,
        main=True,
    ),
    "grant": Deed(
        "record_grant",
        _("Record the permission"),
        _("The permission is recorded."),
        lambda case, form, by: workflow.record_grant(case, form.cleaned_data, by=by),
        form=GrantForm,
        main=True,
        help=_("Only what you have seen yourself: certificate, seal or card."),
    ),
    "confirm-answer": Deed(
        "confirm_answer",
        _("Confirm the bureau's answer"),
        _("The answer is confirmed."),
        lambda case, form, by: workflow.confirm_answer(case, by=by),
        main=True,
    ),
    "confirm-papers": Deed(
        "confirm_papers",
        _("All papers are in order"),
        _("The papers are confirmed."),
        lambda case, form, by: workflow.confirm_papers(
            case, by=by, valid_until=form.cleaned_data["valid_until"] if form else None
        ),
        form=ValidityForm,
        main=True,
        fits=_not_asked,
    ),
    "gate": Deed(
        "open_gate",
        _("Open the start gate"),
        _("The start gate is open. The student gets a letter."),
        lambda case, form, by: workflow.open_gate(case, by=by),
        main=True,
        fits=_gate_closed,
    ),
    "answer": Deed(
        "record_answer",
        _("Record the bureau's answer"),
        _("The answer is recorded."),
        lambda case, form, by: workflow.record_answer(case, form.cleaned_data, by=by),
        form=AnswerForm,
        help=_("Where our office has asked the bureau itself."),
    ),
    "return": Deed(
        "return_case",
        _("Return for correction"),
        _("The case is returned. The letter waits until it can no longer be undone."),
        lambda case, form, by: workflow.return_case(
            case, by=by, reason=form.pair, correct_by=form.cleaned_data["correct_by"]
        ),
        form=ReturnCaseForm,
    ),
    "refuse": Deed(
        "record_refusal",
        _("Record that it was not granted"),
        _("The result is recorded."),
        lambda case, form, by: workflow.record_refusal(
            case, by=by, decided_on=form.cleaned_data["decided_on"], reason=form.pair
        ),
        form=RefusalForm,
    ),
    "take": Deed(
        "hand_over",
        _("Take it on"),
        _("You look after this case now."),
        lambda case, form, by: workflow.hand_over(case, by=by, to=by, seen=0),
        fits=_nobodys,
        apart=True,
    ),
    "hand-over": Deed(
        "hand_over",
        _("Hand to a colleague"),
        _("The case is handed over. Your colleague gets a letter."),
        lambda case, form, by: workflow.hand_over(case, by=by, **form.cleaned_data),
        form=HandOverForm,
    ),
    "close": Deed(
        "close_case",
        _("Close: not needed any more"),
        _("The case is closed."),
        lambda case, form, by: workflow.close_case(case, by=by, reason=form.pair),
        form=WordsForm,
    ),
}
PAPER_DEEDS: dict[str, Deed] = {
    "return": Deed(
        "return_paper",
        _("Return this paper"),
        _("%(paper)s: returned."),
        lambda row, form, by: workflow.return_paper(
            row, by=by, reason=form.pair, correct_by=form.cleaned_data["correct_by"]
        ),
        form=ReturnPaperForm,
    ),
    "not-needed": Deed(
        "mark_not_applicable",
        _("This paper is not needed"),
        _("%(paper)s: not needed here."),
        lambda row, form, by: workflow.mark_not_applicable(row, by=by, reason=form.pair),
        form=WordsForm,
    ),
}


def form_of(code: str, case: PermitCase, data=None) -> forms.Form | None:
    """Give the form of a deed, its fields named apart from those of the others on the page."""
    deed = DEEDS[code]
    held_already = case.verdict.outcome == "V_COVERED"
    if deed.form is None or (deed.form is ValidityForm and not held_already):
        return None
    initial = {}
    if deed.form in (FilingForm, AnswerForm):
        initial["bureau"] = case.bureau_id or getattr(page.likely_bureau(case), "pk", None)
    if deed.form is HandOverForm:
        initial["seen"] = case.owner_id or 0
    return deed.form(data, prefix=code, initial=initial)
