"""Build the sample university, or take it away again."""

from collections.abc import Callable
from datetime import date
from typing import TextIO

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext as _

from careers.people.models import User
from internships.board.reference import load_reference_data
from internships.office.demo import (
    cases,
    credits,
    enquiries,
    following,
    people,
    placements,
    postings,
    university,
    viewing,
)
from internships.office.demo.clock import shift_to
from internships.office.demo.large import build as large
from internships.office.demo.large.progress import Progress
from internships.office.demo.large.size import Size
from internships.office.models import DemoClock

# Django keeps these itself; they say nothing of people.
NEVER_EMPTIED = {"django_content_type", "auth_permission"}


def is_empty() -> bool:
    return not User.objects.exists()


@transaction.atomic
def build(today: date, tell: Callable[[str], None]) -> None:
    """Write the whole sample university for the week of a day, in one transaction."""
    shift = shift_to(today)
    university.add_settings()
    load_reference_data()
    tell(_("%(count)s faculties") % {"count": people.add_faculties()})
    tell(_("%(count)s lines of the academic calendar") % {"count": university.add_calendar(shift)})
    tell(_("%(count)s members of staff") % {"count": people.add_staff()})
    tell(_("%(count)s students") % {"count": people.add_students(shift)})
    tell(_("%(count)s other jobs of students") % {"count": people.add_jobs(shift)})
    taken_in, published = university.add_postings(shift)
    told = {"count": taken_in, "published": published}
    tell(_("%(count)s postings, %(published)s of them published") % told)
    tell(_("%(count)s postings that the office has worked on") % {"count": postings.add_deeds()})
    saved = placements.add_placements()
    tell(_("%(count)s placements that students have saved") % {"count": len(saved)})
    tell(_("%(count)s permission cases, in every state") % {"count": cases.add_cases(saved)})
    tell(_("%(count)s courses that give credit") % {"count": credits.add_courses()})
    requests = credits.add_requests(shift)
    tell(_("%(count)s credit requests, in every state") % {"count": requests})
    asked = enquiries.add_enquiries(shift)
    tell(_("%(count)s questions to the office") % {"count": asked})
    saved_postings, searches = following.add_following()
    told = {"postings": saved_postings, "searches": searches}
    tell(_("%(postings)s postings and %(searches)s searches that students have saved") % told)
    seen = {"count": viewing.add_views(today)}
    tell(_("%(count)s days on which postings were opened") % seen)
    DemoClock.objects.create(pk=1, built_on=today)


@transaction.atomic
def build_large(today: date, tell: Callable[[str], None], stream: TextIO, size: Size) -> None:
    """Write the sample university and add what it lacks to be as large as a real one."""
    build(today, tell)
    large.add(size, Progress(stream))


@transaction.atomic
def clear() -> None:
    """Empty every table, the event log with them. Only for a database without real people."""
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    } - NEVER_EMPTIED
    names = ", ".join(connection.ops.quote_name(table) for table in sorted(tables))
    log = connection.ops.quote_name(apps.get_model("record", "Event")._meta.db_table)
    with connection.cursor() as cursor:
        # A table with checks still to be made at the end of the transaction cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # The log defends itself against being emptied; a demo that starts anew is the one case.
        cursor.execute(f"ALTER TABLE {log} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")
        cursor.execute(f"ALTER TABLE {log} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
