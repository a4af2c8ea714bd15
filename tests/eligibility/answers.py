"""Answers to the questions of the wizard, and how the tests ask its pages."""

from django.urls import reverse

ENGLISH = {"accept-language": "en"}
STUDENT = {
    "institution": "japan",
    "status_of_residence": "STUDENT",
    "enrolment": "enrolled",
    "venue": "ordinary",
}
OVER = STUDENT | {
    "pay_kind": "wage",
    "credit_bearing": "n",
    "starts_on": "2027-02-15",
    "ends_on": "2027-06-12",
    "hours_per_week": "35",
    "hours_per_day": "7",
    "term_hours_per_week": "35",
    "other_weekly_work_hours": "0",
    "exchange_student": "n",
    "has_individual_permission": "n",
    "level": "undergrad",
    "final_year": "y",
    "credits_earned": "118",
    "credits_required": "124",
    "prefecture": "13",
}
# An exchange student over the limit needs another status, and the fee of that has changed.
EXCHANGE = STUDENT | {
    "pay_kind": "wage",
    "credit_bearing": "n",
    "starts_on": "2027-04-12",
    "ends_on": "2027-06-12",
    "hours_per_week": "35",
    "hours_per_day": "7",
    "other_weekly_work_hours": "0",
    "exchange_student": "y",
    "prefecture": "13",
}
# Every rule that adds something adds it here: the longest of thousands of results.
LONGEST = {
    "institution": "japan",
    "status_of_residence": "STUDENT",
    "enrolment": "enrolled",
    "venue": "own_university_ta_ra",
    "level": "research-student",
    "exchange_student": "n",
    "pay_kind": "flat_allowance",
    "credit_bearing": "y",
    "starts_on": "2027-02-01",
    "ends_on": "2027-03-31",
    "hours_per_week": "50",
    "hours_per_day": "9",
    "term_hours_per_week": "40",
    "other_weekly_work_hours": "5",
    "has_blanket_permission": "n",
    "has_individual_permission": "n",
    "final_year": "n",
    "credits_earned": "45",
    "credits_required": "124",
    "prefecture": "13",
}


def visit(client, name, answers=None, **more):
    return client.get(reverse(name), {**(answers or {}), **more}, headers=ENGLISH)


def said(response):
    return response.content.decode()
