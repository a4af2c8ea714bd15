"""The asker's side: a student or a visitor asks, reads, and writes back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from careers.desk import links, panels, subjects, workflow
from careers.desk.forms import EnquiryForm, MessageForm
from careers.desk.models import Enquiry

PAGE = 25


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_new(request):
    """Ask the office. `about` and `key` say what the question is about; `answers` is POSTed."""
    person = request.user if request.user.is_authenticated else None
    subject = subjects.find(person, request.GET.get("about", ""), request.GET.get("key", ""))
    sent = request.method == "POST" and "form_key" in request.POST
    form = EnquiryForm(
        request.POST if sent else None,
        asker=person,
        answers=request.POST.get("answers", ""),
        initial={"topic": _topic(request, subject)},
    )
    if not (sent and form.is_valid()):
        return render(request, "desk/enquiry_new.html", {"form": form, "subject": subject})
    enquiry = form.save(commit=False)
    enquiry.language = get_language()[:2]
    if subject:
        enquiry.object_kind, enquiry.object_id = subject.kind, subject.key
    enquiry = workflow.ask(enquiry, form.cleaned_data["text"])
    if person is None:
        return redirect("enquiry_sent")
    messages.success(request, _("Your question is with the office."))
    return redirect("enquiry_detail", enquiry.pk)


def _topic(request, subject):
    topic = request.GET.get("topic", "")
    if topic in Enquiry.Topic.values:
        return topic
    return subject.topic if subject else ""


@login_not_required
@require_safe
def enquiry_sent(request):
    return render(request, "desk/enquiry_sent.html")


@never_cache
@require_safe
def my_enquiries(request):
    """What a person has asked, newest first."""
    mine = request.user.enquiries.with_marks().select_related("owner").order_by("-asked_at", "-pk")
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/my_enquiries.html", {"page": page})


def own_enquiry(request, enquiry):
    return _exchange(request, enquiry, person=request.user)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_by_link(request, token):
    """The page of a visitor, who has no account: found by the link in our answer."""
    link = links.find("enquiry", token)
    if link is None:
        return render(request, "desk/link_over.html", status=404)
    enquiry = get_object_or_404(
        Enquiry.objects.select_related("owner"), pk=link.object_id, asker=None
    )
    return _exchange(request, enquiry, person=None)


def _exchange(request, enquiry, *, person):
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        workflow.write_again(
            enquiry, form.cleaned_data["text"], by=person, form_key=form.cleaned_data["form_key"]
        )
        messages.success(request, _("Your message is with the office."))
        return redirect(request.path)
    workflow.note_reading(enquiry, by=person, office=False)
    context = {
        "enquiry": enquiry,
        "subject": subjects.find(person, enquiry.object_kind, enquiry.object_id),
        "exchange": enquiry.messages.filter(withdrawn_at=None).select_related("author"),
        "form": form,
        "office_side": False,
        "panels": panels.on_enquiry_page(request, enquiry) if person else [],
    }
    return render(request, "desk/enquiry_detail.html", context)
