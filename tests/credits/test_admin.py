"""Credit approvals in the admin: the list, deciding one by one and in bulk, the file."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from careers.desk.models import Letter
from careers.people.models import CalendarPeriod
from careers.people.workflow import openings_of
from careers.spreadsheets import safe
from internships.credits import admin, moves, workflow
from internships.credits.filters import FILTERS
from internships.credits.models import State
from tests.credits.rows import approver_of, fresh, make_credit
from tests.factories import TODAY, make_placement, make_student, make_user

LIST = reverse("admin:credits_creditrequest_changelist")
pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = make_user(roles=["administrator"])
    client.force_login(user)
    client.user = user
    return client


def act(client, verb, credits, *, reason="", seen=None, **extra):
    """Send the page between: seen is what it showed, number:step."""
    values = {
        "action": verb,
        "_selected_action": [credit.pk for credit in credits],
        "seen": seen or [f"{credit.number}:{credit.current_step.order}" for credit in credits],
        "reason": reason,
    }
    return client.post(f"{LIST}?waits=all", values | extra, follow=True)


def shown(response):
    return {credit.number for credit in response.context["cl"].result_list}


def test_the_list_opens_on_what_waits_for_a_decision(administrator):
    waiting = [make_credit(state=State.SUBMITTED), make_credit(state=State.EVIDENCE_SUBMITTED)]
    for state in (State.NEEDS_INFO, State.APPROVED, State.COMPLETED, State.DRAFT):
        make_credit(state=state)

    response = administrator.get(LIST)

    assert shown(response) == {credit.number for credit in waiting}


def test_every_state_but_drafts_can_be_listed(administrator):
    made = {state: make_credit(state=state) for state in State}

    for state, credit in made.items():
        response = administrator.get(LIST, {"waits": "all", "state": state})
        wanted = set() if state == State.DRAFT else {credit.number}
        if state != State.DRAFT:
            assert shown(response) == wanted


@pytest.mark.parametrize("word", ["number", "student_no", "family_name"])
def test_search_finds_request_and_student_and_stays_out_of_the_address(administrator, word):
    student = make_student(user=make_user(roles=["student"], family_name="髙﨑"))
    credit = make_credit(state=State.SUBMITTED, student=student)
    make_credit(state=State.SUBMITTED)
    words = {
        "number": credit.number,
        "student_no": student.student_no,
        "family_name": student.user.family_name,
    }

    response = administrator.post(LIST, {"private_search": words[word]}, follow=True)

    assert shown(response) == {credit.number}
    assert "?" not in response.request["PATH_INFO"]


def test_the_list_costs_the_same_however_long(administrator, assert_same_queries):
    def make_row():
        credit = make_credit(state=State.SUBMITTED)
        approver_of(credit)
        placed = make_placement(student=make_student(), posting=None)
        make_credit(state=State.EVIDENCE_SUBMITTED, student=placed.student, placement=placed)

    assert_same_queries(lambda: administrator.get(LIST), make_row, at_most=15)


def test_a_reviewer_reads_the_list_and_has_no_steps_to_decide(client):
    client.force_login(make_user(roles=["reviewer"]))
    make_credit(state=State.SUBMITTED)

    response = client.get(LIST)

    choices = [name for name, _words in response.context["action_form"].fields["action"].choices]
    assert choices == ["", "export_csv"]


def test_approving_in_bulk_goes_one_step_and_tells_what_was_left(administrator):
    first = make_credit(state=State.SUBMITTED)
    second = make_credit(state=State.SUBMITTED, step=2)
    over = make_credit(state=State.SUBMITTED, credits_asked=3)
    done = make_credit(state=State.REJECTED)

    seen = [f"{first.number}:1", f"{second.number}:2", f"{over.number}:1", f"{done.number}:1"]
    response = act(administrator, "approve", [first, second, over, done], seen=seen)

    states = [(c.state, c.waits_for) for c in map(fresh, (first, second, over, done))]
    assert states == [
        ("submitted", "approver"),
        ("approved", "student"),
        ("submitted", "advisor"),
        ("rejected", "nobody"),
    ]
    said = [str(message) for message in response.context["messages"]]
    assert len(said) == 3
    assert " ".join(said).count(over.number) == " ".join(said).count(done.number) == 1


def test_the_same_page_sent_twice_decides_once(administrator):
    credit = make_credit(state=State.SUBMITTED)
    seen = [f"{credit.number}:1"]

    act(administrator, "approve", [credit], seen=seen)
    act(administrator, "approve", [credit], seen=seen)

    assert fresh(credit).current_step.order == 2
    assert Letter.objects.filter(kind="credit_to_decide").count() == 1


def test_who_comes_second_is_told_of_what_has_left_the_list_meanwhile(administrator):
    credit = make_credit(state=State.SUBMITTED, step=2)
    waiting = make_credit(state=State.SUBMITTED)
    values = {"action": "approve", "_selected_action": [credit.pk, waiting.pk]}
    values |= {"seen": [f"{credit.number}:2", f"{waiting.number}:1"]}
    workflow.approve(credit, by=approver_of(credit), step=2)

    response = administrator.post(LIST, values, follow=True)

    left, done = [str(message) for message in response.context["messages"]]
    assert credit.number in left
    assert "1" in done
    assert credit.number not in shown(response)


@pytest.mark.parametrize(("verb", "state"), [("send_back", "needs_info"), ("reject", "rejected")])
def test_a_no_in_bulk_asks_for_the_reason_first(administrator, verb, state):
    credits = [make_credit(state=State.SUBMITTED) for _number in range(2)]

    without = act(administrator, verb, credits)
    assert without.context["form"].errors["reason"]
    assert {fresh(credit).state for credit in credits} == {"submitted"}

    act(administrator, verb, credits, reason="Too short.")
    assert {(fresh(c).state, fresh(c).reason) for c in credits} == {(state, "Too short.")}


def test_the_page_between_names_each_request_and_its_step(administrator):
    credit = make_credit(state=State.SUBMITTED, step=2)

    page = administrator.post(LIST, {"action": "approve", "_selected_action": [credit.pk]})

    assert f'value="{credit.number}:2"' in page.content.decode()
    assert fresh(credit).state == "submitted"


def test_a_request_is_decided_on_its_page_which_shows_all_that_happened(administrator):
    credit = make_credit(state=State.SUBMITTED)
    workflow.send_back(credit, by=administrator.user, step=1, reason="More on safety.")
    workflow.submit(credit, by=credit.student.user)
    address = reverse("admin:credits_creditrequest_change", args=[credit.pk])

    page = administrator.get(address).content.decode()
    assert "More on safety." in page

    decide = reverse("credit_decide", args=[credit.number])
    response = administrator.post(decide, {"deed": "approve", "step": "1", "back": "admin"})

    assert response["Location"] == address
    assert fresh(credit).waits_for == "approver"


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(administrator):
    user = make_user(roles=["student"], family_name="=HYPERLINK", given_name="x", name_romaji="=1")
    credit = make_credit(state=State.SUBMITTED, student=make_student(user=user))

    values = {"action": "export_csv", "_selected_action": [credit.pk]}
    response = administrator.post(LIST, values)

    content = response.getvalue()
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert content.startswith(b"\xef\xbb\xbf")
    assert row["student"].startswith("'=")
    assert (row["request_no"], row["state"], row["credits_asked"]) == (
        credit.number,
        "submitted",
        "2",
    )
    assert timezone.localdate().isoformat() in response["Content-Disposition"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_begins_like_a_formula(text):
    assert safe(text) == f"'{text}"
    assert safe(f"a{text}") == f"a{text}"


def listed(client, **query):
    return shown(client.get(LIST, {"waits": "all"} | query))


def test_the_filters_of_hours_evidence_and_gate_find_their_rows(administrator):
    short = make_credit(state=State.EVIDENCE_SUBMITTED, actual_hours=24)
    over = make_credit(state=State.SUBMITTED, credits_asked=3)
    missing = make_credit(state=State.EVIDENCE_DUE, evidence_due_on=TODAY - timedelta(days=1))
    due = make_credit(state=State.EVIDENCE_DUE, evidence_due_on=TODAY)
    placed = make_placement(student=make_student())
    closed = make_credit(state=State.APPROVED, student=placed.student, placement=placed)
    read = make_credit(state=State.COMPLETED)

    found = {
        choice: listed(administrator, **dict([choice.split("=")]))
        for choice in (
            "hours=short",
            "hours=over",
            "evidence=missing",
            "evidence=due",
            "evidence=to_read",
            "evidence=read",
            "gate=closed",
            "gate=open",
        )
    }

    assert found == {
        "hours=short": {short.number, over.number},
        "hours=over": {over.number},
        "evidence=missing": {missing.number},
        "evidence=due": {due.number},
        "evidence=to_read": {short.number},
        "evidence=read": {read.number},
        "gate=closed": {closed.number},
        "gate=open": set(),
    }
    assert listed(administrator, gate="none").isdisjoint({closed.number})


def test_the_filter_of_terms_looks_at_the_first_day(administrator):
    days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=90)}
    term = CalendarPeriod.objects.create(
        academic_year=2026, kind="term", name_ja="秋学期", name_en="Autumn term", **days
    )
    inside = make_credit(state=State.SUBMITTED)  # starts in 60 days
    make_credit(state=State.EVIDENCE_SUBMITTED)

    assert listed(administrator, term=str(term.pk)) == {inside.number}


@pytest.mark.parametrize("name", [one.parameter_name for one in FILTERS])
@pytest.mark.parametrize("value", ["abc", "-1", "'", "999999999999999999999"])
def test_a_filter_that_does_not_exist_narrows_nothing(administrator, name, value):
    credit = make_credit(state=State.SUBMITTED)

    response = administrator.get(LIST, {name: value})

    assert shown(response) == {credit.number}


def test_counts_beside_the_filters_are_those_of_the_list(administrator):
    for state in (State.SUBMITTED, State.SUBMITTED, State.NEEDS_INFO):
        make_credit(state=state)

    response = administrator.get(LIST, {"_facets": "True"}, headers={"accept-language": "en"})
    page = response.content.decode()

    assert "A decision (2)" in page
    assert "All (3)" in page


def test_who_asks_for_a_state_or_searches_is_shown_what_waits_for_nobody_too(administrator):
    done = make_credit(state=State.COMPLETED)

    by_state = administrator.get(LIST, {"state": "completed"})
    by_search = administrator.post(LIST, {"private_search": done.number}, follow=True)

    assert shown(by_state) == shown(by_search) == {done.number}


def test_the_whole_list_is_taken_out_as_it_is_filtered(administrator):
    wanted = make_credit(state=State.SUBMITTED)
    make_credit(state=State.NEEDS_INFO)
    make_credit(state=State.DRAFT)
    response = administrator.get(LIST, {"waits": "advisor"})

    (_csv, as_csv), (_excel, as_excel) = response.context["exports"]
    file = administrator.get(as_csv).getvalue()

    assert file.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    assert [row["request_no"] for row in rows] == [wanted.number]
    assert [row["start_gate"] for row in rows] == [""]
    sheet = openpyxl.load_workbook(io.BytesIO(administrator.get(as_excel).getvalue())).active
    assert [list(row) for row in sheet.iter_rows(values_only=True)][1][0] == wanted.number
    assert [event.actor for event in openings_of(wanted.student)] == [administrator.user]


@pytest.mark.parametrize("role", ["advisor", "approver", "student"])
def test_only_who_works_in_the_admin_takes_the_list_out(client, role):
    client.force_login(make_user(roles=[role]))

    response = client.get(reverse("admin:credits_creditrequest_export", args=["csv"]))

    assert response.status_code in (302, 403)


def test_so_many_at_once_that_nobody_reads_them_are_not_decided(administrator, monkeypatch):
    monkeypatch.setattr(admin, "AT_ONCE", 1)
    credits = [make_credit(state=State.SUBMITTED) for _number in range(2)]

    response = act(administrator, "approve", credits)

    assert {fresh(credit).waits_for for credit in credits} == {"advisor"}
    assert len(response.context["messages"]) == 1


def test_a_no_without_a_reason_leads_back_to_the_admin_when_it_has_one(administrator):
    credit = make_credit(state=State.SUBMITTED)
    address = reverse("credit_decide", args=[credit.number])
    values = {"deed": "reject", "step": "1", "back": "admin", "reason": ""}

    without = administrator.post(address, values)
    again = without.context["back"]
    with_reason = administrator.post(address, values | {"back": again, "reason": "No plan."})

    assert without.context["form"].errors["reason"]
    assert with_reason["Location"] == reverse(
        "admin:credits_creditrequest_change", args=[credit.pk]
    )


def test_the_first_step_is_never_skipped_even_by_an_administrator(administrator):
    """Of the two steps she may decide each, one at a time; the history names her at both."""
    credit = make_credit(state=State.SUBMITTED)

    act(administrator, "approve", [credit], seen=[f"{credit.number}:2"])
    assert [step.decision for step in fresh(credit).steps.all()] == ["", ""]
    for number in (1, 2):
        act(administrator, "approve", [credit], seen=[f"{credit.number}:{number}"])

    steps = fresh(credit).steps.all()
    assert [step.decided_by for step in steps] == [administrator.user, administrator.user]
    assert [event.verb for event in moves.history_of(credit)][-2:] == [
        "approved a step",
        "approved",
    ]
