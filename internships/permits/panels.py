"""What the page of a placement shows of its permission case."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from careers.people.models import Student
from careers.people.roles import FieldGroup, may_see
from internships.permits import guards, page, workflow
from internships.permits.models import PermitCase
from internships.permits.roads import road_of_placement
from internships.placements.models import Placement


def beside_the_slip(request: HttpRequest, placement: Placement) -> str:
    """Open the case, or say where it stands. Offices without a part in it see nothing."""
    own = placement.student.user_id == request.user.pk
    if not own and not request.user.has_perm("permits.view_case_states"):
        return ""
    cases = placement.permit_cases.select_related(*page.WITH_ALL)
    case = cases.first()
    may_open = own and _may_open(placement, case)
    if case is None and not may_open:
        return ""
    verdict = placement.verdicts.first()
    placement.file_by = verdict.file_by if verdict else None
    context = {
        "case": case,
        "placement": placement,
        "own": own,
        "may_open": may_open,
        "road": road_of_placement(placement, case, verdict.outcome if verdict else ""),
    }
    return render_to_string("permits/panel.html", context, request=request)


def on_student_page(request: HttpRequest, student: Student) -> str:
    """List a student's cases for those who see at least the states of her papers."""
    if not may_see(request.user, FieldGroup.PAPERS, student):
        return ""
    cases = PermitCase.objects.readable_by(request.user).filter(placement__student=student)
    cases = cases.select_related("placement__posting__organisation")
    return render_to_string("permits/student_panel.html", {"cases": cases}, request=request)


def _may_open(placement: Placement, case: PermitCase | None) -> bool:
    if placement.state != Placement.State.PLANNED:
        return False
    if case is not None and (case.is_live or guards.is_fulfilled(case)):
        return False
    return bool(workflow.wanted(placement, case)[0])
