"""No rule may change unseen: every slip of the pen in a rule fails a worked case."""

from careers.law import RULEBOOK, Facts, Policy
from internships.eligibility.case_files import Row
from tests.law.mutation import is_killed, mutants
from tests.law.worked import ROWS

# Mutants no case can tell from the rule, each with its proof.
EQUIVALENT = {
    # For all but students the other half of the condition adds the largest week, and a week in
    # term is never longer than that; so whatever this half adds for them is found there too.
    "inside_together_over: Status of residence is “Student”; and In the long vacation is “Only "
    "part of it”; and Hours in the largest week of term plus Other paid work then is over 28 -> "
    "In the long vacation is “Only part of it”; and Hours in the largest week of term plus Other "
    "paid work then is over 28",
}


def case(policy, expected, **facts):
    """Make a case for an office whose settings differ from the usual ones."""
    outcome, flagged, flags = expected
    cells = {
        "institution": "japan",
        "status_of_residence": "STUDENT",
        "pay_kind": "none",
        "hours_per_week": "40",
        **facts,
        "expected_outcome": outcome,
        "expected_flagged": flagged,
        "expected_flags": flags,
    }
    return Row(0, cells), Facts.parse(cells), policy


OFF = Policy(flag_unpaid_over28_in_vacation=False)
QUIET = ("V_NOT_NEEDED", "n", "F_VACATION;F_LABOUR_CHECK")
RAISED = ("V_FLAG_CONFIRM", "y", "F_LABOUR_CHECK")
OTHER_OFFICES = [
    case(OFF, QUIET, in_long_vacation="y"),
    case(OFF, RAISED, in_long_vacation="n"),
    case(OFF, RAISED, in_long_vacation="y", status_of_residence="DEPENDENT"),
]


def test_every_slip_in_a_rule_is_found_by_a_worked_case():
    cases = [(row, Facts.parse(row.cells), Policy()) for row in ROWS] + OTHER_OFFICES

    alive = {name for name, book in mutants() if not is_killed(book, cases)}

    assert alive == EQUIVALENT


def test_the_cases_of_other_offices_hold_by_the_rules_as_they_are():
    assert not is_killed(RULEBOOK, OTHER_OFFICES)
