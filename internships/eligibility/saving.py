"""From a shown result to a saved placement, also by way of the sign-in page."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk.filing import filing_date, is_late, late_words
from careers.people.models import User
from careers.people.office import policy
from internships.eligibility.run import Run
from internships.eligibility.slip import make_slip
from internships.eligibility.sources import days_of
from internships.placements import steps, workflow
from internships.placements.models import Placement
from internships.placements.paper import paper
from internships.placements.workflow import Checked, Plan

_WAITING = "check_answers_waiting"
# Where a person decides, the way to a person stands first.
ASK_FIRST = steps.TO_CONFIRM | {"V_NEED_INDIVIDUAL_CASE", "V_NOT_POSSIBLE_AS_PLANNED"}


class HostForm(forms.Form):
    """Which company it is: asked when saving, because a name never stands in the address."""

    host_name = forms.CharField(
        label=_("Name of the company"),
        max_length=200,
        error_messages={"required": _("Write the name of the company.")},
    )
    title = forms.CharField(label=_("Name of the internship"), max_length=200, required=False)

    def __init__(self, *args, posting=None, **kwargs):
        super().__init__(*args, **kwargs)
        if posting:
            self.fields.clear()


def save(run: Run, form: HostForm, *, actor: User) -> Placement:
    """Store the result of a run for the student who made it; the same run is stored once."""
    plan = plan_of(run, **form.cleaned_data)
    return workflow.save_checked_placement(run.student, plan, checked(run), actor=actor)[0]


def plan_of(run: Run, host_name: str = "", title: str = "") -> Plan:
    first, last = days_of(run.facts)
    return Plan(run.posting, host_name=host_name, title=title, starts_on=first, ends_on=last)


def checked(run: Run) -> Checked:
    result, choices = run.assessment, policy()
    first, _last = days_of(run.facts)
    return Checked(
        facts=result.facts.to_dict(),
        origins=dict(run.walk.origins),
        policy=choices.to_dict(),
        assessment={
            "law": result.to_dict(),
            "slip": make_slip(run),
            "written": dict(run.walk.written),
        },
        edition=result.edition,
        digest=result.digest,
        outcome=result.outcome,
        flagged=result.flagged,
        decided_for=run.on,
        file_by=filing_date(result.outcome, first, choices.bureau_lead_days),
    )


def keep_for_sign_in(request, run: Run) -> None:
    """Let the answers wait in the session: an address with answers is never handed on."""
    request.session[_WAITING] = run.query


def take_up(request) -> str:
    return request.session.pop(_WAITING, "")


def result_paper(run: Run) -> dict[str, Any]:
    """Give what stands on the paper of a result that is not saved: no name, only the posting."""
    posting = run.posting
    planned = f"{posting.title} · {posting.organisation}" if posting else ""
    return paper(make_slip(run), planned=planned)


def result_context(run: Run, form: HostForm | None = None) -> dict[str, Any]:
    slip, result = make_slip(run), run.assessment
    first, _last = days_of(run.facts)
    file_by = filing_date(result.outcome, first, policy().bureau_lead_days)
    return {
        "run": run,
        "slip": slip,
        "road": steps.road(
            steps.steps_of(result.outcome, first, file_by), checked_on=timezone.localdate()
        ),
        "too_late": late_words(file_by) if is_late(file_by) else "",
        "uncertain": bool(slip["unknown"]) or result.outcome in ASK_FIRST,
        "form": form or HostForm(posting=run.posting),
    }
