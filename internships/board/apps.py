from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "internships.board"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers.desk import subjects
        from internships.board.subjects import posting_asked_about

        subjects.register("posting", posting_asked_about)
