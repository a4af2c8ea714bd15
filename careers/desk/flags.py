"""How each outcome of the law is said and shown: kind (icon, colour, shape), words, seal."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Flag:
    kind: str
    words: str
    seal: str = ""


_COME_AS = "route"

FLAGS: dict[str, Flag] = {
    "V_NO_RESTRICTION": Flag("clear", _("No work limit on your status"), "許可不要"),
    "V_NOT_NEEDED": Flag("clear", _("No permission needed"), "許可不要"),
    "V_WITHIN_STATUS": Flag("clear", _("Your designation allows it"), "許可不要"),
    "V_COVERED": Flag("held", _("Permission needed, already held"), "許可有効"),
    "V_NEED_BLANKET": Flag("need", _("Blanket permission first"), "許可必要"),
    "V_NEED_INDIVIDUAL": Flag("need", _("Individual permission first"), "許可必要"),
    "V_NEED_INDIVIDUAL_CASE": Flag("confirm", _("Individual permission, case by case"), "相談必要"),
    "V_REDUCE_OR_CONSULT": Flag("confirm", _("Over 28 h with your other job"), "調整必要"),
    "V_FLAG_CONFIRM": Flag("confirm", _("Confirm with the bureau first"), "確認必要"),
    "V_CHECK_SCOPE": Flag("confirm", _("Check what your status allows"), "確認必要"),
    "V_CHANGE_STATUS": Flag("confirm", _("Another status first"), "変更必要"),
    "V_BUREAU": Flag("unknown", _("Talk to us first"), "相談必要"),
    "V_STATUS_DA9": Flag(_COME_AS, _("Come as: Designated Activities No. 9"), "手続必要"),
    "V_STATUS_DA12": Flag(_COME_AS, _("Come as: Designated Activities No. 12"), "手続必要"),
    "V_STATUS_CULTURAL": Flag(_COME_AS, _("Come as: Cultural Activities"), "手続必要"),
    "V_STATUS_TEMP_VISITOR": Flag(_COME_AS, _("Come as: Temporary Visitor"), "手続必要"),
    "V_NOT_POSSIBLE_AS_PLANNED": Flag("stop", _("Not possible as planned"), "計画変更"),
    "V_PROHIBITED": Flag("stop", _("Not possible"), "実施不可"),
}
CANNOT_TELL = Flag("unknown", _("Cannot tell yet"))


def flag_of(outcome: str) -> Flag:
    """An outcome nobody has recorded (facts missing) is said, not hidden."""
    return FLAGS.get(outcome, CANNOT_TELL)
