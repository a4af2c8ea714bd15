from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CreditsConfig(AppConfig):
    name = "internships.credits"
    verbose_name = _("Credits")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers.desk.tasks import register
        from internships.board.following.asked import count_as_asked
        from internships.credits import panels, replan, tasks
        from internships.credits.models import CreditRequest
        from internships.placements.effects import say_effects
        from internships.placements.panels import show_on_placement_page
        from internships.placements.signals import facts_changed, placement_saved

        count_as_asked(tasks.asked)
        register("credits", tasks=tasks.tasks, rows=tasks.rows, lists=tasks.lists)
        show_on_placement_page(panels.credit_of_placement)
        say_effects(CreditRequest._meta.label, replan.say)
        facts_changed.connect(replan.on_facts_changed, dispatch_uid="credits")
        placement_saved.connect(replan.on_placement_saved, dispatch_uid="credits")
