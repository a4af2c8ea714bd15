"""In the admin, rows that the reader may not open stand as words: Django would link them all."""

from collections.abc import Callable

from django.contrib import admin
from django.db import models


class PlainLinksAdmin(admin.ModelAdmin):
    """For pages that people read who may not read all that these point to."""

    def get_fieldsets(self, request, obj=None):
        found = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return found
        return [
            (name, options | {"fields": [self._shown(request, one) for one in options["fields"]]})
            for name, options in found
        ]

    def _shown(self, request, name):
        own = {field.name: field for field in self.opts.fields if field.is_relation}
        field = own.get(name)
        return name if field is None or _may_open(request, field) else _as_words(field)


def _may_open(request, field: models.ForeignKey) -> bool:
    """Say whether a link would lead her on; what has no page is given no link by Django."""
    kind = field.related_model
    site = admin.site
    return not site.is_registered(kind) or site.get_model_admin(kind).has_view_permission(request)


def _as_words(field: models.ForeignKey) -> Callable:
    @admin.display(description=field.verbose_name)
    def words(row):
        return getattr(row, field.name) or "-"

    return words
