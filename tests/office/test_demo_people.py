"""The people of the sign-in page, together with the board of the sample."""

from django.core.management import call_command
from django.utils import timezone

from careers.law import OUTCOMES
from careers.people.demo_people import demo_groups
from internships.board.models import Posting
from internships.board.verdicts import signs_for

# What no student of this university can get here: routes of people abroad, and statuses nobody has.
NOT_HERE = {"V_WITHIN_STATUS", "V_NOT_POSSIBLE_AS_PLANNED"}


def test_the_people_of_the_sign_in_page_show_every_flag_between_them(db, settings):
    settings.DEMO = True
    call_command("demo", verbosity=0)
    students, _staff = demo_groups()
    postings = list(Posting.objects.open(timezone.now()))

    shown = {
        sign.outcome
        for person in students.people
        for sign in signs_for(person.user.student, postings).values()
    }

    wanted = {code for code in OUTCOMES if not code.startswith("V_STATUS_")} - NOT_HERE
    assert wanted <= shown
