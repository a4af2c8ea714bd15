from django.urls import path

from internships.placements import views

urlpatterns = [
    path("placements/<int:pk>/", views.placement_detail, name="placement_detail"),
    path("placements/<int:pk>/cancel/", views.placement_cancel, name="placement_cancel"),
    path("placements/<int:pk>/restore/", views.placement_restore, name="placement_restore"),
]
