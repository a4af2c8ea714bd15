"""The house itself: settings, logs, health, and what the detectors of faults catch."""

from django.urls import reverse


def test_health_page_answers_while_the_database_does(client, db):
    response = client.get(reverse("healthz"))

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
