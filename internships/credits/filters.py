"""What the list of credit approvals is narrowed down by. It opens on what waits for a decision."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careers.people.models import CalendarPeriod, Faculty
from internships.credits.models import Course, State, WaitsFor


class ChoiceFilter(admin.SimpleListFilter):
    """A filter whose choices are conditions; a value that is no choice narrows nothing."""

    def lookups(self, request, model_admin):
        return [(value, capfirst(words)) for value, words in self.words()]

    def words(self) -> list:
        """Give value and words of each choice, in order."""
        raise NotImplementedError

    def condition(self, value: str) -> Q:
        raise NotImplementedError

    def value(self):
        value = super().value()
        return value if value in {str(choice) for choice, _words in self.lookup_choices} else None

    def queryset(self, request, queryset):
        value = self.value()
        return queryset if value is None else queryset.filter(self.condition(value))


class WaitsFilter(ChoiceFilter):
    """Opens on what waits for the faculties and the office, students' turns left out.

    Who searches or asks for a state means all requests, unless she says otherwise here.
    """

    title = _("whom it waits for")
    parameter_name = "waits"
    DECISION, ALL = "decision", "all"
    NARROWER = ("state", "evidence")

    def __init__(self, request, params, model, model_admin):
        self.opens_on = self.DECISION
        if model_admin.is_searched(request) or any(request.GET.get(one) for one in self.NARROWER):
            self.opens_on = self.ALL
        super().__init__(request, params, model, model_admin)

    def words(self):
        return [
            (self.DECISION, _("A decision")),
            *[(who.value, who.label) for who in WaitsFor if who != WaitsFor.NOBODY],
            (WaitsFor.NOBODY.value, _("Finished")),
            (self.ALL, _("All")),
        ]

    def value(self):
        return super().value() or self.opens_on

    def choices(self, changelist):
        """Without Django's own "All", which would stand for what the list opens on."""
        counts = changelist.add_facets and self.get_facet_queryset(changelist)
        for number, (choice, words) in enumerate(self.lookup_choices):
            shown = f"{words} ({counts[f'{number}__c']})" if counts else words
            yield {
                "selected": self.value() == choice,
                "query_string": changelist.get_query_string({self.parameter_name: choice}),
                "display": shown,
            }

    def condition(self, value):
        if value == self.ALL:
            return Q()
        if value == self.DECISION:
            return ~Q(waits_for__in=[WaitsFor.STUDENT, WaitsFor.NOBODY])
        return Q(waits_for=value)


class StateFilter(ChoiceFilter):
    title = _("state")
    parameter_name = "state"

    def words(self):
        return [(state.value, state.label) for state in State if state != State.DRAFT]

    def condition(self, value):
        return Q(state_now=value)


class FacultyFilter(ChoiceFilter):
    title = _("faculty")
    parameter_name = "faculty"

    def words(self):
        return [(str(faculty.pk), str(faculty)) for faculty in Faculty.objects.all()]

    def condition(self, value):
        return Q(rule__faculty=value)


class CourseFilter(ChoiceFilter):
    title = _("course")
    parameter_name = "course"

    def words(self):
        return [(str(course.pk), str(course)) for course in Course.objects.all()]

    def condition(self, value):
        return Q(course=value)


class TermFilter(ChoiceFilter):
    """The term of the first day."""

    title = _("term")
    parameter_name = "term"

    def words(self):
        self.terms = {
            str(term.pk): term
            for term in CalendarPeriod.objects.filter(kind=CalendarPeriod.Kind.TERM)
        }
        return [(key, f"{term} {term.academic_year}") for key, term in self.terms.items()]

    def condition(self, value):
        term = self.terms[value]
        return Q(starts_on__range=(term.starts_on, term.ends_on))


class HoursFilter(ChoiceFilter):
    """Hours against what the credits need: as worked, else as planned."""

    title = _("hours")
    parameter_name = "hours"

    def words(self):
        return [
            ("enough", pgettext_lazy("hours", "enough")),
            ("short", pgettext_lazy("hours", "short")),
            ("over", _("more credits than the rule gives")),
        ]

    def condition(self, value):
        if value == "over":
            return Q(credits_asked__gt=F("credits_by_rule"))
        needed = F("credits_asked") * F("hours_per_credit")
        short = Q(hours_now__lt=needed)
        return short if value == "short" else ~short


class EvidenceFilter(ChoiceFilter):
    title = _("evidence")
    parameter_name = "evidence"

    def words(self):
        return [
            ("later", pgettext_lazy("evidence", "later")),
            ("due", pgettext_lazy("evidence", "due")),
            ("missing", pgettext_lazy("evidence", "missing, late")),
            ("to_read", pgettext_lazy("evidence", "to read")),
            ("read", pgettext_lazy("evidence", "read")),
        ]

    def condition(self, value):
        today = timezone.localdate()
        due = Q(state_now=State.EVIDENCE_DUE)
        return {
            "later": Q(state_now__in=[State.SUBMITTED, State.NEEDS_INFO, State.APPROVED]),
            "due": due & Q(evidence_due_on__gte=today),
            "missing": due & Q(evidence_due_on__lt=today),
            "to_read": Q(state_now=State.EVIDENCE_SUBMITTED),
            "read": Q(
                state_now__in=[State.COMPLETED, State.FAILED], evidence_submitted_at__isnull=False
            ),
        }[value]


class GateFilter(ChoiceFilter):
    title = _("start gate")
    parameter_name = "gate"

    def words(self):
        return [
            ("open", pgettext_lazy("gate", "open")),
            ("closed", pgettext_lazy("gate", "closed")),
            ("none", _("no placement saved")),
        ]

    def condition(self, value):
        if value == "none":
            return Q(placement=None)
        is_closed = value == "closed"
        return Q(placement__isnull=False, placement__gate_opened_at__isnull=is_closed)


class DueFilter(ChoiceFilter):
    title = _("day due")
    parameter_name = "due"

    def words(self):
        return [("late", pgettext_lazy("day due", "late")), ("week", _("in 7 days"))]

    def condition(self, value):
        today = timezone.localdate()
        if value == "late":
            return Q(due_on__lt=today)
        return Q(due_on__range=(today, today + timedelta(days=7)))


FILTERS = [
    WaitsFilter,
    StateFilter,
    FacultyFilter,
    CourseFilter,
    TermFilter,
    HoursFilter,
    EvidenceFilter,
    GateFilter,
    DueFilter,
]
