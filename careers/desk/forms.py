import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from careers.desk.models import Enquiry


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Your message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    # The same form sent twice carries the same key.
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class EnquiryForm(forms.ModelForm):
    text = forms.CharField(
        label=_("Your question"),
        help_text=_("Up to 5,000 letters. Do not write your residence card number."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    class Meta:
        model = Enquiry
        fields = ["topic", "name", "email", "form_key"]
        widgets = {"form_key": forms.HiddenInput}
        help_texts = {"email": _("We send you a link to our answer.")}

    def __init__(self, *args, asker=None, **kwargs):
        kwargs["initial"] = {"form_key": uuid.uuid4} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.instance.asker = asker
        if asker:
            del self.fields["name"], self.fields["email"]
        else:
            self.fields["email"].required = True
        self.order_fields(["topic", "text", "name", "email"])

    def validate_unique(self):
        """A second sending of the same form is the first one: the verb gives it back."""
