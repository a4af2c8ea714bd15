"""Search in the admin by POST: names of people do not belong into addresses."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.shortcuts import redirect

FIELD = "private_search"
LONGEST = 100


def _kept_in(model_admin) -> str:
    return f"{FIELD}_{model_admin.opts.label_lower}"


class PrivateChangeList(ChangeList):
    def get_queryset(self, request, exclude_parameters=None):
        self.query = request.session.get(_kept_in(self.model_admin), "")
        return super().get_queryset(request, exclude_parameters)


class PrivateSearchAdmin(admin.ModelAdmin):
    """`search_fields` as usual; what is searched for rests in the session of the reader."""

    change_list_template = "admin/people/private_search.html"

    def get_changelist(self, request, **kwargs):
        return PrivateChangeList

    def is_searched(self, request) -> bool:
        return bool(request.session.get(_kept_in(self)))

    def changelist_view(self, request, extra_context=None):
        if FIELD in request.POST:
            cleared = "clear" in request.POST
            request.session[_kept_in(self)] = "" if cleared else request.POST[FIELD][:LONGEST]
            return redirect(request.get_full_path())
        return super().changelist_view(request, extra_context)
