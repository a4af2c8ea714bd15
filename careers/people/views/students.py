"""Students as the office sees them: each reader only what her roles allow."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.people import exporting, panels, workflow
from careers.people.forms import StudentSearchForm
from careers.people.models import Student
from careers.people.roles import FieldGroup, may_see

PAGE_SIZE = 50
LATEST_OPENINGS = 50
SEARCHED = "student_search"
staff_only = permission_required("people.view_staff_pages", raise_exception=True)


@staff_only
def student_list(request):
    """List students. What is searched for travels by POST and rests in the session:

    names and numbers in an address would stay in histories, logs and bookmarks.
    """
    if request.method == "POST":
        form = StudentSearchForm(request.POST)
        if form.is_valid():
            clear = "clear" in request.POST
            request.session[SEARCHED] = "" if clear else form.cleaned_data["words"]
            return redirect("student_list")
    else:
        form = StudentSearchForm(initial={"words": request.session.get(SEARCHED, "")})
    words = request.session.get(SEARCHED, "")
    page = Paginator(_found(request), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "people/student_list.html", {"form": form, "page_obj": page, "words": words}
    )


@never_cache
@require_safe
@staff_only
def student_export(request, kind):
    """The same list as a file; what was searched for rests in the session."""
    return exporting.students_as_file(kind, _found(request), by=request.user)


def _found(request):
    words = request.session.get(SEARCHED, "")
    found = Student.objects.visible_to(request.user).named_like(words)
    return found.select_related("user", "faculty")


@staff_only
def student_detail(request, pk):
    visible = Student.objects.visible_to(request.user).select_related("user", "faculty")
    student = get_object_or_404(visible, pk=pk)
    workflow.note_opening(student, by=request.user)
    context = {
        "student": student,
        "sights": {group.value: may_see(request.user, group, student) for group in FieldGroup},
        "panels": panels.on_student_page(request, student),
    }
    if context["sights"]["openings"]:
        context["openings"] = workflow.openings_of(student)[:LATEST_OPENINGS]
    return render(request, "people/student_detail.html", context)
