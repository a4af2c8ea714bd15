"""What students have planned: checked by the wizard and saved, as they would do it."""

from careers.people.models import Student
from internships.board.models import Posting
from internships.eligibility.run import make_run
from internships.eligibility.saving import HostForm, save
from internships.office.demo.sample import rows


def add_placements() -> int:
    students = {
        student.student_no: student for student in Student.objects.select_related("user", "faculty")
    }
    plans = list(rows("placements.csv"))
    for plan in plans:
        _add(students[plan["student_no"]], Posting.objects.get(ref=plan["posting_ref"]))
    return len(plans)


def _add(student: Student, posting: Posting) -> None:
    # What neither the record nor a posting says. What the wizard does not ask does not count.
    answers = {
        "has_individual_permission": "n",
        "term_hours_per_week": f"{posting.weekly_hours.normalize():f}",
    }
    run = make_run(answers, posting.ref, student)
    form = HostForm({}, posting=run.posting)
    form.is_valid()
    save(run, form, actor=student.user)
