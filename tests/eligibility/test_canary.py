"""No answer of a check leaves its pages: not into a log, a mail, another site or an error page."""

import logging
import re
from types import ModuleType

import pytest
from django.conf import settings as site
from django.contrib.auth.decorators import login_not_required
from django.core import mail
from django.test import Client
from django.urls import path, reverse

from careers import urls
from careers.desk import letters
from careers.desk.models import Letter
from careers.logs import JsonFormatter
from careers.record.models import Event
from tests.eligibility.answers import ENGLISH, OVER
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db

# Numbers that stand nowhere else.
CANARY = OVER | {"hours_per_week": "33.25", "term_hours_per_week": "31.75", "credits_earned": "117"}
ODD = CANARY | {"pay_kind": "canary-bird"}
SONG = re.compile(r"33\.25|31\.75|canary-bird|credits_earned|has_individual_permission")
QUERY = "&".join(f"{key}={value}" for key, value in CANARY.items())


@login_not_required
def break_down(request):
    raise ValueError(request.get_full_path())


@pytest.fixture
def broken_result(settings):
    """The site, with a fault of ours on the page of the result."""
    broken = ModuleType("broken_urls")
    broken.urlpatterns = [path("check/result", break_down), *urls.urlpatterns]
    settings.ROOT_URLCONF = broken
    settings.DEBUG = settings.DEMO = False


def everything(client):
    """Do all that a person can do with her answers, right and odd."""
    for name in ("wizard", "check_answers", "check_result"):
        for answers in (CANARY, ODD):
            yield client.get(reverse(name), answers, headers=ENGLISH)
    yield client.get(reverse("wizard"), CANARY | {"go": "hours"}, headers=ENGLISH)
    yield client.get(reverse("check_result"), CANARY | {"print": ""}, headers=ENGLISH)
    yield client.post(reverse("check_pdf"), {"answers": QUERY})
    yield client.post(reverse("check_save", query=CANARY), {"host_name": "Kitano"})
    yield client.get(reverse("check_resume"))
    yield client.post(reverse("check_record", query=CANARY))
    yield client.get(reverse("check_save", query=CANARY))
    yield client.get(f"/check/nothing/?{QUERY}")
    asked = {"topic": "permission", "text": "May I?", "email": "a@example.com", "answers": QUERY}
    yield client.post(reverse("enquiry_new"), asked)


def signing_in(answer):
    """Give the address of the sign-in page, where an answer sends there."""
    address = answer.headers.get("Location", "")
    return address if address.startswith(reverse("account_login")) else ""


def told(caplog):
    """Give what the site prints of each record."""
    return [
        JsonFormatter().format(record)
        for record in caplog.records
        if record.name != "django.db.backends"
    ]


@pytest.mark.parametrize("who", ["visitor", "student", "advisor"])
def test_no_answer_reaches_a_log_a_mail_or_another_site(client, caplog, person, who):
    caplog.set_level(logging.DEBUG)
    make_user(roles=["reviewer"])
    if who != "visitor":
        client.force_login(person(who))

    answers = list(everything(client))
    letters.send_due(NOW.replace(year=NOW.year + 1))

    assert any(SONG.search(answer.content.decode(errors="ignore")) for answer in answers)
    assert told(caplog)
    assert not [line for line in told(caplog) if SONG.search(line)]
    sent = [f"{one.subject} {one.body} {one.extra_headers}" for one in mail.outbox]
    assert not [one for one in sent if SONG.search(one)]
    assert not [one for one in Letter.objects.all() if SONG.search(f"{one.context} {one.body}")]
    assert not [one for one in answers if SONG.search(signing_in(one))]
    assert {answer["Referrer-Policy"] for answer in answers} == {"same-origin"}
    events = [f"{one.before} {one.after} {one.reason}" for one in Event.objects.all()]
    assert not [one for one in events if SONG.search(one)]


def test_no_answer_stands_in_the_name_of_a_file(client):
    shown = client.post(reverse("check_pdf"), {"answers": QUERY})

    assert not SONG.search(str(shown.headers))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_answer_stands_on_an_error_page(caplog, broken_result, language):
    caplog.set_level(logging.DEBUG)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies[site.LANGUAGE_COOKIE_NAME] = language

    pages = [
        strict.get(reverse("check_result", query=CANARY)),
        strict.get(f"/check/nothing/?{QUERY}"),
        strict.post(reverse("check_save", query=CANARY), {"host_name": "Kitano"}),
        strict.post(reverse("check_pdf"), {"answers": QUERY}),
        strict.get(reverse("check_save", query=CANARY)),
    ]

    assert [page.status_code for page in pages] == [500, 404, 403, 403, 405]
    assert not [page for page in pages if SONG.search(page.content.decode())]
    assert not [line for line in told(caplog) if SONG.search(line)]
