import unicodedata

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from careers.people.fields import DayField, HoursField
from careers.people.models import Job, StatusOfResidence, Student, User


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Stay signed in")


class ResidenceForm(forms.ModelForm):
    """What a student says of her own stay; the rest of her record is the university's."""

    residence_expires_on = DayField(
        label=_("Period of stay ends"),
        required=False,
        help_text=_("As printed on the residence card, for example 2027-04-20."),
    )
    blanket_permission_until = DayField(
        label=_("Blanket permission until"),
        required=False,
        help_text=_("On the back of the card or in the passport. Leave it open if you hold none."),
    )

    class Meta:
        model = Student
        fields = [
            "status_of_residence",
            "residence_expires_on",
            "blanket_permission_until",
            "home_prefecture",
        ]
        labels = {
            "status_of_residence": _("Status of residence"),
            "home_prefecture": _("Prefecture of your home"),
        }
        help_texts = {
            "status_of_residence": _(
                "You may choose “Prefer not to say”. Everything else still works; "
                "the check will then send you to a person."
            ),
            "home_prefecture": _("It decides which immigration office is yours."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Who has a student record here is in Japan or on the way; that code means neither.
        here = [one for one in StatusOfResidence if one != StatusOfResidence.NONE_ABROAD]
        self.fields["status_of_residence"].choices = [(one.value, one.words) for one in here]

    def clean(self):
        stay = self.cleaned_data.get("residence_expires_on")
        permission = self.cleaned_data.get("blanket_permission_until")
        if stay and permission and permission > stay:
            self.add_error(
                "blanket_permission_until",
                _("The permission cannot last longer than the period of stay. Look at both dates."),
            )
        return super().clean()


class JobForm(forms.ModelForm):
    weekly_hours = HoursField(
        label=_("Hours a week"), help_text=_("In the fullest week, for example 12 or 27.5.")
    )
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(
        label=_("Last day"), required=False, help_text=_("Leave it open if you do not know.")
    )

    class Meta:
        model = Job
        fields = ["name", "weekly_hours", "starts_on", "ends_on", "is_own_university_tara"]
        labels = {
            "name": _("Where you work"),
            "is_own_university_tara": _(
                "I am a teaching or research assistant (TA, RA) of this university"
            ),
        }

    def clean(self):
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        return super().clean()


class StudentSearchForm(forms.Form):
    words = forms.CharField(
        label=_("Number, name or reading"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def clean_words(self):
        return unicodedata.normalize("NFKC", self.cleaned_data["words"]).strip()


class LetterLanguageForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["language"]
        widgets = {"language": forms.RadioSelect}
        help_texts = {"language": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [*User._meta.get_field("language").choices, ("", _("both languages"))]
        self.fields["language"].choices = choices
