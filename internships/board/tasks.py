"""What the board asks of the office: what to mend, what to approve, what came of what is over."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.desk.counting import count_each
from careers.desk.tasks import Counter, Task
from careers.people.models import User
from internships.board.models import Organisation, Posting
from internships.board.organisations import expiring
from internships.board.stages import conditions, looked_after_by, returned_to

# So long after a posting is over its outcome is wanted.
WANTED = timedelta(days=14)
# The lists that the home page counts, and what they are called there.
_COUNTED = {
    "in_review": gettext_lazy("Postings to review"),
    "open": gettext_lazy("Open postings"),
    "closing": gettext_lazy("Closing in 7 days"),
    "stale": gettext_lazy("No update for 3 months"),
}


def _without_outcome(user: User):
    """Give what is over, was on the board, and is hers to tell of."""
    found = conditions(timezone.now())["outcome"]
    return Posting.objects.filter(looked_after_by(user), found)


def tasks(user: User) -> list[Task]:
    if not user.has_perm("board.change_posting"):
        return []
    over = _without_outcome(user).order_by("closes_at")
    returned = _returned(user).order_by("pk")
    return [*map(_what_came_of, over), *map(_what_to_mend, returned)]


def rows(user: User) -> list:
    if not user.has_perm("board.change_posting"):
        return []
    return [_without_outcome(user), _returned(user)]


def _returned(user: User):
    return Posting.objects.filter(returned_to(user))


def _what_to_mend(posting: Posting) -> Task:
    words = _("A colleague has returned it and says why.")
    if posting.pending is not None:
        words = _("A colleague has returned a change of it and says why.")
    return Task(
        due=None,
        title=_("Mend “%(title)s”") % {"title": posting.title},
        url=reverse("posting_edit", args=[posting.ref]),
        owner=_("You"),
        text=words,
        action=_("Mend it"),
    )


def _what_came_of(posting: Posting) -> Task:
    ended = posting.withdrawn_at or posting.closes_at
    return Task(
        due=timezone.localdate(ended + WANTED),
        title=_("What came of “%(title)s”?") % {"title": posting.title},
        url=reverse("posting_outcome", args=[posting.ref]),
        owner=_("You"),
        text=_("It is over. How many of our students applied, and how many were accepted?"),
        action=_("Note it"),
    )


def counters(user: User) -> list[Counter]:
    """Give what an advisor may act on; nobody else's home counts postings."""
    if not user.has_perm("board.change_posting"):
        return []
    address = reverse("posting_staff_list")
    lists = conditions(timezone.now())
    found = count_each({name: Posting.objects.filter(lists[name]) for name in _COUNTED})
    return [
        *(Counter(words, found[name], f"{address}?tab={name}") for name, words in _COUNTED.items()),
        Counter(
            _("Agreements ending soon"),
            Organisation.objects.present().filter(expiring(timezone.localdate())).count(),
            reverse("organisation_list") + "?tab=expiring",
        ),
    ]
