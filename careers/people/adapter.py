from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from careers.people.invitation import address_of_key
from careers.people.models import User
from careers.people.office import office_settings


class AccountAdapter(DefaultAccountAdapter):
    # In the words of our own pages, which say サインイン.
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("Too many tries to sign in. Try again in a few minutes."),
        "email_password_mismatch": _(
            "This e-mail address and this password do not belong together."
        ),
    }

    def is_open_for_signup(self, request):
        """People are added by the office, never by themselves."""
        return False

    def post_login(self, request, user, **kwargs):
        """Show the site in the language of the person, unless she has chosen one here."""
        response = super().post_login(request, user, **kwargs)
        if user.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            )
        return response

    def send_mail(self, template_prefix, email, context):
        """Write in the language of the reader; who asked may have been anybody."""
        reader = User.objects.filter(email__iexact=email).first()
        language = (reader and reader.language) or translation.get_language()
        with translation.override(language):
            super().send_mail(template_prefix, email, {"office": office_settings(), **context})

    def get_reset_password_from_key_url(self, key):
        return address_of_key(*key.split("-", 1))

    def format_email_subject(self, subject):
        return f"{subject} ({office_settings()})"
