"""The letter with which a person comes in: a link to set her own password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from careers.people.models import User
from careers.people.office import office_settings

SECONDS_A_DAY = 24 * 60 * 60


def link_to_set_a_password(user: User) -> str:
    """Give a link that works once, for some days, and not after the next sign-in or change."""
    return address_of_key(user_pk_to_url_str(user), default_token_generator.make_token(user))


def address_of_key(person: str, token: str) -> str:
    """The site's own address, whatever name the request asked for."""
    path = reverse("account_reset_password_from_key", args=[person, token])
    return settings.SITE_ADDRESS + path


def send_invitation(user: User) -> None:
    """Write in her language; where it is not known, in both."""
    context = {
        "person": user,
        "office": office_settings(),
        "link": link_to_set_a_password(user),
        "days": settings.PASSWORD_RESET_TIMEOUT // SECONDS_A_DAY,
    }
    subjects, bodies = [], []
    for language in user.letter_languages:
        with translation.override(language):
            subjects.append(_written("invitation_subject", context))
            bodies.append(_written("invitation", context))
    EmailMessage(" / ".join(subjects), "\n\n\n".join(bodies), to=[user.email]).send()


def _written(name: str, context: dict) -> str:
    return render_to_string(f"letters/people/{name}.txt", context).strip()
