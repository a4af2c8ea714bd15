"""What enquiries and letters ask of a person: tasks, what waits for others, counters."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careers.desk.models import Enquiry, EnquiryMessage, Letter
from careers.desk.tasks import Counter, Task
from careers.people.models import User

OFFICE, YOU = gettext_lazy("Career office"), gettext_lazy("You")
OPEN = Enquiry.State.OPEN
_ANSWERS = "desk.answer_enquiry"


def _answers_to_read(user: User):
    unread = EnquiryMessage.objects.filter(
        enquiry=OuterRef("pk"), from_office=True, read_at=None, withdrawn_at=None
    )
    return Enquiry.objects.filter(Exists(unread), asker=user)


def _for_the_office(user: User):
    """What a person of the office has taken on, and what nobody has; not what she asked herself."""
    mine_or_free = Q(owner=user) | Q(owner=None)
    asked_by_her = Q(asker=user, asker__isnull=False)
    return Enquiry.objects.filter(mine_or_free, state=OPEN).exclude(asked_by_her)


def tasks(user: User) -> list[Task]:
    found = [_to_read(enquiry) for enquiry in _answers_to_read(user)]
    if user.has_perm(_ANSWERS):
        waiting = list(_for_the_office(user).select_related("asker"))
        found += [_to_answer(enquiry) for enquiry in waiting if enquiry.owner_id]
        free = [enquiry for enquiry in waiting if enquiry.owner_id is None]
        found += [_to_take(free)] if free else []
    return found


def lists(user: User) -> list[tuple[str, str]]:
    return [(_("Enquiries"), reverse("enquiry_list"))] if user.has_perm(_ANSWERS) else []


def rows(user: User) -> list[QuerySet[Enquiry]]:
    """Give the rows that `tasks` tells of: what nobody has taken on is one, however many."""
    found = [_answers_to_read(user)]
    if user.has_perm(_ANSWERS):
        waiting = _for_the_office(user)
        found += [waiting.exclude(owner=None), waiting.filter(owner=None)[:1]]
    return found


def _to_read(enquiry: Enquiry) -> Task:
    return Task(
        due=None,
        title=_("Read our answer"),
        url=reverse("enquiry_detail", args=[enquiry.pk]),
        owner=YOU,
        text=_("You asked about %(topic)s.") % {"topic": enquiry.get_topic_display()},
        action=_("Read"),
    )


def _to_answer(enquiry: Enquiry) -> Task:
    return Task(
        due=enquiry.answer_by,
        title=_("Answer %(name)s") % {"name": enquiry.asked_by},
        url=reverse("enquiry_detail", args=[enquiry.pk]),
        owner=YOU,
        text=_("A question about %(topic)s.") % {"topic": enquiry.get_topic_display()},
        action=_("Answer"),
    )


def _to_take(free: list[Enquiry]) -> Task:
    words = ngettext(
        "%(number)s question waits for somebody",
        "%(number)s questions wait for somebody",
        len(free),
    )
    return Task(
        due=min(enquiry.answer_by for enquiry in free),
        title=words % {"number": len(free)},
        url=reverse("enquiry_list"),
        owner=OFFICE,
        text=_("Nobody looks after them yet. Take one on, or answer it."),
        action=_("See them"),
    )


def waiting(user: User) -> list[Task]:
    """The asker's questions that the office has not answered."""
    open_ones = user.enquiries.filter(state=OPEN).select_related("owner")
    return [
        Task(
            due=enquiry.answer_by,
            title=_("Answer to your question about %(topic)s")
            % {"topic": enquiry.get_topic_display()},
            url=reverse("enquiry_detail", args=[enquiry.pk]),
            owner=str(enquiry.owner) if enquiry.owner else OFFICE,
        )
        for enquiry in open_ones
    ]


def counters(user: User) -> list[Counter]:
    found = []
    if user.has_perm(_ANSWERS):
        counts = Enquiry.objects.filter(state=OPEN).aggregate(
            all=Count("pk"), problems=Count("pk", filter=Q(topic=Enquiry.Topic.PROBLEM))
        )
        address = reverse("enquiry_list")
        found.append(Counter(_("Questions that wait for us"), counts["all"], address))
        if counts["problems"]:
            address += "?state=reported"
            found.append(Counter(_("Problems reported"), counts["problems"], address))
    if user.has_perm("desk.send_letter"):
        number = Letter.objects.filter(state=Letter.State.FAILED).count()
        if number:
            address = f"{reverse('letter_list')}?state=failed"
            found.append(Counter(_("Letters that could not be sent"), number, address))
    return found
