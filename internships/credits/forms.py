import uuid
from decimal import Decimal

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from careers.desk import files
from internships.credits import calculation
from internships.credits.models import Course, CreditRequest, Evidence

HOURS = _("Write the hours as one number, for example 75.")
DAY = _("Write the date like 2027-02-15.")
ORDER = _("The last day is before the first day.")


def hours_field(label, help_text="", *, least=0, **options):
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=2000,
        decimal_places=2,
        error_messages={
            "invalid": HOURS,
            "min_value": HOURS,
            "max_value": _("At most 2,000 hours can be written."),
            "max_decimal_places": HOURS,
        },
        widget=forms.TextInput({"inputmode": "decimal", "size": 8}),
        **options,
    )


def day_field(label):
    return forms.DateField(
        label=label,
        error_messages={"invalid": DAY},
        widget=forms.DateInput({"size": 12, "placeholder": "2027-02-15"}, format="%Y-%m-%d"),
    )


def credits_field(label, help_text="", *, least=1):
    words = _("Write the number of credits, for example 2.")
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=20,
        error_messages={"invalid": words, "min_value": words, "max_value": words},
        widget=forms.TextInput({"inputmode": "numeric", "size": 4}),
    )


class CourseField(forms.ModelChoiceField):
    def label_from_instance(self, course):
        words = ngettext(
            "%(course)s, at most %(number)s credit",
            "%(course)s, at most %(number)s credits",
            course.max_credits,
        )
        return words % {"course": course, "number": course.max_credits}


class RequestForm(forms.Form):
    """What a student asks for. Credits over the rule may rest in a draft, never be sent."""

    course = CourseField(label=_("Course"), queryset=Course.objects.none())
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    host_hours = hours_field(
        _("Hours at the company"), _("Weekdays without public holidays, breaks taken off."), least=1
    )
    guidance_hours = hours_field(
        _("Hours of classes before and after"),
        _("Guidance and report classes of the course. None: 0."),
    )
    credits_asked = credits_field(_("Credits you ask for"))
    objectives = forms.CharField(
        label=_("What you want to learn"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    plan = forms.CharField(
        label=_("Plan"),
        help_text=_("What you will do, day by day or week by week. Up to 5,000 letters."),
        error_messages={
            "required": _("Write your plan: what you will do, day by day or week by week.")
        },
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 8, "dir": "auto"}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args, student, posting, request=None, days_fixed=False, sending=False, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.student, self.posting = student, posting
        self.request, self.sending = request, sending
        self.credits = self.rule = None
        # A draft may lack its plan; what is sent may not.
        self.fields["plan"].required = sending or not self.is_bound
        courses = calculation.courses_for(student)
        self.fields["course"].queryset = courses
        self.fields["course"].choices = self._choices(courses)
        # The days of a saved placement are changed there, where the law looks at them too.
        for name in ("starts_on", "ends_on"):
            self.fields[name].disabled = days_fixed
        if not self.is_bound:
            self.fields["credits_asked"].help_text = self._explained_at_first()

    def _explained_at_first(self) -> str:
        """Show the arithmetic of what was filled in already."""
        known = {name: self.initial.get(name) for name in ("course", "host_hours")}
        rule = calculation.rule_for(self.student, known["course"])
        if not all(known.values()) or rule is None:
            return ""
        hours = Decimal(known["host_hours"]) + Decimal(self.initial["guidance_hours"])
        apart = self.request.pk if self.request else None
        credits = calculation.credits_for(
            self.student, known["course"], rule, hours, apart_from=apart
        )
        return calculation.explained(credits)

    def _choices(self, courses):
        own, others = [], []
        field = self.fields["course"]
        for course in courses:
            of_her = course.owner is None or course.owner_id == self.student.faculty_id
            near = of_her or course.owner.for_level == self.student.level
            (own if near else others).append((course.pk, field.label_from_instance(course)))
        groups = [
            ("", gettext("Choose a course")),
            (gettext("Your faculty and the university"), own),
        ]
        return groups + ([(gettext("Other faculties"), others)] if others else [])

    def clean(self):
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ORDER)
        elif data.get("course") and first and last:
            self._look_at_rule(data)
        return data

    def _look_at_rule(self, data):
        self.rule = calculation.rule_for(self.student, data["course"])
        if self.rule is None:
            self.add_error("course", _("Your faculty has no rule for credit yet. Ask the office."))
            return
        if not self.sending:
            return
        for obstacle in calculation.obstacles(
            self.student,
            data["course"],
            self.rule,
            self.posting,
            data["starts_on"],
            data["ends_on"],
        ):
            self.add_error(obstacle.field, obstacle.words)
        # A field that has an error is no longer among the data.
        if {"course", "host_hours", "guidance_hours", "credits_asked"} <= data.keys():
            self._look_at_credits(data)

    def _look_at_credits(self, data):
        self.credits = calculation.credits_for(
            self.student,
            data["course"],
            self.rule,
            data["host_hours"] + data["guidance_hours"],
            apart_from=self.request.pk if self.request else None,
        )
        if data["credits_asked"] > self.credits.credits:
            words = gettext("You ask for %(asked)s credits, the rule gives %(given)s.") % {
                "asked": data["credits_asked"],
                "given": self.credits.credits,
            }
            self.add_error("credits_asked", f"{words} {calculation.explained(self.credits)}")

    @property
    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class ReasonForm(forms.Form):
    """Why: needed for a no, welcome for a yes."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The student reads it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args, needed=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed
        self.fields["reason"].error_messages["required"] = _(
            "Write the reason: the student reads it."
        )


class EvidenceForm(forms.Form):
    """One file at a time, so that a bad one takes no other with it."""

    kind = forms.ChoiceField(label=_("Kind of paper"), choices=Evidence.Kind.choices)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF or photo (JPEG, PNG), 10 MB or less."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def clean_file(self):
        files.check(self.cleaned_data["file"])
        return self.cleaned_data["file"]


class HandInForm(forms.Form):
    actual_hours = hours_field(
        _("Hours you have worked, classes included"),
        _("As the certificate of the company says, with the classes added."),
        least=1,
    )


class ResultForm(forms.Form):
    """The result of a placement: hours as confirmed, evaluation, marks and credits."""

    actual_hours = hours_field(_("Hours confirmed, classes included"))
    host_evaluation = forms.ChoiceField(
        label=_("Evaluation by the company"),
        choices=[("", "–"), *[(letter, letter) for letter in "SABCD"]],
        required=False,
    )
    report_mark = forms.IntegerField(
        label=_("Mark of the report"),
        help_text=_("0 to 100"),
        min_value=0,
        max_value=100,
        required=False,
        error_messages={
            "invalid": _("Write a whole number from 0 to 100."),
            "min_value": _("Write a whole number from 0 to 100."),
            "max_value": _("Write a whole number from 0 to 100."),
        },
        widget=forms.TextInput({"inputmode": "numeric", "size": 4}),
    )
    final_mark = forms.ChoiceField(
        label=_("Final mark"),
        choices=CreditRequest.Grade.choices,
        help_text=_("F gives no credit and needs a reason."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the mark.")},
    )
    credits_granted = credits_field(_("Credits granted"), least=0)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For F: the student reads it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args, most, **kwargs):
        super().__init__(*args, **kwargs)
        self.most = most

    def clean(self):
        data = super().clean()
        mark, granted = data.get("final_mark"), data.get("credits_granted")
        if mark is None or granted is None:
            return data
        if mark == "F":
            if not data.get("reason", "").strip():
                self.add_error("reason", _("Write the reason: the student reads it."))
            if granted:
                self.add_error("credits_granted", _("With F no credit is granted: write 0."))
        elif "actual_hours" in data:
            self._look_at_credits(data["actual_hours"], granted)
        return data

    def _look_at_credits(self, hours, granted):
        most = self.most(hours)
        if granted > most or granted < 1:
            words = gettext("For %(hours)s hours no more than %(most)s credits can be granted.")
            if granted < 1 <= most:
                words = gettext("With a pass mark at least 1 credit is granted, at most %(most)s.")
            shown = {"hours": calculation.plain_hours(hours), "most": most}
            self.add_error("credits_granted", words % shown)

    @property
    def result(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}
