"""What a posting means for one student: the outcome of the law, and one sentence that says why.

Shown to the student herself and nobody else. The whole answer, with its sources, is the wizard's.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from careers.desk.dates import near_day, plain_day
from careers.desk.filing import filing_date, is_late, late_words
from careers.law import OUTCOMES, Assessment, NoEdition, assess, edition_for, merge
from careers.people.calendar import academic_calendar
from careers.people.facts import facts_of as facts_of_student
from careers.people.facts import is_old
from careers.people.models import Student
from careers.people.office import policy as policy_of_the_office
from internships.board.facts import facts_of
from internships.board.models import Posting
from internships.board.words import plain

# What a posting may lack, as a student would ask for it.
MISSING = {
    "pay_kind": gettext_lazy("what it pays"),
    "hours_per_week": gettext_lazy("hours a week"),
    "term_hours_per_week": gettext_lazy("hours a week"),
    "hours_per_day": gettext_lazy("hours a day"),
    "in_long_vacation": gettext_lazy("dates"),
    "duration_days": gettext_lazy("dates"),
}


@dataclass(frozen=True)
class Sign:
    """A flag for one student on one posting. An empty outcome is "cannot tell yet"."""

    outcome: str
    reason: str
    missing: tuple[str, ...] = ()
    file_by: date | None = None
    holds: str = ""

    @property
    def fits(self) -> bool:
        """She can take it as planned, where need be once a permission is there."""
        return bool(self.outcome) and OUTCOMES[self.outcome].fits == "yes"

    @property
    def too_late(self) -> bool:
        """The safe day has passed; the reason says what is left to do."""
        return is_late(self.file_by)


def student_of(user) -> Student | None:
    """Give the record of somebody who is a student; nobody else has signs."""
    if not (user.is_authenticated and user.is_student):
        return None
    return getattr(user, "student", None)


def signs_for(student: Student, postings: Iterable[Posting]) -> dict[int, Sign]:
    """Give the sign of each posting by its key; at most three queries, however many there are."""
    calendar, policy, today = academic_calendar(), policy_of_the_office(), timezone.localdate()
    return {posting.pk: _sign(student, posting, calendar, policy, today) for posting in postings}


def outcomes_for(student: Student, postings: Iterable[Posting]) -> dict[int, str]:
    """Give the outcome of each posting by its key, as its sign has it, without words."""
    calendar, policy, today = academic_calendar(), policy_of_the_office(), timezone.localdate()
    if is_old(student):
        return {posting.pk: "" for posting in postings}
    outcomes = {}
    for posting in postings:
        found = _found(student, posting, calendar, policy, today)
        told = found is not None and not _lacking(found, posting)
        outcomes[posting.pk] = found.outcome if told else ""
    return outcomes


def _found(student, posting, calendar, policy, today) -> Assessment | None:
    """Ask the law; None for days before the first rules we know."""
    record = facts_of_student(student, posting.starts_on, posting.ends_on)
    together = merge(record.for_the_law(), facts_of(posting, calendar))
    try:
        # The day that counts is the day the work is done.
        return assess(together.facts, posting.starts_on or today, policy)
    except NoEdition:
        return None


def _sign(student, posting, calendar, policy, today) -> Sign:
    if is_old(student):
        return Sign("", _old_words(student))
    found = _found(student, posting, calendar, policy, today)
    if found is None:
        return Sign("", _("These days lie before the first rules we know."))
    on = posting.starts_on or today
    if lacking := _lacking(found, posting):
        return Sign("", _missing_words(lacking), lacking)
    file_by = filing_date(found.outcome, posting.starts_on, policy.bureau_lead_days)
    return Sign(
        outcome=found.outcome,
        reason=" ".join(filter(None, [_reason(found, on), _file_words(file_by)])),
        file_by=file_by,
        holds=_holds(found),
    )


def _lacking(found: Assessment, posting: Posting) -> tuple[str, ...]:
    """Give what the posting does not say though the answer hangs on it."""
    return tuple(dict.fromkeys(MISSING[name] for name in found.unknown if name in MISSING))


def _old_words(student: Student) -> str:
    """The check asks her again before it answers, and so do we."""
    return _("You last confirmed your stay on %(day)s. Confirm it again in “My record” first.") % {
        "day": plain_day(student.facts_confirmed_on)
    }


def _missing_words(lacking: tuple[str, ...]) -> str:
    named = pgettext("in a list", ", ").join(map(str, lacking))
    return _("The posting does not say: %(facts)s.") % {"facts": named}


def _file_words(file_by: date | None) -> str:
    if file_by is None:
        return ""
    if is_late(file_by):
        return late_words(file_by)
    return _("File by %(day)s.") % {"day": near_day(file_by)}


def _holds(found: Assessment) -> str:
    """Say of the permission on record whether it serves here."""
    if not found.facts.has_blanket_permission:
        return ""
    if found.outcome == "V_COVERED":
        return _("is enough")
    if found.outcome in ("V_NEED_BLANKET", "V_NEED_INDIVIDUAL", "V_NEED_INDIVIDUAL_CASE"):
        return _("does not cover it")
    return ""


def _reason(found: Assessment, on: date) -> str:
    say = _REASONS.get(found.outcome)
    return say(found, _Numbers(found, on)) if say else _("Check in detail, or ask us.")


class _Numbers:
    """The hours of a placement and the limits of its day, as they stand in a sentence."""

    def __init__(self, found: Assessment, on: date):
        limits = edition_for(on).parameters
        self.limit, self.day_limit = limits["week_hours"], limits["vacation_day_hours"]
        partly = found.facts.in_long_vacation == "partial"
        self.week = found.facts.term_hours_per_week if partly else found.facts.hours_per_week
        self.other = found.facts.other_weekly_work_hours or Decimal(0)
        self.in_vacation = (
            found.facts.in_long_vacation == "y" and found.facts.status_of_residence == "STUDENT"
        )

    @property
    def words(self) -> dict[str, str]:
        hours = {"limit": self.limit, "day_limit": self.day_limit, "other": self.other}
        if isinstance(self.week, Decimal):
            total = self.week + self.other
            hours |= {"week": self.week, "sum": total, "cut": total - self.limit}
        return {name: plain(value) for name, value in hours.items()}

    def say(self, text: str) -> str:
        return text % self.words


def _no_restriction(found: Assessment, numbers: _Numbers) -> str:
    if found.facts.status_of_residence == "JAPANESE":
        return _("Japanese nationals need no permission to work.")
    return _("Your status of residence has no limit on work.")


def _not_needed(found: Assessment, numbers: _Numbers) -> str:
    if "F_SCOPE_OF_STATUS" in found.flags:
        return _("Unpaid: no permission asked for, but it must fit what your status is for.")
    if "F_ACTUAL_COSTS_ONLY" in found.flags:
        return _("Unpaid. Costs paid back by receipt are widely treated as not being pay.")
    return _("Unpaid: guidance asks for no permission.")


def _within_status(found: Assessment, numbers: _Numbers) -> str:
    return _("Your designation paper allows this internship.")


def _covered(found: Assessment, numbers: _Numbers) -> str:
    if found.kind != "BLANKET":
        return _("Your permission names this host and covers these dates.")
    if numbers.in_vacation:
        return numbers.say(
            _("Your blanket permission is enough: up to %(day_limit)s h a day in a long vacation.")
        )
    if numbers.other:
        return numbers.say(
            _("Your blanket permission is enough: %(week)s h + %(other)s h = %(sum)s h.")
        )
    return numbers.say(_("Your blanket permission is enough: %(week)s h of %(limit)s h a week."))


def _need_blanket(found: Assessment, numbers: _Numbers) -> str:
    if "F_PERMISSION_EXPIRES" in found.flags:
        return _("Your blanket permission ends before the placement does.")
    return _("Paid: get blanket permission before you start.")


def _need_individual(found: Assessment, numbers: _Numbers) -> str:
    return _over_the_limit(numbers) + " " + _("You are in a class that can apply.")


def _over_the_limit(numbers: _Numbers) -> str:
    if numbers.in_vacation:
        return numbers.say(_("Paid and over %(day_limit)s h a day."))
    return numbers.say(_("Paid and over %(limit)s h."))


def _individual_case(found: Assessment, numbers: _Numbers) -> str:
    if "F_NO_BLANKET" in found.flags:
        return _("Paid work on your status is decided case by case: ask us first.")
    return _over_the_limit(numbers) + " " + _("The bureau decides case by case: ask us first.")


def _reduce(found: Assessment, numbers: _Numbers) -> str:
    text = ngettext(
        "%(week)s h + %(other)s h = %(sum)s h. Cut %(cut)s hour, or ask us.",
        "%(week)s h + %(other)s h = %(sum)s h. Cut %(cut)s hours, or ask us.",
        1 if numbers.words["cut"] == "1" else 2,
    )
    return numbers.say(text)


def _confirm(found: Assessment, numbers: _Numbers) -> str:
    return numbers.say(
        _("Unpaid, but over %(limit)s h: treat as needing permission until the bureau confirms.")
    )


def _check_scope(found: Assessment, numbers: _Numbers) -> str:
    return _("Paid work must be part of what your status allows.")


def _change_status(found: Assessment, numbers: _Numbers) -> str:
    if "F_EXCHANGE" in found.flags:
        return numbers.say(
            _("Over %(limit)s paid hours, exchange students are pointed to another status.")
        )
    return _("Your studies have ended: this needs another status first.")


def _prohibited(found: Assessment, numbers: _Numbers) -> str:
    if "F_RESTRICTED_BUSINESS" in found.flags:
        return _("Restricted (amusement) business: no permission can cover it.")
    if "F_ENROLMENT" in found.flags:
        return _("No permission can cover this while you are not enrolled.")
    return _("No permission can cover paid work on your status.")


def _bureau(found: Assessment, numbers: _Numbers) -> str:
    if "F_STATUS_UNKNOWN" in found.flags:
        return _("Your status of residence is not on record. Check in detail, or ask us.")
    if "F_ENROLMENT" in found.flags:
        return _("You are on leave: ask us before you plan this.")
    return _("Something about you is missing on record. Check in detail, or ask us.")


_REASONS: dict[str, Callable[[Assessment, _Numbers], str]] = {
    "V_NO_RESTRICTION": _no_restriction,
    "V_NOT_NEEDED": _not_needed,
    "V_WITHIN_STATUS": _within_status,
    "V_COVERED": _covered,
    "V_NEED_BLANKET": _need_blanket,
    "V_NEED_INDIVIDUAL": _need_individual,
    "V_NEED_INDIVIDUAL_CASE": _individual_case,
    "V_REDUCE_OR_CONSULT": _reduce,
    "V_FLAG_CONFIRM": _confirm,
    "V_CHECK_SCOPE": _check_scope,
    "V_CHANGE_STATUS": _change_status,
    "V_PROHIBITED": _prohibited,
    "V_BUREAU": _bureau,
}
