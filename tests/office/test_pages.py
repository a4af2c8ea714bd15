"""The frame of every page: spine, language, theme, notes, refusals; and the pages about us."""

import pytest
from django.conf import settings as site
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils.translation import override
from django.views.defaults import server_error

from careers.desk.notes import note_done
from internships.office.spine import spine_for

PAGES = ["front", "privacy", "accessibility"]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_about_the_service_are_open_to_everybody(client, db, name, language):
    client.cookies[site.LANGUAGE_COOKIE_NAME] = language

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(("wish", "language"), [("ja", "ja"), ("en-GB", "en"), ("fr", "ja")])
def test_language_follows_the_browser_until_one_is_chosen(client, db, wish, language):
    response = client.get(reverse("front"), headers={"accept-language": wish})

    assert f'<html lang="{language}"' in response.content.decode()


def test_language_switch_keeps_page_and_query(client, db):
    page = client.get(
        "/privacy/?a=1&b=%E6%9D%B1", headers={"accept-language": "ja"}
    ).content.decode()
    assert 'name="next" value="/privacy/?a=1&amp;b=%E6%9D%B1"' in page

    response = client.post(
        reverse("set_language"), {"language": "en", "next": "/privacy/?a=1&b=%E6%9D%B1"}
    )

    assert response.headers["Location"] == "/privacy/?a=1&b=%E6%9D%B1"
    assert '<html lang="en"' in client.get("/privacy/").content.decode()


def test_theme_is_kept_and_the_reader_comes_back(client, db):
    response = client.post(reverse("theme_set"), {"theme": "dark", "next": "/privacy/?a=1"})

    assert response.headers["Location"] == "/privacy/?a=1"
    assert 'data-bs-theme="dark"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "", "javascript:1", "x"]
)
def test_theme_never_leads_to_another_site(client, db, address):
    response = client.post(reverse("theme_set"), {"theme": "dark", "next": address})

    assert response.headers["Location"] == reverse("front")


def test_unknown_theme_is_as_the_device_says(client, db):
    client.post(reverse("theme_set"), {"theme": '"><b>', "next": "/"})
    client.cookies["theme"] = "purple"

    assert 'data-bs-theme="auto"' in client.get("/").content.decode()


def names(user):
    return [resolve(item.url).view_name for item in spine_for(user, "/")]


def test_spine_shows_each_role_its_places(person):
    student, many = person("student"), person("advisor", "reviewer", "administrator")

    assert "account_login" in names(AnonymousUser())
    assert {"account_login", "admin:index"}.isdisjoint(names(student))
    assert "admin:index" in names(person("administrator"))
    assert "admin:index" in names(many)
    assert "student_list" in names(person("advisor"))
    assert [item.on_phone for item in spine_for(many, "/")].count(True) == 5


@pytest.mark.parametrize("role", ["student", "advisor", "reviewer", "approver", "administrator"])
def test_the_spine_has_the_same_places_in_both_languages(person, role):
    user, found = person(role), {}

    for language in ("en", "ja"):
        with override(language):
            found[language] = [item.url for item in spine_for(user, "/")]

    assert found["en"] == found["ja"]


def test_spine_marks_the_postings_of_the_office_while_one_is_written(db, person):
    found = spine_for(person("advisor"), "/internships/I26-0001/edit/")

    assert [resolve(item.url).view_name for item in found if item.current] == ["posting_staff_list"]


def test_spine_marks_the_nearest_place_as_current(db, person):
    current = [
        item.url for item in spine_for(person("administrator"), "/admin/people/") if item.current
    ]

    assert current == [reverse("admin:index")]


def test_unknown_address_answers_with_our_page(client, db):
    response = client.get("/no/such/page", headers={"accept-language": "en"})

    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()
    assert 'class="spine"' in response.content.decode()


def test_page_of_another_role_answers_with_our_page(signed_in, settings):
    settings.DEMO = False

    response = signed_in("student").get(reverse("components"), headers={"accept-language": "en"})

    assert response.status_code == 403
    assert "This page is not for your role" in response.content.decode()


def test_component_page_is_for_staff_and_for_the_demo(client, person, settings):
    settings.DEMO = False
    assert client.get(reverse("components")).status_code == 404
    client.force_login(person("advisor"))
    assert client.get(reverse("components")).status_code == 200
    client.logout()
    settings.DEMO = True
    assert client.get(reverse("components")).status_code == 200


def test_form_of_unknown_origin_is_refused_in_words(db):
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("theme_set"), {}, headers={"accept-language": "en"})

    assert response.status_code == 403
    assert "Nothing was changed." in response.content.decode()


def test_a_request_that_cannot_be_read_is_refused_in_both_languages(client, settings, db):
    fields = {
        f"field-{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)
    }

    response = client.post(reverse("theme_set"), fields)

    page = response.content.decode()
    assert response.status_code == 400
    assert "このリクエストは受け取れません" in page
    assert "We could not read this request" in page
    assert 'class="spine"' in page


def test_a_host_that_is_not_ours_gets_the_same_page_and_nothing_of_itself(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    response = client.get("/", headers={"host": "evil.example"})

    page = response.content.decode()
    assert response.status_code == 400
    assert "We could not read this request" in page
    assert "evil.example" not in page


def test_our_fault_is_said_in_both_languages_without_a_database():
    response = server_error(RequestFactory().get("/"))

    page = response.content.decode()
    assert response.status_code == 500
    assert "こちらの不具合です" in page
    assert "Something broke on our side" in page


def test_sign_in_says_what_is_wrong_and_keeps_what_was_typed(client, db):
    response = client.post(
        reverse("account_login"),
        {"login": "nobody@example.ac.jp", "password": "wrong"},
        headers={"accept-language": "en"},
    )

    page = response.content.decode()
    assert "<title>Error: Sign in" in page
    assert 'role="alert"' in page
    assert 'value="nobody@example.ac.jp"' in page


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
    ],
)
def test_account_pages_for_visitors_are_in_our_frame(client, db, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert '<main id="main"' in response.content.decode()


@pytest.mark.parametrize("name", ["account_logout", "account_change_password", "account_email"])
def test_account_pages_for_people_are_in_our_frame(client, person, name):
    advisor = person("advisor")
    advisor.set_password("a long enough password")
    advisor.save()
    client.force_login(advisor)

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert '<main id="main"' in response.content.decode()


def test_stale_link_to_a_new_password_says_so(client, db):
    address = reverse("account_reset_password_from_key", args=["1", "set-password-x"])

    page = client.get(address, headers={"accept-language": "en"}).content.decode()

    assert "This link no longer works" in page


def test_note_after_an_action_offers_its_undo(client, db):
    request = client.get("/").wsgi_request
    request._messages = FallbackStorage(request)
    note_done(request, "The posting is on the board.", undo="/undo/")

    page = render_to_string(
        "components/messages.html", {"messages": get_messages(request)}, request
    )

    assert 'action="/undo/"' in page
    assert "The posting is on the board." in page


def test_hashed_names_reach_the_vendored_stylesheet(settings, tmp_path):
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path

    call_command("collectstatic", interactive=False, verbosity=0)

    [hashed] = (tmp_path / "vendor/bootstrap-5.3.9").glob("bootstrap.min.*.css")
    [sheet] = tmp_path.glob("site.*.css")
    assert f'@import url("vendor/bootstrap-5.3.9/{hashed.name}")' in sheet.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "arguments", "above"),
    [
        ("case_submit", [7], "/cases/7/"),
        ("credit_undo", ["CR26-001", 7], "/credits/CR26-001/"),
        ("posting_restore", ["I26-0001", 2], "/internships/I26-0001/versions/"),
        ("theme_set", [], "/"),
    ],
)
@pytest.mark.parametrize(("language", "words"), [("en", "once more"), ("ja", "もう一度送信")])
def test_the_address_of_a_form_opened_by_itself_leads_to_its_page(
    signed_in, name, arguments, above, language, words
):
    reader = signed_in("student", "advisor", "reviewer")
    reader.cookies["django_language"] = language

    response = reader.get(reverse(name, args=arguments))

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert words in response.text
    assert f'href="{above}"' in response.text
