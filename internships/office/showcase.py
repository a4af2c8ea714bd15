"""Rows for the component page: examples of every state, none of them from the database."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk.flags import FLAGS


class SampleForm(forms.Form):
    hours = forms.DecimalField(
        label=_("Hours in the largest week"), help_text=_("One number, for example 27.5")
    )
    first_day = forms.DateField(
        label=_("First day"),
        error_messages={"invalid": _("Write the date like 2027-02-15.")},
    )
    pay = forms.ChoiceField(
        label=_("What the student receives"),
        choices=[("wage", _("A wage or salary")), ("none", _("Nothing"))],
    )
    kind = forms.ChoiceField(
        label=_("Kind of programme"),
        widget=forms.RadioSelect,
        choices=[("1", _("Type 1, open company")), ("2", _("Type 2, career education"))],
    )
    sure = forms.BooleanField(label=_("I have read the posting to the end"), required=False)
    note = forms.CharField(
        label=_("Note to the reviewer"), widget=forms.Textarea({"rows": 2}), required=False
    )


CHOICES = [
    {
        "value": "wage",
        "label": _("A wage or salary"),
        "term": "賃金・給与",
        "help": _("By the hour, day or month."),
    },
    {
        "value": "costs",
        "label": _("Only actual costs, by receipt"),
        "term": "実費弁償",
        "help": _("Travel, lodging or meals, paid back against receipts."),
    },
    {
        "value": "unsure",
        "label": _("I am not sure"),
        "term": "分かりません",
        "help": _("We will help you find out, and keep your other answers."),
        "unsure": True,
    },
]


def _road(today):
    return [
        {
            "state": "done",
            "what": _("Open a permission case"),
            "who": _("You"),
            "when": _("today"),
        },
        {"state": "now", "what": _("All papers to our office"), "who": _("You"), "when": ""},
        {"state": "todo", "what": _("Our check"), "who": _("Reviewer"), "when": ""},
        {"state": "gate", "what": _("Start gate"), "who": _("Reviewer"), "when": ""},
        {"state": "todo", "what": _("First day"), "who": "", "when": ""},
    ]


def context() -> dict:
    today = timezone.localdate()
    return {
        "outcomes": list(FLAGS),
        "kinds": ["clear", "held", "need", "confirm", "unknown", "stop", "route"],
        "today": today,
        "late": today - timedelta(days=3),
        "soon": today + timedelta(days=5),
        "later": today + timedelta(days=40),
        "starts_on": today + timedelta(days=80),
        "ends_on": today + timedelta(days=105),
        "vacations": [(today + timedelta(days=30), today + timedelta(days=42))],
        "form": SampleForm(),
        "wrong_form": SampleForm({"hours": "35", "first_day": "15/2"}),
        "choices": CHOICES,
        "steps": _road(today),
        "page": Paginator(range(300), 25).page(5),
    }
