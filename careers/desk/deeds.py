"""What was done to an enquiry, in words: by whom, when."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.desk.dates import near_day
from careers.record.models import Event

# %(who)s, %(when)s
_TOLD = {
    "answered": gettext_lazy("%(who)s has answered (%(when)s)."),
    "withdrew answer": gettext_lazy("%(who)s has taken an answer back (%(when)s)."),
    "wrote again": gettext_lazy("%(who)s has written once more (%(when)s)."),
    "took": gettext_lazy("%(who)s looks after this enquiry (%(when)s)."),
    "closed": gettext_lazy("%(who)s has closed this enquiry (%(when)s)."),
}


def told(event: Event) -> str:
    """Tell somebody who came too late what has happened."""
    at = timezone.localtime(event.at)
    words = _TOLD.get(event.verb, gettext_lazy("%(who)s has changed this enquiry (%(when)s)."))
    who = event.actor or _("The visitor")
    return words % {"who": who, "when": f"{near_day(at)} {at:%H:%M}"}
