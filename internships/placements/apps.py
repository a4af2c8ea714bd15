from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "internships.placements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers.desk import subjects
        from careers.desk.tasks import register
        from internships.board.following.asked import count_as_asked
        from internships.board.panels import show_on_posting_page
        from internships.placements import effects, gate, tasks
        from internships.placements.models import Placement
        from internships.placements.panels import own_of_posting
        from internships.placements.subjects import placement_asked_about

        subjects.register("placement", placement_asked_about)
        effects.say_effects(Placement._meta.label, gate.say)
        show_on_posting_page(own_of_posting)
        register("placements", tasks=tasks.tasks, rows=tasks.rows)
        count_as_asked(tasks.planned)
