"""A stored slip stays as it was; this says where today's rules would say otherwise."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from careers import law
from careers.law import RULEBOOK, Assessment, Rulebook, assess
from careers.people.office import policy
from internships.placements.models import Verdict

Pair = dict[str, str]


@dataclass(frozen=True)
class Otherwise:
    """What a stored verdict and today's rules say of the same facts, where that differs."""

    before: str
    now: str
    papers_more: list[Pair]
    papers_less: list[Pair]
    notes_more: list[Pair]
    notes_less: list[Pair]
    assessed_before: Assessment
    assessed_now: Assessment


def said_today(verdict: Verdict, book: Rulebook = RULEBOOK) -> Otherwise | None:
    """Give what today's rules, and the office's rules of today, would change on a stored slip.

    The day of work decides as before; without one, the slip took the day it was made on, and now
    takes today. None where today's slip would have the same answer, papers and notes.
    """
    on = verdict.decided_for if verdict.placement.starts_on else timezone.localdate()
    return said_on(verdict, on, book)


def said_on(verdict: Verdict, on: date, book: Rulebook = RULEBOOK) -> Otherwise | None:
    """Give what the rules of a day would say otherwise than a stored slip, with today's policy."""
    return law_said_on(verdict.assessment.get("law"), on, book)


def law_said_on(
    stored: dict[str, Any] | None, on: date, book: Rulebook = RULEBOOK
) -> Otherwise | None:
    """The same for what a slip stored of the law, where nothing else of it is at hand."""
    if stored is None:
        return None
    before = Assessment.from_dict(stored)
    return otherwise(before, assess(before.facts, on, policy(), book))


def otherwise(before: Assessment, now: Assessment) -> Otherwise | None:
    """Give where two answers to the same facts differ in outcome, papers or notes."""
    if (before.outcome, before.documents, before.flags) == (now.outcome, now.documents, now.flags):
        return None
    return Otherwise(
        before=before.outcome,
        now=now.outcome,
        papers_more=_named("document", now.documents, before.documents),
        papers_less=_named("document", before.documents, now.documents),
        notes_more=_named("flag", now.flags, before.flags),
        notes_less=_named("flag", before.flags, now.flags),
        assessed_before=before,
        assessed_now=now,
    )


def _named(kind: str, these: tuple[str, ...], without: tuple[str, ...]) -> list[dict[str, Any]]:
    codes = [code for code in these if code not in without]
    return [{lang: law.text(f"{kind}.{code}", lang) for lang in ("ja", "en")} for code in codes]
