"""The administrators' side of the board: reference data to keep up, postings to look at."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from careers.people.plain_links import PlainLinksAdmin
from careers.prefectures import prefecture_name
from careers.record.admin import RecordedAdmin
from internships.board import wages
from internships.board.models import (
    Bureau,
    MinimumWage,
    Organisation,
    Posting,
    Resource,
    SynonymGroup,
)


class ReferenceAdmin(RecordedAdmin):
    """What ships with the product; a row changed here is the office's own from then on."""

    readonly_fields = ["kept_by_office"]

    def save_model(self, request, obj, form, change):
        obj.kept_by_office = True
        super().save_model(request, obj, form, change)


HTTPS = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Resource)
class ResourceAdmin(ReferenceAdmin):
    formfield_overrides = HTTPS
    list_display = ["__str__", "category", "confidence", "checked_on", "is_shown", "kept_by_office"]
    list_filter = ["category", "confidence", "is_shown"]
    search_fields = ["name_ja", "name_en", "url"]


@admin.register(Bureau)
class BureauAdmin(ReferenceAdmin):
    list_display = ["__str__", "code", "area", "phone", "confidence", "checked_on"]
    list_filter = ["confidence", "takes_residence_applications"]
    search_fields = ["name_ja", "name_en", "jurisdiction_ja", "jurisdiction_en"]


@admin.register(MinimumWage)
class MinimumWageAdmin(ReferenceAdmin):
    list_display = ["__str__", "effective_from", "table_year"]
    list_filter = ["effective_from"]

    @admin.display(description=_("fiscal year of the table"))
    def table_year(self, wage):
        return wage.fiscal_year

    def get_urls(self):
        view = self.admin_site.admin_view(self.load_view)
        return [path("load/", view, name="board_minimumwage_load"), *super().get_urls()]

    def load_view(self, request):
        """Take a whole table at once; a line that cannot be read is told, and nothing is kept."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = WageTableForm(request.POST or None)
        if form.is_valid():
            tell_loaded(request, wages.load(form.cleaned_data["table"], by=request.user))
            return redirect("admin:board_minimumwage_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Load a table of minimum wages"),
            "opts": self.opts,
            "form": form,
        }
        return render(request, "admin/board/minimumwage/load.html", context)


class WageTableForm(forms.Form):
    table = forms.CharField(
        label=_("Lines of the table"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto", "spellcheck": "false"}),
        help_text=_(
            "For example “東京都,1226,2025-10-03”. Commas or tabs, as copied from a spreadsheet;"
            " the prefecture by its name or number."
        ),
    )

    def clean_table(self):
        return wages.read_table(self.cleaned_data["table"])


def tell_loaded(request, done: wages.Loaded) -> None:
    counts = {"added": done.added, "changed": done.changed, "same": done.same}
    told = _("Added: %(added)s. Changed: %(changed)s. Already there: %(same)s.")
    messages.success(request, told % counts)
    if done.lower:
        places = ", ".join(map(prefecture_name, done.lower))
        words = _("Lower than the table before, which is rare; look again: %(places)s.")
        messages.warning(request, words % {"places": places})
    if done.below:
        words = ngettext(
            "%(count)s posting that is not over pays less than the tables ask: %(refs)s.",
            "%(count)s postings that are not over pay less than the tables ask: %(refs)s.",
            len(done.below),
        )
        refs = ", ".join(posting.ref for posting in done.below[:20])
        messages.warning(request, words % {"count": len(done.below), "refs": refs})


@admin.register(SynonymGroup)
class SynonymGroupAdmin(ReferenceAdmin):
    list_display = ["__str__", "is_used", "kept_by_office"]
    list_filter = ["is_used"]
    search_fields = ["words"]


class LookOnlyAdmin(PlainLinksAdmin):
    """Postings and organisations change on our own pages alone, through their verbs."""

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("board.view_posting")

    has_module_permission = has_view_permission

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Posting)
class PostingAdmin(LookOnlyAdmin):
    list_display = ["ref", "title", "organisation", "state", "opens_at", "closes_at", "source"]
    list_filter = ["state", "source", "programme_type", "pay_kind"]
    list_select_related = ["organisation"]
    search_fields = ["ref", "title_ja", "title_en"]
    exclude = ["search"]


@admin.register(Organisation)
class OrganisationAdmin(LookOnlyAdmin):
    formfield_overrides = HTTPS
    list_display = ["__str__", "name_kana", "industry", "url"]
    list_filter = ["industry"]
    search_fields = ["name_ja", "name_en", "name_kana"]
