"""The verbs of a credit request; `transitions.VERBS` says who may do what, and where it leads.

Every verb locks the row before it looks at the state, so of two people at once the second is
told what the first has done. Each appends one event in the same transaction, passes the ball,
and writes a letter, which waits a little so that an undo sends nothing.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, models, transaction
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from careers.desk import files, letters
from careers.law.dates import working_day_on_or_before
from careers.people.models import Student, User
from careers.people.office import office_settings
from careers.record import log
from careers.record.models import Event
from internships.board.models import Posting
from internships.credits import calculation
from internships.credits.models import (
    LIVE,
    NEEDED,
    CreditRequest,
    Evidence,
    State,
    Step,
    WaitsFor,
)
from internships.credits.transitions import (
    DECIDE_ANY,
    DECIDE_AS,
    OWN,
    PLACEMENT,
    RECORD_RESULT,
    STEP,
    VERBS,
    Verb,
)
from internships.placements.models import Placement

UNDONE = "undone"
PROGRAMME = (Step.Kind.ADVISOR, Step.Kind.APPROVER)
# Whoever has the ball is given two weeks, and never longer than to the day before the start.
DAYS_TO_ACT = 14
_BY_EVENT = {verb.event: verb for verb in VERBS.values()}
# What the advisor has approved: if it changes, the steps begin anew.
_DECIDED_ON = ("course", "host_hours", "guidance_hours", "credits_asked", "starts_on", "ends_on")
_CANCELLED = _("The placement was cancelled.")
_MOVED = _("The days of the placement have changed. Look at your plan and send it again.")
_BALL = ("waits_for", "waits_since", "due_on")
# Any number that no other part of the product uses as an advisory lock.
_LOCK = 7_490_023


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
    _calculate(request)
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
    row = _taken(request, "edit", by)
    before = {name: getattr(row, name) for name in values}
    changed = [name for name in values if before[name] != values[name]]
    if not changed:
        return row
    _set(row, values)
    _calculate(row)
    row.save()
    if set(changed).intersection(_DECIDED_ON):
        _begin_anew(row)
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
    row = _taken(request, "submit", by)
    Student.objects.select_for_update().get(pk=row.student_id)
    _calculate(row)
    missing = what_is_missing(row)
    if missing:
        raise Refused(*missing)
    row.save()
    return _move(row, "submit", by, submitted_at=timezone.now(), reason="")


def what_is_missing(request: CreditRequest) -> list[str | Promise]:
    """Say what keeps a request from being sent: its words, its credits, and the records."""
    found: list[str | Promise] = []
    if not request.plan.strip():
        found.append(_("Write your plan: what you will do, day by day or week by week."))
    if request.credits_asked > request.credits_by_rule:
        found.append(over_the_rule(request))
    found += [obstacle.words for obstacle in obstacles_of(request)]
    return found


def over_the_rule(request: CreditRequest) -> str:
    """Say that more is asked for than the rule gives, and how the rule counts."""
    words = _("You ask for %(asked)s credits, the rule gives %(given)s.")
    credits = credits_of(request)
    counted = {"asked": request.credits_asked, "given": credits.credits}
    return f"{words % counted} {calculation.explained(credits)}"


def credits_of(request: CreditRequest, hours: Decimal | None = None):
    return calculation.credits_for(
        request.student,
        request.course,
        request.rule,
        request.planned_hours if hours is None else hours,
        apart_from=request.pk,
    )


def obstacles_of(request: CreditRequest) -> list[calculation.Obstacle]:
    return calculation.obstacles(
        request.student,
        request.course,
        request.rule,
        request.posting,
        request.starts_on,
        request.ends_on,
    )


@transaction.atomic
def approve(request: CreditRequest, *, by: User, step: int, reason: str = "") -> Event:
    """Sign the step the request stands at. step: the one the person was looking at, so that a
    second click never signs the next."""
    row = _locked(request)
    name = "approve" if _is_last(row) else "pass_on"
    row = _taken(request, name, by, step=step)
    if row.credits_asked > row.credits_by_rule:
        raise Refused(
            _("%(number)s asks for %(asked)s credits, the rule gives %(given)s. Return it.")
            % {
                "number": row.number,
                "asked": row.credits_asked,
                "given": row.credits_by_rule,
            }
        )
    _decide(row, Step.Decision.APPROVED, by, reason)
    changes = {"advisor": by} if row.advisor is None and name == "pass_on" else {}
    return _move(row, name, by, step=step, why=reason, **changes)


@transaction.atomic
def send_back(request: CreditRequest, *, by: User, step: int, reason: str) -> Event:
    """Ask the student for more; she sends it again to the same step."""
    row = _taken(request, "send_back", by, step=step)
    return _move(row, "send_back", by, why=reason, reason=reason)


@transaction.atomic
def reject(request: CreditRequest, *, by: User, step: int, reason: str) -> Event:
    row = _taken(request, "reject", by, step=step)
    _must_have(reason)
    _decide(row, Step.Decision.REJECTED, by, reason)
    return _move(row, "reject", by, step=step, why=reason, reason=reason)


@transaction.atomic
def withdraw(request: CreditRequest, *, by: User, reason: str = "") -> Event:
    row = _taken(request, "withdraw", by)
    return _move(row, "withdraw", by, why=reason, reason=reason)


@transaction.atomic
def upload(request: CreditRequest, kind: str, file: UploadedFile, *, by: User) -> Evidence:
    """Add a version of a paper. The same file sent again is the one sent already.

    Raises ValidationError for a file that is not acceptable; then nothing stays of it.
    """
    row = _taken(request, "upload", by)
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
    row = _taken(request, "submit_evidence", by)
    missing = missing_evidence(row)
    if missing:
        raise Refused(*missing)
    return _move(
        row,
        "submit_evidence",
        by,
        actual_hours=actual_hours,
        evidence_submitted_at=timezone.now(),
        reason="",
    )


def missing_evidence(request: CreditRequest) -> list[str]:
    there = set(request.evidence.values_list("kind", flat=True))
    return [str(Evidence.Kind(kind).label) for kind in NEEDED if kind not in there]


@transaction.atomic
def send_evidence_back(request: CreditRequest, *, by: User, reason: str) -> Event:
    row = _taken(request, "send_evidence_back", by)
    return _move(row, "send_evidence_back", by, why=reason, reason=reason)


@transaction.atomic
def complete(request: CreditRequest, result: Mapping[str, Any], *, by: User) -> Event:
    """Record mark and credits. result: actual_hours, host_evaluation, report_mark, final_mark,
    credits_granted."""
    row = _taken(request, "complete", by)
    most = most_credits(row, result["actual_hours"])
    if not 1 <= result["credits_granted"] <= most:
        raise Refused(
            _("For %(hours)s hours no more than %(most)s credits can be granted.")
            % {"hours": calculation.plain_hours(result["actual_hours"]), "most": most}
        )
    return _move(row, "complete", by, reason="", **result, **_decided(by))


def most_credits(request: CreditRequest, hours: Decimal) -> int:
    """Give what the hours really worked are worth: never more than was approved."""
    return min(request.credits_asked, credits_of(request, hours).credits)


@transaction.atomic
def fail(
    request: CreditRequest, *, by: User, reason: str, result: Mapping[str, Any] | None = None
) -> Event:
    """Record that no credit is given."""
    row = _taken(request, "fail", by)
    none = {"final_mark": "F", "credits_granted": 0}
    return _move(
        row, "fail", by, why=reason, reason=reason, **{**(result or {}), **none}, **_decided(by)
    )


def _decided(by: User) -> dict[str, Any]:
    return {"decided_by": by, "decided_at": timezone.now()}


@transaction.atomic
def undo(request: CreditRequest, event_id: int, *, by: User) -> Event:
    """Take back one's own last deed while its letters wait, if nobody did anything since."""
    row = _locked(request)
    last = log.history(row).exclude(verb__in=log.OPENINGS).first()
    if last is None or last.pk != event_id:
        raise TooLate(last)
    if not can_be_undone(last, by):
        if last.actor_id != by.pk or last.verb not in _BY_EVENT:
            raise PermissionDenied
        raise Refused(_("It is too late to undo this: the letter has gone out."))
    if not all(letters.take_back(pk) for pk in last.after.get("letters", [])):
        raise Refused(_("It is too late to undo this: the letter has gone out."))
    _set(row, {name: _read(name, value) for name, value in last.before.items()})
    row.save()
    if "step" in last.after:
        _undecide(row.steps.filter(order=last.after["step"]))
    return log.append(
        UNDONE, row, actor=by, about=row.student.user, before=last.after, after=last.before
    )


def can_be_undone(event: Event | None, by: User) -> bool:
    if event is None or event.actor_id != by.pk or event.verb not in _BY_EVENT:
        return False
    return _BY_EVENT[event.verb].undoable and timezone.now() - event.at <= settings.LETTER_DELAY


def last_event(request: CreditRequest) -> Event | None:
    return history_of(request).last()


def history_of(request: CreditRequest) -> models.QuerySet[Event]:
    """Give the deeds on a request, oldest first; openings are apart."""
    deeds = log.history(request).exclude(verb__in=log.OPENINGS)
    return deeds.order_by("at", "pk")


@transaction.atomic
def take_placement(request: CreditRequest, placement: Placement, *, actor: User | None) -> None:
    """The placement asked for is saved now: the start gate is its, and so are the days."""
    row = _locked(request)
    row.placement = placement
    row.save()
    log.append(
        "got its placement",
        row,
        actor=actor,
        about=row.student.user,
        after={"placement_id": placement.pk},
    )
    follow_placement(row, placement, actor=actor)


@transaction.atomic
def follow_placement(request: CreditRequest, placement: Placement, *, actor: User | None) -> None:
    """The placement has moved or is cancelled: what was decided on the old plan ends with it."""
    row = _locked(request)
    if row.state not in LIVE or row.state == State.EVIDENCE_SUBMITTED:
        return
    if placement.state == Placement.State.CANCELLED:
        _write_for_placement(row, "end", actor, _CANCELLED)
        return
    first, last = placement.starts_on, placement.ends_on
    if not (first and last) or (first, last) == (row.starts_on, row.ends_on):
        return
    row.starts_on, row.ends_on = first, last
    hours = calculation.proposed_hours(row.posting, first, last)
    row.host_hours = hours or row.host_hours
    _calculate(row)
    _begin_anew(row)
    # Days, hours and state change at once: fewer credits may be left than were approved.
    if row.state == State.DRAFT:
        row.save()
    else:
        _write_for_placement(row, "move", actor, _MOVED)


def _write_for_placement(row: CreditRequest, name: str, actor: User | None, why: Promise) -> None:
    with override(row.student.user.language or get_language()):
        reason = str(why)
    _write(row, VERBS[name], actor, {"reason": reason}, reason)


def may(request: CreditRequest, name: str, by: User) -> bool:
    """Whether the person may do this on the request as it is today."""
    verb = VERBS[name]
    if request.state_today not in verb.starts or not _is_allowed(request, verb, by):
        return False
    step = request.current_step
    return verb.at is None or (step is not None and step.kind == verb.at)


def may_decide(request: CreditRequest, by: User) -> bool:
    return may(request, "send_back", by)


def _is_allowed(request: CreditRequest, verb: Verb, by: User) -> bool:
    if verb.who == PLACEMENT:
        return False
    if request.student.user_id == by.pk:
        return verb.who == OWN and by.is_student
    if verb.who == STEP:
        return _may_decide_step(request, by)
    return verb.who != OWN and (by.has_perm(RECORD_RESULT) or _approves(request, by))


def _may_decide_step(request: CreditRequest, by: User) -> bool:
    step = request.current_step
    if step is None:
        return False
    if by.has_perm(DECIDE_ANY):
        return True
    if step.kind == Step.Kind.APPROVER:
        return _approves(request, by)
    return by.has_perm(DECIDE_AS[step.kind])


def _approves(request: CreditRequest, by: User) -> bool:
    """Whether she is an approver of the faculty whose rule counts."""
    return by.has_perm(DECIDE_AS[Step.Kind.APPROVER]) and by in request.approvers


def _locked(request: CreditRequest) -> CreditRequest:
    rows = CreditRequest.objects.select_for_update(of=("self",)).with_all()
    return rows.get(pk=request.pk)


def _taken(
    request: CreditRequest, name: str, by: User, *, step: int | None = None
) -> CreditRequest:
    """Give the request as it is now, locked, if the verb may start from there."""
    row, verb = _locked(request), VERBS[name]
    current = row.current_step
    moved_on = step is not None and (current is None or current.order != step)
    late = row.state_today not in verb.starts or moved_on
    # Who had the step may be told that somebody was faster; others are refused.
    if late and _had_a_part(row, verb, by):
        raise TooLate(last_event(row))
    if not _is_allowed(row, verb, by):
        raise PermissionDenied
    return row


def _had_a_part(row: CreditRequest, verb: Verb, by: User) -> bool:
    if row.student.user_id == by.pk:
        return verb.who == OWN and by.is_student
    if verb.who == STEP:
        deciders = (DECIDE_ANY, DECIDE_AS[Step.Kind.ADVISOR])
        return any(by.has_perm(name) for name in deciders) or _approves(row, by)
    return _is_allowed(row, verb, by)


def _is_last(request: CreditRequest) -> bool:
    step = request.current_step
    return step is None or step.order == len(PROGRAMME)


def _must_have(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Write the reason: the student reads it."))


def _decide(row: CreditRequest, decision: str, by: User, reason: str) -> None:
    step = row.current_step
    step.decision, step.decided_by, step.reason = decision, by, reason
    step.decided_at = timezone.now()
    step.save()


def _begin_anew(row: CreditRequest) -> None:
    _undecide(row.steps.all())


def _undecide(steps: models.QuerySet[Step]) -> None:
    steps.update(decision="", decided_by=None, decided_at=None, reason="")


def _move(
    row: CreditRequest, name: str, by: User, *, step: int | None = None, why: str = "", **changes
) -> Event:
    verb = VERBS[name]
    if verb.reason:
        _must_have(why)
    return _write(row, verb, by, changes, why, step=step)


def _write(
    row: CreditRequest,
    verb: Verb,
    by: User | None,
    changes: dict[str, Any],
    why: str,
    *,
    step: int | None = None,
) -> Event:
    """Write changes, ball and letters to a locked row, and the event."""
    was_draft = row.state == State.DRAFT
    changes = _by_keys(changes)
    if verb.leads_to:
        changes["state"] = str(verb.leads_to)
    before = {name: getattr(row, name) for name in (*changes, *_BALL)}
    _set(row, changes)
    ball = _ball(row)
    _set(row, ball)
    row.save()
    written = [] if was_draft and verb.to == "advisor" else _write_letters(row, verb)
    after = changes | ball | ({"step": step} if step else {}) | {"letters": written}
    return log.append(
        verb.event,
        row,
        actor=by,
        about=row.student.user,
        before=before,
        after=after,
        reason=why,
    )


def _set(row: CreditRequest, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _ball(row: CreditRequest) -> dict[str, Any]:
    """Say whom the request waits for from now on, and until when."""
    today = timezone.localdate()
    who, due = WaitsFor.NOBODY, None
    if row.state == State.SUBMITTED:
        who, due = WaitsFor(row.current_step.kind), days_to_act(today, row.starts_on)
    elif row.state == State.NEEDS_INFO:
        who, due = WaitsFor.STUDENT, days_to_act(today, row.starts_on)
    elif row.state == State.APPROVED:
        who, due = WaitsFor.STUDENT, max(row.evidence_due_on, today)
    elif row.state == State.EVIDENCE_SUBMITTED:
        who, due = WaitsFor.OFFICE, days_to_act(today)
    return {"waits_for": str(who), "waits_since": timezone.now(), "due_on": due}


def days_to_act(today: date, starts_on: date | None = None) -> date:
    due = today + timedelta(days=DAYS_TO_ACT)
    if starts_on:
        due = min(due, starts_on - timedelta(days=1))
    return max(today, working_day_on_or_before(due))


def _write_letters(row: CreditRequest, verb: Verb) -> list[int]:
    if not verb.letter:
        return []
    context = {"number": row.number, "link": row.get_absolute_url()}
    if row.due_on:
        context["due"] = row.due_on.isoformat()
    written = [
        letters.write(verb.letter, reader, row, context=context) for reader in _readers(row, verb)
    ]
    return [letter.pk for letter in written if letter]


def _readers(row: CreditRequest, verb: Verb) -> list[User | str]:
    """Give who reads the letter; where nobody is named, the office's own address."""
    if verb.to == "student":
        return [row.student.user]
    to_approvers = verb.to == "next" and row.waits_for != WaitsFor.ADVISOR
    people = row.approvers if to_approvers else [row.advisor] if row.advisor else []
    return people or [office_settings().email]


def _calculate(row: CreditRequest) -> None:
    """Write what follows from course, days and hours: the rule, its credits, its deadline."""
    rule = calculation.rule_for(row.student, row.course)
    if rule is None:
        raise Refused(_("Your faculty has no rule for credit yet. Ask the office."))
    row.rule = rule
    row.hours_per_credit = rule.hours_per_credit
    row.evidence_due_on = calculation.evidence_due(rule, row.ends_on)
    row.credits_by_rule = credits_of(row).credits


def _by_keys(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Name rows by their keys, as the log and the columns do."""
    return {
        f"{name}_id" if isinstance(value, models.Model) else name: getattr(value, "pk", value)
        for name, value in changes.items()
    }


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
