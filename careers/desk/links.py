"""One-time links: a page for somebody without an account, for one purpose, for a while."""

import hashlib
import secrets
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from careers.desk.models import OneTimeLink

LIVES = timedelta(days=30)
# Old letters are found again long after: what stops them works for a year.
STOP_LIVES = timedelta(days=365)


def make(purpose: str, object_kind: str, object_id: str, *, lives: timedelta = LIVES) -> str:
    """Make a link and give its token: the only time it is seen in clear."""
    token = secrets.token_urlsafe(32)
    OneTimeLink.objects.create(
        digest=_digest(token),
        purpose=purpose,
        object_kind=object_kind,
        object_id=object_id,
        expires_at=timezone.now() + lives,
    )
    return token


def path(purpose: str, token: str) -> str:
    return reverse(f"{purpose}_by_link", args=[token])


def find(purpose: str, token: str) -> OneTimeLink | None:
    """Give the link if it may still be used for that purpose."""
    return OneTimeLink.objects.filter(
        digest=_digest(token),
        purpose=purpose,
        revoked_at=None,
        expires_at__gt=timezone.now(),
    ).first()


def revoke(object_kind: str, object_id: str) -> int:
    return OneTimeLink.objects.filter(
        object_kind=object_kind, object_id=object_id, revoked_at=None
    ).update(revoked_at=timezone.now())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
