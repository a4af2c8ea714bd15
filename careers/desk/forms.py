import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from careers.desk.models import Enquiry

LONGEST = 5000
_TOO_LONG = ngettext_lazy(
    "Write at most %(limit_value)d letter. Yours has %(show_value)d.",
    "Write at most %(limit_value)d letters. Yours has %(show_value)d.",
    "limit_value",
)


def _text_field(rows, **words):
    # No maxlength in the page: what is too long is said, not cut off while somebody pastes.
    field = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={
            "required": _("Write your message."),
            "max_length": _TOO_LONG,
            "null_characters_not_allowed": _("Remove the character that cannot be shown."),
        },
        **words,
    )
    field.widget.attrs.pop("maxlength", None)
    return field


class MessageForm(forms.Form):
    text = _text_field(6, label=_("Your message"))
    # The same form sent twice carries the same key.
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class AnswerForm(MessageForm):
    """The office's side also says which exchange was answered."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Your answer")


class SeenForm(forms.Form):
    """What a button on the page of an enquiry sends: what the person had seen."""

    seen = forms.IntegerField(min_value=0)


class EnquiryForm(forms.ModelForm):
    text = _text_field(
        8,
        label=_("Your question"),
        help_text=_("Up to 5,000 letters. Do not write your residence card number."),
    )
    answers = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    attach = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Send my answers from the check with it"),
        help_text=_("The permission reviewers see them. Nobody outside the office does."),
    )

    class Meta:
        model = Enquiry
        fields = ["topic", "name", "email", "form_key"]
        widgets = {"form_key": forms.HiddenInput}
        help_texts = {"email": _("We send you a link to our answer.")}
        error_messages = {
            "topic": {"required": _("Choose what your question is about.")},
            "email": {
                "required": _("Write an e-mail address, so that we can answer."),
                "invalid": _("Write an address like name@example.com."),
            },
        }

    def __init__(self, *args, asker=None, answers="", **kwargs):
        kwargs["initial"] = {"form_key": uuid.uuid4, "answers": answers} | kwargs["initial"]
        super().__init__(*args, **kwargs)
        self.instance.asker = asker
        if asker:
            del self.fields["name"], self.fields["email"]
        else:
            self.fields["email"].required = True
        if not answers:
            del self.fields["answers"], self.fields["attach"]
        if self.initial.get("topic") == Enquiry.Topic.PROBLEM:
            self.fields["text"].label = _("What is wrong?")
        self.order_fields(["topic", "text", "attach", "name", "email"])

    def save(self, commit=True):
        enquiry = super().save(commit=False)
        if self.cleaned_data.get("attach"):
            enquiry.answers = self.cleaned_data["answers"]
        return enquiry

    def validate_unique(self):
        """A second sending of the same form is the first one: the verb gives it back."""
