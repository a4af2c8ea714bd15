"""The house itself: its settings, what it logs, what it lets others keep, and its health."""

import ast
import json
import logging
import os
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.test import RequestFactory
from django.urls import resolve, reverse

from careers.logs import JsonFormatter, shown_path

PRODUCTION = {
    "SECRET_KEY": "x" * 60,
    "DATABASE_URL": "postgres:///nothing?host=/nowhere&user=app",
    "ALLOWED_HOSTS": "testserver",
    "SITE_ADDRESS": "https://testserver",
    "DJANGO_SETTINGS_MODULE": "careers.settings",
}


def in_production(program, **changed):
    """Run a program in a process of its own, with nothing in its environment but this."""
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **PRODUCTION, **changed},
        capture_output=True,
        text=True,
        check=False,
    )


def variables_read(file):
    """Give the names that `env.kind("NAME")` and `os.environ.get("NAME")` ask for."""
    for node in ast.walk(ast.parse((settings.BASE_DIR / file).read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asked = ast.unparse(node.func.value)
            if asked in {"env", "os.environ"} and node.args and node.func.attr != "setdefault":
                yield ast.literal_eval(node.args[0])


def line_of(record_maker):
    """Give what the site would print for one record."""
    return json.loads(JsonFormatter().format(record_maker))


def failed(error, request=None):
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s", ("Oh: /x",), None)
    record.exc_info = (type(error), error, error.__traceback__)
    if request:
        record.request = request
    return record


def request_for(path, **posted):
    request = RequestFactory().post(path, posted) if posted else RequestFactory().get(path)
    request.resolver_match = resolve(request.path)
    return request


def test_env_example_names_what_the_settings_read_and_nothing_else():
    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    explained = {line.partition("=")[0] for line in lines if re.match(r"[A-Z]", line)}

    read = {*variables_read("careers/settings.py"), *variables_read("gunicorn.conf.py")}

    assert explained == read


def test_database_driver_is_psycopg2():
    assert connection.Database.__name__ == "psycopg2"


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"])
def test_server_does_not_start_without(name):
    done = in_production("import careers.wsgi", **{name: ""})

    assert done.returncode == 1
    assert f"Set {name} (see .env.example)" in done.stderr


def test_server_starts_as_production_does():
    assert in_production("import careers.wsgi").returncode == 0


def test_server_does_not_walk_through_what_it_loaded_at_its_start_again_and_again():
    done = in_production("import careers.wsgi, gc; print(gc.get_freeze_count())")

    assert int(done.stdout) > 50_000


def test_debug_and_demo_are_off_unless_asked_for():
    done = in_production("from django.conf import settings as s; print(s.DEBUG, s.DEMO)")

    assert done.stdout.split() == ["False", "False"]


def test_the_sites_own_address_has_no_slash_twice_however_it_is_written():
    shown = "from django.conf import settings as s; print(s.SITE_ADDRESS)"

    assert in_production(shown, SITE_ADDRESS="https://testserver/").stdout == "https://testserver\n"


def test_content_security_policy_allows_nothing_unsafe(client, db):
    policy = client.get(reverse("front"))["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_health_page_answers_while_the_database_does(client, db):
    response = client.get(reverse("healthz"))

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "sessionid" not in response.cookies


def test_health_page_says_when_the_database_does_not_answer():
    program = (
        "import careers.wsgi; from django.test import Client; r = Client().get('/healthz');"
        "print(r.status_code, r.content.decode())"
    )

    assert in_production(program).stdout.splitlines()[-1] == '503 {"status": "no database"}'


def test_pages_of_a_signed_in_reader_are_not_kept(student_client):
    assert student_client.get(reverse("front"))["Cache-Control"] == "private, no-store"


def test_pages_of_a_visitor_are_not_shared(client, db):
    assert client.get(reverse("front"))["Cache-Control"] == "private"


def test_access_line_tells_the_page_but_not_the_answers(client, db, caplog):
    with caplog.at_level(logging.INFO, "careers.access"):
        client.get(
            reverse("privacy") + "?status=STUDENT", headers={"referer": "https://a.example/b"}
        )

    line = line_of(caplog.records[-1])
    assert {"method", "path", "route", "status", "ms"} <= set(line)
    assert (line["path"], line["route"], line["status"]) == ("/privacy/", "privacy", 200)
    assert not re.search("STUDENT|a.example|127.0.0.1", json.dumps(line))


def test_an_address_that_is_not_ours_is_not_repeated(client, db, caplog):
    with caplog.at_level(logging.INFO):
        client.get("/hanako.yamada@example.com/")

    assert "hanako" not in json.dumps([line_of(record) for record in caplog.records])
    assert line_of(caplog.records[-1])["status"] == 404


def test_secrets_in_an_address_are_masked():
    request = request_for("/account/password/reset/key/1a-c0ffee-secret/")

    assert shown_path(request) == "/account/password/reset/key/<uidb36>-<key>/"


def test_an_error_is_told_without_what_was_typed(settings):
    settings.DEMO = False
    request = request_for("/privacy/", name="山田花子")
    try:
        int("山田花子")
    except ValueError as error:
        line = line_of(failed(error, request))

    assert line["error"][0] == "builtins.ValueError"
    assert "test_house.py" in line["error"][1]
    assert (line["path"], line["route"]) == ("/privacy/", "privacy")
    # The source line is shown, and here it is the test's own words.
    assert "山田花子" not in json.dumps({**line, "error": line["error"][:1]}, ensure_ascii=False)


def test_an_error_tells_its_causes():
    try:
        try:
            raise KeyError("inner")
        except KeyError as inner:
            raise RuntimeError("outer") from inner
    except RuntimeError as error:
        told = line_of(failed(error))["error"]

    assert [line for line in told if not line.startswith(" ")] == [
        "builtins.RuntimeError: outer",
        "builtins.KeyError: 'inner'",
    ]


def test_history_of_fields_keeps_the_page_without_its_secrets():
    from careers.middleware import RecordMiddleware

    request = RequestFactory().post("/account/password/reset/key/1a-c0ffee/?next=/x")
    request.user = SimpleNamespace()

    context = RecordMiddleware(lambda request: None).get_context(request)

    assert context["url"] == "/account/password/reset/key/<uidb36>-<key>/"


def test_who_takes_an_intern_has_one_name_in_japanese():
    words = (settings.BASE_DIR / "locale/ja/LC_MESSAGES/django.po").read_text(encoding="utf-8")

    assert "受入先" in words
    assert not re.findall("組織|受け入れ先|受入れ先", words)
