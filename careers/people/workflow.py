"""What is done with people and their records; each deed leaves an event in the log."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.people.invitation import send_invitation
from careers.people.models import Job, Student, User
from careers.record import log
from careers.record.models import Event

SAME_VISIT = timedelta(hours=1)


@transaction.atomic
def invite(user: User, *, by: User) -> None:
    """Send the person a link to set her password, the first time or again.

    Raises ValidationError for somebody who may not sign in, OSError where the mail server
    takes no mail; then nobody was invited.
    """
    if not user.is_active:
        raise ValidationError(_("%(name)s may not sign in; change that first.") % {"name": user})
    again = user.invited_at is not None
    user.invited_at = timezone.now()
    user.save(update_fields=["invited_at"])
    log.append("invited", user, actor=by, about=user, after={"again": again})
    send_invitation(user)


def forget_old_addresses(user: User) -> None:
    """A former address neither signs in nor receives a link to a new password."""
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()


@transaction.atomic
def correct_record(student: Student, changes: dict[str, Any], *, by: User) -> None:
    """Take over what a student says of her residence; without changes it is confirmed as it is."""
    before = Student.objects.select_for_update(of=["self"]).get(pk=student.pk)
    changed = [name for name, value in changes.items() if getattr(before, name) != value]
    for name in changes:
        setattr(student, name, changes[name])
    student.facts_confirmed_on = timezone.localdate()
    student.save(update_fields=[*changes, "facts_confirmed_on"])
    log.append(
        "corrected" if changed else "confirmed",
        student,
        actor=by,
        about=student.user,
        before={name: getattr(before, name) for name in changed} or None,
        after={name: changes[name] for name in changed} or None,
    )


@transaction.atomic
def choose_language(user: User, language: str) -> None:
    """Set the language of letters; nothing changed, nothing logged."""
    row = User.objects.select_for_update().get(pk=user.pk)
    if row.language == language:
        return
    before, row.language = row.language, language
    row.save(update_fields=["language"])
    log.append(
        "changed",
        row,
        actor=row,
        about=row,
        before={"language": before},
        after={"language": language},
    )


@transaction.atomic
def add_job(job: Job, *, by: User) -> None:
    job.save()
    log.append("added", job, actor=by, about=job.student.user, after=_job_fields(job))


@transaction.atomic
def change_job(job: Job, *, by: User) -> None:
    """Save a changed job; nothing changed, nothing logged."""
    before = _job_fields(Job.objects.select_for_update().get(pk=job.pk))
    after = _job_fields(job)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return
    job.save()
    log.append(
        "changed",
        job,
        actor=by,
        about=job.student.user,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )


def end_job(job: Job, on: date, *, by: User) -> None:
    """Set the last day of a job. Clicked twice, the first day stands."""
    if job.ends_on is None or job.ends_on > on:
        job.ends_on = max(on, job.starts_on or on)
        change_job(job, by=by)


def _job_fields(job: Job) -> dict[str, Any]:
    return {
        "name": job.name,
        "weekly_hours": job.weekly_hours,
        "starts_on": job.starts_on,
        "ends_on": job.ends_on,
        "is_own_university_tara": job.is_own_university_tara,
    }


@transaction.atomic
def note_opening(student: Student, *, by: User, thing: models.Model | None = None) -> None:
    """Remember that somebody opened a record, or a paper in it; once a visit is enough."""
    if by.pk == student.user_id:
        return
    opened = thing or student
    openings = log.history(opened).filter(verb=log.OPENED, actor=by)
    if not openings.filter(at__gt=timezone.now() - SAME_VISIT).exists():
        log.append(log.OPENED, opened, actor=by, about=student.user)


@transaction.atomic
def note_export(what: str, opened: Mapping[models.Model, Student], *, by: User) -> None:
    """Remember that somebody took a list out of the site, and in it the records of students.

    opened: each thing in the list, the record itself or a part of it, and whose it is.
    """
    log.append("exported", by, actor=by, after={what: len(opened)})
    recent = Event.objects.filter(
        verb=log.OPENED, actor=by, at__gt=timezone.now() - SAME_VISIT
    ).values_list("object_kind", "object_id")
    known = set(recent.order_by())
    log.append_openings(
        {
            thing: student.user
            for thing, student in opened.items()
            if student.user_id != by.pk and (thing._meta.label, str(thing.pk)) not in known
        },
        actor=by,
    )


def openings_of(student: Student) -> models.QuerySet[Event]:
    """Give who else opened a record of the student, or a file in it, newest first."""
    opened = Event.objects.filter(verb__in=log.OPENINGS, about=student.user)
    return opened.exclude(actor=student.user).select_related("actor")
