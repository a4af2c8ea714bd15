from allauth.account.utils import get_next_redirect_url, perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from careers.people.demo_people import is_demo_person
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


def own_address(request):
    """The university gives the address; the office changes it."""
    return render(request, "account/email.html")
