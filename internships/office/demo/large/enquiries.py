"""Questions to the office: those of the sample again, of other students and other days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.desk import letters
from careers.desk.models import Enquiry, EnquiryMessage, Letter
from careers.desk.workflow import VERBS
from careers.people.models import User
from careers.people.roles import Role
from careers.record.models import Event
from internships.office.demo.large.dated import BATCH, event, on, write
from internships.office.demo.large.placements import Saved
from internships.office.demo.large.progress import Progress
from internships.office.demo.large.size import Size

# Of each hundred questions so many wait for the office; of those half for nobody yet.
OPEN = 3
CLOSED = 55
OLDEST = 330
DELAY = timedelta(minutes=10)


@dataclass
class Asked:
    """A question with its answer, its letter and what the log says of it."""

    enquiry: Enquiry
    messages: list[EnquiryMessage]
    letter: Letter | None
    deeds: list[tuple[str, datetime, User]]


def add_enquiries(size: Size, saved: list[Saved], dice: Random, progress: Progress) -> None:
    missing = max(size.enquiries - Enquiry.objects.count(), 0) if saved else 0
    desk = _Desk(dice)
    made = (desk.ask(dice.choice(saved)) for _number in range(missing))
    asked = list(progress.through(_("questions to the office"), made, missing))
    for first in range(0, missing, BATCH):
        _write(asked[first : first + BATCH])


class _Desk:
    def __init__(self, dice: Random):
        self.dice = dice
        who = User.objects.filter(roles__overlap=[Role.ADVISOR, Role.REVIEWER])
        self.staff = list(who.order_by("pk"))
        said = EnquiryMessage.objects.select_related("enquiry").filter(withdrawn_at=None)
        self.questions: dict[str, list[EnquiryMessage]] = {"ja": [], "en": []}
        self.answers: dict[str, list[EnquiryMessage]] = {"ja": [], "en": []}
        for message in said.order_by("pk"):
            enquiry = message.enquiry
            if enquiry.asker_id and message.from_office:
                self.answers[enquiry.language].append(message)
            elif enquiry.asker_id and message.form_key == enquiry.form_key:  # the first one
                self.questions[enquiry.language].append(message)

    def ask(self, one: Saved) -> Asked:
        dice, asker = self.dice, one.placement.student.user
        language = asker.language or "ja"
        question = dice.choice(self.questions[language])
        chance = dice.randrange(100)
        waits = chance < OPEN
        days = dice.randint(0, 4) if waits else dice.randint(4, OLDEST)
        at = min(on(timezone.localdate() - timedelta(days=days)), timezone.now())
        owner = None if chance < OPEN / 2 else dice.choice(self.staff)
        enquiry = Enquiry(
            asker=asker,
            language=language,
            topic=question.enquiry.topic,
            object_kind="placement",
            object_id=str(one.placement.pk),
            state=self._state(chance),
            owner=owner,
            form_key=self._key(),
            asked_at=at,
            waits_since=at,
        )
        asked = Asked(enquiry, [self._message(enquiry, question.text, at, asker)], None, [])
        asked.deeds.append(("ask", at, asker))
        if not waits:
            self._answer(asked, owner, at + timedelta(days=dice.randint(1, 3), minutes=20))
        elif owner:
            asked.deeds.append(("take", at, owner))
        return asked

    def _state(self, chance: int) -> str:
        if chance < OPEN:
            return Enquiry.State.OPEN
        return Enquiry.State.CLOSED if chance < OPEN + CLOSED else Enquiry.State.ANSWERED

    def _answer(self, asked: Asked, by: User, at: datetime) -> None:
        enquiry, asker = asked.enquiry, asked.enquiry.asker
        asked.letter = Letter(
            kind=VERBS["answer"].letter,
            to_user=asker,
            language=enquiry.language,
            object_kind=Enquiry._meta.label,
            state=Letter.State.SENT,
            created_at=at,
            send_after=at + DELAY,
            sent_at=at + DELAY,
            attempts=1,
        )
        text = self.dice.choice(self.answers[enquiry.language]).text
        answer = self._message(enquiry, text, at, by, letter=asked.letter, from_office=True)
        asked.messages.append(answer)
        asked.messages[0].read_at = at
        asked.deeds.append(("answer", at, by))
        if enquiry.state == Enquiry.State.CLOSED:
            answer.read_at = at + timedelta(hours=3)
            asked.deeds.append(("close", at + timedelta(hours=5), by))
        elif self.dice.random() < 0.8:
            answer.read_at = at + timedelta(hours=3)

    def _message(self, enquiry: Enquiry, text: str, at: datetime, by: User, **more):
        return EnquiryMessage(
            enquiry=enquiry, text=text, author=by, form_key=self._key(), written_at=at, **more
        )

    def _key(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)


def _write(batch: list[Asked]) -> None:
    write([one.enquiry for one in batch])
    answered = [one for one in batch if one.letter]
    for one in answered:
        one.letter.object_id = str(one.enquiry.pk)
        one.letter.context = {"link": reverse("enquiry_detail", args=[one.enquiry.pk])}
        composed = letters.compose(one.letter)
        one.letter.subject, one.letter.body = composed.subject, composed.kept
    write([one.letter for one in answered])
    messages = [message for one in batch for message in one.messages]
    for message in messages:
        message.enquiry_id = message.enquiry.pk
        message.letter_id = message.letter and message.letter.pk
    write(messages)
    write([told for one in batch for told in _events(one)])


def _events(one: Asked) -> Iterator[Event]:
    asker = one.enquiry.asker
    for name, at, by in one.deeds:
        state = VERBS[name].leads_to
        after = {"state": state} if state else {"owner": by.pk}
        yield event(VERBS[name].event, one.enquiry, at, actor=by, about=asker, after=after)
