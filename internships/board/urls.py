from django.urls import path

from internships.board.views import detail, directory, listing

urlpatterns = [
    path("internships/", listing.posting_list, name="posting_list"),
    path("internships/<str:ref>/", detail.posting_detail, name="posting_detail"),
    path("organisations/<int:pk>/", detail.organisation_detail, name="organisation_detail"),
    path("sources/", directory.directory, name="directory"),
    path("offices/", directory.bureau_list, name="bureau_list"),
]
