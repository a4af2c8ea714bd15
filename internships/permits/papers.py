"""The papers of a case: their words, who brings them, and what each one holds up."""

from collections.abc import Iterable
from typing import Any

from careers import law
from careers.desk.dates import is_japanese
from internships.placements.models import Verdict

ANSWER = "O_BUREAU_CONFIRMATION"
CREDIT = "O_CREDIT_APPROVAL"
HOURS_PLAN = "O_HOURS_PLAN"
# Seen at our counter and given back; a photo of them may be sent as well.
SHOWN = frozenset({"D_PASSPORT", "D_RESIDENCE_CARD"})
# Made by our office: nobody waits for the student.
OURS = frozenset({"O_VACATION_CALENDAR"})
# Decided by the faculty, apart from the permission: it holds nothing up.
APART = frozenset({CREDIT})
# These name host, work, period, hours or pay: another plan needs new ones.
OF_THE_PLAN = frozenset(
    {
        "D_APP",
        "D_CHANGE_APP",
        "D_COE_APP",
        "D_HOST_STATEMENT",
        "D_HOST_TERMS",
        "D_INTERN_PLAN",
        "D_ACTIVITY_PLAN",
        "D_UNIV_HOST_CONTRACT",
        "D_UNIV_APPROVAL",
        "D_INVITATION",
        "O_UNPAID_CONFIRMATION",
        "O_EXPENSE_RULE",
        "O_HOURS_PLAN",
        "O_TARA_CONTRACT",
    }
)


def name(code: str) -> str:
    return law.text(f"document.{code}", _language())


def other_name(code: str) -> str:
    return law.text(f"document.{code}", "en" if is_japanese() else "ja")


def what(code: str) -> str:
    return law.text(f"document.{code}.what", _language())


def issuer(code: str) -> str:
    return law.text(f"document.{code}.issuer", _language())


def _language() -> str:
    return "ja" if is_japanese() else "en"


def codes_of(verdict: Verdict) -> list[str]:
    """Give the papers that a stored verdict names, in its order."""
    groups: Iterable[dict[str, Any]] = verdict.assessment["slip"]["papers"]
    return [paper["code"] for group in groups for paper in group["papers"]]


def kind_of(verdict: Verdict) -> str:
    """Give the kind of case for a verdict, "" where no case can help the plan."""
    outcome = law.OUTCOMES[verdict.outcome]
    if outcome.look == "stop":
        return ""
    told = verdict.assessment.get("law", {}).get("kind", "")
    if outcome.case == "individual" and told == "BLANKET_PLUS_INDIVIDUAL":
        return "both"
    return _KINDS.get(outcome.case, outcome.case)


_KINDS = {"": "papers", "certificate": "certificate_of_eligibility"}
