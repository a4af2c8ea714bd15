"""Write the slip of a result: every text in both languages, as JSON, to show now or store."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from careers.desk.dates import plain_day, span
from careers.desk.filing import filing_date
from careers.law import Assessment
from careers.law.conditions import PAY_KINDS
from careers.people.office import policy
from internships.board.models import Bureau
from internships.eligibility import decide, law_words
from internships.eligibility.changes import changes_of
from internships.eligibility.editions import rule_changes
from internships.eligibility.law_words import both
from internships.eligibility.page import comma, fact_label, ledgers, say_value
from internships.eligibility.questions import STEPS, UNSURE
from internships.eligibility.run import Run
from internships.eligibility.sources import days_of

NOT_NEEDED = {"V_NO_RESTRICTION", "V_NOT_NEEDED", "V_WITHIN_STATUS"}


def make_slip(run: Run) -> dict[str, Any]:
    """Give the slip of a complete run."""
    result, choices = run.assessment, policy()
    first, last = days_of(run.facts)
    file_by = filing_date(result.outcome, first, choices.bureau_lead_days)
    return {
        "number": f"{result.digest[:4]}-{result.digest[4:8]}".upper(),
        "made_on": timezone.localdate().isoformat(),
        "edition": result.edition,
        "digest": result.digest,
        "decided_for": run.on.isoformat(),
        "outcome": result.outcome,
        "flagged": result.flagged,
        "headline": law_words.headline(result),
        "lead": law_words.lead(result),
        "plain": law_words.plain(result),
        "line": both(lambda: _line(run, first, last)),
        "strip": {
            "permission": both(lambda: permission_words(run, result)),
            "kind": law_words.law_text(f"kind.{result.kind}", result),
            "held": both(lambda: held_words(run, result)),
        },
        "unknown": [both(lambda name=name: fact_label(name)) for name in result.unknown],
        "guidance": law_words.guidance(result),
        "reasons": [_reason(run, reason) for reason in result.reasons],
        "notes": law_words.notes(result),
        "papers": law_words.papers(result),
        "todo": law_words.todo(result),
        "changes": changes_of(run),
        "rule_changes": rule_changes(result, first, last),
        "assumptions": [both(say) for say in _assumptions(run)],
        "answers": _answers(run),
        "lead_days": choices.bureau_lead_days,
        "file_by": file_by.isoformat() if file_by else None,
        "office": office_of(run, result),
    }


def permission_words(run: Run, result: Assessment) -> str:
    """The word of the strip, and whether the office's flag is up and why."""
    word = law_words.strip_word(result)
    if not result.flagged:
        return word
    return _("%(word)s (flagged: %(why)s)") % {"word": word, "why": flag_reason(run, result)}


def flag_reason(run: Run, result: Assessment) -> str:
    paid = run.facts.get("pay_kind") in PAY_KINDS
    week, limit = run.facts.get("hours_per_week"), decide.office_limit(run.rules_on)
    over = week not in (None, UNSURE) and week > limit
    if paid and over:
        return _("paid and over %(hours)s h a week") % {"hours": limit}
    if paid:
        return _("paid")
    if over:
        return _("over %(hours)s h a week") % {"hours": limit}
    return _("possibly paid or over %(hours)s h a week") % {"hours": limit}


def held_words(run: Run, result: Assessment) -> str:
    """What permission the student holds, and whether it is enough here."""
    blanket, individual = (
        _holds(run, "has_blanket_permission"),
        _holds(run, "has_individual_permission"),
    )
    held = [_("Blanket permission")] if blanket == "y" else []
    held += [_("Individual permission for this company")] if individual == "y" else []
    if held:
        enough = result.outcome in NOT_NEEDED | {"V_COVERED"}
        return _(" and ").join(held) + ("" if enough else _(": not enough"))
    if UNSURE in (blanket, individual):
        return _("Not known")
    if blanket == individual == "n":
        return _("No permission")
    if blanket == "n":
        return _("No blanket permission")
    return _("No individual permission") if individual == "n" else _("Not asked")


def _holds(run: Run, key: str) -> str | None:
    """The answer, or what her record says of it where the wizard had no need to ask."""
    answered = run.walk.values.get(key)
    return answered or run.derived.get(key, (None, ""))[0]


def _line(run: Run, first, last) -> str:
    facts = run.facts
    parts = [str(run.posting.organisation)] if run.posting else []
    if facts.get("pay_kind") not in (None, UNSURE):
        parts.append(_("paid") if facts["pay_kind"] in PAY_KINDS else _("unpaid"))
    if facts.get("hours_per_week") not in (None, UNSURE):
        parts.append(say_value("hours_per_week", facts["hours_per_week"]))
    if first and last:
        parts.append(span(first, last))
    return " · ".join(parts)


def _reason(run: Run, reason) -> dict[str, Any]:
    return {
        "finding": reason.finding,
        "text": law_words.reason(reason, run.assessment),
        "answers": both(lambda: _because(run, reason.facts)),
        "sources": law_words.sources(reason.citations),
    }


def _because(run: Run, names: tuple[str, ...]) -> str:
    said = []
    for name in names:
        keys = ("credits_earned", "credits_required") if name == "credits_pct" else (name,)
        known = [(key, run.facts.get(key)) for key in keys if key in _SAYABLE]
        values = [say_value(key, value) for key, value in known if value is not None]
        if values:
            words = {"question": fact_label(name), "answer": comma().join(values)}
            said.append(_("%(question)s: %(answer)s") % words)
    return " · ".join(dict.fromkeys(said))


_SAYABLE = {field.key for step in STEPS for field in step.fields}


def _assumptions(run: Run) -> list[Callable[[], str]]:
    """What was taken as given without an answer; each is said, so that it can be corrected."""
    lines: list[Callable[[], str]] = []
    first, last = days_of(run.walk.values)
    if first and last and not run.calendar_covers and "in_long_vacation" in run.walk.values:
        lines.append(
            lambda: _("These days are outside our academic calendar: we counted them as term time.")
        )
    if run.is_older:
        lines.append(lambda: _older_rules(run))
    elif not first:
        lines.append(lambda: _("Without a first day, the rules of today were used."))
    if (
        run.walk.values.get("in_long_vacation") == "y"
        and run.walk.origins.get("in_long_vacation") == "calendar"
    ):
        lines.append(
            lambda: _(
                "In the first and last 7 days, hours in term and in the vacation may have to be "
                "added: there is no official method for mixed weeks. Keep to the lower limit there."
            )
        )
    return lines


def _older_rules(run: Run) -> str:
    return _("Decided by the rules for work from %(old)s; today those from %(new)s hold.") % {
        "old": plain_day(run.rules_on),
        "new": plain_day(run.edition_today.starts),
    }


def _answers(run: Run) -> list[dict[str, Any]]:
    """The ledgers as they were, for the stored slip and the printed one."""
    texts = {}
    for language in ("ja", "en"):
        with override(language):
            texts[language] = [
                (str(line.words.short), line.said, line.origin)
                for _title, lines in ledgers(run)
                for line in lines
            ]
    return [
        {
            "label": {"ja": ja[0], "en": en[0]},
            "said": {"ja": ja[1], "en": en[1]},
            "origin": {"ja": ja[2], "en": en[2]},
        }
        for ja, en in zip(texts["ja"], texts["en"], strict=True)
    ]


def office_of(run: Run, result: Assessment) -> dict[str, Any] | None:
    """The immigration office that answers for the address, with its own caveats."""
    prefecture = run.walk.values.get("prefecture")
    if not prefecture or prefecture == UNSURE:
        return None
    bureau = Bureau.objects.responsible_for(prefecture)
    if bureau is None:
        return None
    abroad = run.walk.values.get("institution") == "foreign"
    return {
        "name": {"ja": bureau.name_ja, "en": bureau.name_en},
        "why": both(
            lambda: (
                (
                    _("for the address of the company in %(place)s")
                    if abroad
                    else _("for your home address in %(place)s")
                )
                % {"place": say_value("prefecture", prefecture)}
            )
        ),
        "address": bureau.address_ja,
        "phone": bureau.phone,
        "checked": bureau.checked_on.isoformat(),
    }
