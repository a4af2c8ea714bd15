"""One verb on the postings marked in the list of the office."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from internships.board import together
from internships.board.forms.verbs import TogetherForm
from internships.board.models import Posting
from internships.board.views.verbs import number_in

LONGEST_QUERY = 500


@never_cache
@permission_required("board.change_posting", raise_exception=True)
def posting_bulk(request):
    """Ask for what the verb needs beside the postings it is for; then do it and report."""
    asked = request.POST if request.method == "POST" else request.GET
    name, back = asked.get("do"), way_back(asked.get("back"))
    refs = asked.getlist("ref")
    postings = _found(refs[: together.MOST])
    if name not in together.VERBS or not postings:
        messages.warning(request, _("Nothing was done: mark at least one posting first."))
        return redirect(back)
    if len(refs) > together.MOST:
        most = {"most": together.MOST}
        messages.warning(request, _("At most %(most)s at once: these are the first.") % most)
    form = TogetherForm(request.POST or None, verb=name, by=request.user)
    context = {"form": form, "verb": name, "words": together.VERBS[name][0], "back": back}
    if request.method == "POST" and form.is_valid():
        report = together.carry_out(name, postings, form.cleaned_data, by=request.user)
        return _report(request, report, context)
    fitting, others = together.parted(name, postings, by=request.user)
    context |= {"postings": fitting, "others": others, "query": asked.get("back", "")}
    return render(request, "board/posting_bulk.html", context)


@never_cache
@require_POST
@permission_required("board.change_posting", raise_exception=True)
def posting_bulk_undo(request):
    """Take back what was done with many at once: `deed` is "number of the posting:of the deed"."""
    back = way_back(request.POST.get("back"))
    pairs = [one.rpartition(":") for one in request.POST.getlist("deed")[: together.MOST]]
    numbers = {ref: number for ref, _sep, text in pairs if (number := number_in(text))}
    done = [(posting, numbers[posting.ref]) for posting in _found(numbers)]
    if not done:
        messages.warning(request, _("There is nothing to undo."))
        return redirect(back)
    report = together.take_back(done, by=request.user)
    return _report(request, report, {"words": _("Undo"), "back": back})


def _report(request, report, context):
    refused = [posting.ref for posting, _why in report.refused]
    context |= {"report": report, "again": refused, "query": request.POST.get("back", "")}
    return render(request, "board/posting_bulk_report.html", context)


def _found(refs):
    """Give the postings of these numbers, in the order of the list they were marked in."""
    rows = {
        posting.ref: posting
        for posting in Posting.objects.filter(ref__in=refs).select_related("organisation")
    }
    return [rows[ref] for ref in dict.fromkeys(refs) if ref in rows]


def way_back(query):
    """Give the list of the office as it was when somebody left it; never another site."""
    kept = QueryDict((query or "")[:LONGEST_QUERY]).urlencode()
    return f"{reverse('posting_staff_list')}{'?' if kept else ''}{kept}"
