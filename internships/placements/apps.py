from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "internships.placements"
    default_auto_field = "django.db.models.BigAutoField"
