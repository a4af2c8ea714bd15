"""What others do with a request: read it, decide a step, record the result."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.desk import files
from careers.people.workflow import note_opening
from internships.credits import calculation, export, moves, page, readiness, tasks, workflow
from internships.credits.answers import attempt, too_late_words
from internships.credits.forms import ReasonForm, ResultForm
from internships.credits.models import CreditRequest

PAGE_SIZE = 25
read_or_write = require_http_methods(["GET", "HEAD", "POST"])
SHOW = {
    "mine": gettext_lazy("Waits for you"),
    "running": gettext_lazy("Under way"),
    "over": gettext_lazy("Finished"),
}
DONE = {
    "approve": gettext_lazy("%(number)s: the step is approved."),
    "send_back": gettext_lazy("%(number)s is back with the student."),
    "reject": gettext_lazy("%(number)s is rejected."),
}


@never_cache
@require_safe
def credit_detail(request, number):
    credit = _visible_or_404(request, number)
    if credit.student.user_id != request.user.pk:
        note_opening(credit.student, by=request.user, thing=credit)
    return _detail(request, credit, ReasonForm())


def _detail(request, credit, form, back=""):
    context = detail_of(request, credit, form) | {"back": back}
    return render(request, "credits/detail.html", context)


def detail_of(request, credit, form) -> dict:
    """Give what the page of a request shows, on our pages and in the admin."""
    last = moves.last_event(credit)
    step = credit.current_step
    return {
        "credit": credit,
        "own": credit.student.user_id == request.user.pk,
        "state": page.state_of(credit),
        "ball": page.ball(credit, request.user),
        "road": page.road(credit),
        "meter": page.meter(credit),
        "explained": calculation.explained(readiness.credits_of(credit)),
        "over_rule": credit.credits_asked > credit.credits_by_rule,
        "obstacles": [] if credit.is_over else readiness.obstacles_of(credit),
        "warnings": []
        if credit.is_over
        else calculation.warnings(credit.student, credit.rule, credit.ends_on),
        "papers": credit.evidence.select_related("file"),
        "history": page.history(credit),
        "may": page.deeds_of(credit, request.user),
        "step": step.order if step else 0,
        "form": form,
        "undo": reverse("credit_undo", args=[credit.number, last.pk])
        if workflow.can_be_undone(last, request.user)
        else "",
        "back": "",
    }


@permission_required("credits.view_creditrequest", raise_exception=True)
@never_cache
@require_safe
def credit_approvals(request):
    """The short list of whoever decides: what waits for her first."""
    show = request.GET.get("show", "mine")
    show = show if show in SHOW else "mine"
    rows = _listed(request, show)
    found = Paginator(rows.order_by("due_on", "number"), PAGE_SIZE)
    page_obj = found.get_page(request.GET.get("page"))
    context = {
        "page_obj": page_obj,
        "lines": [
            {
                "credit": credit,
                "state": page.state_of(credit),
                "meter": page.meter(credit),
                "waits_for": page.waits_for(credit, request.user),
            }
            for credit in page_obj
        ],
        "show": show,
        "tabs": SHOW.items(),
        "waiting": tasks.waiting(request.user).count(),
    }
    return render(request, "credits/approvals.html", context)


@permission_required("credits.view_creditrequest", raise_exception=True)
@never_cache
@require_safe
def credit_export(request, kind):
    """The same list as a file."""
    show = request.GET.get("show")
    listed = _listed(request, show if show in SHOW else "mine").order_by()
    rows = CreditRequest.objects.filter(pk__in=listed.values("pk"))
    rows = rows.with_state_on(timezone.localdate()).with_hours().with_all()
    return export.as_file(kind, rows.order_by("due_on", "number"), by=request.user)


def _listed(request, show):
    if show == "mine":
        return tasks.waiting(request.user).exclude(student__user=request.user).with_all()
    rows = CreditRequest.objects.visible_to(request.user).with_state_on(timezone.localdate())
    rows = rows.exclude(student__user=request.user).with_all()
    return rows.filter(waits_for="nobody") if show == "over" else rows.exclude(waits_for="nobody")


@never_cache
@read_or_write
def credit_decide(request, number):
    """Approve, return or reject the step the person was looking at."""
    credit = _visible_or_404(request, number)
    if request.method != "POST":
        return redirect(credit)
    deed, typed = request.POST.get("deed", ""), request.POST.get("step", "")
    if deed not in DONE or not typed.isascii() or not typed.isdigit():
        return redirect(_back(request, credit))
    form = ReasonForm(request.POST, needed=deed != "approve")
    if not form.is_valid():
        return _detail(request, credit, form, back=request.POST.get("back", ""))
    values = {"by": request.user, "step": int(typed), "reason": form.cleaned_data["reason"]}
    act = lambda: getattr(workflow, deed)(credit, **values)  # noqa: E731
    attempt(request, credit, act, str(DONE[deed]) % {"number": credit.number})
    return redirect(_back(request, credit))


def _back(request, credit) -> str:
    if request.POST.get("back") == "admin" and request.user.is_staff:
        return reverse("admin:credits_creditrequest_change", args=[credit.pk])
    return credit.get_absolute_url()


@never_cache
@read_or_write
def credit_result(request, number):
    """Read the evidence and record mark and credits, or send it back."""
    credit = _visible_or_404(request, number)
    may = page.deeds_of(credit, request.user)
    if not (may["complete"] or may["fail"]):
        if credit.student.user_id == request.user.pk or not _has_part(request, credit):
            raise PermissionDenied
        messages.info(request, _("There is no evidence to read here now."))
        return redirect(credit)
    sent_back = request.method == "POST" and request.POST.get("deed") == "send_back"
    form = ResultForm(
        request.POST if request.method == "POST" and not sent_back else None,
        most=lambda hours: readiness.most_credits(credit, hours),
        initial=_proposed(credit),
    )
    reason = ReasonForm(request.POST if sent_back else None, needed=True, prefix="back")
    if sent_back and reason.is_valid():
        _send_evidence_back(request, credit, reason)
        return redirect(credit)
    recording = request.method == "POST" and not sent_back and form.is_valid()
    if recording and _record(request, credit, form):
        return redirect(credit)
    context = {
        "credit": credit,
        "form": reason if sent_back else form,
        "result": form,
        "reason": reason,
        "papers": credit.evidence.select_related("file"),
        "may": may,
    }
    return render(request, "credits/result.html", context)


def _has_part(request, credit) -> bool:
    return request.user.has_perm("credits.record_result") or request.user in credit.approvers


def _proposed(credit) -> dict:
    hours = credit.actual_hours if credit.actual_hours is not None else credit.planned_hours
    return {
        "actual_hours": calculation.plain_hours(hours),
        "host_evaluation": credit.host_evaluation,
        "report_mark": credit.report_mark,
        "credits_granted": readiness.most_credits(credit, hours),
    }


def _record(request, credit, form) -> bool:
    """Write the result. What the verb refuses stands on the form, with all that was typed."""
    data = form.cleaned_data
    try:
        if data["final_mark"] == "F":
            workflow.fail(credit, by=request.user, reason=data["reason"], result=form.result)
        else:
            workflow.complete(credit, form.result, by=request.user)
    except workflow.Refused as refused:
        form.add_error("credits_granted", str(refused))
        return False
    except workflow.TooLate as late:
        messages.warning(request, too_late_words(late))
        return True
    return attempt(request, credit, lambda: None, _("The result is recorded."))


def _send_evidence_back(request, credit, form) -> None:
    deed = lambda: workflow.send_evidence_back(  # noqa: E731
        credit, by=request.user, reason=form.cleaned_data["reason"]
    )
    attempt(request, credit, deed, _("The evidence is back with the student."))


@require_POST
def credit_undo(request, number, event):
    credit = _visible_or_404(request, number)
    try:
        workflow.undo(credit, event, by=request.user)
    except workflow.TooLate as late:
        messages.warning(request, too_late_words(late))
    except workflow.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back. No letter was sent."))
    return redirect(credit)


@never_cache
@require_safe
def credit_file(request, number, pk):
    """Hand out a paper to whoever may read the request; each opening is logged."""
    credit = _visible_or_404(request, number)
    paper = get_object_or_404(credit.evidence.select_related("file"), pk=pk)
    return files.hand_out(
        paper.file, to=request.user, about=credit.student.user, obj=credit, inline=True
    )


def _visible_or_404(request, number) -> CreditRequest:
    rows = CreditRequest.objects.visible_to(request.user).with_all()
    return get_object_or_404(rows, number=number)
