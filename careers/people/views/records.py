"""A student's own record: what the office holds on her, and what she may correct herself."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from careers.people import workflow
from careers.people.forms import JobForm, ResidenceForm
from careers.people.models import Job, Student

LATEST_OPENINGS = 20
_RETURN_TO = "record_return_to"
own_record = permission_required("people.change_own_record", raise_exception=True)


def student_of(request) -> Student:
    return get_object_or_404(Student.objects.select_related("user", "faculty"), user=request.user)


@own_record
def my_record(request):
    student = student_of(request)
    context = {
        "student": student,
        "openings": workflow.openings_of(student)[:LATEST_OPENINGS],
        "today": timezone.localdate(),
    }
    return render(request, "people/my_record.html", context)


@own_record
def my_residence(request):
    student = student_of(request)
    form = ResidenceForm(request.POST or None, instance=student)
    if not form.is_valid():
        return render(request, "people/residence_form.html", {"form": form})
    workflow.correct_record(student, form.cleaned_data, by=request.user)
    messages.success(request, _("Your record is up to date."))
    return redirect(request.session.pop(_RETURN_TO, "my_record"))


def return_after_record(request, name: str) -> None:
    """Bring her to the page of that name, not to her record, when she has confirmed it."""
    request.session[_RETURN_TO] = name


@own_record
def job_new(request):
    student = student_of(request)
    form = JobForm(request.POST or None, instance=Job(student=student))
    if not form.is_valid():
        return render(request, "people/job_form.html", {"form": form})
    workflow.add_job(form.save(commit=False), by=request.user)
    messages.success(request, _("The job is in your record. It counts towards your week."))
    return redirect("my_record")


@own_record
def job_edit(request, pk):
    job = get_object_or_404(student_of(request).jobs, pk=pk)
    form = JobForm(request.POST or None, instance=job)
    if not form.is_valid():
        return render(request, "people/job_form.html", {"form": form})
    workflow.change_job(form.save(commit=False), by=request.user)
    messages.success(request, _("The job is changed."))
    return redirect("my_record")


@own_record
@require_POST
def job_end(request, pk):
    job = get_object_or_404(student_of(request).jobs, pk=pk)
    workflow.end_job(job, timezone.localdate(), by=request.user)
    messages.success(request, _("The job ends today. It no longer counts from tomorrow."))
    return redirect("my_record")
