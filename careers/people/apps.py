from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "careers.people"
    verbose_name = _("People and office")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers.people import checks, signals  # noqa: F401  (they register themselves)
        from careers.people.roles import FIELDS, FieldGroup
        from careers.record.confidential import keep_confidential

        keep_confidential("people.Student", FIELDS[FieldGroup.RESIDENCE], "people.view_residence")
