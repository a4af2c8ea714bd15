"""The verbs of a credit request; `transitions.VERBS` says who may do what, and where it leads.

Every verb locks the row before it looks at the state, so of two people at once the second is
told what the first has done. Each appends one event in the same transaction, passes the ball,
and writes a letter, which waits a little so that an undo sends nothing.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, models, transaction
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.desk import files, letters
from careers.people.models import Student, User
from careers.record import log
from careers.record.models import Event
from careers.record.refusals import Refused, TooLate
from internships.board.models import Posting
from internships.credits import calculation
from internships.credits.models import LIVE, CreditRequest, Evidence, Step
from internships.credits.moves import (
    begin_anew,
    calculate,
    decide,
    locked,
    move,
    must_have,
    set_values,
    taken,
    undecide,
)
from internships.credits.readiness import (
    missing_evidence,
    most_credits,
    what_is_missing,
)
from internships.credits.transitions import VERBS
from internships.placements.models import Placement

UNDONE = "undone"
PROGRAMME = (Step.Kind.ADVISOR, Step.Kind.APPROVER)
_BY_EVENT = {verb.event: verb for verb in VERBS.values()}
# What the advisor has approved: if it changes, the steps begin anew.
_DECIDED_ON = ("course", "host_hours", "guidance_hours", "credits_asked", "starts_on", "ends_on")
# Any number that no other part of the product uses as an advisory lock.
_LOCK = 7_490_023


@transaction.atomic
def write(
    student: Student,
    internship: Posting | Placement,
    values: Mapping[str, Any],
    *,
    by: User,
    form_key: UUID,
) -> CreditRequest:
    """Start a request. The same form sent twice, or a second one for the same internship
    while the first lives, is the first."""
    if student.user_id != by.pk:
        raise PermissionDenied
    Student.objects.select_for_update().get(pk=student.pk)
    placement = internship if isinstance(internship, Placement) else None
    posting = placement.posting if placement else internship
    earlier = written_before(student, posting, placement, form_key)
    if earlier:
        return earlier
    request = CreditRequest(
        student=student,
        placement=placement,
        posting=posting,
        form_key=form_key,
        waits_since=timezone.now(),
        **values,
    )
    calculate(request)
    request.number = _next_number(timezone.localdate())
    request.due_on = request.starts_on
    request.save()
    Step.objects.bulk_create(
        Step(request=request, order=order, kind=kind) for order, kind in enumerate(PROGRAMME, 1)
    )
    log.append("drafted", request, actor=by, about=by, after={"state": request.state})
    return request


def written_before(
    student: Student,
    posting: Posting | None,
    placement: Placement | None,
    form_key: UUID | None = None,
) -> CreditRequest | None:
    """Give her living request for the internship, or what this very form has made."""
    own = CreditRequest.objects.filter(student=student)
    if form_key and (same := own.filter(form_key=form_key).first()):
        return same
    about = models.Q(posting=posting) if posting else models.Q(placement=placement)
    return own.filter(about, state__in=LIVE).first()


@transaction.atomic
def edit(request: CreditRequest, values: Mapping[str, Any], *, by: User) -> CreditRequest:
    """Write what differs. What an advisor has approved already is decided anew if it changes."""
    row = taken(request, "edit", by)
    before = {name: getattr(row, name) for name in values}
    changed = [name for name in values if before[name] != values[name]]
    if not changed:
        return row
    set_values(row, values)
    calculate(row)
    row.save()
    if set(changed).intersection(_DECIDED_ON):
        begin_anew(row)
    log.append(
        "edited",
        row,
        actor=by,
        about=by,
        before={name: _plain(before[name]) for name in changed},
        after={name: _plain(values[name]) for name in changed},
    )
    return row


@transaction.atomic
def submit(request: CreditRequest, *, by: User) -> Event:
    """Hand it to the first step that is not decided yet."""
    row = taken(request, "submit", by)
    Student.objects.select_for_update().get(pk=row.student_id)
    calculate(row)
    missing = what_is_missing(row)
    if missing:
        raise Refused(*missing)
    row.save()
    return move(row, "submit", by, submitted_at=timezone.now(), reason="")


@transaction.atomic
def approve(request: CreditRequest, *, by: User, step: int, reason: str = "") -> Event:
    """Sign the step the request stands at. step: the one the person was looking at, so that a
    second click never signs the next."""
    row = locked(request)
    name = "approve" if _is_last(row) else "pass_on"
    row = taken(request, name, by, step=step)
    if row.credits_asked > row.credits_by_rule:
        raise Refused(
            _("%(number)s asks for %(asked)s credits, the rule gives %(given)s. Return it.")
            % {
                "number": row.number,
                "asked": row.credits_asked,
                "given": row.credits_by_rule,
            }
        )
    decide(row, Step.Decision.APPROVED, by, reason)
    changes = {"advisor": by} if row.advisor is None and name == "pass_on" else {}
    return move(row, name, by, step=step, why=reason, **changes)


@transaction.atomic
def send_back(request: CreditRequest, *, by: User, step: int, reason: str) -> Event:
    """Ask the student for more; she sends it again to the same step."""
    row = taken(request, "send_back", by, step=step)
    return move(row, "send_back", by, why=reason, reason=reason)


@transaction.atomic
def reject(request: CreditRequest, *, by: User, step: int, reason: str) -> Event:
    row = taken(request, "reject", by, step=step)
    must_have(reason)
    decide(row, Step.Decision.REJECTED, by, reason)
    return move(row, "reject", by, step=step, why=reason, reason=reason)


@transaction.atomic
def withdraw(request: CreditRequest, *, by: User, reason: str = "") -> Event:
    row = taken(request, "withdraw", by)
    return move(row, "withdraw", by, why=reason, reason=reason)


@transaction.atomic
def upload(request: CreditRequest, kind: str, file: UploadedFile, *, by: User) -> Evidence:
    """Add a version of a paper. The same file sent again is the one sent already.

    Raises ValidationError for a file that is not acceptable; then nothing stays of it.
    """
    row = taken(request, "upload", by)
    newest = row.evidence.select_related("file").filter(kind=kind).first()
    with files.keep(file, by=by) as kept:
        if newest and newest.file.sha256 == kept.sha256:
            raise SentAlready(newest)
        paper = Evidence.objects.create(request=row, kind=kind, file=kept)
        log.append("sent", row, actor=by, about=by, after={"paper": kind, "id": paper.pk})
    return paper


class SentAlready(Exception):
    """The same file is there already: nothing was stored again."""

    def __init__(self, evidence: Evidence):
        super().__init__(evidence.pk)
        self.evidence = evidence


@transaction.atomic
def submit_evidence(request: CreditRequest, *, by: User, actual_hours: Decimal) -> Event:
    row = taken(request, "submit_evidence", by)
    missing = missing_evidence(row)
    if missing:
        raise Refused(*missing)
    return move(
        row,
        "submit_evidence",
        by,
        actual_hours=actual_hours,
        evidence_submitted_at=timezone.now(),
        reason="",
    )


@transaction.atomic
def send_evidence_back(request: CreditRequest, *, by: User, reason: str) -> Event:
    row = taken(request, "send_evidence_back", by)
    return move(row, "send_evidence_back", by, why=reason, reason=reason)


@transaction.atomic
def complete(request: CreditRequest, result: Mapping[str, Any], *, by: User) -> Event:
    """Record mark and credits. result: actual_hours, host_evaluation, report_mark, final_mark,
    credits_granted."""
    row = taken(request, "complete", by)
    most = most_credits(row, result["actual_hours"])
    if not 1 <= result["credits_granted"] <= most:
        raise Refused(
            _("For %(hours)s hours no more than %(most)s credits can be granted.")
            % {"hours": calculation.plain_hours(result["actual_hours"]), "most": most}
        )
    return move(row, "complete", by, reason="", **result, **_decided(by))


@transaction.atomic
def fail(
    request: CreditRequest, *, by: User, reason: str, result: Mapping[str, Any] | None = None
) -> Event:
    """Record that no credit is given."""
    row = taken(request, "fail", by)
    none = {"final_mark": "F", "credits_granted": 0}
    return move(
        row, "fail", by, why=reason, reason=reason, **{**(result or {}), **none}, **_decided(by)
    )


def _decided(by: User) -> dict[str, Any]:
    return {"decided_by": by, "decided_at": timezone.now()}


@transaction.atomic
def undo(request: CreditRequest, event_id: int, *, by: User) -> Event:
    """Take back one's own last deed while its letters wait, if nobody did anything since."""
    row = locked(request)
    last = log.history(row).exclude(verb__in=log.OPENINGS).first()
    if last is None or last.pk != event_id:
        raise TooLate(last)
    if not can_be_undone(last, by):
        if last.actor_id != by.pk or last.verb not in _BY_EVENT:
            raise PermissionDenied
        raise Refused(_("It is too late to undo this: the letter has gone out."))
    if not all(letters.take_back(pk) for pk in last.after.get("letters", [])):
        raise Refused(_("It is too late to undo this: the letter has gone out."))
    set_values(row, {name: _read(name, value) for name, value in last.before.items()})
    row.save()
    if "step" in last.after:
        undecide(row.steps.filter(order=last.after["step"]))
    return log.append(
        UNDONE, row, actor=by, about=row.student.user, before=last.after, after=last.before
    )


def can_be_undone(event: Event | None, by: User) -> bool:
    if event is None or event.actor_id != by.pk or event.verb not in _BY_EVENT:
        return False
    return _BY_EVENT[event.verb].undoable and timezone.now() - event.at <= settings.LETTER_DELAY


def _is_last(request: CreditRequest) -> bool:
    step = request.current_step
    return step is None or step.order == len(PROGRAMME)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _read(name: str, value: Any) -> Any:
    """Read a value of the log as the field holds it."""
    field = CreditRequest._meta.get_field(name)
    if value is None:
        return None
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def _next_number(today: date) -> str:
    """Give the next number of the year, one request at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    start = f"CR{today.year % 100:02}-"
    known = CreditRequest.objects.filter(number__regex=rf"^{start}\d{{3,9}}$").order_by()
    tail = Cast(Substr("number", len(start) + 1), models.IntegerField())
    last = known.aggregate(last=models.Max(tail))["last"] or 0
    return f"{start}{last + 1:03}"
