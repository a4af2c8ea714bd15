from datetime import timedelta

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from careers.desk.dates import long_day
from careers.desk.tasks import count_of, counters_of, lists_of, tasks_of, waiting_for_others
from careers.people.calendar import academic_calendar
from careers.people.models import Student
from internships.board.following.bookmarks import open_saved
from internships.board.models import Posting
from internships.permits.roads import newest_cases, road_of_placement
from internships.placements.models import Placement

SOON = timedelta(days=7)
# (what she may do, where, in words)
PLACES = [
    ("people.view_student", "student_list", gettext_lazy("Students")),
    ("desk.view_letter", "letter_list", gettext_lazy("Letters")),
]
KEPT_IN_ADMIN = [
    ("people.change_user", "admin:people_user_changelist", gettext_lazy("People and roles")),
    (
        "people.change_calendarperiod",
        "admin:people_calendarperiod_changelist",
        gettext_lazy("Academic calendar"),
    ),
    (
        "people.change_officesettings",
        "admin:people_officesettings_changelist",
        gettext_lazy("Settings of the office"),
    ),
    (
        "board.change_minimumwage",
        "admin:board_minimumwage_changelist",
        gettext_lazy("Minimum wages"),
    ),
    ("board.change_resource", "admin:board_resource_changelist", gettext_lazy("Other sources")),
    ("record.view_event", "admin:record_event_changelist", gettext_lazy("Event log")),
]
NEWEST = 10
SAVED = 5


@require_safe
def home(request):
    """The first page of a signed-in person: what needs her, then what is hers."""
    if request.user.is_student:
        return _student_home(request)
    return _staff_home(request)


def _student_home(request):
    student = Student.objects.filter(user=request.user).first()
    tasks, waiting = tasks_of(request.user), waiting_for_others(request.user)
    dates = _dates_to_know(student)
    coming = [day for _label, day, _until, _why in dates] + [task.due for task in waiting]
    context = {
        "tasks": tasks,
        "waiting": waiting,
        "heading": _heading(count_of(request.user), coming),
        "today": timezone.localdate(),
        "placements": _own_placements(request.user),
        "dates": dates,
        "saved": list(open_saved(student, timezone.now())[:SAVED]) if student else [],
    }
    return render(request, "office/home_student.html", context)


def _more(user, tasks) -> dict | None:
    """Say that there are more than are shown, and where they all stand."""
    if count_of(user) <= len(tasks):
        return None
    return {"shown": len(tasks), "lists": lists_of(user)}


def _heading(number: int, days) -> str:
    if number:
        words = ngettext("%(number)s thing needs you", "%(number)s things need you", number)
        return words % {"number": number}
    coming = [day for day in days if day and day >= timezone.localdate()]
    if coming:
        return _("Nothing needs you today. Next date: %(day)s.") % {"day": long_day(min(coming))}
    return _("Nothing needs you today.")


def _own_placements(user):
    rows = Placement.objects.filter(student__user=user).live().with_verdict()
    rows = list(rows.select_related("posting__organisation"))
    cases = newest_cases(rows)
    return [
        {"placement": row, "case": case, "road": road_of_placement(row, case, row.outcome)}
        for row in rows
        for case in [cases.get(row.pk)]
    ]


def _dates_to_know(student) -> list[tuple]:
    """Give (what, first day, last day or None, why) for the days a student plans around."""
    today = timezone.localdate()
    lines = _own_dates(student) if student else []
    vacation = next((span for span in academic_calendar().vacations if span[1] >= today), None)
    if vacation:
        lines.append((_("Next long vacation"), vacation[0], vacation[1], ""))
    return lines


def _own_dates(student) -> list[tuple]:
    lines = []
    if student.blanket_permission_until:
        until, why = _permission_works_until(student)
        lines.append((_("Blanket permission works until"), until, None, why))
    if student.residence_expires_on:
        lines.append((_("Period of stay ends"), student.residence_expires_on, None, ""))
    return lines


def _permission_works_until(student):
    """A permission ends with the stay and with the course, whichever comes first."""
    ends = [(student.blanket_permission_until, "")]
    if student.residence_expires_on:
        ends.append((student.residence_expires_on, _("your period of stay ends")))
    if student.expected_graduation:
        ends.append((student.expected_graduation, _("your course ends")))
    return min(ends, key=lambda end: end[0])


def _staff_home(request):
    user = request.user
    tasks, waiting = tasks_of(user), waiting_for_others(user)
    writes, advises = (
        user.has_perm("board.change_posting"),
        user.has_perm("placements.view_placement"),
    )
    closing = list(_closing_soon()) if writes else None
    dates = _dates_for_staff(closing or [])
    context = {
        "tasks": tasks,
        "waiting": waiting,
        "more": _more(user, tasks),
        "heading": _heading(count_of(user), [day for _words, day in dates]),
        "today": timezone.localdate(),
        "counters": counters_of(user),
        "dates": dates,
        "drafts": _drafts(user) if writes else None,
        "closing": closing,
        "newest": _newest_placements(user) if advises else None,
        "places": _places(user),
    }
    return render(request, "office/home_staff.html", context)


def _dates_for_staff(closing) -> list[tuple]:
    """The next days that the whole office plans around."""
    today, calendar = timezone.localdate(), academic_calendar()
    dates = [(_("Next posting closes"), timezone.localdate(one.closes_at)) for one in closing[:1]]
    vacation = next((first for first, _last in calendar.vacations if first >= today), None)
    return dates + ([(_("Next long vacation begins"), vacation)] if vacation else [])


def _places(user) -> list[tuple]:
    """What a member of staff looks after and may open, beside her tasks."""
    known = PLACES + (KEPT_IN_ADMIN if user.is_staff else [])
    return [(words, reverse(name)) for may, name, words in known if user.has_perm(may)]


def _drafts(user):
    mine = Posting.objects.filter(posted_by=user, state=Posting.State.DRAFT)
    return mine.select_related("organisation").order_by("-changed_at", "pk")[:NEWEST]


def _closing_soon():
    now = timezone.now()
    closing = Posting.objects.open(now).filter(closes_at__lte=now + SOON)
    return closing.select_related("organisation").order_by("closes_at", "pk")[:NEWEST]


def _newest_placements(user):
    rows = Placement.objects.visible_to(user).live().with_verdict()
    return rows.select_related("student__user", "posting__organisation")[:NEWEST]
