from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.desk.filing import is_late, late_words
from careers.desk.notes import note_done
from careers.desk.pdf import pdf_response
from careers.people.roles import FieldGroup, Sight, may_see
from careers.people.workflow import note_opening
from internships.placements import gate, overrides, panels, steps, workflow
from internships.placements.forms import OverrideForm
from internships.placements.models import Placement
from internships.placements.paper import FILE_NAME, paper, slip_pdf
from internships.placements.today import said_today


@require_safe
def placement_detail(request, pk):
    """Show a placement with its slip as it was; an advisor sees the words of the verdict only."""
    placement = _visible_or_404(request.user, pk)
    verdict = placement.verdicts.first()
    sight = may_see(request.user, FieldGroup.RESIDENCE, placement.student)
    note_opening(placement.student, by=request.user, thing=placement)
    outcome = verdict.outcome if verdict else ""
    context = {
        "placement": placement,
        "verdict": verdict,
        "outcome": outcome,
        "slip": verdict.assessment["slip"] if verdict and sight is Sight.YES else None,
        "own": placement.student.user_id == request.user.pk,
        "gate_needs": gate.NEEDS.get(outcome, ""),
        "too_late": _too_late(placement, verdict),
        "panels": panels.on_placement_page(request, placement),
        "road": _road(placement, verdict) if verdict else [],
        "override": overrides.override_in_force(placement),
        "waiting": overrides.override_waiting(placement),
        "may_override": may_override(request.user, placement),
        "may_change": _may_change(request.user, placement),
        "may_cancel": placement.state in workflow.TRANSITIONS["cancel"][0],
    }
    if context["slip"]:
        context["otherwise"] = said_today(verdict)
    if context["slip"] and "print" in request.GET:
        shown = _paper(placement, verdict)
        response = render(request, "placements/paper.html", shown)
    else:
        response = render(request, "placements/detail.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def placement_pdf(request, pk):
    """Hand out the stored slip as PDF, to those who may read its reasons."""
    placement = _visible_or_404(request.user, pk)
    verdict = placement.verdicts.first()
    if verdict is None or may_see(request.user, FieldGroup.RESIDENCE, placement.student) is not (
        Sight.YES
    ):
        raise Http404
    note_opening(placement.student, by=request.user, thing=placement)
    return pdf_response(slip_pdf(_paper(placement, verdict)), FILE_NAME)


def _paper(placement, verdict):
    override = overrides.override_in_force(placement)
    return paper(verdict.assessment["slip"], placement=placement, override=override)


def _may_change(user, placement) -> bool:
    own = placement.student.user_id == user.pk
    may = own or user.has_perm("placements.replan_placement")
    return may and placement.state in workflow.CHANGEABLE


def _too_late(placement, verdict) -> str:
    """Words for a plan that still waits for its filing, with the safe day over."""
    waits = placement.state == Placement.State.PLANNED and verdict and is_late(verdict.file_by)
    return late_words(verdict.file_by) if waits else ""


def _visible_or_404(user, pk):
    rows = Placement.objects.visible_to(user).select_related(
        "student__user", "posting__organisation", "gate_opened_by"
    )
    return get_object_or_404(rows, pk=pk)


def _road(placement, verdict):
    plan = steps.steps_of(verdict.outcome, placement.starts_on, verdict.file_by)
    return steps.road(
        plan,
        checked_on=timezone.localdate(verdict.made_at),
        gate_open=placement.gate_open,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def placement_cancel(request, pk):
    """Ask once, on a page of its own; the next page offers Undo."""
    placement = _own_or_404(request, pk)
    if request.method != "POST":
        return render(request, "placements/cancel.html", {"placement": placement})
    try:
        workflow.cancel(placement, actor=request.user)
    except workflow.TooLate:
        messages.warning(request, _("This placement can no longer be cancelled here. Ask us."))
        return redirect(placement)
    undo = reverse("placement_restore", args=[placement.pk])
    note_done(request, _("The placement is cancelled."), undo=undo)
    return redirect("home")


@require_POST
def placement_restore(request, pk):
    placement = _own_or_404(request, pk)
    try:
        workflow.restore(placement, actor=request.user)
    except workflow.TooLate:
        messages.warning(request, _("Nothing was changed: the same result is saved again already."))
        return redirect("home")
    messages.success(request, _("The placement is back."))
    return redirect(placement)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("placements.override_verdict", raise_exception=True)
def placement_override(request, pk):
    """Answer in place of the rules, with a reason."""
    placement = _overridable_or_404(request.user, pk)
    verdict = placement.verdicts.first()
    form = OverrideForm(request.POST or None, verdict=verdict)
    if not form.is_valid():
        context = {
            "placement": placement,
            "form": form,
            "outcome": verdict.outcome,
            "needs_second": verdict.outcome in overrides.NEEDS_SECOND,
        }
        return render(request, "placements/override.html", context)
    try:
        made = overrides.make(placement, **form.cleaned_data, actor=request.user)
    except workflow.TooLate:
        messages.warning(request, _("Nothing was changed: somebody else was faster."))
        return redirect(placement)
    undo = reverse("placement_override_withdraw", args=[placement.pk])
    done = (
        _("The answer is changed.") if made.holds else _("A second reviewer has to confirm this.")
    )
    note_done(request, done, undo=undo)
    return redirect(placement)


@require_POST
@permission_required("placements.override_verdict", raise_exception=True)
def placement_override_confirm(request, pk):
    return _decided(request, pk, overrides.confirm, _("The answer is changed."))


@require_POST
@permission_required("placements.override_verdict", raise_exception=True)
def placement_override_withdraw(request, pk):
    return _decided(request, pk, overrides.withdraw, _("The answer of the rules counts again."))


def _decided(request, pk, verb, done):
    placement = _overridable_or_404(request.user, pk)
    try:
        verb(placement, actor=request.user)
    except workflow.TooLate:
        messages.warning(request, _("Nothing was changed: somebody else was faster."))
    else:
        messages.success(request, done)
    return redirect(placement)


def may_override(user, placement) -> bool:
    """A reviewer, but never about herself."""
    own = placement.student.user_id == user.pk
    return user.has_perm("placements.override_verdict") and not own


def _overridable_or_404(user, pk):
    placement = _visible_or_404(user, pk)
    if not may_override(user, placement) or not placement.verdicts.exists():
        raise Http404
    return placement


def _own_or_404(request, pk):
    return get_object_or_404(Placement, pk=pk, student__user=request.user)
