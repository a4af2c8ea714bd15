"""Who gets which answer where: tests/access.txt against the running site."""

import pytest
from django.contrib import admin
from django.urls import get_resolver, reverse

from tests.access import client_of, lines
from tests.world import ARGUMENTS, PEOPLE, World

# Its pages are asked below by one rule; the rest of them are Django's own.
BY_RULE = "admin:"


def names_of(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names_of(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}"


def answer(client, method, address):
    response = client.generic(method, address)
    b"".join(response)  # reads a file to its end, which closes it
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return "login"
    return str(response.status_code)


def test_every_address_is_in_the_table():
    known = {line.values[1].partition("@")[0] for line in lines()}
    served = {name for name in names_of(get_resolver()) if not name.startswith(BY_RULE)}

    assert served == known, "tests/access.txt lacks an address, or has one too many"


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "name", "answers"), list(lines()))
def test_each_person_gets_the_answer_of_the_table(method, name, answers):
    world = World()
    arguments = ARGUMENTS[name](world) if name in ARGUMENTS else {}
    address = reverse(name.partition("@")[0], kwargs=arguments)

    given = {who: answer(client_of(world.person(who)), method, address) for who in PEOPLE}

    assert given == dict(zip(PEOPLE, answers, strict=True))


@pytest.mark.django_db
@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label)
@pytest.mark.parametrize("who", PEOPLE)
def test_admin_lists_what_the_role_may_view_and_nothing_else(model, who):
    person = World().person(who)
    view = f"{model._meta.app_label}.view_{model._meta.model_name}"
    may = bool(person and person.is_staff and person.has_perm(view))

    changelist = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    address = reverse(changelist)
    response = client_of(person).get(address, follow=True)  # the list of one row leads to the row

    arrived = response.request["PATH_INFO"].startswith(address)
    assert (arrived and response.status_code == 200) is may
