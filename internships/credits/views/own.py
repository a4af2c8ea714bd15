"""The student's side: ask for credit, change and withdraw a request, send the evidence."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from careers.people.models import Student
from internships.board.models import Posting
from internships.credits import calculation, page, readiness, rights, workflow
from internships.credits.answers import attempt
from internships.credits.forms import EvidenceForm, HandInForm, ReasonForm, RequestForm
from internships.credits.models import Course, CreditRequest, State
from internships.placements.models import Placement

read_or_write = require_http_methods(["GET", "HEAD", "POST"])
students_only = permission_required("credits.add_creditrequest", raise_exception=True)


@students_only
@never_cache
@require_safe
def credit_list(request):
    """A student's own requests, each with its road, and what she could still ask for."""
    student = get_object_or_404(Student.objects.select_related("faculty"), user=request.user)
    rows = CreditRequest.objects.filter(student=student).with_all()
    shown = [
        {
            "credit": row,
            "state": page.state_of(row),
            "ball": page.ball(row, request.user),
            "road": page.road(row),
        }
        for row in rows
    ]
    asked = {row.placement_id for row in rows} | {row.posting_id for row in rows} - {None}
    placements = Placement.objects.filter(student=student).live()
    askable = [
        placement
        for placement in placements.select_related("posting__organisation")
        if placement.pk not in asked and placement.starts_on and placement.ends_on
    ]
    context = {"shown": shown, "askable": askable}
    return render(request, "credits/list.html", context)


@students_only
@never_cache
@read_or_write
def credit_new(request, pk):
    """Ask for credit for a saved placement."""
    placement = get_object_or_404(
        Placement.objects.exclude(state=Placement.State.CANCELLED).select_related(
            "posting__organisation", "student__user", "student__faculty"
        ),
        pk=pk,
        student__user=request.user,
    )
    return _new(request, placement.student, placement.posting, placement)


@students_only
@never_cache
@read_or_write
def credit_new_posting(request, ref):
    """Ask for credit for a posting of the board that gives credit."""
    student = get_object_or_404(
        Student.objects.select_related("user", "faculty"), user=request.user
    )
    seen = Posting.objects.visible_to(request.user, timezone.now())
    posting = get_object_or_404(
        seen.filter(credit_bearing=True).select_related("organisation"), ref=ref
    )
    placements = Placement.objects.filter(student=student, posting=posting).live()
    return _new(request, student, posting, placements.first())


def _new(request, student, posting, placement):
    earlier = workflow.written_before(student, posting, placement)
    if earlier and request.method != "POST":
        messages.info(request, _("You have asked for credit for this already: here it is."))
        return redirect(earlier)
    form = _form(request, student, posting, _known(student, posting, placement), placement)
    if request.method == "POST" and form.is_valid():
        try:
            credit = _write(request, student, placement or posting, form)
        except workflow.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(credit)
    return _form_page(request, form, posting or placement, placement, None)


@transaction.atomic
def _write(request, student, internship, form):
    made = workflow.write(
        student,
        internship,
        form.values,
        by=request.user,
        form_key=form.cleaned_data["form_key"],
    )
    if made.state == State.DRAFT and form.sending:
        # A request found in place of a new one takes what was typed just now.
        workflow.edit(made, form.values, by=request.user)
        workflow.submit(made, by=request.user)
        messages.success(request, _("Your request is on its way to the advisor."))
    elif made.form_key == form.cleaned_data["form_key"]:
        messages.success(request, _("The draft is saved. Nobody else sees it yet."))
    else:
        messages.info(request, _("You have asked for credit for this already: here it is."))
    return made


def _form(request, student, posting, initial, placement, credit=None):
    # Buttons of a form that was sent by the keyboard's Enter send nothing: then it is a draft.
    return RequestForm(
        request.POST if request.method == "POST" else None,
        student=student,
        posting=posting,
        request=credit,
        sending=request.POST.get("deed") == "send",
        days_fixed=bool(placement and placement.starts_on and placement.ends_on),
        initial=initial,
    )


def _known(student, posting, placement):
    """Give what the record, the placement and the posting say already."""
    first = (placement and placement.starts_on) or (posting and posting.starts_on)
    last = (placement and placement.ends_on) or (posting and posting.ends_on)
    course = _course_of(student, posting)
    hours = calculation.proposed_hours(posting, first, last)
    known = {"starts_on": first, "ends_on": last, "course": course, "guidance_hours": 0}
    if hours:
        known["host_hours"] = calculation.plain_hours(hours)
    rule = calculation.rule_for(student, course)
    if course and rule and hours:
        credits = calculation.credits_for(student, course, rule, hours)
        known["credits_asked"] = max(1, credits.credits)
    return known


def _course_of(student, posting) -> Course | None:
    code = posting.course_code if posting else ""
    return calculation.courses_for(student).filter(code=code).first() if code else None


@students_only
@never_cache
@read_or_write
def credit_edit(request, number):
    """Change a draft, or what came back, and send it."""
    credit = _own_or_404(request, number)
    if not rights.may(credit, "edit", request.user):
        messages.warning(request, _("This request is being decided: it cannot be changed now."))
        return redirect(credit)
    initial = {
        name: getattr(credit, name)
        for name in (
            "course",
            "starts_on",
            "ends_on",
            "credits_asked",
            "objectives",
            "plan",
            "form_key",
        )
    }
    for name in ("host_hours", "guidance_hours"):
        initial[name] = calculation.plain_hours(getattr(credit, name))
    form = _form(request, credit.student, credit.posting, initial, credit.placement, credit)
    if request.method == "POST" and form.is_valid() and _change(request, credit, form):
        return redirect(credit)
    return _form_page(request, form, credit.internship, credit.placement, credit)


def _change(request, credit, form) -> bool:
    def deed():
        with transaction.atomic():
            workflow.edit(credit, form.values, by=request.user)
            if form.sending:
                workflow.submit(credit, by=request.user)

    done = (
        _("Your request is on its way.") if form.sending else _("The changes are saved, not sent.")
    )
    return attempt(request, credit, deed, done)


def _form_page(request, form, internship, placement, credit):
    student = form.student
    rule = calculation.rule_for(student, None)
    context = {
        "form": form,
        "internship": internship,
        "placement": placement,
        "credit": credit,
        "student": student,
        "rule": rule,
        "taken": calculation.credits_taken(student, rule, apart_from=credit.pk if credit else None)
        if rule
        else 0,
    }
    return render(request, "credits/form.html", context)


@students_only
@never_cache
@read_or_write
def credit_withdraw(request, number):
    """Ask once, on a page of its own; the next page offers Undo."""
    credit = _own_or_404(request, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        deed = lambda: workflow.withdraw(  # noqa: E731
            credit, by=request.user, reason=form.cleaned_data["reason"]
        )
        attempt(request, credit, deed, _("The request is withdrawn."))
        return redirect(credit)
    return render(request, "credits/withdraw.html", {"credit": credit, "form": form})


@students_only
@never_cache
@read_or_write
def credit_evidence(request, number):
    """Send the papers one by one, then hand them in together with the hours."""
    credit = _own_or_404(request, number)
    if not rights.may(credit, "upload", request.user):
        messages.warning(request, _("No evidence is awaited for this request now."))
        return redirect(credit)
    handing_in = request.method == "POST" and request.POST.get("deed") == "hand_in"
    sending = request.method == "POST" and not handing_in
    paper = EvidenceForm(
        request.POST if sending else None, request.FILES if sending else None, prefix="paper"
    )
    hours = HandInForm(
        request.POST if handing_in else None,
        initial={"actual_hours": calculation.plain_hours(credit.planned_hours)},
    )
    if sending and paper.is_valid() and _upload(request, credit, paper):
        return redirect("credit_evidence", number)
    if handing_in and hours.is_valid() and _hand_in(request, credit, hours):
        return redirect(credit)
    context = {
        "credit": credit,
        "paper": paper,
        "hours": hours,
        # What the summary of errors at the top of the page reads.
        "form": hours if handing_in else paper,
        "papers": credit.evidence.select_related("file"),
        "missing": readiness.missing_evidence(credit),
    }
    return render(request, "credits/evidence.html", context)


def _upload(request, credit, form) -> bool:
    try:
        workflow.upload(
            credit, form.cleaned_data["kind"], form.cleaned_data["file"], by=request.user
        )
    except ValidationError as error:  # could not be stored
        form.add_error("file", error)
        return False
    except workflow.SentAlready:
        messages.info(request, _("This file is here already."))
    except workflow.TooLate:
        messages.warning(request, _("No evidence is awaited for this request now."))
    else:
        messages.success(request, _("The paper is here."))
    return True


def _hand_in(request, credit, form) -> bool:
    hours = form.cleaned_data["actual_hours"]
    try:
        workflow.submit_evidence(credit, by=request.user, actual_hours=hours)
    except workflow.Refused as refused:
        missing = " · ".join(str(reason) for reason in refused.reasons)
        form.add_error(None, _("Not yet. These papers are missing: %(what)s") % {"what": missing})
        return False
    except workflow.TooLate:
        messages.warning(request, _("No evidence is awaited for this request now."))
        return True
    messages.success(request, _("The evidence is with the approver."))
    return True


def _own_or_404(request, number) -> CreditRequest:
    rows = CreditRequest.objects.filter(student__user=request.user).with_all()
    credit = rows.filter(number=number).first()
    if credit is None:
        raise Http404
    return credit
