from django.urls import path

from internships.placements import views

urlpatterns = [
    path("placements/<int:pk>/", views.placement_detail, name="placement_detail"),
    path("placements/<int:pk>/slip.pdf", views.placement_pdf, name="placement_pdf"),
    path("placements/<int:pk>/cancel/", views.placement_cancel, name="placement_cancel"),
    path("placements/<int:pk>/override/", views.placement_override, name="placement_override"),
    path(
        "placements/<int:pk>/override/confirm/",
        views.placement_override_confirm,
        name="placement_override_confirm",
    ),
    path(
        "placements/<int:pk>/override/withdraw/",
        views.placement_override_withdraw,
        name="placement_override_withdraw",
    ),
    path("placements/<int:pk>/restore/", views.placement_restore, name="placement_restore"),
]
