"""What a posting says, in the words of the law."""

from careers.law import UNKNOWN, PartialFacts, duration_days
from careers.people.calendar import AcademicCalendar
from internships.board.models import Posting

ORIGIN = "posting"


def facts_of(posting: Posting, calendar: AcademicCalendar) -> PartialFacts:
    """Give the facts of the law that follow from a posting and the calendar.

    What the posting does not say is "not sure" and never a default: the law tries each value.
    """
    days = (posting.starts_on, posting.ends_on)
    dated = None not in days
    season = calendar.in_long_vacation(*days) if dated else UNKNOWN
    hours = posting.weekly_hours if posting.weekly_hours is not None else UNKNOWN
    values = {
        "pay_kind": posting.pay_kind or UNKNOWN,
        "hours_per_week": hours,
        "hours_per_day": posting.daily_hours if posting.daily_hours is not None else UNKNOWN,
        "in_long_vacation": season,
        # A posting names its largest week alone; it may fall in term.
        "term_hours_per_week": hours if season in ("partial", UNKNOWN) else None,
        "duration_days": duration_days(*days) if dated else UNKNOWN,
        "credit_bearing": posting.credit_bearing,
        "venue": posting.venue,
    }
    return PartialFacts(ORIGIN, values)
