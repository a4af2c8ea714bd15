from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from careers.desk import links, subjects, workflow
from careers.desk.forms import EnquiryForm, MessageForm
from careers.desk.models import Enquiry, Letter

PAGE = 25


@login_not_required
@never_cache
def enquiry_new(request):
    """Ask the office. `about` and `key` say what the question is about; `answers` is POSTed."""
    person = request.user if request.user.is_authenticated else None
    about, key = request.GET.get("about", ""), request.GET.get("key", "")
    subject = subjects.find(person, about, key)
    sent = request.method == "POST" and "form_key" in request.POST
    form = EnquiryForm(
        request.POST if sent else None,
        asker=person,
        initial={"topic": request.GET.get("topic", "")},
    )
    answers = request.POST.get("answers", "")[:2000]
    if sent and form.is_valid():
        enquiry = form.save(commit=False)
        enquiry.language = (get_language() or "ja")[:2]
        enquiry.answers = answers
        if subject:
            enquiry.object_kind, enquiry.object_id = subject.kind, subject.key
        enquiry = workflow.ask(enquiry, form.cleaned_data["text"])
        messages.success(request, _("Your question is with the office."))
        return redirect("enquiry_detail", enquiry.pk) if person else redirect("enquiry_sent")
    context = {"form": form, "subject": subject, "answers": answers}
    return render(request, "desk/enquiry_new.html", context)


@login_not_required
def enquiry_sent(request):
    return render(request, "desk/enquiry_sent.html")


@permission_required("desk.answer_enquiry", raise_exception=True)
def enquiry_list(request):
    """The office's queue: who waits longest stands first."""
    state = request.GET.get("state", Enquiry.State.OPEN)
    if state not in Enquiry.State.values:
        state = Enquiry.State.OPEN
    enquiries = Enquiry.objects.filter(state=state).select_related("asker", "owner")
    page = Paginator(enquiries, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": Enquiry.State.choices}
    return render(request, "desk/enquiry_list.html", context)


@never_cache
def enquiry_detail(request, pk):
    office = request.user.has_perm("desk.answer_enquiry")
    mine = Enquiry.objects.all() if office else request.user.enquiries
    enquiry = get_object_or_404(mine.select_related("asker", "owner"), pk=pk)
    return _enquiry(request, enquiry, office=office and enquiry.asker != request.user)


@login_not_required
@never_cache
def enquiry_by_link(request, token):
    """The page of a visitor, who has no account: found by the link in our answer."""
    link = links.find("enquiry", token)
    if link is None:
        return render(request, "desk/link_over.html", status=404)
    enquiry = get_object_or_404(Enquiry, pk=link.object_id, asker=None)
    return _enquiry(request, enquiry, office=False)


def _enquiry(request, enquiry, *, office):
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _say(enquiry, form.cleaned_data, office=office, person=request.user)
        done = _("The answer is on its way.") if office else _("Your message is with the office.")
        messages.success(request, done)
        return redirect(request.path)
    context = {
        "enquiry": enquiry,
        "subject": subjects.find(
            request.user if request.user.is_authenticated else None,
            enquiry.object_kind,
            enquiry.object_id,
        ),
        "exchange": enquiry.messages.select_related("author"),
        "form": form,
        "office_side": office,
        "answers": enquiry.answers if _may_see_answers(request.user, enquiry) else "",
    }
    return render(request, "desk/enquiry_detail.html", context)


def _say(enquiry, data, *, office, person):
    if office:
        workflow.answer(enquiry, data["text"], by=person, form_key=data["form_key"])
    else:
        by = person if person.is_authenticated else None
        workflow.write_again(enquiry, data["text"], by=by, form_key=data["form_key"])


def _may_see_answers(person, enquiry):
    """The answers name a status of residence: for the asker and those who review it."""
    return enquiry.asker == person or person.has_perm("people.view_residence")


@require_POST
@permission_required("desk.answer_enquiry", raise_exception=True)
def enquiry_close(request, pk):
    enquiry = get_object_or_404(Enquiry, pk=pk)
    try:
        workflow.close(enquiry, by=request.user)
        messages.success(request, _("The enquiry is closed."))
    except workflow.TooLate:
        messages.info(request, _("A colleague has closed this enquiry already."))
    return redirect("enquiry_detail", pk)


@permission_required("desk.view_letter", raise_exception=True)
def letter_list(request):
    """What was sent, to whom, and what still waits."""
    letters = Letter.objects.select_related("to_user")
    page = Paginator(letters, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/letter_list.html", {"page": page})


@permission_required("desk.view_letter", raise_exception=True)
def letter_detail(request, pk):
    letter = Letter.objects.select_related("to_user").filter(pk=pk).first()
    if letter is None:
        raise Http404
    return render(request, "desk/letter_detail.html", {"letter": letter})
