"""Students as a file: what everybody who may open their pages may see, and nothing of residence."""

from collections.abc import Iterable

from django.utils import timezone

from careers import spreadsheets
from careers.people import workflow
from careers.people.models import Student, User
from careers.people.roles import FIELDS, FieldGroup

NAMES = ("family_name", "given_name", "name_kana", "name_romaji")
FIELDS_SHOWN = (*FIELDS[FieldGroup.IDENTITY], *FIELDS[FieldGroup.STUDIES])
HEADERS = [*NAMES, *FIELDS_SHOWN]


def students_as_file(kind: str, students: Iterable[Student], *, by: User):
    """Answer with a file. It shows as much as their pages: each of them is told who took it out."""
    rows = list(students)
    made = spreadsheets.as_file(kind, f"students-{timezone.localdate()}", HEADERS, map(_line, rows))
    workflow.note_export("students", {student: student for student in rows}, by=by)
    return made


def _line(student: Student) -> list:
    names = [getattr(student.user, name) for name in NAMES]
    return names + [getattr(student, name) for name in FIELDS_SHOWN]
