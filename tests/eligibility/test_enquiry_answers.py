"""Answers that came with a question are read by the rules the asker saw them under."""

import pytest
from django.urls import reverse

from careers.desk.models import Enquiry
from careers.law import RULEBOOK
from internships.eligibility.editions import edition_id
from internships.eligibility.enquiries import _run_of
from tests.eligibility.answers import EXCHANGE, said, visit
from tests.factories import make_enquiry

pytestmark = pytest.mark.django_db


def test_the_question_takes_the_edition_of_the_result_with_it(client):
    old = edition_id(RULEBOOK.editions[-2])

    page = said(visit(client, "check_result", EXCHANGE, e=old))

    form = page.split(f'action="{reverse("enquiry_new")}')[1].split("</form>")[0]
    assert f"e={old}" in form


@pytest.mark.parametrize(("edition", "expected"), [("", -1), ("nonsense", -1), ("old", -2)])
def test_the_office_reads_the_answers_as_they_were_shown(edition, expected):
    named = edition_id(RULEBOOK.editions[-2]) if edition == "old" else edition
    query = "&".join(f"{key}={value}" for key, value in EXCHANGE.items()) + f"&e={named}"
    enquiry = make_enquiry(asker=None, email="visitor@example.com", answers=query)

    run = _run_of(Enquiry.objects.get(pk=enquiry.pk))

    assert run.assessment.edition == RULEBOOK.editions[expected].name
