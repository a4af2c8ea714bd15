"""What django-allauth does with passwords is a deed too, and stands in the event log."""

from allauth.account import signals
from django.db import transaction
from django.dispatch import receiver

from careers.record import log


@receiver([signals.password_set, signals.password_changed, signals.password_reset])
def password_was_set(request, user, **_kwargs):
    with transaction.atomic():
        log.append("set password", user, actor=user, about=user)
