"""What students have planned: checked by the wizard and saved, as they would do it."""

from django.utils import timezone

from careers.people.models import Student
from internships.board.models import Posting
from internships.eligibility.run import make_run
from internships.eligibility.saving import HostForm, save
from internships.office.demo.cases import OVER, OVER_SAVED_BEFORE, STORIES
from internships.office.demo.past import days_ago
from internships.office.demo.sample import rows
from internships.placements.models import Placement


def add_placements() -> list[tuple[Placement, str]]:
    """Give each placement with the name of what happened to it since."""
    students = {
        student.student_no: student for student in Student.objects.select_related("user", "faculty")
    }
    saved = []
    for plan in rows("placements.csv"):
        posting = Posting.objects.get(ref=plan["posting_ref"])
        with days_ago(_days_since_saved(plan["case"], posting)):
            saved.append((_add(students[plan["student_no"]], posting), plan["case"]))
    return saved


def _days_since_saved(case: str, posting: Posting) -> int:
    """Give the days of its story; a placement that is over was saved a month before it began."""
    if case == OVER:
        return (timezone.localdate() - posting.starts_on).days + OVER_SAVED_BEFORE
    return STORIES[case][0]


def _add(student: Student, posting: Posting) -> Placement:
    run = make_run(answers_for(posting), posting.ref, student)
    form = HostForm({}, posting=run.posting)
    form.is_valid()
    return save(run, form, actor=student.user)


def answers_for(posting: Posting) -> dict[str, str]:
    """Give what neither the record nor a posting says. What is not asked does not count."""
    return {
        "has_individual_permission": "n",
        "term_hours_per_week": f"{posting.weekly_hours.normalize():f}",
    }
