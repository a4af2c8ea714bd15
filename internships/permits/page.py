"""What the pages of a case show: papers with their versions, what happened, what is to be done."""

from typing import Any

from django.db.models import Prefetch

from careers.desk.dates import as_day
from careers.desk.models import Letter
from careers.people.models import User
from careers.people.office import office_settings
from careers.record.models import Event
from careers.record.words import verb_words
from internships.board.models import Bureau
from internships.permits import guards, papers, workflow
from internships.permits.models import DocumentVersion, PermitCase, Requirement

WITH_ALL = (
    "placement__student__user",
    "placement__student__faculty",
    "placement__posting__organisation",
    "placement__gate_opened_by",
    "verdict__made_by_override",
    "owner",
    "bureau",
)


def papers_of(case: PermitCase) -> list[Requirement]:
    versions = DocumentVersion.objects.select_related("file").order_by("-number")
    rows = case.requirements.select_related("checked_by")
    return list(rows.prefetch_related(Prefetch("versions", queryset=versions)))


def in_groups(rows: list[Requirement]) -> list[tuple[bool, list[Requirement]]]:
    """Give the papers for the authority, then those our office keeps."""
    groups = [
        (True, [row for row in rows if row.for_authority]),
        (False, [row for row in rows if not row.for_authority]),
    ]
    return [group for group in groups if group[1]]


def uploadable(case: PermitCase, rows: list[Requirement], user: User) -> list[Requirement]:
    """Give the papers she may send now: not our own, and the answer has a page of its own."""
    if not workflow.may(case, "upload", user):
        return []
    elsewhere = set(papers.OURS)
    if case.kind == PermitCase.Kind.CONFIRM:
        elsewhere.add(papers.ANSWER)
    open_states = workflow.VERBS["upload"].paper
    return [row for row in rows if row.state in open_states and row.code not in elsewhere]


def happened(case: PermitCase) -> list[dict[str, Any]]:
    """Give the deeds in words, newest first, each with the paper, the reason and its letter."""
    events = list(workflow.history_of(case))
    names = {str(row.pk): row.name for row in case.requirements.all()}
    numbers = [event.after["letter"] for event in events if (event.after or {}).get("letter")]
    letters = Letter.objects.in_bulk(numbers)
    return [_deed(event, names, letters) for event in events]


def _deed(event, names, letters) -> dict[str, Any]:
    after = event.after or {}
    about_paper = event.object_kind == Requirement._meta.label
    ja, en = after.get("reason_ja", ""), after.get("reason_en", "")
    letter = letters.get(after.get("letter"))
    return {
        "event": event,
        "day": as_day(event.at),
        "words": verb_words(event.verb),
        "paper": names.get(event.object_id, "") if about_paper else "",
        "reason": {"ja": ja, "en": en} if ja or en else None,
        "letter": letter if letter and letter.state == Letter.State.WAITING else None,
    }


def undoable(case: PermitCase, user: User) -> Event | None:
    """Give her own last deed, while it can be taken back."""
    last = workflow.history_of(case).first()
    return last if workflow.can_be_undone(last, user) else None


def guards_of(case: PermitCase, name: str, rows: list[Requirement]) -> list[guards.Guard]:
    return guards.GUARDS[name](case, rows)


def likely_bureau(case: PermitCase) -> Bureau | None:
    """The office for the student's home; for those still abroad, for the office's own address."""
    place = case.student.home_prefecture or office_settings().prefecture
    return Bureau.objects.responsible_for(place) if place else None
