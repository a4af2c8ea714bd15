"""One verb on the postings marked in the list of the office."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from internships.board import together
from internships.board.forms import TogetherForm
from internships.board.models import Posting

MOST = 100


@never_cache
@permission_required("board.change_posting", raise_exception=True)
def posting_bulk(request):
    """Ask for what the verb needs beside the postings it is for; then do it and report."""
    asked = request.POST if request.method == "POST" else request.GET
    name, refs = asked.get("do"), asked.getlist("ref")[:MOST]
    rows = Posting.objects.filter(ref__in=refs).select_related("organisation").order_by("pk")
    postings = list(rows)
    if name not in together.VERBS or not postings:
        return redirect("posting_staff_list")
    form = TogetherForm(request.POST or None, verb=name)
    report = None
    if request.method == "POST" and form.is_valid():
        report = together.carry_out(name, postings, form.cleaned_data, by=request.user)
    context = {"form": form, "postings": postings, "report": report}
    context |= {"verb": name, "words": together.VERBS[name][0]}
    return render(request, "board/posting_bulk.html", context)
