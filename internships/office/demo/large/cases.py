"""Permission cases: of those alike the first is told by the verbs, the others as that one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from random import Random

from django.utils import timezone
from django.utils.translation import gettext as _

from careers.people.kept import keeping
from careers.people.models import User
from careers.people.roles import Role
from internships.board.models import Bureau
from internships.office.demo.cases import Story
from internships.office.demo.large.copies import Copy, retell
from internships.office.demo.large.placements import Saved
from internships.office.demo.large.progress import Progress
from internships.office.demo.large.size import Size
from internships.permits.models import FILING, PermitCase

FILED, ASKED, CHECKED = FILING, frozenset({"confirm"}), frozenset({"papers"})
ANY = FILED | ASKED | CHECKED
# So many cases are still under way; of the others nothing is to be done any more.
UNDER_WAY = 0.35
LATE = 0.1
# A case under way was opened within so many days of the time its story needs.
FRESH = 12


@dataclass(frozen=True)
class Way:
    """How a case went. days: from its opening to the last deed; over: nothing waits any more;
    gate: the gate was opened at the end, which is before the first day."""

    name: str
    weight: int
    kinds: frozenset[str]
    days: int
    tell: Callable[[Story, int], None]
    over: bool = False
    gate: bool = False


def _send_all(story: Story, ago: int) -> None:
    story.open(ago=ago)
    story.send(ago=ago - 1)
    if story.case.kind == PermitCase.Kind.CONFIRM:
        story.answer(ago=ago - 1)
    story.submit(ago=ago - 1)


def _send_some(story: Story, ago: int) -> None:
    story.open(ago=ago)
    story.send(ago=ago - 1, leave=1)


def _check_some(story: Story, ago: int) -> None:
    _send_all(story, ago)
    story.check(ago=ago - 3, up_to=2)


def _send_back(story: Story, ago: int) -> None:
    _send_all(story, ago)
    story.return_all(ago=ago - 4)


def _ready(story: Story, ago: int) -> None:
    _send_all(story, ago)
    story.check(ago=ago - 4)
    story.ready(ago=ago - 4)


def _file(story: Story, ago: int) -> None:
    _ready(story, ago)
    story.file(ago=ago - 6)


def _grant(story: Story, ago: int) -> None:
    _file(story, ago)
    story.grant(ago=ago - 34)


def _refuse(story: Story, ago: int) -> None:
    _file(story, ago)
    story.refuse(ago=ago - 38)


def _answer(story: Story, ago: int) -> None:
    _send_all(story, ago)
    story.confirm_answer(ago=ago - 4)


def _confirm(story: Story, ago: int) -> None:
    _send_all(story, ago)
    story.check(ago=ago - 3)
    story.confirm_papers(ago=ago - 3)


def _give_up(story: Story, ago: int) -> None:
    story.open(ago=ago)
    story.close(ago=ago - 3)


def _then_gate(tell: Callable, days: int) -> Callable[[Story, int], None]:
    def told(story: Story, ago: int) -> None:
        tell(story, ago)
        story.open_gate(ago=ago - days)

    return told


WAYS = [
    Way("opened", 20, ANY, 0, lambda story, ago: story.open(ago=ago)),
    Way("sends papers", 10, FILED | CHECKED, 1, _send_some),
    Way("to check", 22, ANY, 1, _send_all),
    Way("being checked", 10, FILED | CHECKED, 3, _check_some),
    Way("came back", 12, ANY, 4, _send_back),
    Way("ready", 12, FILED, 4, _ready),
    Way("at the bureau", 16, FILED, 6, _file),
    Way("granted", 4, FILED, 34, _grant),
    Way("answered", 4, ASKED, 4, _answer),
    Way("confirmed", 4, CHECKED, 3, _confirm),
    Way("granted, may start", 60, FILED, 35, _then_gate(_grant, 35), over=True, gate=True),
    Way("answered, may start", 60, ASKED, 5, _then_gate(_answer, 5), over=True, gate=True),
    Way("confirmed, may start", 60, CHECKED, 4, _then_gate(_confirm, 4), over=True, gate=True),
    Way("refused", 5, FILED, 38, _refuse, over=True),
    Way("given up", 8, ANY, 3, _give_up, over=True),
]


@dataclass(frozen=True)
class Plan:
    """A case to be told: on which placement, which way, and how many days ago it was opened."""

    saved: Saved
    way: Way
    ago: int

    @property
    def alike(self) -> tuple:
        """Cases of which this is the same differ in people and days alone."""
        return self.way.name, self.saved.kind, self.saved.verdict.outcome, self.saved.papers


def add_cases(size: Size, saved: list[Saved], dice: Random, progress: Progress) -> list[Saved]:
    """Write the cases that are missing; give the placements that have none."""
    missing = max(size.cases - PermitCase.objects.count(), 0)
    plans = sorted(_plans(saved, missing, dice), key=lambda plan: (plan.alike, plan.ago))
    groups = [list(group) for _key, group in groupby(plans, lambda plan: plan.alike)]
    people = _People(dice)
    with keeping():
        for group in progress.through(_("permission cases"), groups, len(plans), worth=len):
            _tell(group, people)
    told = {plan.saved.placement.pk for plan in plans}
    return [one for one in saved if one.placement.pk not in told]


def _plans(saved: list[Saved], missing: int, dice: Random) -> list[Plan]:
    """Choose placements that may have a case, and what became of each."""
    fit = [one for one in saved if one.kind and one.placement.student.enrolment == "enrolled"]
    dice.shuffle(fit)
    fit.sort(key=lambda one: one.kind == PermitCase.Kind.PAPERS)  # these are the fewest's need
    # Most ask in time; of those who are late some stand in the queue all the same.
    in_time = sorted(fit, key=lambda one: _is_late(one) and dice.random() > LATE)
    under_way = [plan for one in in_time if (plan := _plan(one, dice, over=False))]
    under_way = under_way[: int(missing * UNDER_WAY)]
    taken = {plan.saved.placement.pk for plan in under_way}
    rest = [one for one in fit if one.placement.pk not in taken]
    over = [plan for one in rest if (plan := _plan(one, dice, over=True))]
    return under_way + over[: missing - len(under_way)]


def _is_late(saved: Saved) -> bool:
    return (saved.verdict.file_by or saved.placement.starts_on) < timezone.localdate()


def _plan(saved: Saved, dice: Random, *, over: bool) -> Plan | None:
    started = (timezone.localdate() - saved.placement.starts_on).days
    if started >= 0 and not over:
        return None
    found = []
    for way in WAYS:
        soonest = way.days + 1 + (max(started, 0) if way.gate else 0)
        longest = saved.days - 1 if over else min(saved.days - 1, soonest + FRESH)
        if saved.kind in way.kinds and way.over == over and soonest <= longest:
            found.append((way, dice.randint(soonest, longest)))
    if not found:
        return None
    way, ago = dice.choices(found, [way.weight for way, _ago in found])[0]
    return Plan(saved, way, ago)


class _People:
    """Who looks after a case, and which immigration office is asked."""

    def __init__(self, dice: Random):
        reviewers = User.objects.filter(roles__contains=[Role.REVIEWER])
        self._reviewers, self._dice = list(reviewers.order_by("pk")), dice
        self._bureaus: dict[str, Bureau] = {}

    def reviewer(self) -> User:
        return self._dice.choice(self._reviewers)

    def bureau(self, prefecture: str) -> Bureau:
        if prefecture not in self._bureaus:
            self._bureaus[prefecture] = Bureau.objects.responsible_for(prefecture)
        return self._bureaus[prefecture]


def _tell(group: list[Plan], people: _People) -> None:
    """Tell the youngest; the others went the same way, some time earlier."""
    first, *others = group
    placement = first.saved.placement
    home = placement.student.home_prefecture
    story = Story(placement, people.reviewer(), people.bureau(home))
    first.way.tell(story, first.ago)
    retell(
        story.case,
        [
            Copy(
                placement=plan.saved.placement,
                verdict=plan.saved.verdict,
                condition=plan.saved.condition,
                reviewer=people.reviewer(),
                bureau=people.bureau(plan.saved.placement.student.home_prefecture),
                back=timedelta(days=plan.ago - first.ago),
            )
            for plan in others
        ],
    )
