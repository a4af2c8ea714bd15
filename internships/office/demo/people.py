"""Faculties, staff, students and the students' other work."""

from datetime import timedelta

from careers.people.models import Faculty, Job, Student, User
from careers.people.roles import Role
from internships.office.demo.clock import SAMPLE_DAY, moved_date
from internships.office.demo.sample import rows

# The office asks for the facts of a student once in a half-year.
CONFIRMED_ON = SAMPLE_DAY - timedelta(days=47)
HOME_PREFECTURES = ("13", "13", "13", "14", "11")


def add_faculties() -> int:
    return len(Faculty.objects.bulk_create(Faculty(**row) for row in rows("faculties.csv")))


def add_staff() -> int:
    faculties = {faculty.code: faculty for faculty in Faculty.objects.all()}
    people = list(rows("staff.csv"))
    for row in people:
        user = _user(
            row,
            roles=[row["role"]],
            name_romaji=row["name_romaji"],
            title_ja=row["title_ja"],
            title_en=row["title_en"],
        )
        if row["faculty"]:
            user.approves_for.add(faculties[row["faculty"]])
    return len(people)


def staff() -> dict[str, User]:
    """Give the staff by the number of the sample; the database knows them by their address."""
    numbers = {row["email"]: row["staff_no"] for row in rows("staff.csv")}
    return {numbers[user.email]: user for user in User.objects.filter(email__in=numbers)}


def add_students(shift: timedelta) -> int:
    faculties = {faculty.code: faculty for faculty in Faculty.objects.all()}
    people = list(rows("students.csv"))
    for number, row in enumerate(people):
        user = _user(row, roles=[Role.STUDENT], name_romaji=row["name_in_passport"])
        known = row["status_of_residence"] != "UNKNOWN"
        Student.objects.create(
            user=user,
            student_no=row["student_no"],
            faculty=faculties[row["faculty"]],
            level=row["level"],
            year=row["year"],
            enrolment=row["enrolment"],
            exchange=row["exchange"] == "y",
            expected_graduation=moved_date(row["expected_graduation"], shift),
            credits_earned=int(row["credits_earned"]),
            credits_required=int(row["credits_required"]),
            name_in_passport=row["name_in_passport"],
            nationality=row["nationality"],
            status_of_residence=row["status_of_residence"],
            residence_expires_on=moved_date(row["residence_expires_on"], shift),
            blanket_permission_until=moved_date(row["blanket_permission_until"], shift),
            home_prefecture=HOME_PREFECTURES[number % len(HOME_PREFECTURES)],
            facts_confirmed_on=CONFIRMED_ON + shift if known else None,
        )
    return len(people)


def add_jobs(shift: timedelta) -> int:
    students = {student.student_no: student for student in Student.objects.all()}
    jobs = [
        Job(
            student=students[row["student_no"]],
            name=row["name"],
            weekly_hours=row["weekly_hours"],
            starts_on=moved_date(row["starts_on"], shift),
            ends_on=moved_date(row["ends_on"], shift),
            is_own_university_tara=row["is_own_university_tara"] == "y",
        )
        for row in rows("jobs.csv")
    ]
    return len(Job.objects.bulk_create(jobs))


def _user(row: dict[str, str], **fields) -> User:
    """Nobody of the sample has a password: in demo mode people sign in by one click."""
    same = ("email", "family_name", "given_name", "name_kana", "language")
    return User.objects.create_user(**{name: row[name] for name in same}, **fields)
