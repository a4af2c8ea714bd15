"""Credit in the admin: the approvals with all their states, courses and rules."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from careers.desk.dates import span
from careers.people.private_search import PrivateSearchAdmin
from careers.people.workflow import note_opening
from careers.record.admin import RecordedAdmin
from internships.credits import export, page, workflow
from internships.credits.answers import too_late_words
from internships.credits.filters import FILTERS
from internships.credits.forms import ReasonForm
from internships.credits.models import Course, CreditRequest, CreditRule, State
from internships.credits.transitions import DECIDE_ANY, DECIDE_AS
from internships.credits.views.decide import detail_of

BULK = {
    "approve": _("Approve the step at which they stand"),
    "send_back": _("Return to the students, with a reason"),
    "reject": _("Reject, with a reason"),
}

# What one page can show and a person can answer for; Django refuses forms with 1,000 fields.
AT_ONCE = 200


def words_of(shown: page.Shown) -> str:
    """Give words of state with their icon; plain where there is nothing to say."""
    if not shown.kind:
        return str(shown.words)
    values = {"kind": shown.kind, "words": shown.words, "icon": shown.icon}
    return render_to_string("components/state.html", values)


def _named(credit: CreditRequest, words: str) -> str:
    """Say which request is meant, once."""
    return words if credit.number in words else f"{credit.number}: {words}"


@admin.register(CreditRequest)
class CreditRequestAdmin(PrivateSearchAdmin):
    """Read here, decided by the verbs of the workflow: nothing is edited by hand."""

    change_form_template = "admin/credits/creditrequest/change_form.html"
    change_list_template = "admin/credits/creditrequest/change_list.html"
    list_display = [
        "due",
        "who",
        "placement_and_gate",
        "course_and_hours",
        "plan_state",
        "evidence_state",
        "state_and_ball",
    ]
    list_display_links = None  # the name is the link, not all that stands with it
    list_filter = FILTERS
    list_per_page = 50
    show_full_result_count = False
    ordering = ["due_on", "number"]
    search_fields = [
        "number",
        "student__student_no",
        "student__user__family_name",
        "student__user__given_name",
        "student__user__name_romaji",
        "student__user__name_kana",
        "course__code",
        "course__name_ja",
        "course__name_en",
        "posting__ref",
        "posting__title_ja",
        "posting__title_en",
        "posting__organisation__name_ja",
        "posting__organisation__name_en",
        "placement__host_name",
        "placement__title",
    ]
    actions = ["approve", "send_back", "reject", "export_csv"]

    def get_queryset(self, request):
        rows = CreditRequest.objects.visible_to(request.user).exclude(state=State.DRAFT)
        rows = rows.exclude(student__user=request.user)
        return rows.with_state_on(timezone.localdate()).with_hours().with_all()

    def get_urls(self):
        name = "credits_creditrequest_export"
        export_view = self.admin_site.admin_view(self.export_view)
        return [path("export.<str:kind>", export_view, name=name), *super().get_urls()]

    def export_view(self, request, kind):
        """Give all rows of the list as it is filtered and searched, on every page of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).get_queryset(request)
        return export.as_file(kind, rows, by=request.user)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("credits.view_creditrequest")

    has_module_permission = has_view_permission

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_actions(self, request):
        """Who may decide no step here has only the export."""
        found = super().get_actions(request)
        if any(request.user.has_perm(right) for right in (DECIDE_ANY, *DECIDE_AS.values())):
            return found
        return {name: action for name, action in found.items() if name not in BULK}

    def changelist_view(self, request, extra_context=None):
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        exports = [
            (words, reverse("admin:credits_creditrequest_export", args=[kind]) + query)
            for kind, words in (("csv", "CSV"), ("xlsx", "Excel"))
        ]
        context = {
            "title": gettext("Credit approvals"),
            "subtitle": None,
            "exports": exports,
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        credit = self.get_object(request, object_id)
        if credit is not None:
            note_opening(credit.student, by=request.user, thing=credit)
            detail = detail_of(request, credit, ReasonForm())
            detail |= {"back": "admin", "title": str(credit), "subtitle": None}
            extra_context = detail | (extra_context or {})
        return super().change_view(request, object_id, form_url, extra_context)

    def get_fields(self, request, obj=None):
        """The page shows the request itself: there is no form to fill in."""
        return []

    @admin.display(description=_("due"), ordering="due_on")
    def due(self, credit):
        if not credit.due_on:
            return "–"
        left = (credit.due_on - timezone.localdate()).days
        if left < 0:
            words = ngettext("%(number)s day late", "%(number)s days late", -left)
            return format_html(
                "{}<br>{}",
                page.day_words(credit.due_on),
                words_of(page.Shown("stop", words % {"number": -left}, "stop")),
            )
        words = ngettext("%(number)s day left", "%(number)s days left", left)
        shown = gettext("today") if left == 0 else words % {"number": left}
        return format_html('{}<span class="tiny">{}</span>', page.day_words(credit.due_on), shown)

    @admin.display(description=_("student"), ordering="student__user__name_kana")
    def who(self, credit):
        student = credit.student
        return format_html(
            '<a href="{}">{}</a><span class="tiny">{} {}</span><span class="tiny">{}</span>',
            reverse("admin:credits_creditrequest_change", args=[credit.pk]),
            student.user,
            student.year,
            student.faculty,
            credit.number,
        )

    @admin.display(description=_("placement"), ordering="starts_on")
    def placement_and_gate(self, credit):
        return format_html(
            '{}<span class="tiny">{}</span>{}',
            credit.shown_host,
            span(credit.starts_on, credit.ends_on),
            self._gate(credit),
        )

    def _gate(self, credit):
        if credit.placement is None:
            return ""
        if credit.placement.gate_open:
            return words_of(page.Shown("ok", _("Start gate open"), "unlock"))
        return words_of(page.Shown("stop", _("Start gate closed"), "lock"))

    @admin.display(description=_("course, hours"), ordering="course__code")
    def course_and_hours(self, credit):
        bar = render_to_string("credits/meter.html", {"meter": page.meter(credit)})
        over = ""
        if credit.credits_asked > credit.credits_by_rule:
            over = words_of(page.Shown("confirm", _("More than the rule gives"), "confirm"))
        return format_html("{}<br>{} {}", credit.course, bar, over)

    @admin.display(description=_("plan"))
    def plan_state(self, credit):
        return words_of(page.plan_of(credit))

    @admin.display(description=_("evidence"))
    def evidence_state(self, credit):
        return words_of(page.evidence_of(credit))

    @admin.display(description=_("state, waits for"), ordering="waits_for")
    def state_and_ball(self, credit):
        lines = [(self._ball(credit),)]
        if not credit.is_over:
            since = gettext("since %(day)s") % {"day": page.day_words(credit.waits_since)}
            lines.append((since,))
        return format_html(
            "{}{}",
            words_of(page.state_of(credit)),
            format_html_join("", '<span class="tiny">{}</span>', lines),
        )

    def _ball(self, credit):
        if credit.state_today == State.APPROVED:
            return gettext("ends %(day)s") % {"day": page.day_words(credit.ends_on)}
        return page.waits_for(credit)

    @admin.action(description=BULK["approve"])
    def approve(self, request, queryset):
        return self._decide(request, queryset, "approve")

    @admin.action(description=BULK["send_back"])
    def send_back(self, request, queryset):
        return self._decide(request, queryset, "send_back")

    @admin.action(description=BULK["reject"])
    def reject(self, request, queryset):
        return self._decide(request, queryset, "reject")

    @admin.action(description=_("Export as CSV"))
    def export_csv(self, request, queryset):
        return export.as_file("csv", queryset, by=request.user)

    def _decide(self, request, queryset, verb):
        """Ask on a page of its own, then let the verb decide each: one step, never two."""
        sent = "seen" in request.POST
        if sent:
            # What a colleague has decided since may have left the list; she is told of it too.
            ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
            queryset = self.get_queryset(request).filter(pk__in=ticked)
        if queryset.count() > AT_ONCE:
            words = gettext("Decide at most %(number)s at once. Nothing was changed.")
            messages.warning(request, words % {"number": AT_ONCE})
            return redirect(request.get_full_path())
        form = ReasonForm(request.POST if sent else None, needed=verb != "approve")
        rows = list(queryset.order_by("due_on", "number"))
        if sent and form.is_valid():
            self._do(request, rows, verb, form.cleaned_data["reason"])
            return redirect(request.get_full_path())
        context = self.admin_site.each_context(request) | {
            "title": BULK[verb],
            "opts": self.opts,
            "form": form,
            "verb": verb,
            "back": request.get_full_path(),
            "lines": [(row, row.current_step) for row in rows],
            "selected": [row.pk for row in rows],
            "name_of_selected": ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/credits/creditrequest/decide.html", context)

    def _do(self, request, rows, verb, reason):
        """Tell what was done and, by number, what was not and why. seen: number:step, as shown."""
        seen = dict(one.split(":", 1) for one in request.POST.getlist("seen") if ":" in one)
        done = 0
        for row in rows:
            step = seen.get(row.number, "")
            try:
                getattr(workflow, verb)(
                    row,
                    by=request.user,
                    step=int(step) if step.isascii() and step.isdigit() else 0,
                    reason=reason,
                )
                done += 1
            except workflow.TooLate as late:
                messages.warning(request, _named(row, too_late_words(late)))
            except workflow.Refused as refused:
                messages.warning(request, _named(row, str(refused)))
            except PermissionDenied:
                words = gettext("This step is not yours to decide.")
                messages.warning(request, _named(row, words))
        if done:
            words = ngettext("%(number)s request: done.", "%(number)s requests: done.", done)
            messages.success(request, words % {"number": done})


@admin.register(Course)
class CourseAdmin(RecordedAdmin):
    list_display = ["code", "name_ja", "name_en", "owner", "max_credits", "is_offered"]
    list_filter = ["is_offered"]
    list_select_related = ["owner"]
    search_fields = ["code", "name_ja", "name_en"]


@admin.register(CreditRule)
class CreditRuleAdmin(RecordedAdmin):
    list_display = [
        "faculty",
        "hours_per_credit",
        "max_credits_per_request",
        "cap_total_credits",
        "evidence_deadline_days",
        "counts_toward_graduation",
    ]
    list_select_related = ["faculty"]
