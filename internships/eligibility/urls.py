from django.urls import path

from internships.eligibility import plan_views, views

urlpatterns = [
    path("placements/<int:pk>/change/", plan_views.placement_change, name="placement_change"),
    path("check/", views.wizard, name="wizard"),
    path("check/answers", views.check_answers, name="check_answers"),
    path("check/result", views.check_result, name="check_result"),
    path("check/result.pdf", views.check_pdf, name="check_pdf"),
    path("check/save", views.check_save, name="check_save"),
    path("check/record", views.check_record, name="check_record"),
    path("check/resume", views.check_resume, name="check_resume"),
]
