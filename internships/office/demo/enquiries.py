"""Questions to the office in every state: asked and answered by the verbs, then dated."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from careers.desk import letters, workflow
from careers.desk.models import Enquiry, EnquiryMessage, Letter
from careers.people.models import Student, User
from internships.office.demo.people import staff
from internships.office.demo.sample import rows
from internships.placements.models import Placement

_SENT_AFTER = timedelta(minutes=10)
_READ_AFTER = timedelta(hours=1)


def add_enquiries(shift: timedelta) -> int:
    people = _people()
    lines = list(rows("enquiry_messages.csv"))
    questions = list(rows("enquiries.csv"))
    for question in questions:
        said = [line for line in lines if line["number"] == question["number"]]
        _add(question, said, people, shift)
    return len(questions)


def _people() -> dict[str, User]:
    """Staff by the number of the sample, students by theirs."""
    students = Student.objects.select_related("user")
    return staff() | {student.student_no: student.user for student in students}


def _add(question, said, people, shift) -> None:
    asker = people.get(question["asker"])
    enquiry = _ask(question, said[0]["text"], asker)
    first = enquiry.messages.get()
    _date(first, said[0], shift)
    for number, line in enumerate(said[1:]):
        key = _key(f"{question['number']}-{number}")
        if line["author"] == "asker":
            message = workflow.write_again(enquiry, line["text"], by=asker, form_key=key)
        else:
            message = _answer(enquiry, line, people[line["author"]], key)
        _date(message, line, shift)
    owner = people.get(question["owner"])
    if question["state"] == Enquiry.State.CLOSED:
        workflow.close(enquiry, by=owner)
    elif owner:
        workflow.take(enquiry, by=owner, seen=workflow.version(enquiry))
    asked = [line["at"] for line in said if line["author"] == "asker"]
    Enquiry.objects.filter(pk=enquiry.pk).update(
        asked_at=_moved(asked[0], shift), waits_since=_moved(asked[-1], shift)
    )


def _ask(question, text, asker) -> Enquiry:
    key = question["key"]
    if question["about"] == "placement":
        key = str(Placement.objects.get(student__user=asker, posting__ref=key).pk)
    enquiry = Enquiry(
        asker=asker,
        name=question["name"],
        email=question["email"],
        language=question["language"],
        topic=question["topic"],
        object_kind=question["about"],
        object_id=key,
        answers=question["answers"],
        form_key=_key(question["number"]),
    )
    return workflow.ask(enquiry, text)


def _answer(enquiry, line, by, key) -> EnquiryMessage:
    message = workflow.answer(enquiry, line["text"], by=by, form_key=key)
    return workflow.withdraw_answer(message, by=by) if line["withdrawn"] else message


def _date(message: EnquiryMessage, line, shift) -> None:
    """Give a message and its letter the moment of the sample; without one it is written now."""
    if not line["at"]:
        return
    at = _moved(line["at"], shift)
    read_at = at + _READ_AFTER if line["read"] else None
    withdrawn_at = at + timedelta(minutes=3) if line["withdrawn"] else None
    EnquiryMessage.objects.filter(pk=message.pk).update(
        written_at=at, read_at=read_at, withdrawn_at=withdrawn_at
    )
    if line["letter"]:
        _deliver(message.letter, line["letter"], at)


def _deliver(letter: Letter, state: str, at: datetime) -> None:
    """As the sender would have left it: nothing of the sample is really mailed."""
    composed = letters.compose(letter)
    words = {"subject": composed.subject, "body": composed.kept}
    written = {} if state == Letter.State.CANCELLED else words
    Letter.objects.filter(pk=letter.pk).update(
        state=state,
        created_at=at,
        send_after=at + _SENT_AFTER,
        sent_at=at + _SENT_AFTER if state == Letter.State.SENT else None,
        attempts={"sent": 1, "failed": letters.ATTEMPTS}.get(state, 0),
        error="SMTPServerDisconnected" if state == Letter.State.FAILED else "",
        **written,
    )


def _moved(text: str, shift: timedelta) -> datetime:
    return datetime.fromisoformat(text) + shift


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"enquiry {name}")
