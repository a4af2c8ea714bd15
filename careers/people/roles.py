"""Who may do what, and who may see what of a student: two tables, read by everybody.

Views, templates, admin and verbs ask `user.has_perm(...)` and `may_see(...)`; nothing else
grants a right. The tables are short on purpose: a right that is not here does not exist.
"""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    STUDENT = "student", _("student")
    ADVISOR = "advisor", _("advisor")
    REVIEWER = "reviewer", _("permission reviewer")
    APPROVER = "approver", _("credit approver")
    ADMINISTRATOR = "administrator", _("administrator")


def _all_of(*models_: str, deeds=("view", "add", "change", "delete")) -> set[str]:
    return {name.replace(".", f".{deed}_") for name in models_ for deed in deeds}


_STAFF = {
    "people.view_staff_pages",
    "people.view_student",
    "board.view_posting",
    "board.view_organisation",
}

PERMISSIONS: dict[str, set[str]] = {
    Role.STUDENT: {
        "people.change_own_record",
        "board.follow_postings",
        "placements.add_placement",
        "credits.add_creditrequest",
    },
    Role.ADVISOR: _STAFF
    | _all_of("board.posting", "board.organisation", deeds=("view", "add", "change"))
    | {
        "board.publish_posting",
        "office.use_rule_bench",
        "placements.view_placement",
        "placements.replan_placement",
        "permits.view_case_states",
        "desk.view_enquiry",
        "credits.view_creditrequest",
        "credits.decide_as_advisor",
        "desk.answer_enquiry",
        "desk.view_letter",
        "desk.send_letter",
    },
    Role.REVIEWER: _STAFF
    | {
        "people.use_admin",
        "people.view_residence",
        "desk.view_enquiry",
        "desk.answer_enquiry",
        "desk.view_letter",
        "desk.send_letter",
        "placements.view_placement",
        "placements.replan_placement",
        "permits.view_permitcase",
        "permits.view_case_states",
        "permits.review_case",
        "placements.override_verdict",
        "office.use_rule_bench",
        "credits.view_creditrequest",
        "credits.record_result",
    },
    # Of her own faculties only: the requests themselves know which.
    Role.APPROVER: _STAFF | {"credits.view_creditrequest", "credits.decide_as_approver"},
    Role.ADMINISTRATOR: _STAFF
    # A person is deactivated, never deleted; the settings are one row.
    | _all_of("people.user", "people.student", deeds=("view", "add", "change"))
    | _all_of("people.officesettings", deeds=("view", "change"))
    | _all_of("people.faculty", "people.calendarperiod")
    | _all_of("board.resource", "board.bureau", "board.minimumwage", "board.synonymgroup")
    | _all_of("credits.course", "credits.creditrule", deeds=("view", "add", "change"))
    | {
        "credits.view_creditrequest",
        "credits.decide_any_step",
        "credits.record_result",
        "people.use_admin",
        "people.invite_user",
        "record.view_event",
        "record.redact_event",
        # To whom and whether it arrived; what it says only where she may see what it is about.
        "desk.view_letter",
        "desk.send_letter",
    },
}


def permissions_of(user) -> set[str]:
    """Give the union of the rights of her roles; nothing for somebody who may not sign in."""
    if not user.is_active:
        return set()
    return set().union(*(PERMISSIONS.get(role, set()) for role in user.roles))


class Sight(StrEnum):
    """How much of a group of fields somebody sees, from least to most."""

    NO = "no"
    CONFIRMED_TOTALS = "confirmed_totals"
    TOTALS = "totals"
    STATES = "states"
    WORDS = "words"
    YES = "yes"

    def __bool__(self):
        return self is not Sight.NO


_FROM_LEAST = list(Sight)


class FieldGroup(StrEnum):
    IDENTITY = "identity"
    STUDIES = "studies"
    RESIDENCE = "residence"
    PAPERS = "papers"
    HOURS = "hours"
    CREDIT = "credit"
    OFFICE_NOTES = "office_notes"
    OPENINGS = "openings"


# The columns are student (own record), advisor, reviewer, approver (own faculty), administrator.
_COLUMNS = (Role.STUDENT, Role.ADVISOR, Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR)
_YES, _NO = Sight.YES, Sight.NO
_ROWS = {
    FieldGroup.IDENTITY: (_YES, _YES, _YES, _YES, _YES),
    FieldGroup.STUDIES: (_YES, _YES, _YES, _YES, _YES),
    FieldGroup.RESIDENCE: (_YES, Sight.WORDS, _YES, _NO, _NO),
    FieldGroup.PAPERS: (_YES, Sight.STATES, _YES, _NO, _NO),
    FieldGroup.HOURS: (_YES, Sight.TOTALS, _YES, Sight.CONFIRMED_TOTALS, _NO),
    FieldGroup.CREDIT: (_YES, _YES, _YES, _YES, _YES),
    FieldGroup.OFFICE_NOTES: (_NO, _YES, _YES, _NO, _NO),
    FieldGroup.OPENINGS: (_YES, _NO, _YES, _NO, _YES),
}
SIGHTS: dict[FieldGroup, dict[str, Sight]] = {
    group: dict(zip(_COLUMNS, row, strict=True)) for group, row in _ROWS.items()
}

# Which fields of a student belong to which group: forms, pages and admin show no others.
FIELDS: dict[FieldGroup, tuple[str, ...]] = {
    FieldGroup.IDENTITY: ("student_no", "faculty", "level", "year", "enrolment", "exchange"),
    FieldGroup.STUDIES: ("credits_earned", "credits_required", "expected_graduation"),
    FieldGroup.RESIDENCE: (
        "name_in_passport",
        "nationality",
        "status_of_residence",
        "residence_expires_on",
        "blanket_permission_until",
        "home_prefecture",
        "facts_confirmed_on",
    ),
}


def may_see(user, group: FieldGroup | str, student) -> Sight:
    """Say how much of a group of fields `user` sees of `student`.

    Of several roles the one that sees most counts. On her own record a person is the
    student and nothing else: somebody who also works in the office reads no office
    notes about herself. An approver counts for the students of her own faculties only.
    """
    if not user.is_active:
        return Sight.NO
    sights = SIGHTS[FieldGroup(group)]
    if student.user_id == user.pk:
        return sights[Role.STUDENT] if Role.STUDENT in user.roles else Sight.NO
    return max(
        (sights[role] for role in _roles_towards(user, student)),
        key=_FROM_LEAST.index,
        default=Sight.NO,
    )


def _roles_towards(user, student) -> list[str]:
    """Give the roles that count towards somebody else's record."""
    others = [role for role in user.roles if role in Role.values and role != Role.STUDENT]
    if Role.APPROVER in others and not user.approves(student):
        others.remove(Role.APPROVER)
    return others
