"""The administrators' side of the board: reference data to keep up, postings to look at."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.people.plain_links import PlainLinksAdmin
from careers.record.admin import RecordedAdmin
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
