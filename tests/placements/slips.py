"""A slip as the wizard stores it, for tests that show one."""

from dataclasses import replace
from datetime import date

from internships.placements import workflow
from internships.placements.workflow import Checked, Plan


def both(text):
    return {"ja": f"{text}（日）", "en": text}


SLIP = {
    "number": "ABCD-1234",
    "made_on": "2026-11-22",
    "edition": "2026-10-01",
    "digest": "d" * 16,
    "decided_for": "2027-02-15",
    "outcome": "V_NEED_INDIVIDUAL",
    "flagged": True,
    "headline": both("You need individual permission before you start"),
    "lead": both("You are in a class that can apply."),
    "plain": both("Easy words"),
    "line": both("paid, 35 hours a week"),
    "strip": {
        "permission": both("Needed: paid and over 28 h"),
        "kind": both("Individual"),
        "held": both("Blanket only"),
    },
    "unknown": [],
    "guidance": None,
    "reasons": [
        {
            "rule": "STU-OVER28",
            "text": both("35 hours is over 28."),
            "answers": both("35 hours a week"),
            "sources": [
                {
                    "strength": "P",
                    "title": both("Agency internship page"),
                    "dated": both(""),
                    "url": "",
                    "checked": "2026-11-22",
                    "rule": "STU-OVER28",
                    "uncertain": False,
                }
            ],
        }
    ],
    "notes": [],
    "papers": [
        {
            "title": both("For the bureau"),
            "papers": [
                {
                    "code": "D_PASSPORT",
                    "name": both("Passport"),
                    "who": both("You"),
                    "time": None,
                    "what": None,
                }
            ],
        }
    ],
    "changes": [],
    "rule_changes": [],
    "assumptions": [],
    "answers": [],
    "todo": [],
    "lead_days": 60,
    "file_by": "2026-12-17",
    "office": None,
}
CHECKED = Checked(
    facts={"status_of_residence": "STUDENT", "pay_kind": "wage"},
    origins={"pay_kind": "you"},
    policy={"bureau_lead_days": 60},
    assessment={"slip": SLIP},
    edition="2026-10-01",
    digest="d" * 16,
    outcome="V_NEED_INDIVIDUAL",
    flagged=True,
    decided_for=date(2027, 2, 15),
    file_by=date(2026, 12, 17),
)
PLAN = Plan(
    host_name="北野ロボティクス",
    title="Robot internship",
    starts_on=date(2027, 2, 15),
    ends_on=date(2027, 3, 12),
)


def make_checked_placement(student, *, plan=PLAN, **changes):
    """Save a checked placement as the wizard does."""
    checked = replace(CHECKED, **changes)
    return workflow.save_checked_placement(student, plan, checked, actor=student.user)[0]
