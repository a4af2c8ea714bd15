"""Demo mode only: people of each role to sign in as by one click, found by what they are.

Never with real people: without `DEMO` the list is empty and the address does not exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from careers.people.calendar import academic_calendar
from careers.people.models import Level, Student, User
from careers.people.roles import Role

SOON = timedelta(days=60)


@dataclass(frozen=True)
class DemoPerson:
    user: User
    line: str | Promise


@dataclass(frozen=True)
class DemoGroup:
    name: str | Promise
    people: tuple[DemoPerson, ...]


def demo_groups() -> list[DemoGroup]:
    """Give the people of the sign-in page, students first; nobody outside demo mode."""
    if not settings.DEMO:
        return []
    groups = [
        DemoGroup(_("Students"), tuple(_students())),
        DemoGroup(_("Office and faculties"), tuple(_staff())),
    ]
    return [group for group in groups if group.people]


def is_demo_person(user: User) -> bool:
    return any(user == person.user for group in demo_groups() for person in group.people)


def _kinds_of_student() -> list[tuple[str | Promise, Q]]:
    """Give who shows which flag: one line of words, and what she is."""
    today = timezone.localdate()
    visa = Q(status_of_residence="STUDENT", enrolment="enrolled", exchange=False)
    held = Q(blanket_permission_until__gt=today + SOON)
    last_year = Q(expected_graduation__lte=academic_calendar().year_end(today))
    working = Q(jobs__is_own_university_tara=False) & (
        Q(jobs__ends_on=None) | Q(jobs__ends_on__gt=today)
    )
    return [
        (_("Japanese nationality: no permission is ever needed"), _status("JAPANESE")),
        (_("Permanent resident: no work limit"), _status("PR")),
        (
            _("Student status, blanket permission held"),
            visa & held & Q(level=Level.UNDERGRAD) & ~last_year & Q(jobs=None),
        ),
        (_("Student status, no permission yet"), visa & Q(blanket_permission_until=None)),
        (_("Student status, with a part-time job"), visa & working),
        (
            _("Last year of a master's course: individual permission is possible"),
            visa & held & last_year & Q(level=Level.MASTER),
        ),
        (
            _("Permission that ends soon"),
            visa & Q(blanket_permission_until__range=(today, today + SOON)),
        ),
        (_("Exchange student"), Q(exchange=True, status_of_residence="STUDENT")),
        (_("Dependent status"), _status("DEPENDENT")),
        (_("Graduated and looking for work"), _status("DA_JOBSEARCH")),
        (_("A work status: depends on what it allows"), _status("WORK_ESHI")),
        (_("Status not known to us"), _status("UNKNOWN")),
        (_("On leave from study"), Q(enrolment="leave", status_of_residence="STUDENT")),
    ]


def _status(code: str) -> Q:
    return Q(status_of_residence=code)


def _students() -> Iterator[DemoPerson]:
    chosen: list[int] = []
    active = Student.objects.filter(user__is_active=True).select_related("user")
    for line, kind in _kinds_of_student():
        student = active.filter(kind).exclude(pk__in=chosen).order_by("student_no").first()
        if student:
            chosen.append(student.pk)
            yield DemoPerson(student.user, line)


def _staff() -> Iterator[DemoPerson]:
    for role, line in [
        (Role.ADVISOR, _("Advisor: postings and questions of students")),
        (Role.REVIEWER, _("Reviewer: permissions and papers")),
    ]:
        yield from (DemoPerson(user, line) for user in _with_role(role)[:1])
    yield from _approvers_of_two_faculties()
    for user in _with_role(Role.ADMINISTRATOR)[:1]:
        yield DemoPerson(user, _("Administrator: people, calendar, settings"))


def _with_role(role: Role) -> QuerySet[User]:
    return User.objects.filter(is_active=True, roles__contains=[role]).order_by("pk")


def _approvers_of_two_faculties() -> Iterator[DemoPerson]:
    shown: set[int] = set()
    for user in _with_role(Role.APPROVER).prefetch_related("approves_for")[:10]:
        faculty = next((one for one in user.approves_for.all() if one.pk not in shown), None)
        if faculty and len(shown) < 2:
            shown.add(faculty.pk)
            line = format_lazy("{}: {}", _("Approver of credit"), faculty)
            yield DemoPerson(user, line)
