"""Another plan for a saved placement: its answers again, what they lead to, and what that does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from careers.people.models import User
from careers.people.roles import FieldGroup, Sight, may_see
from internships.eligibility.page import Page
from internships.eligibility.questions import FIELDS, STEPS, UNSURE
from internships.eligibility.run import Run, make_run
from internships.eligibility.saving import checked
from internships.eligibility.sources import days_of
from internships.eligibility.walk import YOU, Asked
from internships.placements import workflow
from internships.placements.effects import effects_of
from internships.placements.models import Placement, Verdict
from internships.placements.workflow import Plan

_PLAN = "placement"
_OF_THE_PLAN = {field.key for step in STEPS if step.ledger == _PLAN for field in step.fields}


@dataclass(frozen=True)
class Reader:
    """Who changes the plan. Who does not see a student's stay changes the placement alone."""

    user: User
    sees_all: bool

    def may_answer(self, asked: Asked) -> bool:
        return self.sees_all or asked.step.ledger == _PLAN


def reader_of(user: User, placement: Placement) -> Reader:
    sight = may_see(user, FieldGroup.RESIDENCE, placement.student)
    return Reader(user, sees_all=sight is Sight.YES)


def run_as_saved(placement: Placement, reader: Reader) -> Run:
    return _settled(_run(placement, written_of(placement)), placement, reader)


def run_with(placement: Placement, reader: Reader, sent: Mapping[str, str]) -> Run:
    """Give the run with what was sent in place of what is saved.

    What only repeats the record or the posting is left to them; every question that the reader
    may answer stood on the page, so what she left out is not answered.
    """
    kept = {} if reader.sees_all else _without(written_of(placement), _OF_THE_PLAN)
    allowed = FIELDS if reader.sees_all else _OF_THE_PLAN
    run = _run(placement, kept | {key: sent[key] for key in sent if key in allowed})
    for asked in run.walk.asked:
        if reader.may_answer(asked) and asked.answered:
            run = run.without_echo(asked)
    return _settled(run, placement, reader)


def _settled(run: Run, placement: Placement, reader: Reader) -> Run:
    """What the reader may not answer for the student, and nobody has answered, is not known."""
    for _step in STEPS:
        closed = [one for one in run.walk.asked if not one.answered and not reader.may_answer(one)]
        if not closed:
            break
        unsure = {one.key: UNSURE for one in closed[0].fields if one.key not in closed[0].answers}
        run = _run(placement, run.written | unsure)
    return run


def _run(placement: Placement, written: dict[str, str]) -> Run:
    posting = placement.posting
    return make_run(written, posting.ref if posting else "", placement.student, posting=posting)


def _without(written: Mapping[str, str], keys: set[str]) -> dict[str, str]:
    return {key: value for key, value in written.items() if key not in keys}


def written_of(placement: Placement) -> dict[str, str]:
    """Give the answers as they were typed when the plan was last saved."""
    verdict = placement.verdicts.first()
    if verdict is None:
        return {}
    written = verdict.assessment.get("written")
    return dict(written) if written is not None else _told_by_facts(placement, verdict)


def _told_by_facts(placement: Placement, verdict: Verdict) -> dict[str, str]:
    """What was stored before answers were kept as typed: the facts that she gave herself."""
    facts = verdict.facts | {
        "starts_on": placement.starts_on and placement.starts_on.isoformat(),
        "ends_on": placement.ends_on and placement.ends_on.isoformat(),
    }
    typed = [key for key in FIELDS if verdict.origins.get(key) == YOU]
    return {key: UNSURE if facts[key] == "?" else facts[key] for key in typed if facts.get(key)}


def pages(run: Run, reader: Reader, offered: set[str] | None = None) -> list[Page]:
    """Give the questions that the reader may answer; offered: the keys that stood on the page
    that was sent, so that one left empty there is a fault, and another one is new."""
    shown = [
        Page(run, asked, asked.problems | _left_empty(asked, offered or set()))
        for asked in run.walk.asked
        if reader.may_answer(asked)
    ]
    if offered and any(page.problems for page in shown):
        # What comes up only because of a fault may go with it.
        return [page for page in shown if offered & set(page.keys)]
    return shown


def _left_empty(asked: Asked, offered: set[str]) -> dict[str, str]:
    keys = [one.key for one in asked.fields]
    left = [key for key in keys if key not in asked.answers and key not in asked.problems]
    return {key: "empty" for key in left if key in offered}


def plan_of(placement: Placement, run: Run) -> Plan:
    first, last = days_of(run.facts)
    return Plan(
        posting=placement.posting,
        host_name=placement.host_name,
        title=placement.title,
        starts_on=first,
        ends_on=last,
    )


def save(placement: Placement, run: Run, *, actor: User) -> Verdict:
    return workflow.change_facts(placement, plan_of(placement, run), checked(run), actor=actor)


def effects(placement: Placement, run: Run, *, actor: User) -> list[str]:
    """Say what saving would do to the case, the credit request and the gate."""
    return effects_of(lambda: save(placement, run, actor=actor), actor=actor)


def would_change(placement: Placement, run: Run) -> bool:
    return workflow.key_of(plan_of(placement, run), checked(run)) != placement.check_key


def about_the_plan(page: Page) -> bool:
    return page.asked.step.ledger == _PLAN


def hidden(run: Run, reader: Reader) -> list[tuple[str, Any]]:
    """Give what the reader has typed, to travel with the question whether to go on."""
    return [
        (key, value)
        for key, value in run.written.items()
        if key in FIELDS and (reader.sees_all or key in _OF_THE_PLAN)
    ]
