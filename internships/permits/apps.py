from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PermitsConfig(AppConfig):
    name = "internships.permits"
    verbose_name = _("Permission cases")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers.desk.tasks import register
        from careers.people.panels import show_on_student_page
        from internships.permits import panels, recheck, tasks
        from internships.permits.models import PermitCase
        from internships.placements.effects import say_effects
        from internships.placements.panels import show_on_placement_page
        from internships.placements.signals import facts_changed

        register(
            "permits",
            tasks=tasks.tasks,
            rows=tasks.rows,
            waiting=tasks.waiting_for_others,
            lists=tasks.lists,
        )
        show_on_student_page(panels.on_student_page)
        show_on_placement_page(panels.beside_the_slip)
        say_effects(PermitCase._meta.label, recheck.say)
        facts_changed.connect(recheck.on_facts_changed, dispatch_uid="permits")
