from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from careers.desk.pdf import pdf_response
from careers.people.views.records import return_after_record
from internships.eligibility import saving
from internships.eligibility.answers import collect
from internships.eligibility.page import Page, change_address, dropped_words, ledgers
from internships.eligibility.private import private_page
from internships.eligibility.questions import FIELDS, STEPS, UNSURE
from internships.eligibility.run import Run, result_of, run_of
from internships.eligibility.walk import YOU, Asked
from internships.placements.paper import FILE_NAME, slip_pdf

_CODES = {step.code for step in STEPS}


@login_not_required
@require_safe
@private_page
def wizard(request):
    """Show the question the answers lead to; with `go`, take one answer and lead on."""
    run = run_of(request)
    sent = _step_named(request, run, "go")
    if sent:
        return _take_answer(request, run, sent)
    asked = _step_named(request, run, "at") or run.walk.current
    if asked is None:
        return _to("check_answers", run.query)
    return _question(request, Page(run, asked), run)


def _step_named(request, run: Run, name: str) -> Asked | None:
    code = request.GET.get(name, "")
    return run.walk.find(code) if code in _CODES else None


def _question(request, page: Page, run: Run):
    dropped = [key for key in request.GET.get("dropped", "").split(",") if key in FIELDS]
    context = {"page": page, "run": run, "dropped": dropped_words(run, dropped)}
    return render(request, "eligibility/question.html", context)


def _take_answer(request, run: Run, asked: Asked):
    problems = _problems_of(run, asked)
    if problems:
        return _question(request, Page(run, asked, problems), run)
    run = run.without_echo(asked)
    dropped = run.walk.dropped(run.written)
    query = run.query
    if dropped:
        query += ("&" if query else "") + urlencode({"dropped": ",".join(dropped)})
    return _to("wizard" if run.walk.current else "check_answers", query)


def _problems_of(run: Run, asked: Asked) -> dict[str, str]:
    """What is wrong with the answer just sent; a field left empty was not answered."""
    problems = dict(asked.problems)
    days_unknown = run.written.get("starts_on") == UNSURE
    for one in asked.fields:
        known_elsewhere = one.key in asked.answers and asked.origins.get(one.key) != YOU
        left_out = one.key not in run.written and not (one.key == "ends_on" and days_unknown)
        if left_out and not (known_elsewhere and one.kind != "choice"):
            problems.setdefault(one.key, "empty")
    return problems


@login_not_required
@require_safe
@private_page
def check_answers(request):
    run = run_of(request)
    if not run.walk.complete:
        return _to("wizard", _raw_query(request))
    dropped = [key for key in request.GET.get("dropped", "").split(",") if key in FIELDS]
    context = {
        "run": run,
        "ledgers": ledgers(run),
        "back": change_address(run, run.walk.asked[-1].step.code),
        "dropped": dropped_words(run, dropped),
    }
    return render(request, "eligibility/answers.html", context)


@login_not_required
@require_safe
@private_page
def check_result(request):
    run = result_of(request.GET, request.user)
    if not run.walk.complete:
        return _to("wizard", _raw_query(request))
    return _result(request, run)


def _result(request, run: Run, form=None):
    if "print" in request.GET:
        return render(request, "placements/paper.html", saving.result_paper(run))
    return render(request, "eligibility/result.html", saving.result_context(run, form))


@login_not_required
@require_POST
@private_page
def check_pdf(request):
    """Hand out a result as PDF. The answers come in the body: an address outlives its page."""
    run = result_of(QueryDict(request.POST.get("answers", "")), request.user)
    if not run.walk.complete:
        return _to("wizard", run.query)
    return pdf_response(slip_pdf(saving.result_paper(run)), FILE_NAME)


@login_not_required
@require_POST
@private_page
def check_save(request):
    """Save the result as a placement; a visitor is asked to sign in, her answers wait meanwhile."""
    run = run_of(request)
    if not run.walk.complete:
        return _to("wizard", _raw_query(request))
    if not request.user.is_authenticated:
        return _sign_in_first(request, run)
    if run.student is None or not request.user.has_perm("placements.add_placement"):
        raise PermissionDenied
    form = saving.HostForm(request.POST, posting=run.posting)
    if not form.is_valid():
        return _result(request, run, form)
    placement = saving.save(run, form, actor=request.user)
    return redirect("placement_detail", placement.pk)


def _sign_in_first(request, run: Run):
    saving.keep_for_sign_in(request, run)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('check_resume')})}")


@login_not_required
@require_POST
@private_page
def check_record(request):
    """Send a student to her record; her answers wait, and she comes back to them."""
    run = run_of(request)
    if not request.user.is_authenticated:
        return _sign_in_first(request, run)
    if run.student is None:
        raise PermissionDenied
    saving.keep_for_sign_in(request, run)
    return_after_record(request, "check_resume")
    return redirect("my_residence")


@require_safe
@private_page
def check_resume(request):
    """Take up the answers that waited while she signed in or corrected her record."""
    run = result_of(QueryDict(saving.take_up(request)), request.user)
    return _to("check_result", run.result_query if run.walk.complete else run.query)


def _raw_query(request) -> str:
    """The answers as they came, so that a wrong one can be shown with its error."""
    written = collect(dict(request.GET.lists()))
    ref = request.GET.get("p", "")
    return urlencode(([("p", ref)] if ref else []) + list(written.items()))


def _to(name: str, query: str):
    return redirect(f"{reverse(name)}?{query}" if query else reverse(name))
