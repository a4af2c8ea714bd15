"""The start gate: what must be seen before the first day, for each outcome."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.record.models import Event

_PERMISSION = _("A reviewer has seen the permission and recorded it.")
_ANSWER = _("The bureau's answer is entered, and a reviewer has confirmed it.")
_STATUS = _("A reviewer has recorded the new status of residence.")
_NEVER = _("The gate does not open for this plan. Change the plan, or choose another placement.")

NEEDS: dict[str, str] = {
    "V_NO_RESTRICTION": _("A copy of the residence card was seen, where there is one."),
    "V_NOT_NEEDED": _("The papers on this slip are accepted."),
    "V_WITHIN_STATUS": _("The designation paper was seen."),
    "V_COVERED": _("The copy of the permission is accepted, and it lasts to the last day."),
    "V_NEED_BLANKET": _PERMISSION,
    "V_NEED_INDIVIDUAL": _PERMISSION,
    "V_NEED_INDIVIDUAL_CASE": _PERMISSION,
    "V_REDUCE_OR_CONSULT": _(
        "The plan of hours stays within the limit, or a reviewer has confirmed the bureau's answer."
    ),
    "V_FLAG_CONFIRM": _ANSWER,
    "V_CHECK_SCOPE": _("A reviewer has recorded the answer."),
    "V_BUREAU": _("A reviewer has recorded the answer."),
    "V_CHANGE_STATUS": _STATUS,
    "V_STATUS_DA9": _STATUS,
    "V_STATUS_DA12": _STATUS,
    "V_STATUS_CULTURAL": _STATUS,
    "V_STATUS_TEMP_VISITOR": _STATUS,
    "V_NOT_POSSIBLE_AS_PLANNED": _NEVER,
    "V_PROHIBITED": _NEVER,
}


def stays_closed(outcome: str) -> bool:
    """Whether no paper and no person opens the gate on a plan with this outcome."""
    return NEEDS.get(outcome, _NEVER) is _NEVER


def say(event: Event) -> str:
    """Say to whoever changes a plan what becomes of the gate that was open."""
    return gettext("The start gate closes again.") if event.verb == "gate closed" else ""
