"""Students, staff and approvers beside those of the sample."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.people.calendar import academic_calendar
from careers.people.models import Faculty, Job, Student, User
from careers.people.roles import Role
from internships.office.demo.large.dated import BATCH, write
from internships.office.demo.large.progress import Progress
from internships.office.demo.large.size import Size

# Level, year of study, years to the end after this one, credits earned at least, required.
STUDIES = [
    *[("undergrad", "B1", 3, 14, 124)] * 5,
    *[("undergrad", "B2", 2, 44, 124)] * 5,
    *[("undergrad", "B3", 1, 76, 124)] * 6,
    *[("undergrad", "B4", 0, 104, 124)] * 4,
    *[("master", "M1", 1, 8, 30)] * 2,
    *[("master", "M2", 0, 22, 30)] * 2,
    ("doctor", "D2", 1, 6, 12),
]
HOMES = ("13", "13", "13", "14", "11", "12")
ENTERED = {"B1": 0, "B2": 1, "B3": 2, "B4": 3, "M1": 0, "M2": 1, "D1": 0, "D2": 1, "D3": 2}
# Of each hundred international students so many have the plain student status.
PLAIN = 85
GROUPS = 300
JAPANESE = "JAPANESE"
# The people of the sample are the first.
MOST_NAMES = 100


@dataclass
class Alike:
    """Students of whom all records say the same: what the law says of one, it says of each."""

    facts: dict
    job: Job | None = None
    students: list[Student] = field(default_factory=list)

    @property
    def international(self) -> bool:
        return self.facts["status_of_residence"] != JAPANESE


def add_students(size: Size, dice: Random, progress: Progress) -> list[Alike]:
    """Write the students that are missing; give them by what their records say."""
    there = Student.objects.order_by("pk").select_related("user", "faculty")
    sample = [student for student in there if student.enrolment == "enrolled"]
    abroad = sum(student.status_of_residence != JAPANESE for student in there)
    groups = _groups(sample, dice)
    strangers = [group for group in groups if group.international]
    natives = [group for group in groups if not group.international]
    missing = max(size.students - len(there), 0)
    international = min(max(size.international - abroad, 0), missing)
    names = _names()
    plan = [dice.choice(strangers) for _n in range(international)]
    plan += [dice.choice(natives) for _n in range(missing - international)]
    numbered = list(enumerate(plan))
    batches = [numbered[first : first + BATCH] for first in range(0, missing, BATCH)]
    for batch in progress.through(_("students"), batches, missing, worth=len):
        _write_students(batch, names, dice)
    _write_jobs(groups)
    return [group for group in groups if group.students]


def _groups(sample: list[Student], dice: Random) -> list[Alike]:
    return [*_international(sample, dice), *_native(dice)]


def _international(sample: list[Student], dice: Random) -> Iterator[Alike]:
    """Records as the sample has them, more of the plain ones, at several homes."""
    known = [one for one in sample if one.status_of_residence != JAPANESE]
    plain = [one for one in known if one.status_of_residence == "STUDENT" and not one.exchange]
    jobs = list(Job.objects.order_by("pk"))
    for number in range(GROUPS):
        source = dice.choice(plain if number % 100 < PLAIN else known)
        facts = {name: getattr(source, name) for name in _COPIED}
        yield Alike(
            facts | {"home_prefecture": dice.choice(HOMES)},
            job=dice.choice(jobs) if jobs and number % 4 == 0 else None,
        )


_COPIED = (
    *("faculty", "level", "year", "enrolment", "exchange", "expected_graduation"),
    *("credits_earned", "credits_required", "nationality", "status_of_residence"),
    *("residence_expires_on", "blanket_permission_until", "facts_confirmed_on"),
)


def _native(dice: Random) -> Iterator[Alike]:
    faculties = list(Faculty.objects.filter(for_level="").order_by("pk"))
    confirmed = Student.objects.filter(facts_confirmed_on__isnull=False)
    confirmed_on = confirmed.values_list("facts_confirmed_on", flat=True).first()
    this_year = academic_calendar().year_end(timezone.localdate())
    for _n in range(GROUPS):
        level, year, later, least, required = dice.choice(STUDIES)
        ends = date(this_year.year + later, this_year.month, this_year.day)
        yield Alike(
            {
                "faculty": dice.choice(faculties),
                "level": level,
                "year": year,
                "enrolment": "leave" if dice.random() < 0.01 else "enrolled",
                "exchange": False,
                "expected_graduation": ends,
                "credits_earned": min(least + 2 * dice.randrange(8), required),
                "credits_required": required,
                "nationality": "JP",
                "status_of_residence": JAPANESE,
                "residence_expires_on": None,
                "blanket_permission_until": None,
                "facts_confirmed_on": confirmed_on,
                "home_prefecture": dice.choice(HOMES),
            }
        )


Name = tuple[str, str, str]


def _names() -> dict[str, tuple[list[Name], list[Name]]]:
    """Give the sample's family and given names by nationality: as written, kana, Latin."""
    found: dict[str, tuple[list[Name], list[Name]]] = {}
    for user in User.objects.order_by("pk").select_related("student")[:MOST_NAMES]:
        kana, latin = user.name_kana.split(), user.name_romaji.split()
        if len(kana) < 2 or len(latin) < 2:
            continue
        student = getattr(user, "student", None)
        if student is None and user.family_name.isascii():
            continue  # a foreign name among the staff is nobody's Japanese one
        families, givens = found.setdefault(student.nationality if student else "JP", ([], []))
        families.append((user.family_name, kana[0], latin[0]))
        givens.append((user.given_name, " ".join(kana[1:]), " ".join(latin[1:])))
    return found


def _write_students(plan: list[tuple[int, Alike]], names, dice: Random) -> None:
    students = []
    for number, group in plan:
        user, student_no = _person(number, group, names, dice), _number(number, group)
        user.email = f"{student_no.lower()}@example.ac.jp"
        students.append(
            Student(
                user=user,
                student_no=student_no,
                name_in_passport=user.name_romaji,
                **group.facts,
            )
        )
        group.students.append(students[-1])
    write([student.user for student in students])
    for student in students:
        student.user_id = student.user.pk
    write(students)


def _number(number: int, group: Alike) -> str:
    """A letter first: in any order by number they stand behind those of the sample."""
    entered = timezone.localdate().year - ENTERED.get(group.facts["year"], 0)
    return f"{group.facts['faculty'].code[0].upper()}{entered % 100:02}{number:05}"


def _person(number: int, group: Alike, names, dice: Random) -> User:
    nation = group.facts["nationality"]
    families, givens = names.get(nation) or names["JP"]
    family, given = dice.choice(families), dice.choice(givens)
    english = nation not in ("JP", "CN", "KR", "TW", "HK") and number % 3
    return _user(family, given, [Role.STUDENT], "en" if english else "ja")


def _user(family: Name, given: Name, roles: list[str], language: str, **fields) -> User:
    return User(
        family_name=family[0],
        given_name=given[0],
        name_kana=f"{family[1]} {given[1]}",
        name_romaji=f"{family[2]} {given[2]}",
        language=language,
        roles=roles,
        password=make_password(None),
        date_joined=timezone.now(),
        **fields,
    )


def _write_jobs(groups: list[Alike]) -> None:
    same = ("name", "weekly_hours", "starts_on", "ends_on", "is_own_university_tara")
    write(
        [
            Job(student=student, **{name: getattr(group.job, name) for name in same})
            for group in groups
            if group.job
            for student in group.students
        ]
    )


def add_staff(size: Size, dice: Random) -> None:
    """More advisors, reviewers and administrators, and approvers of every faculty."""
    families, givens = _names()["JP"]

    def person(number, role, title_ja, title_en):
        return _user(
            dice.choice(families),
            dice.choice(givens),
            [role],
            "ja",
            email=f"staff{number:04}@example.ac.jp",
            title_ja=title_ja,
            title_en=title_en,
        )

    office = User.objects.filter(roles__overlap=[Role.ADVISOR, Role.REVIEWER, Role.ADMINISTRATOR])
    missing = max(size.staff - office.count(), 0)
    roles = [Role.ADVISOR] * 5 + [Role.REVIEWER] * 3 + [Role.ADMINISTRATOR]
    write(
        [
            person(n, roles[n % len(roles)], "キャリアセンター 職員", "Career Center")
            for n in range(missing)
        ]
    )
    approvers = User.objects.filter(roles__contains=[Role.APPROVER])
    missing_approvers = max(size.approvers - approvers.count(), 0)
    new = write(
        [
            person(1000 + n, Role.APPROVER, "教務委員", "Academic affairs committee")
            for n in range(missing_approvers)
        ]
    )
    faculties = list(Faculty.objects.order_by("pk"))
    write(
        [
            User.approves_for.through(user=user, faculty=faculties[n % len(faculties)])
            for n, user in enumerate(new)
        ]
    )
