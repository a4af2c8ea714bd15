from django import forms
from django.utils.translation import gettext_lazy as _

from careers.desk.flags import FLAGS
from internships.placements.models import Verdict


class OverrideForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Answer instead"),
        error_messages={
            "required": _("Choose the answer that holds instead."),
            "invalid_choice": _("Choose the answer that holds instead."),
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The student reads this with her slip. Name what you saw, and who decided."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Write why.")},
    )

    def __init__(self, *args, verdict: Verdict, **kwargs):
        super().__init__(*args, **kwargs)
        others = [(code, flag.words) for code, flag in FLAGS.items() if code != verdict.outcome]
        self.fields["outcome"].choices = [("", _("Choose")), *others]
