from copy import copy

from allauth.account.utils import get_next_redirect_url, perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careers.people import workflow
from careers.people.demo_people import is_demo_person
from careers.people.forms import LetterLanguageForm
from careers.people.models import User


@login_not_required
@require_POST
def demo_sign_in(request, pk):
    """Demo mode only: sign in as one of the people on the list."""
    if not settings.DEMO:
        raise Http404
    person = get_object_or_404(User, pk=pk)
    if not is_demo_person(person):
        raise Http404
    return perform_login(request, person, redirect_url=get_next_redirect_url(request))


@require_http_methods(["GET", "HEAD", "POST"])
def own_address(request):
    """The office changes the address; in which language letters come is her own choice."""
    sent = request.POST if "language" in request.POST else None
    form = LetterLanguageForm(sent, instance=copy(request.user))
    if form.is_valid():
        workflow.choose_language(request.user, form.cleaned_data["language"])
        messages.success(request, _("Your letters come in the language you chose."))
        return redirect("account_email")
    return render(request, "account/email.html", {"form": form})
