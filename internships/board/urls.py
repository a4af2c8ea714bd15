from django.urls import path, register_converter
from django.urls.converters import StringConverter

from internships.board import sitemap
from internships.board.api import views as api
from internships.board.following import feed_views, search_views
from internships.board.following import views as following
from internships.board.views import (
    attachments,
    bulk,
    care,
    detail,
    directory,
    editor,
    importing,
    listing,
    organisations,
    staff_list,
    verbs,
    versions,
)


class NumberOfPosting(StringConverter):
    """No posting has a NUL in its number, and the database cannot even be asked."""

    regex = r"[^/\x00]+"


register_converter(NumberOfPosting, "ref")

urlpatterns = [
    path("sitemap.xml", sitemap.sitemap_view, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("api/", api.api_page, name="api_page"),
    path("api/v1/postings", api.api_postings, name="api_postings"),
    path("api/v1/postings/<ref:ref>", api.api_posting, name="api_posting"),
    path("api/v1/openapi.json", api.api_document, name="api_document"),
    path("api/v1/<path:rest>", api.api_nothing, name="api_nothing"),
    path("internships/", listing.posting_list, name="posting_list"),
    path("internships/map/", listing.posting_map, name="posting_map"),
    path("internships/new/", editor.posting_new, name="posting_new"),
    path("internships/manage/", staff_list.posting_staff_list, name="posting_staff_list"),
    path(
        "internships/manage/postings.<str:kind>",
        staff_list.posting_staff_export,
        name="posting_staff_export",
    ),
    path(
        "internships/export/postings.<str:kind>",
        listing.posting_list_export,
        name="posting_list_export",
    ),
    path("internships/import/", importing.posting_import, name="posting_import"),
    path(
        "internships/import/<uuid:key>/", importing.posting_import_file, name="posting_import_file"
    ),
    path(
        "internships/import/<uuid:key>/refused.<str:kind>",
        importing.posting_import_refused,
        name="posting_import_refused",
    ),
    path("internships/manage/together/", bulk.posting_bulk, name="posting_bulk"),
    path("internships/manage/together/undo/", bulk.posting_bulk_undo, name="posting_bulk_undo"),
    path("internships/<ref:ref>/edit/", editor.posting_edit, name="posting_edit"),
    path("internships/<ref:ref>/edit/<slug:key>/", editor.posting_section, name="posting_section"),
    path("internships/<ref:ref>/close/", verbs.posting_withdraw, name="posting_withdraw"),
    path("internships/<ref:ref>/return/", verbs.posting_return, name="posting_return"),
    path("internships/<ref:ref>/extend/", care.posting_extend, name="posting_extend"),
    path("internships/<ref:ref>/outcome/", care.posting_outcome, name="posting_outcome"),
    path("internships/<ref:ref>/care/", care.posting_care, name="posting_care"),
    path("internships/<ref:ref>/files/", attachments.posting_files, name="posting_files"),
    path("internships/<ref:ref>/files/<int:pk>/", attachments.posting_file, name="posting_file"),
    path("internships/<ref:ref>/confirm/", care.posting_confirm, name="posting_confirm"),
    path("internships/<ref:ref>/change/", versions.posting_change, name="posting_change"),
    path("internships/<ref:ref>/versions/", versions.posting_versions, name="posting_versions"),
    path(
        "internships/<ref:ref>/versions/<int:number>/restore/",
        versions.posting_restore,
        name="posting_restore",
    ),
    path("internships/<ref:ref>/undo/<int:event>/", verbs.posting_undo, name="posting_undo"),
    path("internships/<ref:ref>/save/", following.posting_save, name="posting_save"),
    path("internships/<ref:ref>/forget/", following.posting_forget, name="posting_forget"),
    path("saved/", following.saved_list, name="saved_list"),
    path("saved/calendar/", following.saved_calendar, name="saved_calendar"),
    path("saved/calendar/stop/", following.saved_calendar_stop, name="saved_calendar_stop"),
    path("feeds/saved/<str:token>.ics", feed_views.saved_feed, name="saved_feed"),
    path("saved/searches/", search_views.search_list, name="search_list"),
    path("saved/searches/save/", search_views.search_save, name="search_save"),
    path("saved/searches/<int:pk>/", search_views.search_edit, name="search_edit"),
    path("saved/searches/<int:pk>/delete/", search_views.search_delete, name="search_delete"),
    path("saved/searches/<int:pk>/feed/", search_views.search_feed, name="search_feed"),
    path(
        "saved/searches/<int:pk>/feed/stop/",
        search_views.search_feed_stop,
        name="search_feed_stop",
    ),
    path("feeds/<str:token>.atom", feed_views.feed_atom, name="feed_atom"),
    path("feeds/<str:token>.ics", feed_views.feed_calendar, name="feed_calendar"),
    path("internships/feed.atom", feed_views.board_feed, name="board_feed"),
    path("internships/deadlines.ics", feed_views.board_calendar, name="board_calendar"),
    path(
        "saved/letters/stop-new/<str:token>/",
        following.stop_new_by_link,
        name="stop_new_by_link",
    ),
    path("saved/letters/", following.letter_choices, name="letter_choices"),
    path(
        "saved/letters/stop-deadlines/<str:token>/",
        following.stop_deadlines_by_link,
        name="stop_deadlines_by_link",
    ),
    path("internships/<ref:ref>/deadline.ics", detail.posting_deadline, name="posting_deadline"),
    path("internships/<ref:ref>/", detail.posting_detail, name="posting_detail"),
    path("organisations/", organisations.organisation_list, name="organisation_list"),
    path(
        "organisations/organisations.<str:kind>",
        organisations.organisation_export,
        name="organisation_export",
    ),
    path("organisations/<int:pk>/edit/", organisations.organisation_edit, name="organisation_edit"),
    path(
        "organisations/<int:pk>/merge/<int:other>/",
        organisations.organisation_merge,
        name="organisation_merge",
    ),
    path("organisations/<int:pk>/", detail.organisation_detail, name="organisation_detail"),
    path("sources/", directory.directory, name="directory"),
    path("offices/", directory.bureau_list, name="bureau_list"),
]
