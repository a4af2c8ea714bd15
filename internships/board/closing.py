"""Reminds whoever looks after a posting that it closes soon."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from careers.desk import letters
from internships.board.models import Posting

BEFORE = timedelta(days=3)


@transaction.atomic
def remind(now: datetime) -> int:
    """Write one letter a posting and closing date, never twice; give how many.

    A verb that closes the posting or moves its day cancels a letter that still waits.
    """
    closing = Posting.objects.open(now).filter(closes_at__lte=now + BEFORE).order_by("pk")
    rows = closing.select_for_update(of=("self",)).select_related("assignee", "posted_by")
    return sum(_remind(posting) for posting in rows)


def _remind(posting: Posting) -> bool:
    reader = posting.responsible
    if reader is None or not reader.is_active or not reader.has_perm("board.change_posting"):
        return False
    closes = posting.closes_at.isoformat(timespec="minutes")
    context = {
        "link": reverse("posting_edit", args=[posting.ref]),
        "ref": posting.ref,
        "closes": timezone.localdate(posting.closes_at).isoformat(),
    }
    key = f"posting_closing:{posting.pk}:{closes}"
    return bool(letters.write("posting_closing", reader, posting, context=context, key=key))
