"""Enquiries: asking, answering, and what both sides see of it."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from careers.desk import letters, tasks, workflow
from careers.desk.models import Enquiry, EnquiryMessage, Letter
from careers.people.models import OfficeSettings
from careers.record.models import Event
from tests.factories import (
    NOW,
    make_enquiry,
    make_message,
    make_placement,
    make_posting,
    make_student,
    make_user,
)

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def form(**fields):
    return {"topic": "permission", "text": "May I start?", "form_key": uuid.uuid4()} | fields


def answer_form(enquiry, text="Yes, you may ask the bureau.", **fields):
    seen = workflow.version(enquiry)
    return {"text": text, "form_key": uuid.uuid4(), "seen": seen} | fields


def detail(enquiry):
    return reverse("enquiry_detail", args=[enquiry.pk])


def test_a_student_asks_and_sees_her_question(student_client, student):
    response = student_client.post(reverse("enquiry_new"), form(), follow=True)

    enquiry = Enquiry.objects.get()
    assert (enquiry.asker, enquiry.state) == (student.user, "open")
    assert response.redirect_chain[-1][0] == detail(enquiry)
    assert "May I start?" in response.text
    assert Event.objects.filter(verb="asked", actor=student.user).count() == 1


def test_the_same_form_sent_twice_asks_once(student_client):
    data = form()

    first = student_client.post(reverse("enquiry_new"), data)
    second = student_client.post(reverse("enquiry_new"), data)

    assert first.url == second.url
    assert (Enquiry.objects.count(), EnquiryMessage.objects.count()) == (1, 1)


@pytest.mark.parametrize("signed_in", [True, False])
def test_going_back_and_sending_the_same_words_asks_once(signed_in, student_client, client):
    asking = student_client if signed_in else client
    person = {} if signed_in else {"name": "A", "email": "visitor@example.com"}

    first = asking.post(reverse("enquiry_new"), form(**person))
    second = asking.post(reverse("enquiry_new"), form(**person))

    assert first.url == second.url
    assert (Enquiry.objects.count(), EnquiryMessage.objects.count()) == (1, 1)


def test_other_words_of_the_same_person_are_another_question(student_client):
    student_client.post(reverse("enquiry_new"), form())
    student_client.post(reverse("enquiry_new"), form(text="And when?"))

    assert Enquiry.objects.count() == 2


def test_another_person_with_the_same_key_does_not_get_the_question(student_client, client):
    data = form()
    student_client.post(reverse("enquiry_new"), data)
    client.force_login(make_student().user)

    assert client.post(reverse("enquiry_new"), data).status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "", "Write an e-mail address"),
        ("email", "nobody", "name@example.com"),
        ("topic", "", "Choose what your question is about"),
        ("topic", "gossip", "gossip"),
        ("text", " ", "Write your message"),
        ("text", "a" * 5001, "Yours has 5001"),
        ("text", "a\x00b", "cannot be shown"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_is_kept(client, field, value, said):
    data = form(email="ana@example.org", name="<b>Ana</b> 🎌 مرحبا") | {field: value}

    response = client.post(reverse("enquiry_new"), data, headers=ENGLISH)

    assert not Enquiry.objects.exists()
    assert said in response.context["form"].errors[field][0]
    assert "&lt;b&gt;Ana&lt;/b&gt; 🎌 مرحبا" in response.text


def test_a_japanese_reader_is_told_in_japanese(client):
    japanese = {"accept-language": "ja"}

    response = client.post(reverse("enquiry_new"), form(email=""), headers=japanese)

    assert "メールアドレス" in response.context["form"].errors["email"][0]


def test_five_thousand_letters_are_taken(student_client):
    student_client.post(reverse("enquiry_new"), form(text="あ" * 5000))

    assert len(EnquiryMessage.objects.get().text) == 5000


def test_markup_and_other_scripts_are_shown_as_text(student_client, signed_in):
    student_client.post(reverse("enquiry_new"), form(text="<script>x</script> مرحبا 🎌"))
    enquiry = Enquiry.objects.get()

    for page in (detail(enquiry), reverse("my_enquiries")):
        shown = student_client.get(page).text
        assert "&lt;script&gt;x&lt;/script&gt; مرحبا 🎌" in shown
        assert 'dir="auto"' in shown
    assert "&lt;script&gt;" in signed_in("advisor").get(reverse("enquiry_list")).text


def test_answers_of_the_check_come_by_post_and_are_sent_only_if_she_wants(student_client):
    answers = "status_of_residence=STUDENT"

    asked = student_client.post(f"{reverse('enquiry_new')}?topic=permission", {"answers": answers})
    student_client.post(reverse("enquiry_new"), form(answers=answers, attach="on"))
    student_client.post(reverse("enquiry_new"), form(answers=answers))

    assert asked.context["form"].initial["topic"] == "permission"
    assert f'name="answers" value="{answers}"' in asked.text
    assert list(Enquiry.objects.order_by("pk").values_list("answers", flat=True)) == [answers, ""]


def test_a_posting_is_named_to_everybody_who_may_open_it(client):
    posting, draft = make_posting(), make_posting(state="draft")
    address = f"{reverse('enquiry_new')}?about=posting&key="

    shown = client.get(address + posting.ref)
    client.post(address + posting.ref, form(email="ana@example.org"))
    hidden = client.get(address + draft.ref)

    enquiry = Enquiry.objects.get()
    assert (enquiry.object_kind, enquiry.object_id) == ("posting", posting.ref)
    assert (shown.context["subject"].key, hidden.context["subject"]) == (posting.ref, None)
    assert shown.context["form"].initial["topic"] == "posting"


def test_a_problem_is_asked_for_as_a_problem_also_after_a_fault(client):
    address = f"{reverse('enquiry_new')}?about=posting&key={make_posting().ref}&topic=problem"

    shown, faulty = client.get(address, headers=ENGLISH), client.post(address, form(text=""))

    for words in ["<h1>Report a problem</h1>", "What is wrong?", "This is about:"]:
        assert words in shown.text
    assert faulty.context["form"].initial["topic"] == "problem"
    asked = client.get(reverse("enquiry_new"), headers=ENGLISH).text
    assert "<h1>Ask the career office</h1>" in asked
    assert "What is wrong?" not in asked


@pytest.mark.parametrize("key", ["0", "abc", "9" * 30, "-1", "１", ""])
def test_a_key_of_nothing_is_no_subject(student_client, key):
    page = student_client.get(f"{reverse('enquiry_new')}?about=placement&key={key}")

    assert (page.status_code, page.context["subject"]) == (200, None)


def test_a_placement_is_a_subject_for_its_student_and_the_office_only(client, student):
    placement = make_placement(student=student)
    address = f"{reverse('enquiry_new')}?about=placement&key={placement.pk}"
    named = {}

    people = {"visitor": None, "own": student.user, "other": make_student().user}
    for who, person in (people | {"advisor": make_user(roles=["advisor"])}).items():
        client.logout()
        if person:
            client.force_login(person)
        named[who] = client.get(address).context["subject"] is not None

    assert named == {"visitor": False, "own": True, "other": False, "advisor": True}


def test_a_visitor_gets_the_answer_by_a_link_and_writes_back(client):
    client.post(reverse("enquiry_new"), form(email="visitor@example.org", name="Ana"))
    enquiry = Enquiry.objects.get()
    workflow.answer(enquiry, "Yes.", by=make_user(roles=["advisor"]), form_key=uuid.uuid4())
    letters.send_due(timezone.now() + timedelta(days=1))
    token = mail.outbox[0].body.split("/by-link/")[1].split("/")[0]
    page = reverse("enquiry_by_link", args=[token])

    shown = client.get(page)
    client.force_login(make_user(roles=["advisor"]))  # signed in or not: here she is the visitor
    client.post(page, {"text": "Thank you", "form_key": uuid.uuid4()})

    enquiry.refresh_from_db()
    assert "Yes." in shown.text
    assert [m.text for m in enquiry.messages.all()] == ["May I start?", "Yes.", "Thank you"]
    assert (enquiry.state, enquiry.messages.last().author) == ("open", None)
    assert client.get(reverse("enquiry_by_link", args=["guessed"])).status_code == 404


def test_an_advisor_answers_and_the_asker_gets_one_letter(signed_in):
    enquiry = make_enquiry()
    client = signed_in("advisor")
    data = answer_form(enquiry)

    client.post(detail(enquiry), data)
    client.post(detail(enquiry), data)

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.owner) == ("answered", client.user)
    assert enquiry.messages.filter(from_office=True).count() == 1
    assert Letter.objects.filter(to_user=enquiry.asker, language="en").count() == 1


TOLD = {
    "answer": "SATO Keiko has answered",
    "close": "SATO Keiko has closed",
    "take": "SATO Keiko looks after",
    "write_again": "has written once more",
}


@pytest.mark.parametrize("verb", TOLD)
def test_who_comes_second_reads_what_happened_and_keeps_her_words(signed_in, verb):
    enquiry = make_enquiry()
    colleague = make_user(roles=["advisor"], name_romaji="SATO Keiko")
    client = signed_in("reviewer")
    data = answer_form(enquiry, "My own answer")
    happened = {
        "answer": lambda: say("answer", enquiry, colleague),
        "write_again": lambda: say("write_again", enquiry, enquiry.asker),
        "take": lambda: workflow.take(enquiry, by=colleague, seen=0),
        "close": lambda: workflow.close(enquiry, by=colleague),
    }
    happened[verb]()

    told = client.post(detail(enquiry), data, headers=ENGLISH)
    after = client.post(detail(enquiry), data | {"seen": told.context["seen"]}, follow=True)

    assert "Somebody was faster" in told.text
    assert TOLD[verb] in told.text
    assert "My own answer" in told.text
    assert f'name="seen" value="{told.context["seen"]}"' in told.text
    assert enquiry.messages.filter(text="My own answer").count() == 1
    assert after.status_code == 200


def say(verb, enquiry, person, text="Words"):
    return getattr(workflow, verb)(enquiry, text, by=person, form_key=uuid.uuid4())


def test_an_answer_is_undone_inside_the_delay_and_its_words_are_kept(signed_in):
    enquiry = make_enquiry()
    client = signed_in("advisor")

    shown = client.post(detail(enquiry), answer_form(enquiry, "Too fast"), follow=True)
    undo = reverse("enquiry_undo", args=[enquiry.messages.get().pk])
    after = client.post(undo, follow=True, headers=ENGLISH)
    letters.send_due(timezone.now() + timedelta(days=1))

    enquiry.refresh_from_db()
    assert f'action="{undo}"' in shown.text
    assert "nothing was sent" in after.text
    assert after.context["form"].initial["text"] == "Too fast"
    assert (enquiry.state, enquiry.owner, mail.outbox) == ("open", client.user, [])
    assert [event.verb for event in Event.objects.order_by("pk")][-1] == "withdrew answer"


def test_an_answer_taken_back_is_never_seen_by_the_asker(client, student):
    enquiry = make_enquiry(asker=student.user)
    advisor = make_user(roles=["advisor"])
    workflow.withdraw_answer(say("answer", enquiry, advisor, "Secret slip"), by=advisor)
    client.force_login(student.user)

    assert "Secret slip" not in client.get(detail(enquiry)).text
    assert "Secret slip" not in client.get(reverse("my_enquiries")).text
    client.force_login(advisor)
    assert "Secret slip" in client.get(detail(enquiry)).text


@pytest.mark.parametrize("why", ["sent", "read", "answered", "closed"])
def test_what_was_sent_read_or_answered_is_not_taken_back(signed_in, why):
    enquiry = make_enquiry()
    client = signed_in("advisor")
    message = say("answer", enquiry, client.user)
    happened = {
        "sent": lambda: letters.send_due(timezone.now() + timedelta(days=1)),
        "read": lambda: workflow.note_reading(enquiry, by=enquiry.asker, office=False),
        "answered": lambda: say("write_again", enquiry, enquiry.asker),
        "closed": lambda: workflow.close(enquiry, by=client.user),
    }
    happened[why]()

    told = client.post(reverse("enquiry_undo", args=[message.pk]), follow=True, headers=ENGLISH)

    message.refresh_from_db()
    assert message.withdrawn_at is None
    assert not Event.objects.filter(verb="withdrew answer").exists()
    assert "can no longer be taken back" in told.text or "has closed" in told.text
    assert Letter.objects.get().state == ("sent" if why == "sent" else "waiting")


def test_a_colleague_does_not_take_back_what_she_did_not_write():
    message = say("answer", make_enquiry(), make_user(roles=["advisor"]))

    with pytest.raises(PermissionDenied):
        workflow.withdraw_answer(message, by=make_user(roles=["advisor"]))


def test_two_who_take_it_at_once_know_who_has_it(signed_in):
    enquiry = make_enquiry()
    client = signed_in("advisor")
    seen = {"seen": workflow.version(enquiry)}
    page = reverse("enquiry_take", args=[enquiry.pk])
    colleague = make_user(roles=["advisor"], name_romaji="SATO Keiko")
    workflow.take(enquiry, by=colleague, **seen)

    told = client.post(page, seen, follow=True, headers=ENGLISH)
    enquiry.refresh_from_db()
    owner_then = enquiry.owner
    client.post(page, {"seen": told.context["seen"]})

    enquiry.refresh_from_db()
    assert "SATO Keiko looks after this enquiry" in told.text
    assert (owner_then, enquiry.owner) == (colleague, client.user)


def test_two_who_close_at_once_are_both_told_what_happened(signed_in):
    enquiry = make_enquiry()
    client = signed_in("advisor")
    page = reverse("enquiry_close", args=[enquiry.pk])
    workflow.close(enquiry, by=make_user(roles=["advisor"], name_romaji="SATO Keiko"))

    told = client.post(page, {"seen": 0}, follow=True, headers=ENGLISH)

    assert "SATO Keiko has closed this enquiry" in told.text
    assert Event.objects.filter(verb="closed").count() == 1


def test_another_students_enquiry_does_not_exist(student_client):
    assert student_client.get(detail(make_enquiry())).status_code == 404


@pytest.mark.parametrize(("role", "seen"), [("advisor", False), ("reviewer", True)])
def test_answers_of_the_check_are_shown_to_reviewers_only(signed_in, role, seen):
    answers = "institution=japan&status_of_residence=DEPENDENT"
    enquiry = make_enquiry(answers=answers, asker=None, email="ana@example.org")

    response = signed_in(role).get(detail(enquiry), headers=ENGLISH)

    assert ("Dependent" in response.text) is seen
    assert "status_of_residence" not in response.text


def test_the_asker_reads_the_answers_she_sent(student_client, student):
    answers = "institution=japan&status_of_residence=DEPENDENT"
    enquiry = make_enquiry(answers=answers, asker=student.user)

    assert "Dependent" in student_client.get(detail(enquiry), headers=ENGLISH).text


@pytest.mark.parametrize(
    "answers", ["%", "nonsense=1&p=<script>", "status_of_residence=" + "x" * 900]
)
def test_answers_that_make_no_sense_break_nothing(signed_in, answers):
    enquiry = make_enquiry(answers=answers)

    assert signed_in("reviewer").get(detail(enquiry)).status_code == 200


def test_who_of_the_office_opened_a_question_is_noted_once_a_visit(signed_in, student):
    enquiry = make_enquiry(asker=student.user)
    client = signed_in("advisor")

    client.get(detail(enquiry))
    client.get(detail(enquiry))

    opened = Event.objects.filter(verb="opened", about=student.user, actor=client.user)
    assert opened.count() == 1


def test_each_side_sees_what_the_other_has_not_read(client, student):
    enquiry, advisor = make_enquiry(asker=student.user), make_user(roles=["advisor"])
    make_message(enquiry)

    def marks():
        row = Enquiry.objects.with_marks().get(pk=enquiry.pk)
        return row.new_for_office, row.new_for_asker

    asked = marks()
    client.force_login(advisor)
    client.get(detail(enquiry))
    opened = marks()
    client.post(detail(enquiry), answer_form(enquiry))
    answered = marks()
    client.force_login(student.user)
    client.get(detail(enquiry))

    assert [asked, opened, answered, marks()] == [
        (True, False),
        (False, False),
        (False, True),
        (False, False),
    ]


# state × verb × who: the answer, the state after it, the event, the letters written.
PEOPLE = ["asker", "advisor", "reviewer", "administrator", "approver"]


@pytest.mark.parametrize("state", Enquiry.State.values)
@pytest.mark.parametrize("name", ["answer", "take", "close", "write_again", "withdraw_answer"])
@pytest.mark.parametrize("who", PEOPLE)
def test_each_verb_does_what_its_table_says(client, who, name, state):
    verb = workflow.VERBS[name]
    enquiry = make_enquiry(state=state)
    person = enquiry.asker if who == "asker" else make_user(roles=[who])
    message = make_message(
        enquiry, author=person if who != "asker" else make_user(), letter=make_letter(enquiry)
    )
    client.force_login(person)

    answered = send(client, name, enquiry, message)

    may = person.has_perm(verb.permission) if verb.permission else who == "asker"
    done = may and state in verb.starts
    enquiry.refresh_from_db()
    assert answered == expected_answer(name, who, may)
    assert enquiry.state == ((verb.leads_to or state) if done else state)
    assert Event.objects.filter(verb=verb.event).exists() is done
    assert Letter.objects.filter(kind="enquiry_answered").count() == bool(done and verb.letter)


def make_letter(enquiry):
    return letters.write("other", enquiry.asker, enquiry)


def send(client, name, enquiry, message):
    """Push the button of the page; give the answer."""
    addresses = {
        "take": reverse("enquiry_take", args=[enquiry.pk]),
        "close": reverse("enquiry_close", args=[enquiry.pk]),
        "withdraw_answer": reverse("enquiry_undo", args=[message.pk]),
    }
    address = addresses.get(name, detail(enquiry))
    if name == "write_again" and client.session["_auth_user_id"] != str(enquiry.asker_id):
        return None  # the office has no such form
    if name == "answer" and client.session["_auth_user_id"] == str(enquiry.asker_id):
        return None
    return client.post(address, answer_form(enquiry)).status_code


def expected_answer(name, who, may):
    if name == "write_again":
        return 302 if who == "asker" else None
    if name == "answer" and not may:
        return None if who == "asker" else 404
    return 302 if may else 403


def test_the_database_keeps_a_read_answer_from_being_withdrawn():
    message = make_message(author=make_user(roles=["advisor"]), read_at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        EnquiryMessage.objects.filter(pk=message.pk).update(withdrawn_at=NOW)


def test_the_office_answers_within_three_working_days(frozen_moment):
    friday = NOW - timedelta(days=2)  # 20 November; Monday the 23rd is a holiday
    enquiry = make_enquiry(waits_since=friday)

    assert (enquiry.answer_by.isoformat(), enquiry.is_late) == ("2026-11-26", False)
    frozen_moment.shift(timedelta(days=5))
    assert enquiry.is_late


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "answered the same day"), (1, "answered after 1 day"), (4, "answered after 4 days")],
)
def test_the_queue_tells_how_long_the_first_answer_took(signed_in, days, words):
    advisor = signed_in("advisor")
    asked = NOW - timedelta(days=9)
    enquiry = make_enquiry(topic="problem", state="answered", asked_at=asked)
    for later in (days, days + 3):
        make_message(enquiry, author=advisor.user, written_at=asked + timedelta(days=later))

    page = advisor.get(reverse("enquiry_list"), {"state": "answered"}, headers=ENGLISH)

    assert f">{words}<" in page.text


@pytest.mark.parametrize("address", ["enquiry_new", "enquiry_list"])
def test_the_days_of_the_answer_are_the_offices_to_choose(signed_in, address):
    OfficeSettings.load()
    OfficeSettings.objects.update(enquiry_answer_days=5)
    enquiry = make_enquiry(waits_since=NOW - timedelta(days=2))

    shown = signed_in("advisor").get(reverse(address), headers=ENGLISH)

    assert "within 5 working days" in shown.text
    assert enquiry.answer_by.isoformat() == "2026-11-30"


def test_the_database_keeps_the_promise_of_an_answer_within_a_month(db):
    OfficeSettings.load()

    with pytest.raises(IntegrityError, match="office_answers_within_a_month"), transaction.atomic():
        OfficeSettings.objects.update(enquiry_answer_days=0)


@pytest.mark.parametrize("tab", ["open", "mine", "answered", "closed", "nonsense"])
def test_each_tab_shows_its_own(signed_in, tab):
    client = signed_in("advisor")
    rows = {
        "open": make_enquiry(),
        "mine": make_enquiry(owner=client.user),
        "answered": make_enquiry(state="answered"),
        "closed": make_enquiry(state="closed"),
    }

    page = client.get(reverse("enquiry_list"), {"state": tab})

    expected = [rows["open"], rows["mine"]] if tab in ("open", "nonsense") else [rows[tab]]
    assert list(page.context["page"]) == expected
    assert [number for _name, _words, number in page.context["tabs"]] == [2, 1, 0, 1, 1]


def test_the_queue_costs_the_same_whatever_its_length(signed_in, assert_same_queries):
    client = signed_in("advisor")

    assert_same_queries(lambda: client.get(reverse("enquiry_list")), make_message, at_most=8)


def test_her_own_list_costs_the_same_whatever_its_length(
    student_client, student, assert_same_queries
):
    def one_more():
        make_message(make_enquiry(asker=student.user))

    assert_same_queries(lambda: student_client.get(reverse("my_enquiries")), one_more, at_most=10)


def test_an_exchange_costs_the_same_whatever_its_length(signed_in, assert_same_queries):
    client, enquiry = signed_in("advisor"), make_enquiry()

    def one_more():
        make_message(enquiry, author=make_user(roles=["advisor"]), letter=make_letter(enquiry))

    assert_same_queries(lambda: client.get(detail(enquiry)), one_more, at_most=15)


def test_what_enquiries_ask_of_a_person_is_counted_as_it_is_shown(client, student):
    advisor, colleague = make_user(roles=["advisor"]), make_user(roles=["advisor"])
    say("answer", make_enquiry(asker=student.user), advisor)
    make_enquiry(asker=None, email="ana@example.org")
    make_enquiry(owner=advisor)
    make_enquiry(owner=colleague)
    make_enquiry(asker=advisor)

    found = {}
    for person in (student.user, advisor, colleague, make_user(roles=["approver"])):
        counted = tasks.count_of(person)
        shown = [str(task.title) for task in tasks.tasks_of(person)]
        assert counted == len(shown)
        found[person] = len(shown)

    assert list(found.values()) == [1, 2, 2, 0]


def test_a_question_waits_for_the_office_on_the_askers_home(student_client, student):
    make_enquiry(asker=student.user)

    shown = student_client.get(reverse("home"), headers=ENGLISH)

    assert [task.due.isoformat() for task in shown.context["waiting"]] == ["2026-11-26"]
    assert "Answer to your question about permission to work" in shown.text


@pytest.mark.parametrize("role", ["advisor", "reviewer", "approver", "administrator"])
def test_the_homes_of_the_office_cost_the_same_however_much_waits(
    signed_in, role, assert_same_queries
):
    client = signed_in(role)

    def one_more():
        make_enquiry(owner=client.user)
        make_enquiry(asker=client.user)
        make_message(make_enquiry())

    assert_same_queries(lambda: client.get(reverse("home")), one_more, at_most=16)
