"""Who may see what of a student: each cell of the table, and people of several roles."""

import re
from itertools import product

import pytest
from django.apps import apps
from django.conf import settings

from careers.people.models import Student
from careers.people.roles import FIELDS, PERMISSIONS, SIGHTS, FieldGroup, Role, Sight, may_see
from tests.factories import make_faculty, make_student, make_user

# Written once more by hand, from the office's paper: one line a group of fields.
TABLE = """
                own   advisor  reviewer  approver          approver_elsewhere  administrator
identity        yes   yes      yes       yes               no                  yes
studies         yes   yes      yes       yes               no                  yes
residence       yes   words    yes       no                no                  no
papers          yes   states   yes       no                no                  no
hours           yes   totals   yes       confirmed_totals  no                  no
credit          yes   yes      yes       yes               no                  yes
office_notes    no    yes      yes       no                no                  no
openings        yes   no       yes       no                no                  yes
"""
VIEWERS, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    pytest.param(viewer, row[0], sight, id=f"{viewer}-{row[0]}")
    for row in ROWS
    for viewer, sight in zip(VIEWERS, row[1:], strict=True)
]


@pytest.fixture
def student(db):
    return make_student(level=Student.Level.DOCTOR)


def viewer_of(student, viewer):
    if viewer == "own":
        return student.user
    if viewer == "approver_elsewhere":
        return make_user(roles=["approver"], approves_for=[make_faculty()])
    return make_user(roles=[viewer], approves_for=[student.faculty])


@pytest.mark.parametrize(("viewer", "group", "sight"), CELLS)
def test_each_viewer_sees_what_the_table_says(student, viewer, group, sight):
    assert may_see(viewer_of(student, viewer), group, student) == sight


@pytest.mark.parametrize("group", FieldGroup)
def test_a_student_sees_nothing_of_another_student(student, group):
    assert may_see(make_student().user, group, student) is Sight.NO


@pytest.mark.parametrize("group", FieldGroup)
@pytest.mark.parametrize("role", Role.values)
def test_somebody_who_may_not_sign_in_sees_nothing(student, role, group):
    person = make_user(roles=[role], approves_for=[student.faculty], is_active=False)

    assert may_see(person, group, student) is Sight.NO


@pytest.mark.parametrize(("one", "other"), list(product(Role.values[1:], repeat=2)))
def test_of_two_roles_the_one_that_sees_more_counts(student, one, other):
    both = make_user(roles=[one, other], approves_for=[student.faculty])

    alone = [make_user(roles=[role], approves_for=[student.faculty]) for role in (one, other)]

    order = list(Sight)
    for group in FieldGroup:
        most = max((may_see(person, group, student) for person in alone), key=order.index)
        assert may_see(both, group, student) is most


def test_a_student_who_works_in_the_office_reads_no_notes_about_herself(student):
    student.user.roles = ["student", "advisor", "reviewer"]
    other = make_student()

    assert may_see(student.user, "office_notes", student) is Sight.NO
    assert may_see(student.user, "office_notes", other) is Sight.YES


def test_an_approver_for_a_level_counts_for_that_level_in_every_faculty(student):
    doctoral = make_faculty(for_level=Student.Level.DOCTOR)
    approver = make_user(roles=["approver"], approves_for=[doctoral])
    master = make_student(level=Student.Level.MASTER)

    assert may_see(approver, "credit", student) is Sight.YES
    assert may_see(approver, "credit", master) is Sight.NO


def test_an_unknown_group_is_refused(student):
    with pytest.raises(ValueError, match="secrets"):
        may_see(student.user, "secrets", student)


@pytest.mark.parametrize("role", Role.values)
def test_the_students_one_may_open_are_those_of_whom_one_sees_the_name(db, role):
    own, other = make_faculty(), make_faculty()
    doctoral = make_faculty(for_level=Student.Level.DOCTOR)
    for faculty, level in product((own, other), (Student.Level.MASTER, Student.Level.DOCTOR)):
        make_student(faculty=faculty, level=level)
    person = make_user(roles=[role], approves_for=[own, doctoral])
    if role == Role.STUDENT:
        make_student(user=person)

    opened = set(Student.objects.visible_to(person))

    assert opened == {s for s in Student.objects.all() if may_see(person, "identity", s)}
    assert opened


def test_every_field_of_a_student_belongs_to_one_group():
    grouped = [name for names in FIELDS.values() for name in names]

    fields = {field.name for field in Student._meta.fields} - {"id", "user"}

    assert sorted(grouped) == sorted(fields)


def test_both_tables_know_every_role():
    assert set(PERMISSIONS) == set(Role.values)
    assert all(set(row) == set(Role.values) for row in SIGHTS.values())


def test_every_permission_of_a_model_in_the_table_exists():
    """A slip in the table (a model renamed, a deed misspelt) would grant nothing, silently."""
    own_words = {
        "people.view_staff_pages",
        "people.view_residence",
        "people.change_own_record",
        "permits.view_case_states",
    }
    of_models = {
        f"{model._meta.app_label}.{deed}_{model._meta.model_name}"
        for model in apps.get_models()
        for deed in model._meta.default_permissions
    }

    granted = set().union(*PERMISSIONS.values())
    of_the_usual_deeds = {
        name for name in granted if re.search(r"\.(view|add|change|delete)_", name)
    }

    assert of_the_usual_deeds - own_words <= of_models


def test_every_permission_the_site_asks_for_is_in_the_table():
    """A name nobody holds would close a page for all."""
    asked = re.compile(r"(?:permission_required\(|has_perm\()\s*\"([\w.]+)\"|\bperms\.(\w+\.\w+)")
    places = [
        path
        for folder in ("careers", "internships", "templates")
        for pattern in ("*.py", "*.html")
        for path in (settings.BASE_DIR / folder).rglob(pattern)
    ]

    found = {a or b for path in places for a, b in asked.findall(path.read_text())}

    assert found <= set().union(*PERMISSIONS.values())


def test_only_roles_with_a_page_there_enter_the_admin(db):
    entering = {role for role in Role.values if make_user(roles=[role]).is_staff}

    assert entering == {"reviewer", "administrator"}


def test_rights_end_when_a_person_is_deactivated(db):
    person = make_user(roles=["administrator"])

    person.is_active = False

    assert not person.has_perm("people.change_user")
    assert not person.has_module_perms("people")
    assert not person.is_staff


def test_nobody_may_delete_a_person():
    rights = set().union(*PERMISSIONS.values())

    assert not {"people.delete_user", "people.delete_student"} & rights
