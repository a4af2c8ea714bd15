"""The answers that came with a question to the office, shown to whoever may read them."""

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string

from careers.desk.models import Enquiry
from careers.people.models import Student
from internships.eligibility.answers import collect, edition_named, posting_ref
from internships.eligibility.page import ledgers
from internships.eligibility.run import Run, make_run


def answers_panel(request: HttpRequest, enquiry: Enquiry) -> str:
    """Answers name a status of residence: they are for the asker and for those who review it."""
    own = enquiry.asker_id is not None and enquiry.asker_id == request.user.pk
    if not enquiry.answers or not (own or request.user.has_perm("people.view_residence")):
        return ""
    run = _run_of(enquiry)
    outcome = run.assessment.outcome if run.walk.complete else ""
    context = {"ledgers": ledgers(run), "outcome": outcome}
    return render_to_string("eligibility/enquiry_answers.html", context)


def _run_of(enquiry: Enquiry) -> Run:
    """Read the answers as the asker's own wizard would, by the rules she saw them under."""
    query = dict(QueryDict(enquiry.answers).lists())
    students = Student.objects.select_related("user", "faculty")
    student = students.filter(user=enquiry.asker_id).first() if enquiry.asker_id else None
    edition = edition_named(query)
    return make_run(collect(query), posting_ref(query), student, edition=edition)
