"""One verb on many postings: each for itself, and a word for each that was refused."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.people.models import User
from careers.record.models import Event
from internships.board import deeds, workflow
from internships.board.models import Posting
from internships.board.problems import WORDS

# verb → (words, what it asks for)
VERBS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "publish": (gettext_lazy("Publish"), ("reason",)),
    "return_posting": (gettext_lazy("Return with a reason"), ("reason",)),
    "extend": (gettext_lazy("Extend"), ("closes_at",)),
    "withdraw": (gettext_lazy("Close early"), ("reason",)),
    "confirm": (gettext_lazy("Confirm as up to date"), ()),
    "assign": (gettext_lazy("Say who looks after them"), ("assignee",)),
    "label": (gettext_lazy("Add or remove labels"), ("add", "drop")),
}
# Asked for, but not in every case.
OPTIONAL = {"publish": ("reason",), "assign": ("assignee",), "label": ("add", "drop")}


_FOR_APPROVAL = {workflow.VERBS[name].event for name in ("propose", "submit")}
# So many at once, at most.
MOST = 100


@dataclass
class Report:
    done: list[Posting] = field(default_factory=list)
    same: list[Posting] = field(default_factory=list)
    refused: list[tuple[Posting, str]] = field(default_factory=list)
    # Of what was done: a colleague has to approve it before anybody else sees it.
    waits: list[Posting] = field(default_factory=list)
    # What can be taken back: the deeds done.
    undoable: list[tuple[Posting, Event]] = field(default_factory=list)


def carry_out(name: str, postings: Iterable[Posting], data: dict[str, Any], *, by: User) -> Report:
    """Start the verb on each posting; what is refused does not keep the others."""
    report = Report()
    for posting in postings:
        event = _attempt(report, posting, lambda posting=posting: _start(name, posting, data, by))
        if workflow.can_be_undone(event):
            report.undoable.append((posting, event))
        if event and event.verb in _FOR_APPROVAL:
            report.waits.append(posting)
    return report


def take_back(deeds_done: Iterable[tuple[Posting, int]], *, by: User) -> Report:
    """Undo each deed, by its number in the log, as far as that is still possible."""
    report = Report()
    for posting, number in deeds_done:
        _attempt(
            report,
            posting,
            lambda posting=posting, number=number: workflow.undo(posting, number, by=by),
        )
    return report


def parted(name: str, postings: Iterable[Posting], *, by: User) -> tuple[list, list]:
    """Give those on which the verb can be started now, and the others."""
    fitting, others = [], []
    for posting in postings:
        (fitting if workflow.may_start(name, posting, by) else others).append(posting)
    return fitting, others


def _attempt(report: Report, posting: Posting, deed: Callable[[], Event | None]) -> Event | None:
    try:
        event = deed()
    except workflow.TooLate as late:
        report.refused.append((posting, deeds.told(late.event)))
    except workflow.ReasonNeeded as needed:
        words = ", ".join(str(WORDS[code]) for code in needed.codes)
        report.refused.append((posting, f"{needed} ({words})"))
    except workflow.Refused as refused:
        report.refused.append((posting, str(refused)))
    except PermissionDenied:
        report.refused.append((posting, _("You may not do this.")))
    else:
        (report.done if event else report.same).append(posting)
        return event
    return None


def _start(name: str, posting: Posting, data: dict[str, Any], by: User) -> Event | None:
    if name == "assign":
        return workflow.assign(posting, by=by, to=data["assignee"])
    if name == "extend" and posting.closes_at == data["closes_at"]:
        return None  # the same form, sent twice
    asked = {field: data[field] for field in VERBS[name][1]}
    return getattr(workflow, name)(posting, by=by, **asked)
