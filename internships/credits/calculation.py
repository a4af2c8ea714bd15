"""What the rules say of one request: credits, course choices, and what stands in the way."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from careers.law.dates import academic_year_ends
from careers.people.calendar import holidays
from careers.people.models import Student
from internships.board.models import Posting
from internships.credits import arithmetic
from internships.credits.arithmetic import Credits
from internships.credits.models import COUNTING, Course, CreditRequest, CreditRule, State

YEAR = re.compile(r"([BMD])(\d)$")


def rule_for(student: Student, course: Course | None) -> CreditRule | None:
    """Give the rule of her own faculty, whoever offers the course.

    Only a course of an office for one level (all doctoral students) has that office's rule.
    """
    is_for_level = course and course.owner and course.owner.for_level
    faculty = course.owner_id if is_for_level else student.faculty_id
    return CreditRule.objects.select_related("faculty").filter(faculty=faculty).first()


def credits_taken(student: Student, rule: CreditRule, *, apart_from: int | None = None) -> int:
    """Count the credits granted to her under a rule, and those she has asked for."""
    counting = CreditRequest.objects.filter(student=student, rule=rule, state__in=COUNTING)
    if apart_from:
        counting = counting.exclude(pk=apart_from)
    done = Q(state=State.COMPLETED)
    sums = counting.aggregate(
        granted=Sum(F("credits_granted"), filter=done, default=0),
        asked=Sum(F("credits_asked"), filter=~done, default=0),
    )
    return sums["granted"] + sums["asked"]


def credits_for(
    student: Student,
    course: Course,
    rule: CreditRule,
    hours: Decimal,
    *,
    apart_from: int | None = None,
) -> Credits:
    taken = credits_taken(student, rule, apart_from=apart_from)
    return Credits(
        hours=hours,
        hours_per_credit=rule.hours_per_credit,
        faculty_max=rule.max_credits_per_request,
        course_max=course.max_credits,
        cap_left=max(0, rule.cap_total_credits - taken),
        cap_total=rule.cap_total_credits,
    )


def explained(credits: Credits) -> str:
    """Say how the credits come about, and each limit that gives fewer than the hours do."""
    counted = ngettext(
        "%(hours)s h ÷ %(each)s h a credit = %(whole)s whole credit.",
        "%(hours)s h ÷ %(each)s h a credit = %(whole)s whole credits.",
        credits.by_hours,
    ) % {
        "hours": plain_hours(credits.hours),
        "each": credits.hours_per_credit,
        "whole": credits.by_hours,
    }
    limits = [
        (credits.faculty_max, gettext("Your faculty gives at most %(number)s for one placement.")),
        (credits.course_max, gettext("The course gives at most %(number)s.")),
        (
            credits.cap_left,
            gettext("For all placements together it gives at most %(total)s; left: %(number)s."),
        ),
    ]
    lines = [
        words % {"number": limit, "total": credits.cap_total}
        for limit, words in limits
        if limit < credits.by_hours
    ]
    return " ".join([counted, *lines])


def plain_hours(hours: Decimal) -> str:
    """Give 75 for 75.00 and 74.75 for 74.75."""
    return f"{hours.normalize():f}"


def proposed_hours(
    posting: Posting | None, first: date | None, last: date | None
) -> Decimal | None:
    """Give the hours at the host as the posting plans them; None where it does not say."""
    if not (posting and first and last and posting.daily_hours and posting.days_per_week):
        return None
    return arithmetic.host_hours(
        first, last, posting.daily_hours, posting.days_per_week, holidays(first, last)
    )


def courses_for(student: Student) -> QuerySet[Course]:
    """Give the courses that her level may take, of every faculty."""
    offered = Course.objects.filter(is_offered=True, levels__contains=[student.level])
    return offered.select_related("owner")


def evidence_due(rule: CreditRule, ends_on: date) -> date:
    return ends_on + timedelta(days=rule.evidence_deadline_days)


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way. field: the field of the form it belongs to."""

    code: str
    words: str | Promise
    field: str = "course"


def obstacles(
    student: Student,
    course: Course,
    rule: CreditRule,
    posting: Posting | None,
    starts_on: date,
    ends_on: date,
) -> list[Obstacle]:
    """Give the reasons for a refusal that the records tell by themselves."""
    found = []
    if student.enrolment != Student.Enrolment.ENROLLED:
        found.append(
            Obstacle("enrolment", _("Credit is for enrolled students. Ask the office first."))
        )
    if student.level not in course.levels:
        found.append(Obstacle("level", _("This course is not for students of your level.")))
    if posting and not _fits_year(student, posting, starts_on):
        found.append(
            Obstacle(
                "year",
                gettext("This placement gives credit in the years %(years)s only.")
                % {"years": ", ".join(posting.study_years)},
            )
        )
    if rule.counts_toward_graduation and _is_complete(student):
        found.append(
            Obstacle("complete", _("You have all credits you need to graduate: no more count."))
        )
    if student.expected_graduation and ends_on > student.expected_graduation:
        found.append(
            Obstacle(
                "after_graduation",
                _("The last day is after your expected graduation."),
                "ends_on",
            )
        )
    return found


def warnings(student: Student, rule: CreditRule, ends_on: date) -> list[str | Promise]:
    """Give what nobody is stopped by, but should know."""
    found: list[str | Promise] = []
    graduation = student.expected_graduation
    if graduation and ends_on <= graduation < evidence_due(rule, ends_on):
        found.append(
            _("The evidence falls due after the expected graduation: send it before that day.")
        )
    if not rule.counts_toward_graduation:
        found.append(_("In this faculty the credits do not count toward graduation."))
    if student.exchange:
        found.append(
            _("An exchange student: ask the home university whether it takes the credits.")
        )
    return found


def year_on(student: Student, day: date) -> str:
    """Give the year of study on a day, B3 to D3, from today's; "" where it is not known."""
    now = YEAR.match(student.year)
    if not now:
        return ""
    later = academic_year_ends(day).year - academic_year_ends(timezone.localdate()).year
    return f"{now[1]}{int(now[2]) + later}"


def _fits_year(student: Student, posting: Posting, starts_on: date) -> bool:
    year = year_on(student, starts_on)
    return not posting.study_years or not year or year in posting.study_years


def _is_complete(student: Student) -> bool:
    earned, required = student.credits_earned, student.credits_required
    return bool(required) and earned is not None and earned >= required
