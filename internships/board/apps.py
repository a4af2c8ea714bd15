from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "internships.board"
    verbose_name = _("Board")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers.desk import subjects
        from careers.desk import tasks as desk_tasks
        from internships.board import tasks
        from internships.board.subjects import posting_asked_about

        desk_tasks.register("board", tasks=tasks.tasks, rows=tasks.rows, counters=tasks.counters)
        subjects.register("posting", posting_asked_about)
