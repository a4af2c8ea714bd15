"""A rulebook that nobody has written: the weekly limit rises from 28 to 30 hours in April 2027."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from careers.law import RULEBOOK, Facts
from careers.law.parameters import PARAMETERS

LAST_DAY_OF_28 = date(2027, 3, 31)
FIRST_DAY_OF_30 = date(2027, 4, 1)
# Covered by her blanket permission from the first day of 30 hours on, and not before.
STUDENT = Facts(
    institution="japan",
    status_of_residence="STUDENT",
    level="undergrad",
    pay_kind="wage",
    hours_per_week=Decimal(30),
    hours_per_day=Decimal(6),
    has_blanket_permission=True,
)


def rising():
    old = next(one for one in PARAMETERS if one.name == "week_hours")
    kept = [one for one in PARAMETERS if one is not old]
    ended = replace(old, valid_until=LAST_DAY_OF_28)
    new = replace(old, value=Decimal(30), valid_from=FIRST_DAY_OF_30)
    return replace(RULEBOOK, parameters=(*kept, ended, new))
