"""Coming in: password, invitation, a new password, demo mode."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from careers.people import workflow
from careers.people.checks import demo_is_off
from careers.people.demo_people import demo_groups
from careers.people.models import User
from careers.record.log import history
from careers.settings import PASSWORD_HASHERS
from tests.factories import make_faculty, make_student, make_user

PASSWORD = "a long enough secret"


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def reader(db):
    person = make_user(roles=["advisor"], email="reader@example.ac.jp", language="en")
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client, email="reader@example.ac.jp", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def test_a_person_signs_in_with_her_address_in_any_case(client, reader):
    sign_in(client, "Reader@Example.ac.jp")

    assert client.session["_auth_user_id"] == str(reader.pk)


def test_signing_in_gives_a_new_session(client, reader):
    planted = client.session
    planted["planted"] = True
    planted.save()
    before = planted.session_key

    sign_in(client)

    assert client.session.session_key != before


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client, reader):
    cookie = sign_in(client).cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, reader):
    wrong = sign_in(client, password="not that one")
    unknown = sign_in(client, email="nobody@example.ac.jp")

    answers = [response.context["form"].errors.as_json() for response in (wrong, unknown)]
    assert answers[0] == answers[1]
    assert [response.status_code for response in (wrong, unknown)] == [200, 200]


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, reader):
    for _ in range(5):
        sign_in(client, password="not that one")

    sign_in(client)

    assert "_auth_user_id" not in client.session


def test_signing_in_has_one_name_in_japanese(reader):
    client = Client(headers={"cookie": "django_language=ja"})
    pages = [client.get(reverse("account_login"))]
    pages += [sign_in(client, password="not that one") for _ in range(6)]

    assert "サインインしたままにする" in pages[0].text
    assert "サインインに続けて失敗しました" in pages[-1].text
    assert not any("ログイン" in page.text for page in pages)


def test_somebody_deactivated_cannot_sign_in_and_is_out_at_once(client, reader):
    sign_in(client)
    reader.is_active = False
    reader.save()

    response = client.get(reverse("student_list"))
    other = Client()
    sign_in(other)

    assert response.status_code == 302
    assert "_auth_user_id" not in other.session


def test_pages_are_in_the_language_of_the_person_unless_she_chose_one(client, reader):
    assert sign_in(client).cookies["django_language"].value == "en"

    other = Client(headers={"cookie": "django_language=ja"})
    assert "django_language" not in sign_in(other).cookies


def test_the_first_administrator_is_made_by_a_command_and_signs_in(client, db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)

    call_command("createsuperuser", email="First@Example.ac.jp", interactive=False)
    sign_in(client, "first@example.ac.jp")

    assert User.objects.get().roles == ["administrator"]
    assert client.get(reverse("admin:people_user_changelist")).status_code == 200


def test_nobody_signs_up(client, db):
    response = client.post(
        reverse("account_signup"),
        {"email": "new@example.ac.jp", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert not response.context.get("form")
    assert "account/signup_closed.html" in [template.name for template in response.templates]


def test_a_person_cannot_change_her_own_address(client, reader):
    client.force_login(reader)

    client.post(reverse("account_email"), {"email": "else@example.com", "action_add": ""})

    assert not EmailAddress.objects.filter(email="else@example.com").exists()


@pytest.mark.parametrize(
    ("language", "office"), [("en", "Career Office"), ("ja", "キャリアセンター")]
)
def test_a_new_password_comes_by_mail_in_the_language_of_the_reader(
    client, reader, language, office
):
    reader.language = language
    reader.save()

    client.post(reverse("account_reset_password"), {"email": reader.email})

    [letter] = mail.outbox
    assert letter.to == [reader.email]
    assert office in letter.body
    assert office in letter.subject
    assert link_in(letter)


def test_a_link_names_the_site_whatever_host_the_request_asked_for(client, reader, settings):
    settings.ALLOWED_HOSTS = ["*"]

    client.post(
        reverse("account_reset_password"), {"email": reader.email}, headers={"host": "evil.example"}
    )

    assert "evil.example" not in mail.outbox[0].body
    assert link_in(mail.outbox[0])


def test_asking_for_a_new_password_does_not_tell_who_has_an_account(client, reader):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True).content
        for email in (reader.email, "nobody@example.ac.jp")
    ]

    token = re.compile(rb'csrfmiddlewaretoken" value="\w+"')
    assert token.sub(b"", answers[0]) == token.sub(b"", answers[1])
    assert [letter.to for letter in mail.outbox] == [[reader.email], ["nobody@example.ac.jp"]]
    assert "/account/" not in mail.outbox[1].body


def invited(**fields):
    person = make_user(roles=["reviewer"], **fields)
    administrator = make_user(roles=["administrator"])
    workflow.invite(person, by=administrator)
    return person, administrator


def link_in(letter):
    return re.search(r"http://localhost:8000(/account/\S+)", letter.body)[1]


def set_password(client, link):
    page = client.get(link, follow=True)
    if page.context.get("token_fail"):
        return None
    return client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})


@pytest.mark.parametrize(
    ("language", "offices"),
    [
        ("en", ["Career Office"]),
        ("ja", ["キャリアセンター"]),
        ("", ["キャリアセンター", "Career Office"]),
    ],
)
def test_an_invitation_is_in_the_language_of_the_person_or_in_both(db, language, offices):
    invited(language=language)

    [letter] = mail.outbox
    written = [office for office in ("キャリアセンター", "Career Office") if office in letter.body]
    assert written == offices
    assert letter.body.count("http://localhost:8000/account/") == len(offices)


def test_an_invitation_lets_a_person_set_her_password_once(client, db):
    person, administrator = invited()
    link = link_in(mail.outbox[0])

    set_password(client, link)

    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert set_password(Client(), link) is None
    assert history(person).get(verb="invited").actor == administrator
    assert history(person).get(verb="set password").actor == person


def test_an_invitation_ends_after_three_days(client, db, frozen_moment):
    invited()

    frozen_moment.shift(timedelta(days=3, seconds=1))

    assert set_password(client, link_in(mail.outbox[0])) is None


def test_a_changed_password_is_logged_and_told_by_mail(client, reader):
    client.force_login(reader)
    new = "an even longer secret"

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    reader.refresh_from_db()
    assert reader.check_password(new)
    assert history(reader).get().verb == "set password"
    assert [letter.to for letter in mail.outbox] == [[reader.email]]


def test_somebody_who_may_not_sign_in_is_not_invited(db):
    with pytest.raises(ValidationError):
        invited(is_active=False)

    assert not mail.outbox


def test_a_former_address_neither_signs_in_nor_gets_a_new_password(client, reader):
    sign_in(client)
    EmailAddress.objects.get_or_create(user=reader, email="reader@example.ac.jp", primary=True)
    reader.email = "married@example.ac.jp"
    reader.save()
    workflow.forget_old_addresses(reader)

    other = Client()
    sign_in(other, "reader@example.ac.jp")

    assert "_auth_user_id" not in other.session
    assert sign_in(other, "married@example.ac.jp").status_code == 302


@pytest.fixture
def demo_university(db):
    for number in range(2):
        make_user(roles=["approver"], approves_for=[make_faculty(name_en=f"Faculty {number}")])
    for role in ("advisor", "reviewer", "administrator"):
        make_user(roles=[role])
    make_student(status_of_residence="JAPANESE")
    make_student(status_of_residence="UNKNOWN")
    return make_student(status_of_residence="STUDENT", blanket_permission_until=None)


def test_in_demo_mode_one_signs_in_by_one_click(client, demo_university, settings):
    settings.DEMO = True

    page = client.get(reverse("account_login"))
    response = client.post(reverse("demo_sign_in", args=[demo_university.user.pk]))

    assert reverse("demo_sign_in", args=[demo_university.user.pk]) in page.content.decode()
    assert response.url == reverse("home")
    assert client.session["_auth_user_id"] == str(demo_university.user.pk)


def test_demo_mode_offers_each_role_and_approvers_of_two_faculties(demo_university, settings):
    settings.DEMO = True

    students, staff = demo_groups()

    assert len(students.people) == 3
    roles = [person.user.roles[0] for person in staff.people]
    assert roles == ["advisor", "reviewer", "approver", "approver", "administrator"]


def test_without_demo_mode_there_is_neither_a_button_nor_an_address(
    client, demo_university, settings
):
    settings.DEMO = False
    address = reverse("demo_sign_in", args=[demo_university.user.pk])

    page = client.get(reverse("account_login"))
    response = client.post(address)

    assert "account/demo" not in page.content.decode()
    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_demo_mode_signs_nobody_in_who_is_not_on_the_list(client, demo_university, settings):
    settings.DEMO = True
    for _ in range(2):
        other = make_user(roles=["administrator"])

    response = client.post(reverse("demo_sign_in", args=[other.pk]))

    assert response.status_code == 404


def test_the_demo_does_not_follow_an_address_of_another_site(client, demo_university, settings):
    settings.DEMO = True

    response = client.post(
        reverse("demo_sign_in", args=[demo_university.user.pk]), {"next": "https://evil.example/"}
    )

    assert response.url == reverse("home")


def test_reading_an_address_of_the_demo_signs_nobody_in(client, demo_university, settings):
    settings.DEMO = True

    response = client.get(reverse("demo_sign_in", args=[demo_university.user.pk]))

    assert response.status_code == 405


def test_passwords_are_kept_with_argon2():
    assert PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_a_site_in_demo_mode_does_not_pass_the_check_for_production(settings):
    settings.DEMO = True
    found = demo_is_off(None)
    settings.DEMO = False

    assert [error.id for error in found] == ["people.E001"]
    assert demo_is_off(None) == []
