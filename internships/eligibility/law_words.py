"""The words of the law for a slip, each in both languages, and the few that are the page's own."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _

from careers import law
from careers.desk.dates import is_japanese
from careers.law import Assessment, Reason
from careers.law.sources import UNDATED
from careers.law.texts import TEXTS

Pair = dict[str, str]

HEADLINES: dict[str, Any] = {
    "V_NO_RESTRICTION": gettext_lazy("Your status has no work limit"),
    "V_NOT_NEEDED": gettext_lazy("You need no permission for this placement"),
    "V_WITHIN_STATUS": gettext_lazy("Your designation already allows this"),
    "V_COVERED": gettext_lazy("A permission is needed, and you hold it"),
    "V_NEED_BLANKET": gettext_lazy("You need blanket permission before you start"),
    "V_NEED_INDIVIDUAL": gettext_lazy("You need individual permission before you start"),
    "V_NEED_INDIVIDUAL_CASE": gettext_lazy("Individual permission, decided case by case"),
    "V_REDUCE_OR_CONSULT": gettext_lazy("Too many hours together with your other work"),
    "V_FLAG_CONFIRM": gettext_lazy("Confirm with the bureau before you start"),
    "V_CHECK_SCOPE": gettext_lazy("Check first what your status allows"),
    "V_CHANGE_STATUS": gettext_lazy("You need another status of residence first"),
    "V_BUREAU": gettext_lazy("Talk to us first"),
    "V_STATUS_DA9": gettext_lazy("Come as: Designated Activities No. 9 (internship)"),
    "V_STATUS_DA12": gettext_lazy("Come as: Designated Activities No. 12 (summer job)"),
    "V_STATUS_CULTURAL": gettext_lazy("Come as: Cultural Activities"),
    "V_STATUS_TEMP_VISITOR": gettext_lazy("Come as: Temporary Visitor"),
    "V_NOT_POSSIBLE_AS_PLANNED": gettext_lazy("Not possible as planned"),
    "V_PROHIBITED": gettext_lazy("This placement is not possible"),
}


def both(say: Callable[[], str]) -> Pair:
    """Say something in Japanese and in English."""
    texts = {}
    for language in ("ja", "en"):
        with override(language):
            texts[language] = str(say())
    return texts


def law_text(key: str, result: Assessment) -> Pair:
    """Give a text of the law, its numbers as they were in the edition of the result."""
    on = date.fromisoformat(result.edition)
    return {language: law.text(key, language, on) for language in ("ja", "en")}


def headline(result: Assessment) -> Pair:
    return both(lambda: HEADLINES[result.outcome])


def lead(result: Assessment) -> Pair:
    if result.outcome == "V_FLAG_CONFIRM":
        return both(lambda: _("Treat as needing permission until the bureau confirms."))
    return law_text(f"outcome.{result.outcome}.sentence", result)


def plain(result: Assessment) -> Pair:
    """The same in easy Japanese, for readers of either language."""
    return law_text(f"outcome.{result.outcome}.plain", result)


def strip_word(result: Assessment) -> str:
    word = law_text(f"outcome.{result.outcome}.strip", result)["ja" if is_japanese() else "en"]
    return word[:1].upper() + word[1:]


def guidance(result: Assessment) -> dict[str, Pair] | None:
    """The guidance and our office's rule side by side: the agreed sentence, cut in two."""
    if result.outcome != "V_FLAG_CONFIRM":
        return None
    sentence = law_text(f"outcome.{result.outcome}.sentence", result)
    ends = {"ja": "。", "en": "internships."}
    cut = {lang: sentence[lang].index(end) + len(end) for lang, end in ends.items()}
    return {
        "says": {lang: sentence[lang][:at].strip() for lang, at in cut.items()},
        "asks": {lang: sentence[lang][at:].strip() for lang, at in cut.items()},
    }


def reason(one: Reason, result: Assessment) -> Pair:
    """A finding that only raises a flag is told in the words of the flag."""
    if f"reason.{one.finding}" in TEXTS:
        return {language: law.reason_text(one, result, language) for language in ("ja", "en")}
    texts = [law_text(f"flag.{code}.sentence", result) for code in flags_told_by(one, result)]
    return {language: " ".join(text[language] for text in texts) for language in ("ja", "en")}


def flags_told_by(one: Reason, result: Assessment) -> tuple[str, ...]:
    if f"reason.{one.finding}" in TEXTS:
        return ()
    edition = law.edition_for(date.fromisoformat(result.edition))
    return edition.finding(one.finding).flags


def notes(result: Assessment) -> list[dict[str, Any]]:
    """Give the flags that no reason tells already."""
    told = {code for one in result.reasons for code in flags_told_by(one, result)}
    return [
        {
            "code": code,
            "title": law_text(f"flag.{code}", result),
            "text": law_text(f"flag.{code}.sentence", result),
            "plain": law_text(f"flag.{code}.plain", result),
        }
        for code in result.flags
        if code not in told
    ]


def todo(result: Assessment) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "what": law_text(f"step.{code}", result),
            "who": law_text(f"step.{code}.who", result),
        }
        for code in result.steps
    ]


def papers(result: Assessment) -> list[dict[str, Any]]:
    """Give the papers in two groups: for the authority, and kept by our office."""
    groups = [
        (both(lambda: _for_whom(result.kind)), "D_"),
        (both(lambda: _("Kept by our office")), "O_"),
    ]
    found = [
        {
            "title": title,
            "papers": [_paper(code, result) for code in result.documents if code[:2] == letter],
        }
        for title, letter in groups
    ]
    return [group for group in found if group["papers"]]


def _for_whom(kind: str) -> str:
    if kind == "STATUS_CHANGE":
        return _("For the bureau: a fee is due")
    if kind == "COE":
        return _("For the certificate of eligibility")
    if kind == "VISA_ONLY":
        return _("For the embassy, unless you need no visa")
    return _("For the bureau: no fee")


def _paper(code: str, result: Assessment) -> dict[str, Any]:
    parts = {"name": "", "what": ".what", "who": ".issuer", "time": ".time"}
    keys = {part: f"document.{code}{end}" for part, end in parts.items()}
    texts = {part: law_text(key, result) if key in TEXTS else None for part, key in keys.items()}
    return {"code": code, **texts}


def sources(ids: Iterable[str]) -> list[dict[str, Any]]:
    return [_source(law.citation(one)) for one in ids]


def _source(one: law.Citation) -> dict[str, Any]:
    return {
        "rule": one.id,
        "strength": _STRENGTHS.get(one.strength, one.strength),
        "uncertain": one.uncertain,
        "title": both(lambda: _source_title(one)),
        "dated": both(lambda: "" if one.source_date == UNDATED else one.source_date),
        "url": one.address,
        "checked": one.last_checked.isoformat(),
    }


# The letter of the law and the one of the component for "decided by the office".
_STRENGTHS = {"D": "design"}


def _source_title(one: law.Citation) -> str:
    """Name the first source, and how many say the same; an office rule names itself."""
    if not one.sources:
        return one.title(get_language())
    first = one.sources[0]
    name = first.ja if is_japanese() else first.en
    more = len(one.sources) - 1
    if not more:
        return name
    words = ngettext("%(name)s, and %(more)s more", "%(name)s, and %(more)s more", more)
    return words % {"name": name, "more": more}
