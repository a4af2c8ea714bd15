"""The admin of the event log, and the mixin that writes to it whatever the admin changes."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import models, transaction
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from careers.record import log, redaction
from careers.record.confidential import shown_values
from careers.record.models import Event
from careers.record.words import VERBS, kind_words, kinds, verb_words


class RecordedAdmin(admin.ModelAdmin):
    """Each addition, change and deletion leaves an event: before, after, who.

    Django's admin runs one request in one transaction, so the deed and its event stand together.
    """

    def person_touched(self, obj):
        """Give the user whose record `obj` is, if it is somebody's."""
        return

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        before = {name: plain(form.initial.get(name)) for name in form.changed_data}
        after = {name: plain(form.cleaned_data.get(name)) for name in form.changed_data}
        if change and not form.changed_data:
            return
        log.append(
            "changed" if change else "added",
            form.instance,
            actor=request.user,
            about=self.person_touched(form.instance),
            before=before if change else None,
            after=after,
        )

    def delete_model(self, request, obj):
        with transaction.atomic():
            before = {field.name: plain(field.value_from_object(obj)) for field in obj._meta.fields}
            log.append("deleted", obj, actor=request.user, before=before)
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            for obj in queryset:
                self.delete_model(request, obj)


def plain(value: Any) -> Any:
    """Give what JSON can hold: rows by their key, texts and numbers as they are."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | tuple | set | models.QuerySet):
        return sorted((plain(each) for each in value), key=str)
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


class VerbFilter(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "verb"

    def lookups(self, request, model_admin):
        return VERBS.items()

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    title = _("object")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return kinds()

    def queryset(self, request, queryset):
        return queryset.filter(object_kind=self.value()) if self.value() else queryset


class RedactionForm(forms.Form):
    reason = forms.CharField(
        label=_("Why they have to go"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    """To read only: the database itself refuses every change but the one recorded exception."""

    actions = ["redact"]
    list_display = ["at", "actor", "deed", "what", "about", "reason"]
    list_filter = ["at", VerbFilter, KindFilter]
    list_select_related = ["actor", "about"]
    list_per_page = 50
    fields = ["at", "actor", "deed", "what", "about", "was", "became", "reason"]

    @admin.display(description=_("what"), ordering="verb")
    def deed(self, event):
        return verb_words(event.verb)

    @admin.display(description=_("object"))
    def what(self, event):
        return f"{kind_words(event.object_kind)} {event.object_id}"

    @admin.display(description=_("before"))
    def was(self, event):
        return lines(event.before)

    @admin.display(description=_("after"))
    def became(self, event):
        return lines(event.after)

    def get_object(self, request, object_id, from_field=None):
        """What the reader's roles do not let her see is struck out before the page is made."""
        event = super().get_object(request, object_id, from_field)
        if event:
            event.before = shown_values(event, event.before, request.user)
            event.after = shown_values(event, event.after, request.user)
        return event

    @admin.action(description=_("Take the words out of the entries (redact)"))
    def redact(self, request, queryset):
        """Ask why on a page of its own; then before, after and reason are emptied for good."""
        form = RedactionForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            count = redaction.redact(queryset, actor=request.user, reason=reason)
            words = ngettext("%(count)d entry is empty.", "%(count)d entries are empty.", count)
            messages.success(request, words % {"count": count})
            return None
        context = self.admin_site.each_context(request) | {
            "title": _("Take the words out of the entries"),
            "opts": self.opts,
            "form": form,
            "count": queryset.count(),
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
        }
        return render(request, "admin/record/redact.html", context)

    def get_actions(self, request):
        allowed = request.user.has_perm("record.redact_event")
        return super().get_actions(request) if allowed else {}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def lines(values):
    if not values:
        return "-"
    return format_html_join("", "<div>{}: {}</div>", values.items())
