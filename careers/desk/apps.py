from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "careers.desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers.desk import rounds, tasks

        tasks.register(
            "desk",
            tasks=rounds.tasks,
            rows=rounds.rows,
            waiting=rounds.waiting,
            counters=rounds.counters,
            lists=rounds.lists,
        )
