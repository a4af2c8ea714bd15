"""The table of who gets which answer where (access.txt), a line at a time, and its readers."""

from pathlib import Path

import pytest
from django.test import Client

TABLE = Path(__file__).with_name("access.txt")


def lines():
    for line in TABLE.read_text().splitlines():
        words = line.split()
        if words and not line.startswith("#"):
            method, name, *answers = words
            yield pytest.param(method, name, answers, id=f"{method} {name}")


def client_of(person):
    client = Client()
    if person:
        client.force_login(person)
    return client
