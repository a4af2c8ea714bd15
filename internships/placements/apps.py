from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "internships.placements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers.desk import subjects
        from careers.desk.tasks import register
        from internships.placements import tasks
        from internships.placements.subjects import placement_asked_about

        subjects.register("placement", placement_asked_about)
        register("placements", tasks=tasks.tasks, rows=tasks.rows)
