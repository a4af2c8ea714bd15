"""Permission cases to look at; they are worked on at the desk."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from careers.people.plain_links import PlainLinksAdmin
from internships.permits.models import PermitCase


@admin.register(PermitCase)
class PermitCaseAdmin(PlainLinksAdmin):
    list_display = [
        "number",
        "student",
        "kind",
        "state",
        "waits_for",
        "due",
        "owner",
        "at_the_desk",
    ]
    list_filter = ["state", "kind", "waits_for"]
    list_select_related = ["placement__student__user", "owner"]
    list_per_page = 50
    fields = [
        "number",
        "student",
        "at_the_desk",
        "kind",
        "state",
        "waits_for",
        "due",
        "owner",
        "bureau",
        "filed_on",
        "decided_on",
        "valid_until",
    ]

    @admin.display(description=_("number"), ordering="pk")
    def number(self, case):
        return case.number

    @admin.display(description=_("student"))
    def student(self, case):
        return case.student.user

    @admin.display(description=_("desk"))
    def at_the_desk(self, case):
        return format_html(
            '<a href="{}">{}</a>', reverse("desk_case", args=[case.pk]), _("Open at the desk")
        )

    def get_queryset(self, request):
        """A reviewer's own case is not hers to look at from the office's side."""
        return super().get_queryset(request).exclude(placement__student__user=request.user)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("permits.view_permitcase")

    has_module_permission = has_view_permission

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
