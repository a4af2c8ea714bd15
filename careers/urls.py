"""Every address of the site; one line a room."""

from django.contrib import admin
from django.urls import include, path

from careers.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("internships.office.urls")),
    path("", include("internships.board.urls")),
    path("", include("careers.desk.urls")),
    path("", include("internships.placements.urls")),
    path("", include("internships.eligibility.urls")),
    path("", include("internships.permits.urls")),
    path("", include("internships.credits.urls")),
    path("admin/", admin.site.urls),
    path("", include("careers.people.urls")),
]
