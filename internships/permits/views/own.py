"""The student's side of a case: her papers, the bureau's answer, and who has the ball."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.desk import files
from careers.people.roles import FieldGroup, Sight, may_see
from internships.permits import page, workflow
from internships.permits.answers import attempt
from internships.permits.forms import AnswerForm, FilingForm, PapersForm
from internships.permits.models import DocumentVersion, PermitCase
from internships.permits.roads import road_of
from internships.placements.models import Placement

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
def case_open(request, pk):
    """From a saved placement to its case; asked again, to the case that is there."""
    placement = get_object_or_404(Placement, pk=pk, student__user=request.user)
    try:
        case = workflow.open_case(placement, by=request.user)
    except workflow.Refused as refused:
        messages.warning(request, str(refused))
        return redirect(placement)
    return redirect(case)


@never_cache
@read_or_write
def case_detail(request, pk):
    """The checklist. An advisor sees the states of the papers; reviewers work at the desk."""
    case = _readable_or_404(request.user, pk)
    own = case.student.user_id == request.user.pk
    if not own and request.user.has_perm("permits.review_case"):
        return redirect("desk_case", case.pk)
    if not own:
        return _states_only(request, case)
    rows = page.papers_of(case)
    sendable = page.uploadable(case, rows, request.user)
    form = PapersForm(requirements=sendable)
    if request.method == "POST":
        form = PapersForm(request.POST, request.FILES, requirements=sendable)
        sent = _send(request, form)
        if not form.errors:
            if not sent:
                messages.info(request, _("Choose a file first."))
            return redirect(case)
        case = _readable_or_404(request.user, pk)
        rows = page.papers_of(case)
    return render(request, "permits/case.html", _own_page(request, case, rows, form))


def _send(request, form) -> int:
    """Send every good file, also beside one with a fault; say how many."""
    form.is_valid()
    sent = 0
    for requirement, file in form.chosen:
        try:
            workflow.send(requirement, file, by=request.user)
            sent += 1
        except ValidationError as error:  # could not be stored
            form.add_error(requirement.code, error)
        except workflow.TooLate:
            form.add_error(requirement.code, _("This paper was checked meanwhile: look again."))
    if sent:
        words = ngettext("%(number)s paper is sent.", "%(number)s papers are sent.", sent)
        messages.success(request, words % {"number": sent})
    return sent


def _own_page(request, case, rows, form):
    return {
        "case": case,
        "placement": case.placement,
        "groups": page.in_groups(rows),
        "form": form,
        "fields": {row.code: form[row.code] for row in rows if row.code in form.fields},
        "road": road_of(case),
        "guards": page.guards_of(case, "submit", rows),
        "ready": not page.guards.missing(page.guards_of(case, "submit", rows)),
        "may": {name: workflow.may(case, name, request.user) for name in workflow.VERBS},
        "bureau": page.likely_bureau(case),
        "happened": page.happened(case),
        "undoable": page.undoable(case, request.user),
        "answer_apart": case.kind == PermitCase.Kind.CONFIRM,
    }


def _states_only(request, case):
    sight = may_see(request.user, FieldGroup.PAPERS, case.student)
    if sight is not Sight.STATES:
        raise Http404
    context = {"case": case, "placement": case.placement, "rows": case.requirements.all()}
    return render(request, "permits/states.html", context)


@require_POST
def case_submit(request, pk):
    case = _own_or_404(request, pk)
    done = _("Your case is with us. We answer by letter, and here.")
    attempt(request, case, lambda: workflow.submit(case, by=request.user), done)
    return redirect(case)


@never_cache
@read_or_write
def case_answer(request, pk):
    """Write down what the bureau said."""
    case = _own_or_404(request, pk)
    if not workflow.may(case, "enter_answer", request.user):
        return _not_now(request, case)
    initial = {
        "bureau": case.bureau_id or getattr(page.likely_bureau(case), "pk", None),
        "answered_on": case.answered_on,
        "answer_from": case.answer_from,
        "answer": case.answer,
        "answer_text": case.answer_text,
    }
    form = AnswerForm(request.POST or None, initial=initial)
    if not form.is_valid():
        return render(request, "permits/answer.html", {"form": form, "case": case})
    done = _("The answer is written down. Now submit the case: a reviewer confirms it.")
    data = form.cleaned_data
    attempt(request, case, lambda: workflow.enter_answer(case, data, by=request.user), done)
    return redirect(case)


@never_cache
@read_or_write
def case_filing(request, pk):
    """The student says that she has filed."""
    case = _own_or_404(request, pk)
    if not workflow.may(case, "record_filing", request.user):
        return _not_now(request, case)
    initial = {"bureau": getattr(page.likely_bureau(case), "pk", None)}
    form = FilingForm(request.POST or None, initial=initial)
    if not form.is_valid():
        return render(request, "permits/filing.html", {"form": form, "case": case})
    data = form.cleaned_data
    done = _("The filing is written down. Bring us the result as soon as you have it.")
    attempt(request, case, lambda: workflow.record_filing(case, data, by=request.user), done)
    return redirect(case)


@never_cache
@read_or_write
def case_close(request, pk):
    """Ask once, on a page of its own."""
    case = _own_or_404(request, pk)
    if not workflow.may(case, "close_case", request.user):
        return _not_now(request, case)
    if request.method != "POST":
        return render(request, "permits/close.html", {"case": case})
    done = _("The case is closed.")
    attempt(request, case, lambda: workflow.close_case(case, by=request.user), done)
    return redirect(case)


@require_POST
def case_undo(request, pk, event):
    """Take back one's own last deed, while its letter waits."""
    case = _readable_or_404(request.user, pk)
    own = case.student.user_id == request.user.pk
    if not own and not request.user.has_perm("permits.review_case"):
        raise PermissionDenied
    try:
        workflow.undo(case, event, by=request.user)
        messages.success(request, _("It is taken back. No letter goes out."))
    except workflow.TooLate:
        messages.warning(request, _("Nothing was changed: something else was done since."))
    except workflow.Refused as refused:
        messages.error(request, str(refused))
    return redirect(case if own else "desk_case", *([] if own else [case.pk]))


@never_cache
@require_safe
def case_file(request, pk, version):
    """Hand out a paper to the student or to those who check it; the opening is in the log."""
    case = _readable_or_404(request.user, pk)
    if may_see(request.user, FieldGroup.PAPERS, case.student) is not Sight.YES:
        raise Http404
    found = get_object_or_404(
        DocumentVersion.objects.select_related("file", "requirement"),
        pk=version,
        requirement__case=case,
    )
    return files.hand_out(
        found.file,
        to=request.user,
        about=case.student.user,
        obj=found.requirement,
        inline=True,
    )


def _not_now(request, case):
    messages.info(request, _("This is not the step that the case is at."))
    return redirect(case)


def _readable_or_404(user, pk):
    rows = PermitCase.objects.readable_by(user).select_related(*page.WITH_ALL)
    return get_object_or_404(rows, pk=pk)


def _own_or_404(request, pk):
    rows = PermitCase.objects.of(request.user).select_related(*page.WITH_ALL)
    return get_object_or_404(rows, pk=pk)
