"""The letters the site has written. Who may not see what one is about does not read it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from careers.desk import letters
from careers.desk.models import Letter

PAGE = 25
ALL = "all"


@never_cache
@require_safe
def letter_list(request):
    """What was sent, to whom, and what still waits. In a demo everybody finds her own."""
    rows = _letters_for(request.user)
    state = request.GET.get("state", ALL)
    state = state if state in Letter.State.values else ALL
    counts = rows.aggregate(
        all=Count("pk"), **{one: Count("pk", filter=Q(state=one)) for one in Letter.State.values}
    )
    shown = rows if state == ALL else rows.filter(state=state)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    for letter in page:
        letter.may_be_read = letters.may_read(request.user, letter)
    tabs = [(ALL, _("All"), counts[ALL])]
    tabs += [(value, words, counts[value]) for value, words in Letter.State.choices]
    return render(request, "desk/letter_list.html", {"page": page, "state": state, "tabs": tabs})


@never_cache
@require_safe
def letter_detail(request, pk):
    letter = get_object_or_404(_letters_for(request.user), pk=pk)
    context = {"letter": letter, "may_be_read": letters.may_read(request.user, letter)}
    return render(request, "desk/letter_detail.html", context)


@never_cache
@require_POST
@permission_required("desk.send_letter", raise_exception=True)
def letter_send_again(request, pk):
    if letters.send_again(get_object_or_404(Letter, pk=pk), by=request.user):
        messages.success(request, _("The letter goes out again within a few minutes."))
    else:
        messages.info(request, _("This letter does not stand as failed any more."))
    return redirect("letter_detail", pk)


def _letters_for(user):
    rows = Letter.objects.select_related("to_user")
    if user.has_perm("desk.view_letter"):
        return rows
    if settings.DEMO:
        return rows.filter(to_user=user)
    raise PermissionDenied
