"""The verbs of a permission case; `transitions.VERBS` says who may do what, and where it leads.

Every verb locks placement and case before it looks at the state, so of two people at once the
second is told what the first has done. Each appends one event in the same transaction, passes
the ball, and hands the other side a letter, which waits a little so that an undo sends nothing.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from careers.desk import files, letters
from careers.people.models import User
from careers.people.office import office_settings
from careers.people.roles import PERMISSIONS
from careers.record import log
from careers.record.models import Event
from internships.permits import ball, guards, papers
from internships.permits.models import DocumentVersion, PermitCase, Requirement
from internships.permits.reasons import Pair
from internships.permits.transitions import OWN, REVIEW, VERBS, Verb
from internships.placements import workflow as placements
from internships.placements.models import Condition, Placement

State, Paper = PermitCase.State, Requirement.State
UNDONE = "undone"
# Both verbs of returning are told by the same word; what they may undo is the same too.
_BY_EVENT = {verb.event: verb for verb in VERBS.values()}
FOR_OFFICE, YOUR_TURN = "permit_for_office", "permit_your_turn"
# The papers common to every individual permission, where the bureau has answered that the plan
# needs one; the bureau may ask for more.
AFTER_THE_ANSWER = ("D_APP", "D_PASSPORT", "D_RESIDENCE_CARD", "D_HOST_STATEMENT")


class TooLate(Exception):
    """Somebody was faster. `event` is the last deed, None where the log knows none."""

    def __init__(self, event: Event | None):
        super().__init__(event and event.verb)
        self.event = event


class Refused(Exception):
    """Not ready for this; `reasons` are words for people."""

    def __init__(self, *reasons: str | Promise):
        super().__init__(*reasons)
        self.reasons = reasons


@transaction.atomic
def open_case(placement: Placement, *, by: User) -> PermitCase:
    """Open the case that the placement's verdict asks for. Asked twice, it is the same case."""
    row = Placement.objects.select_for_update(of=("self",)).select_related("student__user")
    row = row.get(pk=placement.pk)
    if row.student.user_id != by.pk:
        raise PermissionDenied
    earlier = row.permit_cases.select_related("verdict").first()
    if earlier and (earlier.is_live or guards.is_fulfilled(earlier)):
        return earlier
    kind, codes = wanted(row, earlier)
    if row.state != Placement.State.PLANNED or not kind:
        raise Refused(_("No permission case can be opened on this plan."))
    case = PermitCase(
        placement=row, verdict=row.verdicts.first(), kind=kind, waits_since=timezone.now()
    )
    _pass_ball(case, [])
    case.save()
    add_papers(case, codes)
    settle(case, by)
    log.append("case opened", case, actor=by, about=by, after={"kind": kind, "state": case.state})
    return case


def wanted(placement: Placement, earlier: PermitCase | None) -> tuple[str, list[str]]:
    """Give kind and papers of the case a placement needs now; kind "" where none helps."""
    verdict = placement.verdicts.first()
    if verdict is None:
        return "", []
    asked = earlier and earlier.answer == PermitCase.Answer.NEEDS_PERMISSION
    if asked and earlier.state == State.ANSWERED and earlier.verdict_id == verdict.pk:
        return PermitCase.Kind.INDIVIDUAL, list(AFTER_THE_ANSWER)
    return papers.kind_of(verdict), papers.codes_of(verdict)


def add_papers(case: PermitCase, codes: Iterable[str], first: int = 0) -> None:
    Requirement.objects.bulk_create(
        Requirement(case=case, code=code, position=number)
        for number, code in enumerate(codes, first)
    )


@transaction.atomic
def upload(requirement: Requirement, file: UploadedFile, *, by: User) -> DocumentVersion:
    """Add a version of a paper. The same file sent again at once is the version sent already.

    Raises ValidationError for a file that is not acceptable; then nothing stays of it.
    """
    case = _taken(requirement.case, "upload", by)
    row = _paper(case, requirement, "upload")
    with files.keep(file, by=by) as kept:
        newest = row.versions.select_related("file").first()
        if newest and row.state == Paper.UPLOADED and newest.file.sha256 == kept.sha256:
            raise _SentAlready(newest)
        version = DocumentVersion.objects.create(
            requirement=row, number=newest.number + 1 if newest else 1, file=kept
        )
        _move_paper(
            case, row, "upload", by, seen=False, checked_by_id=None, checked_at=None,
            reason_ja="", reason_en="", told={"version": version.number},
        )  # fmt: skip
    return version


class _SentAlready(Exception):
    def __init__(self, version: DocumentVersion):
        self.version = version


def send(requirement: Requirement, file: UploadedFile, *, by: User) -> DocumentVersion:
    """Upload, or give the version that this very file is already."""
    try:
        return upload(requirement, file, by=by)
    except _SentAlready as already:
        return already.version


@transaction.atomic
def enter_answer(case: PermitCase, answer: dict[str, Any], *, by: User) -> Event:
    """The student writes down what the bureau said: office, day, person or reference, answer."""
    row = _taken(case, "enter_answer", by)
    event = _move(row, "enter_answer", by, **answer)
    row.requirements.filter(code=papers.ANSWER).update(state=Paper.UPLOADED)
    return event


@transaction.atomic
def submit(case: PermitCase, *, by: User) -> Event:
    row = _taken(case, "submit", by)
    _must_be_clear(row, "submit")
    return _move(row, "submit", by, correct_by=None, reason_ja="", reason_en="")


@transaction.atomic
def accept_paper(requirement: Requirement, *, by: User, version: int) -> Event:
    """version: the number of the version she has looked at; a newer one has to be seen first."""
    case = _taken(requirement.case, "accept_paper", by)
    row = _paper(case, requirement, "accept_paper")
    newest = row.versions.first()
    if newest is not None and newest.number != version:
        raise Refused(_("A newer version has come. Look at it first."))
    return _check(case, row, "accept_paper", by)


@transaction.atomic
def see_paper(requirement: Requirement, *, by: User) -> Event:
    """A paper was shown at the counter; nothing is kept of it but who saw it, and when."""
    case = _taken(requirement.case, "see_paper", by)
    return _check(case, _paper(case, requirement, "see_paper"), "see_paper", by, seen=True)


@transaction.atomic
def return_paper(
    requirement: Requirement, *, by: User, reason: Pair, correct_by: date | None = None
) -> Event:
    case = _taken(requirement.case, "return_paper", by)
    row = _paper(case, requirement, "return_paper")
    case.correct_by = correct_by
    case.save(update_fields=["correct_by"])
    return _check(case, row, "return_paper", by, reason=reason, seen=False)


@transaction.atomic
def mark_not_applicable(requirement: Requirement, *, by: User, reason: Pair) -> Event:
    case = _taken(requirement.case, "mark_not_applicable", by)
    row = _paper(case, requirement, "mark_not_applicable")
    return _check(case, row, "mark_not_applicable", by, reason=reason)


@transaction.atomic
def return_case(
    case: PermitCase, *, by: User, reason: Pair, correct_by: date | None = None
) -> Event:
    row = _taken(case, "return_case", by)
    return _move(
        row, "return_case", by, reason_en=reason[0], reason_ja=reason[1], correct_by=correct_by
    )


@transaction.atomic
def mark_ready_to_file(case: PermitCase, *, by: User) -> Event:
    row = _taken(case, "mark_ready_to_file", by)
    _must_be_clear(row, "mark_ready_to_file")
    return _move(row, "mark_ready_to_file", by, correct_by=None)


@transaction.atomic
def record_filing(case: PermitCase, filing: dict[str, Any], *, by: User) -> Event:
    """filing: filed_on, bureau, receipt."""
    return _move(_taken(case, "record_filing", by), "record_filing", by, **filing)


@transaction.atomic
def record_grant(case: PermitCase, result: dict[str, Any], *, by: User) -> Event:
    """The permission was seen. result: decided_on, permission_number, valid_until."""
    row = _taken(case, "record_grant", by)
    _must_follow_the_filing(row, result["decided_on"])
    return _move(row, "record_grant", by, **result)


@transaction.atomic
def record_refusal(case: PermitCase, *, by: User, decided_on: date, reason: Pair) -> Event:
    row = _taken(case, "record_refusal", by)
    _must_follow_the_filing(row, decided_on)
    changes = {"decided_on": decided_on, "reason_en": reason[0], "reason_ja": reason[1]}
    return _move(row, "record_refusal", by, **changes)


def _must_follow_the_filing(case: PermitCase, decided_on: date) -> None:
    if decided_on < case.filed_on:
        raise Refused(_("The day of the result is before the day of filing."))


@transaction.atomic
def confirm_papers(case: PermitCase, *, by: User, valid_until: date | None = None) -> Event:
    """All is in order. valid_until: where a permission is held already, its last day."""
    row = _taken(case, "confirm_papers", by)
    _must_be_clear(row, "confirm_papers")
    if row.verdict.outcome == "V_COVERED":
        last = row.placement.ends_on
        if valid_until is None or (last and valid_until < last):
            raise Refused(_("The permission has to last to the last day of the placement."))
    return _move(row, "confirm_papers", by, valid_until=valid_until, answer="")


@transaction.atomic
def confirm_answer(case: PermitCase, *, by: User) -> Event:
    row = _taken(case, "confirm_answer", by)
    _must_be_clear(row, "confirm_answer")
    event = _move(row, "confirm_answer", by)
    _accept_answer(row, by)
    return event


@transaction.atomic
def record_answer(case: PermitCase, answer: dict[str, Any], *, by: User) -> Event:
    """The office has asked the bureau itself."""
    row = _taken(case, "record_answer", by)
    event = _move(row, "record_answer", by, **answer)
    _accept_answer(row, by)
    return event


def _accept_answer(case: PermitCase, by: User) -> None:
    case.requirements.filter(code=papers.ANSWER).update(
        state=Paper.ACCEPTED, checked_by=by, checked_at=timezone.now()
    )


@transaction.atomic
def open_gate(case: PermitCase, *, by: User, reason: str = "") -> Event:
    """Let the placement start: the room of placements has the last word on it."""
    row = _taken(case, "open_gate", by)
    if row.placement.gate_open:
        raise TooLate(log.history(row).first())
    _must_be_clear(row, "open_gate")
    try:
        opened = placements.open_gate(row.placement, actor=by, reason=reason or row.number)
    except placements.GateStaysClosed as closed:
        raise Refused(_("A condition of the start is still open.")) from closed
    except placements.TooLate as late:
        raise Refused(_("The placement is no longer waiting at its gate.")) from late
    row.placement = opened
    return _move(row, "open_gate", by)


@transaction.atomic
def close_case(case: PermitCase, *, by: User, reason: Pair = ("", "")) -> Event:
    """It is not needed any more."""
    row = _taken(case, "close_case", by)
    return _move(row, "close_case", by, reason_en=reason[0], reason_ja=reason[1])


@transaction.atomic
def hand_over(case: PermitCase, *, by: User, to: User, seen: int | None = None) -> Event | None:
    """Let a reviewer look after the case: a colleague, or oneself. To whom it is hers already,
    nothing is done.

    seen: the key of the owner that stood on the page, 0 for nobody: where a colleague has taken
    it meanwhile, TooLate.
    """
    row = _taken(case, "hand_over", by)
    if not to.has_perm(REVIEW) or to.pk == row.student.user_id:
        raise Refused(_("Choose a permission reviewer who is not the student herself."))
    if row.owner_id == to.pk:
        return None
    if seen is not None and seen != (row.owner_id or 0):
        raise TooLate(history_of(row).first())
    return _move(row, "hand_over", by, owner=to)


def reviewers() -> models.QuerySet[User]:
    """Give the people a case can be handed to."""
    holders = [role for role, rights in PERMISSIONS.items() if REVIEW in rights]
    return User.objects.filter(is_active=True, roles__overlap=holders).order_by("pk")


@transaction.atomic
def undo(case: PermitCase, event_id: int, *, by: User) -> Event:
    """Take back one's own last deed while its letter waits, if nobody did anything since."""
    row = _locked(case)
    last = history_of(row).first()
    if last is None or last.pk != event_id:
        raise TooLate(last)
    verb = _BY_EVENT.get(last.verb)
    if verb is None or not verb.undoable or last.actor_id != by.pk:
        raise PermissionDenied
    _must_be_allowed(row, verb, by)
    written = (last.after or {}).get("letter")
    late = timezone.now() - last.at > settings.LETTER_DELAY
    if late or (written and not letters.take_back(written)):
        raise Refused(_("It is too late to undo this: the letter has gone out."))
    if verb is VERBS["open_gate"]:
        row.placement = placements.close_gate(row.placement, actor=by, reason=UNDONE)
    _restore(row, last)
    settle(row, by)
    return log.append(
        UNDONE, row, actor=by, about=row.student.user, before=last.after, after=last.before
    )


def _restore(case: PermitCase, event: Event) -> None:
    of_case = event.object_kind == PermitCase._meta.label
    row = case if of_case else case.requirements.get(pk=event.object_id)
    for name, value in (event.before or {}).items():
        setattr(row, name, _read(row, name, value))
    row.save()
    verb = _BY_EVENT[event.verb]
    if not of_case:
        case.correct_by = None
    if verb in (VERBS["confirm_answer"], VERBS["record_answer"]):
        state = Paper.UPLOADED if case.answer else Paper.MISSING
        answer = case.requirements.filter(code=papers.ANSWER)
        answer.update(state=state, checked_by=None, checked_at=None)


def _read(row: models.Model, name: str, value: Any) -> Any:
    """Read a value of the log as the field holds it."""
    field = row._meta.get_field(name)
    if value is None:
        return None
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def can_be_undone(event: Event | None, by: User) -> bool:
    if event is None or event.actor_id != by.pk or event.verb not in _BY_EVENT:
        return False
    return _BY_EVENT[event.verb].undoable and timezone.now() - event.at <= settings.LETTER_DELAY


def history_of(case: PermitCase) -> models.QuerySet[Event]:
    """Give the deeds on a case and on its papers, newest first; openings of files are apart."""
    numbers = [str(pk) for pk in case.requirements.order_by("pk").values_list("pk", flat=True)]
    own = models.Q(object_kind=PermitCase._meta.label, object_id=str(case.pk))
    theirs = models.Q(object_kind=Requirement._meta.label, object_id__in=numbers)
    deeds = Event.objects.filter(own | theirs).exclude(verb__in=log.OPENINGS)
    return deeds.select_related("actor").order_by("-at", "-pk")


def may(case: PermitCase, name: str, by: User) -> bool:
    """Whether the person may do this on the case as it is, guards apart."""
    verb = VERBS[name]
    return (
        _is_allowed(case, verb, by)
        and case.state in verb.starts
        and case.kind in verb.kinds
        and case.placement.state not in ball.OVER
    )


def _is_allowed(case: PermitCase, verb: Verb, by: User) -> bool:
    if case.student.user_id == by.pk:
        return OWN in verb.who and by.is_student
    return any(by.has_perm(permission) for permission in verb.who - {OWN})


def _must_be_allowed(case: PermitCase, verb: Verb, by: User) -> None:
    if not _is_allowed(case, verb, by):
        raise PermissionDenied


def _locked(case: PermitCase) -> PermitCase:
    """Lock placement, then case: everybody in this order."""
    Placement.objects.select_for_update(of=("self",)).get(pk=case.placement_id)
    rows = PermitCase.objects.select_for_update(of=("self",))
    return rows.select_related("placement__student__user", "verdict", "owner").get(pk=case.pk)


def _taken(case: PermitCase, name: str, by: User) -> PermitCase:
    """Give the case as it is now, locked, if the verb may start from there."""
    row, verb = _locked(case), VERBS[name]
    _must_be_allowed(row, verb, by)
    if row.kind not in verb.kinds:
        raise Refused(_("This step does not belong to this kind of case."))
    over = row.placement.state in ball.OVER
    if row.state not in verb.starts or over:
        raise TooLate(history_of(row).first())
    return row


def _paper(case: PermitCase, requirement: Requirement, name: str) -> Requirement:
    """Give the paper as it is now; the lock on the case keeps it so."""
    row = case.requirements.get(pk=requirement.pk)
    if row.state not in VERBS[name].paper:
        raise TooLate(history_of(case).first())
    return row


def _must_be_clear(case: PermitCase, name: str) -> None:
    found = guards.missing(guards.GUARDS[name](case, case.requirements.all()))
    if found:
        raise Refused(*(guard.words for guard in found))


def _check(
    case: PermitCase, row: Requirement, name: str, by: User, *, reason: Pair = ("", ""), **changes
) -> Event:
    changes |= {"reason_en": reason[0], "reason_ja": reason[1]}
    changes |= {"checked_by_id": by.pk, "checked_at": timezone.now()}
    return _move_paper(case, row, name, by, **changes)


def _move_paper(
    case: PermitCase, row: Requirement, name: str, by: User, *, told=None, **changes
) -> Event:
    verb, had = VERBS[name], case.waits_for
    before = _write(row, {"state": verb.paper_to} | changes)
    _take_charge(case, by)
    settle(case, by)
    told = {"state": verb.paper_to} | changes | (told or {})
    return _tell(verb, row, case, by, before, told, passed=case.waits_for != had)


def _move(case: PermitCase, name: str, by: User, **changes) -> Event:
    verb = VERBS[name]
    changes = _by_keys(changes)
    if verb.leads_to:
        changes = {"state": verb.leads_to} | changes
    before = _write(case, changes)
    _take_charge(case, by)
    settle(case, by)
    return _tell(verb, case, case, by, before, changes)


def _by_keys(changes: dict[str, Any]) -> dict[str, Any]:
    """Name rows by their keys, as the log and the columns do."""
    return {
        f"{name}_id" if isinstance(value, models.Model) else name: getattr(value, "pk", value)
        for name, value in changes.items()
    }


def _write(row: models.Model, changes: dict[str, Any]) -> dict[str, Any]:
    """Write the changes; give what stood there, for the log and for an undo."""
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return before


def _take_charge(case: PermitCase, by: User) -> None:
    """The first reviewer who acts looks after the case."""
    if case.owner_id is None and case.student.user_id != by.pk:
        case.owner = by


def set_aside(row: Requirement, by: User, reason: Pair) -> None:
    """A paper that the plan no longer needs. Its versions are kept."""
    row.state, row.checked_by, row.checked_at = Paper.NOT_APPLICABLE, by, timezone.now()
    row.reason_en, row.reason_ja = reason
    row.save()


def ask_again(row: Requirement, reason: Pair) -> None:
    """A paper that names the former plan."""
    row.state, row.checked_by, row.checked_at, row.seen = Paper.RETURNED, None, None, False
    row.reason_en, row.reason_ja = reason
    row.save()


def settle(case: PermitCase, by: User) -> None:
    """Pass the ball and tell the gate what has been met, or is no longer."""
    _pass_ball(case, case.requirements.all())
    case.save()
    condition = case.placement.conditions.filter(code=Condition.PERMISSION).first()
    if not guards.is_fulfilled(case):
        over = case.state in (State.CLOSED, State.REFUSED)
        placements.leave_open(case.placement, Condition.PERMISSION, in_hand=not over)
    elif condition is None or condition.state != Condition.State.MET:
        placements.meet(case.placement, Condition.PERMISSION, actor=by)


def _pass_ball(case: PermitCase, rows: Iterable[Requirement]) -> None:
    who = ball.who_acts(case, rows)
    if who != case.waits_for:
        case.waits_since = timezone.now()
        letters.cancel(case, YOUR_TURN)
    case.waits_for, case.due = who, ball.due_day(case, who)


def _tell(
    verb: Verb, row: models.Model, case: PermitCase, by: User, before, after, *, passed=False
) -> Event:
    """Append the event, with the number of the letter that hands the matter over."""
    if verb is VERBS["hand_over"]:
        told = _to_colleague(verb.letter, case, by)
        after = after | ({"letter": told.pk} if told else {})
    elif kind := verb.letter or (_of_the_ball(case, by) if passed else ""):
        after = after | {"letter": letter(kind, case, by).pk}
    return log.append(
        verb.event, row, actor=by, about=case.student.user, before=before, after=after
    )


def _of_the_ball(case: PermitCase, by: User) -> str:
    """The letter of a paper that passed the ball to the other side; "" where it came back."""
    if by.pk == case.student.user_id:
        return FOR_OFFICE if case.waits_for == PermitCase.Ball.OFFICE else ""
    return YOUR_TURN if case.waits_for == PermitCase.Ball.STUDENT else ""


def _to_colleague(kind: str, case: PermitCase, by: User):
    """What somebody takes on herself needs no letter to her."""
    if case.owner_id == by.pk:
        return None
    context = {"link": reverse("desk_case", args=[case.pk]), "number": case.number}
    return letters.write(kind, case.owner, case, context=context)


def letter(kind: str, case: PermitCase, by: User, for_office: str = FOR_OFFICE):
    """Write to the other side: the student, or whoever looks after the case."""
    by_student = by.pk == case.student.user_id
    page = "desk_case" if by_student else "case_detail"
    kind = for_office if by_student else kind
    reader = (case.owner or office_settings().email) if by_student else case.student.user
    due = case.correct_by or (None if case.is_late_to_file else case.due)
    context = {
        "link": reverse(page, args=[case.pk]),
        "number": case.number,
        "due": due.isoformat() if due else "",
        "late": case.file_by.isoformat() if case.is_late_to_file else "",
    }
    return letters.write(kind, reader, case, context=context)
