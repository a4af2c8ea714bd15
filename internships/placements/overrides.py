"""A reviewer's answer in place of the rules'. The rules' own verdict is kept as it was.

The newest verdict of a placement is the one that counts everywhere: home, gate, case, desk. An
override that holds adds such a verdict, and taking it back adds the earlier one anew; so every
room learns of it in the same way as of changed facts, in the same transaction.
"""

import copy

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from careers.desk import letters
from careers.desk.filing import filing_date
from careers.law import OUTCOMES, text
from careers.people.models import User
from careers.people.office import policy
from careers.record import log
from internships.placements.models import Override, Placement, Verdict
from internships.placements.signals import facts_changed
from internships.placements.workflow import CHANGEABLE, TooLate

# What the rules call impossible one reviewer alone does not call possible.
NEEDS_SECOND = {code for code, outcome in OUTCOMES.items() if outcome.look == "stop"}
_INDIVIDUAL = ("INDIVIDUAL", "BLANKET_PLUS_INDIVIDUAL")
# The kinds an answer can have; those not named here are confirmed with the bureau.
_KINDS = {
    "V_NO_RESTRICTION": ("NONE",),
    "V_NOT_NEEDED": ("NONE",),
    "V_WITHIN_STATUS": ("NONE",),
    "V_PROHIBITED": ("NONE",),
    "V_NOT_POSSIBLE_AS_PLANNED": ("NONE",),
    "V_COVERED": ("BLANKET", *_INDIVIDUAL),
    "V_NEED_BLANKET": ("BLANKET",),
    "V_REDUCE_OR_CONSULT": ("BLANKET",),
    "V_NEED_INDIVIDUAL": _INDIVIDUAL,
    "V_NEED_INDIVIDUAL_CASE": _INDIVIDUAL,
    "V_CHECK_SCOPE": _INDIVIDUAL,
    "V_CHANGE_STATUS": ("STATUS_CHANGE",),
    "V_STATUS_DA9": ("COE",),
    "V_STATUS_DA12": ("COE",),
    "V_STATUS_CULTURAL": ("COE",),
    "V_STATUS_TEMP_VISITOR": ("VISA_ONLY",),
}
_LETTERS = ("override_made", "override_withdrawn")


def override_in_force(placement: Placement) -> Override | None:
    """Give the override behind the verdict that counts, or None where the rules' own counts."""
    newest = placement.verdicts.first()
    found = Override.objects.filter(replacement=newest) if newest else Override.objects.none()
    return found.select_related("made_by", "confirmed_by", "verdict").first()


def override_waiting(placement: Placement) -> Override | None:
    """Give the override that waits for a second reviewer."""
    waiting = Override.objects.open().filter(verdict__placement=placement, replacement=None)
    return waiting.select_related("made_by", "verdict").first()


@transaction.atomic
def make(placement: Placement, outcome: str, reason: str, *, actor: User) -> Override:
    """Answer in place of the rules. Where they say "not possible", a second reviewer is awaited.

    Raises TooLate when the placement has moved on, or somebody answered first.
    """
    row = _taken(placement)
    verdict = row.verdicts.first()
    if verdict is None or override_in_force(row) or override_waiting(row):
        raise TooLate
    override = Override(
        verdict=verdict,
        outcome=outcome,
        reason=reason,
        needs_second=verdict.outcome in NEEDS_SECOND,
        made_by=actor,
        made_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            override.save()
    except IntegrityError as first:
        raise TooLate from first
    if not override.needs_second:
        _put_in_force(override, row, actor)
    _log("overridden", override, row, actor, after=outcome)
    return override


@transaction.atomic
def confirm(placement: Placement, *, actor: User) -> Override:
    """Confirm as the second reviewer. Raises TooLate, also for the one who made it."""
    row = _taken(placement)
    override = override_waiting(row)
    if override is None or override.made_by_id == actor.pk:
        raise TooLate
    override.confirmed_by, override.confirmed_at = actor, timezone.now()
    _put_in_force(override, row, actor)
    _log("confirmed", override, row, actor, after=override.outcome)
    return override


@transaction.atomic
def withdraw(placement: Placement, *, actor: User) -> Override:
    """Take an answer back: the rules' own verdict counts again. Raises TooLate."""
    row = _taken(placement)
    override = override_in_force(row) or override_waiting(row)
    if override is None:
        raise TooLate
    held = override.holds
    override.withdrawn_by, override.withdrawn_at = actor, timezone.now()
    override.save()
    if held:
        again = _copy(override.verdict, actor)
        _tell(row, override.replacement, again, actor)
        _write("override_withdrawn", row)
    _log("withdrawn", override, row, actor, after=override.verdict.outcome)
    return override


def _taken(placement: Placement) -> Placement:
    row = Placement.objects.select_for_update().get(pk=placement.pk)
    if row.state not in CHANGEABLE:
        raise TooLate
    return row


def _put_in_force(override: Override, row: Placement, actor: User) -> None:
    before = override.verdict
    override.replacement = _copy(
        before,
        actor,
        outcome=override.outcome,
        file_by=filing_date(override.outcome, row.starts_on, policy().bureau_lead_days),
        assessment=_slip_instead(before, override),
    )
    override.save()
    _tell(row, before, override.replacement, actor)
    _write("override_made", row)


def _copy(verdict: Verdict, actor: User, **changes) -> Verdict:
    fields = (field.name for field in Verdict._meta.fields)
    kept = {name: getattr(verdict, name) for name in fields if name not in ("id", "made_at")}
    return Verdict.objects.create(**kept | {"made_by": actor} | changes)


def _slip_instead(verdict: Verdict, override: Override) -> dict:
    """Give the stored slip with the reviewer's answer on it; reasons and papers stay as found."""
    stored = copy.deepcopy(verdict.assessment)
    slip, code = stored["slip"], override.outcome
    slip["outcome"] = code
    slip["headline"] = _both(f"outcome.{code}")
    slip["lead"] = {
        language: f"{words} {_said(language)}"
        for language, words in _both(f"outcome.{code}.sentence").items()
    }
    slip["plain"] = _both(f"outcome.{code}.plain")
    word = _both(f"outcome.{code}.strip")
    slip["strip"]["permission"] = {lang: said[:1].upper() + said[1:] for lang, said in word.items()}
    slip["strip"]["kind"] = _both(f"kind.{_kind(verdict, code)}")
    slip["guidance"] = None
    # What the rules said beyond their reasons is about their own answer.
    for told in ("unknown", "todo", "changes", "rule_changes"):
        slip[told] = []
    return stored


def _kind(verdict: Verdict, code: str) -> str:
    """Give the kind of permission that belongs to an answer; of several, the one found."""
    kinds = _KINDS.get(code, ("CONFIRM",))
    found = verdict.assessment.get("law", {}).get("kind", "")
    return found if found in kinds else kinds[0]


def _both(key: str) -> dict[str, str]:
    return {language: text(key, language) for language in ("ja", "en")}


def _said(language: str) -> str:
    with translation.override(language):
        return _("A reviewer of our office gave this answer in place of the rules.")


def _tell(row: Placement, before: Verdict, verdict: Verdict, actor: User) -> None:
    facts_changed.send(
        Placement, placement=row, before=before, verdict=verdict, actor=actor, moved=False
    )


def _write(kind: str, row: Placement) -> None:
    """Write to the student; what is taken back before it went out is not said at all."""
    if letters.cancel(row, *_LETTERS) == 0 or kind == "override_made":
        link = {"link": row.get_absolute_url()}
        letters.write(kind, row.student.user, row, context=link)


def _log(verb: str, override: Override, row: Placement, actor: User, *, after: str) -> None:
    log.append(
        verb,
        row,
        actor=actor,
        about=row.student.user,
        before={"outcome": override.verdict.outcome},
        after={"outcome": after, "in_force": override.holds},
        reason=override.reason,
    )
