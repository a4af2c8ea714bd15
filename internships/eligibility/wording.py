"""What the pages of the wizard say beside the words of the law: pairs, days, errors, origins."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from careers import law
from careers.desk.dates import is_japanese
from careers.law.texts import TEXTS
from internships.eligibility.questions import FIELDS, PREFER_NOT, UNSURE, Field, Step


@dataclass(frozen=True)
class Option:
    """term: the official Japanese word, shown beside the words of another language."""

    label: str
    term: str = ""
    help: str = ""


@dataclass(frozen=True)
class Words:
    """short: the line in the ledger and on the road; where and see: where to find the answer."""

    question: str
    short: str
    term: str = ""
    help: str = ""
    why: str = ""
    where: str = ""
    see: str = ""


def said(key: str) -> str:
    """Give words of the law in the reader's language; none where there are none."""
    return law.text(key, "ja" if is_japanese() else "en") if key in TEXTS else ""


# Pages that ask for something else than one fact of the law.
_HOURS = Words(
    _("How many hours will you work?"),
    _("Largest week and day"),
    "時間",
    help=_("The largest planned week, and the longest planned day. Leave out breaks."),
    why=_(
        "The law limits paid hours by the week, in a long vacation by the day. "
        "Our office also looks at unpaid placements with long weeks."
    ),
)
_PAGES: dict[str, Words] = {
    "dates": Words(
        _("When is the placement?"),
        _("Dates"),
        "実習期間",
        help=_("First and last day, as far as planned."),
        why=_(
            "The dates tell whether the placement lies in a long vacation, whether a permission "
            "lasts to the end, and by when to file."
        ),
    ),
    "credits": Words(
        _("How many credits have you earned?"),
        _("Credits"),
        "単位",
        help=_("As on your transcript, and the number needed to graduate."),
        why=_("The class for undergraduates asks for nearly all credits."),
    ),
    "prefecture": Words(
        _("In which prefecture do you live?"),
        _("Prefecture"),
        "都道府県",
        help=_("You file at the immigration office for your home address."),
        why=_("Each immigration office answers for some prefectures."),
    ),
}
HOST_PREFECTURE = Words(
    _("In which prefecture is the company?"),
    _("Prefecture of the company"),
    "都道府県",
    help=_("The company or its agent files at the immigration office for its address."),
    why=_("Each immigration office answers for some prefectures."),
)
_PICTURES = {
    "status": "card_front",
    "vacation": "vacations",
    "blanket": "card_back",
    "individual": "card_back",
}


def step_words(step: Step, fields: tuple[Field, ...] = ()) -> Words:
    """Give the words of a page; fields: those it shows, where not all of them matter."""
    if step.code in _PAGES:
        return _PAGES[step.code]
    if len(fields or step.fields) > 1:
        return _HOURS
    question = step.questions[0]
    key = f"question.{question.key}"
    return Words(
        question=said(key),
        short=said(f"fact.{question.key}"),
        term=question.official,
        help=said(f"{key}.help"),
        why=said(f"{key}.why"),
        where=said(f"{key}.where"),
        see=_PICTURES.get(step.code, ""),
    )


_LABELS: dict[str, str] = {
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "credits_pct": _("Credits"),
    "credits_earned": _("Credits earned"),
    "credits_required": _("Credits needed to graduate"),
    "prefecture": _("Prefecture"),
}


def field_label(key: str) -> str:
    return str(_LABELS.get(key) or said(f"fact.{key}"))


def unsure_label(key: str) -> str:
    return str(_("I do not know the dates yet")) if key == "starts_on" else said("answer.unknown")


def option_of(key: str, value: str) -> Option:
    if value == UNSURE:
        help_ = _("We say what depends on it, and keep your other answers.")
        return Option(said("answer.unknown"), "分かりません", help_)
    if value == PREFER_NOT:
        help_ = _("Everything else still works. The result is then: talk to us first.")
        return Option(said("answer.private"), "答えたくありません", help_)
    question = FIELDS[key].question
    official = next(one.official for one in question.options if one.code == value)
    plain = {"y": "answer.yes", "n": "answer.no"}.get(value, "")
    label = said(f"answer.{key}.{value}") or said(plain)
    return Option(label, official, said(f"answer.{key}.{value}.help"))


_CHOOSE = _('Choose one answer. If you do not know, choose "I am not sure".')
_EMPTY_CHOICE = {
    "pay_kind": _('Choose what you will receive. If you do not know, choose "I am not sure".'),
}
_HOUR_ERROR = _("Write hours as one number from %(low)s to %(high)s, for example %(example)s.")
_CREDIT_ERROR = _("Write credits as one number from %(low)s to %(high)s, for example %(example)s.")
_DAYS_ERROR = _("Write days as one whole number from %(low)s to %(high)s.")
_NUMBER_ERRORS = {
    "hours_per_day": (_HOUR_ERROR, "7.5"),
    "credits_earned": (_CREDIT_ERROR, "118"),
    "credits_required": (_CREDIT_ERROR, "124"),
    "duration_days": (_DAYS_ERROR, ""),
    "foreign_prior_intern_days": (_DAYS_ERROR, ""),
    "foreign_programme_years": (
        _("Write years as one number from %(low)s to %(high)s, for example %(example)s."),
        "4",
    ),
}


def error_words(field: Field, problem: str) -> str:
    """Say what is wrong with one field, and what would be right."""
    if field.kind in ("choice", "prefecture") and problem in ("choice", "empty"):
        return str(_EMPTY_CHOICE.get(field.key, _CHOOSE))
    if field.kind == "number" and problem in ("number", "empty"):
        words, example = _NUMBER_ERRORS.get(field.key, (_HOUR_ERROR, "27.5"))
        return words % {"low": field.low, "high": field.high, "example": example}
    return str(_PROBLEMS[problem])


_PROBLEMS = {
    "empty": _("Write the date like 2027-02-15."),
    "day": _("Write the date like 2027-02-15."),
    "day_range": _("Choose a day from 2019-04-01 on. For earlier days there are no rules here."),
    "day_order": _("The last day is before the first day."),
    "hours_fit": _("The hours of the day and of the week do not fit together."),
    "credits_fit": _("The credits earned and the credits needed do not fit together."),
}

ORIGINS = {
    "you": _("you answered"),
    "posting": _("posting"),
    "record": _("your record"),
    "calendar": _("academic calendar"),
}
