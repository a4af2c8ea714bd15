"""The front page, the pages about the service, and the refusals."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from internships.office import showcase
from internships.office.theme import COOKIE, KEPT_FOR, THEMES


@login_not_required
def front(request):
    return render(request, "office/front.html")


@login_not_required
def privacy(request):
    return render(request, "office/privacy.html")


@login_not_required
def accessibility(request):
    return render(request, "office/accessibility.html")


@login_not_required
@require_POST
def theme_set(request):
    """Keep the chosen theme and go back to the page it was chosen on."""
    response = redirect(_own_address(request, request.POST.get("next", "")))
    if (chosen := request.POST.get("theme")) in THEMES:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=KEPT_FOR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _own_address(request, address: str) -> str:
    hosts, secure = {request.get_host()}, request.is_secure()
    allowed = url_has_allowed_host_and_scheme(address, allowed_hosts=hosts, require_https=secure)
    return address if allowed and address.startswith("/") else "front"


@login_not_required
def components(request):
    """Every component in every state, for people who build pages and for the tests."""
    _require_workshop(request.user)
    return render(request, "office/components.html", showcase.context())


@login_not_required
def paper(request):
    _require_workshop(request.user)
    return render(request, "office/components_paper.html", showcase.context())


def _require_workshop(user):
    if settings.DEMO:
        return
    if not user.is_authenticated:
        raise Http404
    if not user.has_perm("people.view_staff_pages"):
        raise PermissionDenied


def csrf_failure(request, reason=""):
    """A form that was open too long, or a browser without cookies."""
    return render(request, "403_csrf.html", status=403)
