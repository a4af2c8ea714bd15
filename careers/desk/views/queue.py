"""The office's side of enquiries: the queue, and the page where one is answered."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.desk import deeds, exporting, panels, subjects, workflow
from careers.desk.forms import AnswerForm, SeenForm
from careers.desk.models import Enquiry, EnquiryMessage
from careers.desk.notes import note_done
from careers.desk.views import asking
from careers.people.models import Student

PAGE = 25
OPEN, ANSWERED, CLOSED = Enquiry.State.OPEN, Enquiry.State.ANSWERED, Enquiry.State.CLOSED
WAITING, MINE, REPORTED = "open", "mine", "reported"
# The tabs of the queue: words, and what stands in each for a person.
TABS = {
    WAITING: (gettext_lazy("Waits for us"), lambda user: Q(state=OPEN)),
    MINE: (gettext_lazy("Mine, waiting"), lambda user: Q(state=OPEN, owner=user)),
    REPORTED: (
        gettext_lazy("Problems reported"),
        lambda user: Q(state=OPEN, topic=Enquiry.Topic.PROBLEM),
    ),
    "answered": (gettext_lazy("Answered"), lambda user: Q(state=ANSWERED)),
    "closed": (pgettext_lazy("enquiry", "Closed"), lambda user: Q(state=CLOSED)),
}
answers_enquiries = permission_required(workflow.ANSWER, raise_exception=True)


@never_cache
@require_safe
@answers_enquiries
def enquiry_list(request):
    """The office's queue: who waits longest stands first; what is done, newest first."""
    tab = _tab(request)
    picked = {name: pick(request.user) for name, (_words, pick) in TABS.items()}
    counts = Enquiry.objects.aggregate(
        **{name: Count("pk", filter=q) for name, q in picked.items()}
    )
    rows = _rows(tab, request.user).with_marks()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    tabs = [(name, words, counts[name]) for name, (words, _pick) in TABS.items()]
    return render(request, "desk/enquiry_list.html", {"page": page, "tab": tab, "tabs": tabs})


@never_cache
@require_safe
@answers_enquiries
def enquiry_export(request, kind):
    tab = _tab(request)
    return exporting.enquiries_as_file(kind, tab, _rows(tab, request.user), by=request.user)


def _tab(request):
    tab = request.GET.get("state", WAITING)
    return tab if tab in TABS else WAITING


def _rows(tab, user):
    order = ("waits_since", "pk") if tab in (WAITING, MINE, REPORTED) else ("-waits_since", "-pk")
    _words, pick = TABS[tab]
    return Enquiry.objects.filter(pick(user)).select_related("asker", "owner").order_by(*order)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_detail(request, pk):
    """One address for both sides: the asker's page, or the office's."""
    office = request.user.has_perm(workflow.ANSWER)
    rows = Enquiry.objects.all() if office else request.user.enquiries
    enquiry = get_object_or_404(rows.select_related("asker", "owner"), pk=pk)
    if enquiry.asker_id == request.user.pk:
        return asking.own_enquiry(request, enquiry)
    if request.method == "POST":
        return _answered(request, enquiry)
    return _page(request, enquiry, AnswerForm(initial={"text": _taken_back(enquiry, request.user)}))


def _taken_back(enquiry, user):
    """Nothing typed is lost: an answer just taken back stands in the field again."""
    last = enquiry.messages.last()
    return last.text if last and last.withdrawn_at and last.author_id == user.pk else ""


def _answered(request, enquiry):
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, enquiry, form)
    try:
        message = workflow.answer(enquiry, by=request.user, **form.cleaned_data)
    except workflow.TooLate as error:
        enquiry.refresh_from_db()
        return _page(request, enquiry, form, since=error.events)
    undo = reverse("enquiry_undo", args=[message.pk])
    note_done(request, _("The answer is on its way."), undo=undo)
    return redirect("enquiry_detail", enquiry.pk)


def _page(request, enquiry, form, *, since=()):
    """Show the exchange. What others did since is told, and what was typed stays in the field."""
    workflow.note_reading(enquiry, by=request.user, office=True)
    seen = workflow.version(enquiry)
    if since:
        form.data = form.data.copy()
        form.data["seen"] = seen
    form.initial["seen"] = seen
    context = {
        "enquiry": enquiry,
        "student": Student.objects.visible_to(request.user).filter(user=enquiry.asker_id).first(),
        "subject": subjects.find(request.user, enquiry.object_kind, enquiry.object_id),
        "exchange": enquiry.messages.select_related("author", "letter"),
        "form": form,
        "office_side": True,
        "seen": seen,
        "since": [deeds.told(event) for event in since],
        "panels": panels.on_enquiry_page(request, enquiry),
    }
    return render(request, "desk/enquiry_detail.html", context)


@never_cache
@require_POST
@answers_enquiries
def enquiry_undo(request, pk):
    """Take one's own answer back; its words stand in the field again."""
    message = get_object_or_404(EnquiryMessage.objects.select_related("enquiry"), pk=pk)
    try:
        workflow.withdraw_answer(message, by=request.user)
        messages.success(request, _("Undone: nothing was sent. Your words are in the field below."))
    except workflow.TooLate as error:
        told = [deeds.told(event) for event in error.events]
        words = _("The answer can no longer be taken back: it was sent, read or answered.")
        messages.warning(request, " ".join(told) or words)
    return redirect("enquiry_detail", message.enquiry_id)


@never_cache
@require_POST
@answers_enquiries
def enquiry_take(request, pk):
    def take(enquiry, seen):
        workflow.take(enquiry, by=request.user, seen=seen)
        return _("You look after this enquiry now.")

    return _deed(request, pk, take)


@never_cache
@require_POST
@answers_enquiries
def enquiry_close(request, pk):
    def close(enquiry, seen):
        workflow.close(enquiry, by=request.user, seen=seen)
        return _("The enquiry is closed.")

    return _deed(request, pk, close)


def _deed(request, pk, do):
    """A button of the page. A colleague who was faster is named; nothing else happens."""
    enquiry = get_object_or_404(Enquiry, pk=pk)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else 0
    try:
        messages.success(request, do(enquiry, seen))
    except workflow.TooLate as error:
        told = " ".join(deeds.told(event) for event in error.events)
        messages.info(request, told or _("This enquiry is in another state now."))
    return redirect("enquiry_detail", pk)
