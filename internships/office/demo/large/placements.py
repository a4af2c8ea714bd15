"""Plans that students have checked and saved: asked of the law, written in bulk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.utils import timezone
from django.utils.translation import gettext as _

from careers.people.kept import keeping
from internships.board.models import Posting
from internships.eligibility.run import make_run
from internships.eligibility.saving import checked, plan_of
from internships.office.demo.large.dated import BATCH, event, on, write
from internships.office.demo.large.people import Alike
from internships.office.demo.large.progress import Progress
from internships.office.demo.large.size import Size
from internships.office.demo.past import moment
from internships.office.demo.placements import answers_for
from internships.permits import papers
from internships.placements import workflow
from internships.placements.models import Condition, Placement, Verdict

# Of each hundred checks so many are of international students: the others need them less.
INTERNATIONAL = 55
# Classmates who saved the same plan on the same day.
TOGETHER = 4
# The office asks what was planned within a year or so.
OLDEST = timedelta(days=330)


@dataclass
class Saved:
    """A placement that was saved so many days ago, and the case its verdict asks for."""

    placement: Placement
    verdict: Verdict
    condition: Condition
    days: int
    kind: str
    papers: tuple[str, ...]


def add_placements(
    size: Size, groups: list[Alike], postings: list[Posting], dice: Random, progress: Progress
) -> list[Saved]:
    missing = max(size.placements - Placement.objects.count(), 0)
    plans = _plans(groups, postings, dice, missing)
    saved: list[Saved] = []
    with keeping():
        for one in progress.through(_("placements"), plans, missing):
            saved.append(one)
            if len(saved) % BATCH == 0 or len(saved) == missing:
                _write(saved[(len(saved) - 1) // BATCH * BATCH :])
    return saved


def _plans(groups, postings, dice: Random, missing: int) -> Iterator[Saved]:
    """Draw plans until there are enough; the same student saves the same plan once."""
    recent = [posting for posting in postings if _was_open_lately(posting)]
    strangers = [group for group in groups if group.international]
    natives = [group for group in groups if not group.international]
    known: set[tuple[int, str]] = set()
    made = 0
    while made < missing:
        group = dice.choice(strangers if dice.randrange(100) < INTERNATIONAL else natives)
        posting = dice.choice(recent)
        for one in _together(group, posting, dice):
            key = (one.placement.student_id, one.placement.check_key)
            if key not in known and made < missing:
                known.add(key)
                made += 1
                yield one


def _was_open_lately(posting: Posting) -> bool:
    # An answer needs the hours; what the posting does not say the student would be asked.
    return posting.closes_at > timezone.now() - OLDEST and posting.weekly_hours is not None


def _together(group: Alike, posting: Posting, dice: Random) -> Iterator[Saved]:
    days = _day_to_save(posting, dice)
    if days is None:
        return
    students = dice.sample(group.students, min(TOGETHER, len(group.students)))
    at = on(timezone.localdate() - timedelta(days=days))
    with moment(at):
        run = make_run(answers_for(posting), posting.ref, students[0])
        if not run.walk.complete:
            return
        result, plan = checked(run), plan_of(run)
    for student in students:
        placement = workflow.placement_for(student, plan, result)
        placement.created_at = at
        verdict = workflow.verdict_for(placement, result, actor=student.user)
        verdict.made_at = at
        condition = Condition(placement=placement, code=Condition.PERMISSION, due=verdict.file_by)
        kind, codes = papers.kind_of(verdict), tuple(papers.codes_of(verdict))
        yield Saved(placement, verdict, condition, days, kind, codes)


def _day_to_save(posting: Posting, dice: Random) -> int | None:
    """Give how many days ago somebody saved it, while it was on the board."""
    today = timezone.localdate()
    longest = (today - timezone.localdate(posting.opens_at)).days - 1
    shortest = max((today - timezone.localdate(posting.closes_at)).days + 1, 1)
    return dice.randint(shortest, longest) if shortest <= longest else None


def _write(saved: list[Saved]) -> None:
    write([one.placement for one in saved])
    for one in saved:
        one.verdict.placement = one.condition.placement = one.placement
    write([one.verdict for one in saved])
    write([one.condition for one in saved])
    write([_event(one) for one in saved])
    for one in saved:
        one.verdict.assessment = {}  # the slips of all together would fill the memory


def _event(one: Saved):
    user = one.placement.student.user
    after = {"state": Placement.State.PLANNED, "outcome": one.verdict.outcome}
    return event(
        "saved", one.placement, one.placement.created_at, actor=user, about=user, after=after
    )


def cancel_some(saved: list[Saved], dice: Random) -> None:
    """Some plans without a case were given up again."""
    given_up = [one for one in saved if dice.random() < 0.15]
    events = []
    for one in given_up:
        one.placement.state = Placement.State.CANCELLED
        at = one.placement.created_at + timedelta(days=dice.randrange(one.days))
        user = one.placement.student.user
        states = {"before": {"state": "planned"}, "after": {"state": "cancelled"}}
        events.append(event("cancelled", one.placement, at, actor=user, about=user, **states))
    Placement.objects.bulk_update([one.placement for one in given_up], ["state"], batch_size=BATCH)
    write(events)
