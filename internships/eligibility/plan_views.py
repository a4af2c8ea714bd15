"""Change the plan of a saved placement: answer again, see what it does, confirm."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careers.people.workflow import note_opening
from internships.eligibility import plan_change
from internships.eligibility.answers import collect
from internships.eligibility.private import private_page
from internships.eligibility.questions import FIELDS
from internships.eligibility.slip import make_slip
from internships.placements import workflow
from internships.placements.models import Placement


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def placement_change(request, pk):
    placement = _changeable_or_404(request.user, pk)
    if placement.state not in workflow.CHANGEABLE:
        messages.warning(request, _("This plan can no longer be changed here. Ask us."))
        return redirect(placement)
    reader = plan_change.reader_of(request.user, placement)
    if request.method != "POST":
        note_opening(placement.student, by=request.user, thing=placement)
        return _questions(request, placement, reader, plan_change.run_as_saved(placement, reader))
    if "again" in request.POST:
        run = plan_change.run_as_saved(placement, reader)
    else:
        run = plan_change.run_with(placement, reader, collect(dict(request.POST.lists())))
    if not run.walk.complete or "edit" in request.POST:
        return _questions(request, placement, reader, run)
    return _decide(request, placement, reader, run)


def _decide(request, placement, reader, run):
    """Show what the new plan means; with `confirm`, save it, if that is what was shown."""
    if not plan_change.would_change(placement, run):
        messages.info(request, _("Nothing was changed: the plan and its answer are as saved."))
        return redirect(placement)
    newest = placement.verdicts.first()
    seen_all = str(newest.pk if newest else "") == request.POST.get("seen", "")
    try:
        if "confirm" in request.POST and seen_all:
            plan_change.save(placement, run, actor=request.user)
            messages.success(request, _("The plan is changed. This is its new slip."))
            return redirect(placement)
        effects = plan_change.effects(placement, run, actor=request.user)
    except workflow.TooLate:
        messages.warning(request, _("This plan can no longer be changed here. Ask us."))
        return redirect(placement)
    except workflow.SavedAlready as already:
        messages.warning(request, _("This very plan is saved already: here it is."))
        return redirect(already.placement)
    return _meaning(request, placement, reader, run, newest, effects)


def _meaning(request, placement, reader, run, newest, effects):
    slip = make_slip(run)
    context = {
        "placement": placement,
        "own": placement.student.user_id == request.user.pk,
        "before": newest.outcome if newest else "",
        "now": slip["outcome"],
        "slip": slip if reader.sees_all else None,
        "plan": plan_change.plan_of(placement, run),
        "file_by": slip["file_by"],
        "effects": effects,
        "hidden": plan_change.hidden(run, reader),
        "seen": newest.pk if newest else "",
        "changed_meanwhile": "confirm" in request.POST,
    }
    return render(request, "eligibility/plan_meaning.html", context)


def _questions(request, placement, reader, run):
    offered = {key for key in request.POST.get("offered", "").split(",") if key in FIELDS}
    pages = plan_change.pages(run, reader, offered)
    new = [page for page in pages if offered and not offered & set(page.keys)]
    own_words = [page for page in pages if not plan_change.about_the_plan(page)]
    context = {
        "placement": placement,
        "own": placement.student.user_id == request.user.pk,
        "sees_all": reader.sees_all,
        "run": run,
        "pages": pages,
        "of_plan": [page for page in pages if plan_change.about_the_plan(page)],
        "of_student": own_words,
        "open": any(page.problems or page in new for page in own_words),
        "errors": [shown for page in pages for shown in page.errors],
        "new": new,
        "offered": ",".join(key for page in pages for key in page.keys),
    }
    return render(request, "eligibility/plan_questions.html", context)


def _changeable_or_404(user, pk):
    rows = Placement.objects.visible_to(user).select_related(
        "student__user", "student__faculty", "posting__organisation"
    )
    placement = get_object_or_404(rows, pk=pk)
    own = placement.student.user_id == user.pk
    if not own and not user.has_perm("placements.replan_placement"):
        raise Http404
    return placement
