"""Who may do what: one table. Views, templates, admin and verbs ask `user.has_perm`."""

from careers.people.models import Role

_STAFF_PAGES = {"people.view_staff_pages"}

PERMISSIONS: dict[str, set[str]] = {
    Role.STUDENT: {"placements.add_placement"},
    Role.ADVISOR: _STAFF_PAGES
    | {
        "board.view_posting",
        "board.add_posting",
        "board.change_posting",
        "board.publish_posting",
        "board.add_organisation",
        "board.change_organisation",
        "people.view_student",
        "placements.view_placement",
    },
    Role.REVIEWER: _STAFF_PAGES
    | {
        "board.view_posting",
        "people.view_student",
        "people.view_residence",
        "placements.view_placement",
    },
    Role.APPROVER: _STAFF_PAGES | set(),
    Role.ADMINISTRATOR: _STAFF_PAGES
    | {"board.view_posting"}
    | {
        f"{app}.{deed}_{model}"
        for app, model in [
            ("people", "user"),
            ("people", "faculty"),
            ("people", "calendarperiod"),
            ("people", "officesettings"),
            ("board", "resource"),
            ("board", "bureau"),
            ("board", "minimumwage"),
        ]
        for deed in ("view", "add", "change", "delete")
    }
    | {"record.view_event"},
}


def permissions_of(user) -> set[str]:
    return set().union(*(PERMISSIONS[role] for role in user.roles if role in PERMISSIONS))


def has_module_perms(user, app_label: str) -> bool:
    return any(perm.startswith(f"{app_label}.") for perm in permissions_of(user))


class RoleBackend:
    """Lets Django's `has_perm` read the table above; it signs nobody in."""

    def authenticate(self, request, **credentials):
        return None

    def get_user(self, user_id):
        return None

    def has_perm(self, user, perm, obj=None):
        return user.is_active and perm in permissions_of(user)
