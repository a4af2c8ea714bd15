from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    name = "internships.eligibility"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers.desk.panels import show_on_enquiry_page
        from internships.eligibility.enquiries import answers_panel

        show_on_enquiry_page(answers_panel)
