"""What the page of a placement shows of its credit request."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from internships.credits import page
from internships.credits.models import CreditRequest
from internships.placements.models import Placement


def credit_of_placement(request: HttpRequest, placement: Placement) -> str:
    """Ask for credit, or say where the request stands. Others see requests that were sent."""
    rows = CreditRequest.objects.visible_to(request.user).filter(student=placement.student)
    about = {"posting": placement.posting} if placement.posting else {"placement": placement}
    credit = rows.filter(**about).with_all().order_by("-made_at", "-pk").first()
    own = placement.student.user_id == request.user.pk
    open_to_all = placement.state not in (Placement.State.CANCELLED, Placement.State.ENDED)
    may_ask = own and open_to_all and (credit is None or credit.is_over)
    if credit is None and not may_ask:
        return ""
    context = {
        "credit": credit,
        "placement": placement,
        "may_ask": may_ask and request.user.has_perm("credits.add_creditrequest"),
        "state": page.state_of(credit) if credit else None,
        "ball": page.ball(credit, request.user) if credit else "",
    }
    return render_to_string("credits/panel.html", context, request=request)
