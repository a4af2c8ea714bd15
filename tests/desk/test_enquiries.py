import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from careers.desk import letters, workflow
from careers.desk.models import Enquiry, EnquiryMessage, Letter
from careers.record.models import Event
from tests.factories import make_enquiry, make_user

pytestmark = pytest.mark.django_db


def form(**fields):
    return {"topic": "permission", "text": "May I start?", "form_key": uuid.uuid4()} | fields


def test_a_student_asks_and_sees_her_question(student_client, student):
    response = student_client.post(reverse("enquiry_new"), form(), follow=True)

    enquiry = Enquiry.objects.get()
    assert (enquiry.asker, enquiry.state) == (student.user, "open")
    assert response.redirect_chain[-1][0] == reverse("enquiry_detail", args=[enquiry.pk])
    assert "May I start?" in response.text
    assert Event.objects.filter(verb="asked", actor=student.user).count() == 1


def test_the_same_form_sent_twice_asks_once(student_client):
    data = form()

    first = student_client.post(reverse("enquiry_new"), data)
    second = student_client.post(reverse("enquiry_new"), data)

    assert first.url == second.url
    assert (Enquiry.objects.count(), EnquiryMessage.objects.count()) == (1, 1)


@pytest.mark.parametrize(("language", "words"), [("en", "required"), ("ja", "必須")])
def test_a_visitor_without_an_address_is_told_beside_the_field(client, language, words):
    data = form(text="<b>Hello</b> 🎌")

    response = client.post(reverse("enquiry_new"), data, headers={"accept-language": language})

    assert not Enquiry.objects.exists()
    assert words in str(response.context["form"].errors["email"])
    assert "&lt;b&gt;Hello&lt;/b&gt; 🎌" in response.text


def test_a_visitor_gets_the_answer_by_a_link_and_writes_back(client, signed_in):
    client.post(reverse("enquiry_new"), form(email="visitor@example.org", name="Ana"))
    enquiry = Enquiry.objects.get()
    advisor = make_user(roles=["advisor"])
    workflow.answer(enquiry, "Yes.", by=advisor, form_key=uuid.uuid4())
    letters.send_due(timezone.now() + timedelta(days=1))
    token = mail.outbox[0].body.split("/by-link/")[1].split("/")[0]
    page = reverse("enquiry_by_link", args=[token])

    shown = client.get(page)
    client.post(page, {"text": "Thank you", "form_key": uuid.uuid4()})

    enquiry.refresh_from_db()
    assert "Yes." in shown.text
    assert [m.text for m in enquiry.messages.all()] == ["May I start?", "Yes.", "Thank you"]
    assert enquiry.state == "open"
    assert client.get(reverse("enquiry_by_link", args=["guessed"])).status_code == 404


def test_an_advisor_answers_and_the_asker_gets_one_letter(signed_in):
    enquiry = make_enquiry()
    client = signed_in("advisor")
    data = {"text": "Yes, you may ask the bureau.", "form_key": uuid.uuid4()}
    page = reverse("enquiry_detail", args=[enquiry.pk])

    client.post(page, data)
    client.post(page, data)

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.owner) == ("answered", client.user)
    assert enquiry.messages.filter(from_office=True).count() == 1
    assert Letter.objects.filter(to_user=enquiry.asker).count() == 1


def test_another_students_enquiry_does_not_exist(student_client):
    enquiry = make_enquiry()

    response = student_client.get(reverse("enquiry_detail", args=[enquiry.pk]))

    assert response.status_code == 404


@pytest.mark.parametrize(("role", "seen"), [("advisor", False), ("reviewer", True)])
def test_answers_of_the_check_are_shown_to_reviewers_only(signed_in, role, seen):
    enquiry = make_enquiry(answers="status_of_residence=STUDENT")

    response = signed_in(role).get(reverse("enquiry_detail", args=[enquiry.pk]))

    assert response.status_code == 200
    assert ("status_of_residence=STUDENT" in response.text) is seen


def test_two_who_close_at_once_are_both_told_what_happened(signed_in):
    enquiry = make_enquiry()
    client = signed_in("advisor")
    page = reverse("enquiry_close", args=[enquiry.pk])

    english = {"accept-language": "en"}
    first = client.post(page, follow=True, headers=english)
    second = client.post(page, follow=True, headers=english)

    assert "The enquiry is closed." in first.text
    assert "A colleague has closed this enquiry already." in second.text
    assert Event.objects.filter(verb="closed").count() == 1


@pytest.mark.parametrize("state", Enquiry.State.values)
@pytest.mark.parametrize("verb", workflow.TRANSITIONS)
def test_each_verb_starts_from_the_states_of_its_table(verb, state):
    enquiry, person = make_enquiry(state=state), make_user(roles=["advisor"])
    allowed, leads_to = workflow.TRANSITIONS[verb]
    say = {"text": "Words", "by": person, "form_key": uuid.uuid4()}
    events = Event.objects.count()

    def act():
        if verb == "close":
            return workflow.close(enquiry, by=person)
        return getattr(workflow, verb)(enquiry, **say)

    if state in allowed:
        act()
        enquiry.refresh_from_db()
        assert (enquiry.state, Event.objects.count()) == (leads_to, events + 1)
    else:
        with pytest.raises(workflow.TooLate):
            act()
        assert Event.objects.count() == events


def test_the_queue_costs_the_same_whatever_its_length(signed_in, assert_same_queries):
    client = signed_in("advisor")

    assert_same_queries(lambda: client.get(reverse("enquiry_list")), make_enquiry)


def test_people_without_the_right_do_not_see_the_queue(student_client):
    assert student_client.get(reverse("enquiry_list")).status_code == 403
