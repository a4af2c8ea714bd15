"""Organisations for the office: the list, one of them with its verbs, and making two one."""

import copy

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from careers.desk.notes import note_done
from careers.record import log
from internships.board import exporting, hosts, organisations
from internships.board.folding import without_controls
from internships.board.models import Agreement, Organisation, Posting
from internships.board.search import LONGEST_QUERY
from internships.board.views.verbs import number_in

PAGE = 50
HISTORY = 30
# So many postings are named before they move; the rest are counted.
MOVING = 20
FORMS = {
    "edit": hosts.FactsForm,
    "flag": hosts.FlagForm,
    "declare": hosts.DeclarationForm,
    "agreement": hosts.AgreementForm,
}
TABS = {
    "all": gettext_lazy("All"),
    "flagged": gettext_lazy("With a flag"),
    "expiring": gettext_lazy("Agreements ending soon"),
    "undeclared": gettext_lazy("No self-declaration"),
    "duplicates": gettext_lazy("Perhaps the same"),
}


@never_cache
@permission_required("board.view_organisation", raise_exception=True)
def organisation_list(request):
    tab, words = _asked(request)
    rows = organisations.all_likely_same() if tab == "duplicates" else _rows(tab, words)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "board/organisation_list.html",
        {"page": page, "tabs": TABS.items(), "tab": tab, "words": words},
    )


@never_cache
@permission_required("board.view_organisation", raise_exception=True)
def organisation_export(request, kind):
    """The same list as a file; of what is perhaps the same, all that is in a group."""
    tab, words = _asked(request)
    if tab == "duplicates":
        same = {row.pk for group in organisations.all_likely_same() for row in group}
        rows = _with_numbers(Organisation.objects.filter(pk__in=same))
    else:
        rows = _rows(tab, words)
    return exporting.organisations_as_file(kind, f"organisations-{tab}", rows)


@never_cache
@permission_required("board.change_organisation", raise_exception=True)
def organisation_edit(request, pk):
    """One organisation with all that may be done to it; each form is one verb."""
    organisation = get_object_or_404(Organisation, pk=pk)
    if organisation.merged_into_id and request.method != "POST":
        return redirect("organisation_edit", organisation.merged_into_id)
    # What is sent of one merged away meanwhile is looked at again beside the one that stays.
    organisation = organisation.present
    sent = request.POST.get("do") if request.method == "POST" else None
    made = _forms(request, organisation, sent)
    if sent in made and made[sent].is_valid():
        try:
            event = _carry_out(request, organisation, sent, made[sent])
            note_done(request, hosts.told(event) if event else _("Saved. Nothing was different."))
            return redirect("organisation_edit", pk)
        except organisations.Conflict as conflict:
            made[sent].look_again(conflict.events)
    return render(request, "board/organisation_edit.html", _shown(organisation, made, sent))


@never_cache
@permission_required("board.change_organisation", raise_exception=True)
def organisation_merge(request, pk, other):
    """Look at both, then make them one: `pk` stays, `other` leads there."""
    into = get_object_or_404(Organisation.objects.present().exclude(pk=other), pk=pk)
    old = get_object_or_404(Organisation, pk=other)
    if old.merged_into_id:
        messages.info(request, hosts.told(log.history(old).first()))
        return redirect("organisation_edit", old.merged_into_id)
    if request.method == "POST":
        try:
            note_done(request, hosts.told(organisations.merge(old, into, by=request.user)))
        except organisations.Conflict as conflict:
            messages.info(request, hosts.told(conflict.events[-1]))
        return redirect("organisation_edit", pk)
    return render(
        request,
        "board/organisation_merge.html",
        {
            "into": into,
            "old": old,
            "taken": hosts.in_words(organisations.taken_over(into, old)),
            "moving": old.postings.order_by("pk")[:MOVING],
            "sides": [
                {
                    "organisation": side,
                    "postings": side.postings.count(),
                    "agreements": side.agreements.count(),
                }
                for side in (into, old)
            ],
        },
    )


def _forms(request, organisation, sent):
    made = {}
    for name, form in FORMS.items():
        instance = copy.copy(organisation)
        if name == "agreement":
            instance = _agreement(request, organisation) or Agreement(organisation=organisation)
        data = request.POST if sent == name else None
        made[name] = form(data, instance=instance, organisation=organisation, prefix=name)
        if name == "agreement":
            made[name].initial["agreement"] = instance.pk
    return made


def _agreement(request, organisation):
    wanted = request.POST.get("agreement-agreement") or request.GET.get("agreement", "")
    pk = number_in(wanted)
    return organisation.agreements.filter(pk=pk).first() if pk else None


def _carry_out(request, organisation, name, form):
    by, seen = request.user, form.cleaned_data["seen"] or 0
    if name == "flag":
        closing = form.cleaned_data["close_postings"]
        return organisations.set_flag(
            organisation, form.values, by=by, seen=seen, close_postings=closing
        )
    if name == "agreement":
        return organisations.save_agreement(organisation, form.instance, by=by, seen=seen)
    verb = "edited" if name == "edit" else "declared"
    return organisations.change(organisation, form.values, by=by, seen=seen, verb=verb)


def _shown(organisation, made, sent):
    now = timezone.now()
    return {
        "organisation": organisation,
        "forms": made,
        "form": made.get(sent),
        "agreements": hosts.agreement_rows(organisation, timezone.localdate()),
        "open": Posting.objects.open(now).filter(organisation=organisation).count(),
        "same": organisations.likely_same(organisation),
        "former": organisation.former.order_by("pk"),
        "history": [hosts.told(event) for event in log.history(organisation)[:HISTORY]],
    }


def _asked(request):
    tab = request.GET.get("tab")
    words = without_controls(request.GET.get("q", "")[:LONGEST_QUERY])
    return tab if tab in TABS else "all", words


def _rows(tab, words):
    return _with_numbers(_found(words).filter(_conditions()[tab]))


def _found(words):
    rows = Organisation.objects.present()
    for word in words.split():
        rows = rows.filter(
            Q(name_ja__icontains=word)
            | Q(name_en__icontains=word)
            | Q(name_kana__icontains=hosts.kana_of(word))
            | Q(former__name_ja__icontains=word)
            | Q(former__name_en__icontains=word)
        )
    return rows


def _with_numbers(rows):
    """Count by subqueries: they are asked for the rows of one page alone."""
    postings = Posting.objects.filter(organisation=OuterRef("pk")).order_by()
    agreements = Agreement.objects.filter(organisation=OuterRef("pk")).order_by()
    return (
        Organisation.objects.filter(pk__in=rows.order_by().values("pk"))
        .annotate(
            all_postings=_one(postings, Count("pk")),
            open_postings=_one(postings.open(timezone.now()), Count("pk")),
            agreed_until=_one(agreements, Max("valid_until")),
        )
        .order_by("name_kana", "name_ja", "pk")
    )


def _one(rows, value):
    return Subquery(rows.values("organisation").annotate(value=value).values("value"))


def _conditions():
    today = timezone.localdate()
    posted = Exists(Posting.objects.filter(organisation=OuterRef("pk")))
    return {
        "all": Q(),
        "flagged": ~Q(flag=""),
        "expiring": organisations.expiring(today),
        "undeclared": Q(posted, declaration=""),
    }
