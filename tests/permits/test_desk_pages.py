"""The desk: the queue, the page of a case, and what a reviewer decides there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careers.desk import letters
from careers.desk.models import Letter
from careers.law import DOCUMENTS
from careers.record.models import Event
from internships.permits import workflow
from internships.permits.models import DocumentVersion, PermitCase
from internships.permits.transitions import VERBS
from tests.factories import NOW, TODAY, make_faculty, make_student, make_user
from tests.permits.rows import APPLYING, add_version, make_bureau, make_case, make_paper

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


@pytest.fixture
def desk(client, reviewer):
    client.force_login(reviewer)
    client.user = reviewer
    return client


def page(case):
    return reverse("desk_case", args=[case.pk])


def act(case, deed):
    return reverse("desk_act", args=[case.pk, deed])


def shown(response):
    return [line["case"] for line in response.context["lines"]]


def test_the_queue_holds_what_waits_for_the_office_the_nearest_day_first(desk):
    later = make_case(state="submitted", due=TODAY + timedelta(days=9))
    undated = make_case(state="submitted", due=None)
    late = make_case(state="submitted", due=TODAY - timedelta(days=2))
    make_case(state="open")

    response = desk.get(reverse("desk_queue"), headers=EN)

    assert shown(response) == [late, later, undated]
    assert "3 cases wait for us." in response.text
    assert "2 days late" in response.text


@pytest.mark.parametrize(
    ("tab", "state"),
    [("student", "open"), ("bureau", "filed"), ("gate", "granted"), ("done", "closed")],
)
def test_each_tab_holds_its_own(desk, tab, state):
    case = make_case(state=state)
    make_case(state="submitted")

    response = desk.get(reverse("desk_queue"), {"tab": tab})

    assert shown(response) == [case]


def test_the_queue_is_narrowed_by_owner_kind_and_faculty(desk):
    mine = make_case(state="submitted", owner=desk.user, kind="blanket")
    other = make_case(state="submitted", owner=make_user(roles=["reviewer"]))
    faculty = other.placement.student.faculty_id
    address = reverse("desk_queue")

    assert shown(desk.get(address, {"owner": "mine"})) == [mine]
    assert shown(desk.get(address, {"owner": "none"})) == []
    assert shown(desk.get(address, {"kind": "individual"})) == [other]
    assert shown(desk.get(address, {"faculty": faculty})) == [other]
    assert len(shown(desk.get(address, {"kind": "' OR 1=1", "page": "x"}))) == 2


def test_a_name_is_found_and_never_stands_in_an_address(desk):
    found = make_case(student=make_student(user=make_user(
        roles=["student"], family_name="陳", name_romaji="CHEN Yu-ting"
    )), state="submitted")  # fmt: skip
    make_case(state="submitted")

    answer = desk.post(reverse("desk_queue"), {"words": "chen"})

    assert "chen" not in answer.url.lower()
    assert shown(desk.get(answer.url)) == [found]
    desk.post(reverse("desk_queue"), {"clear": "1"})
    assert len(shown(desk.get(reverse("desk_queue")))) == 2


def test_the_queue_costs_the_same_whatever_its_length_and_at_most_fifteen(
    desk, assert_same_queries
):
    faculty = make_faculty()

    def make_row():
        make_case(student=make_student(faculty=faculty), state="submitted", paper="uploaded")

    def visit():
        assert desk.get(reverse("desk_queue")).status_code == 200

    assert_same_queries(visit, make_row, at_most=15)


def test_a_reviewer_finds_her_own_case_neither_in_the_queue_nor_by_its_address(client):
    both = make_user(roles=["student", "reviewer"])
    case = make_case(student=make_student(user=both), state="submitted")
    client.force_login(both)

    assert shown(client.get(reverse("desk_queue"))) == []
    assert client.get(page(case)).status_code == 404
    assert client.get(reverse("case_detail", args=[case.pk])).status_code == 200


@pytest.mark.parametrize("state", PermitCase.State.values)
@pytest.mark.parametrize("kind", ["papers", "confirm", "individual", "visa"])
def test_the_page_of_a_case_shows_in_every_state(desk, state, kind):
    case = make_case(kind=kind, state=state, paper="uploaded")

    response = desk.get(page(case), headers=EN)

    assert response.status_code == 200
    assert "What happened" in response.text


def test_a_blocked_step_names_what_is_missing_and_who_clears_it(desk):
    case = make_case(state="submitted", paper="missing")

    text = desk.get(page(case), headers=EN).text
    refused = desk.post(act(case, "ready"), follow=True, headers=EN)

    case.refresh_from_db()
    assert "Passport, shown missing" in text
    assert "These must be cleared first" in refused.text
    assert case.state == "submitted"


def test_papers_are_accepted_seen_and_returned_with_a_reason_in_both_languages(desk):
    case = make_case(state="submitted", paper="uploaded")
    first, second, third = case.requirements.order_by("position")
    accept = reverse("desk_paper_accept", args=[case.pk, first.code])
    seen = reverse("desk_paper_accept", args=[case.pk, second.code])
    back = reverse("desk_paper", args=[case.pk, third.code, "return"])

    desk.post(accept, {"version": "1"})
    desk.post(seen, {"seen": "1"})
    desk.post(back, {"reason": "cut_off", "words": "Page 2.", "correct_by": "2026-12-02"})

    rows = {row.code: row for row in case.requirements.all()}
    assert [rows[one.code].state for one in (first, second, third)] == [
        "accepted",
        "accepted",
        "returned",
    ]
    assert rows[second.code].seen
    assert rows[third.code].reason_en == "A part of the page is cut off. Page 2."
    assert rows[third.code].reason_ja == "ページの一部が切れています。Page 2."
    case.refresh_from_db()
    assert (case.owner, case.waits_for, str(case.due)) == (desk.user, "student", "2026-12-02")


def test_a_newer_version_has_to_be_looked_at_before_it_is_accepted(desk):
    case = make_case(state="submitted", paper="uploaded")
    paper = case.requirements.order_by("position").first()
    add_version(paper, 2)

    answer = desk.post(
        reverse("desk_paper_accept", args=[case.pk, paper.code]),
        {"version": "1"},
        follow=True,
        headers=EN,
    )

    paper.refresh_from_db()
    assert "A newer version has come." in answer.text
    assert paper.state == "uploaded"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"reason": "", "correct_by": "2026-12-02"}, "reason"),
        ({"reason": "no such", "correct_by": "2026-12-02"}, "reason"),
        ({"reason": "other", "words": " ", "correct_by": "2026-12-02"}, "words"),
        ({"reason": "papers", "correct_by": "2026-11-21"}, "correct_by"),
        ({"reason": "papers", "correct_by": "soon"}, "correct_by"),
    ],
)
def test_a_return_without_its_parts_is_told_beside_the_field(desk, data, field):
    case = make_case(state="submitted", paper="uploaded")
    data = {"return-" + name: value for name, value in data.items()}

    response = desk.post(act(case, "return"), data, headers=EN)

    case.refresh_from_db()
    assert list(response.context["form"].errors) == [field]
    assert case.state == "submitted"
    assert not Letter.objects.exists()


def test_from_submitted_to_an_open_gate(desk):
    case = make_case(state="submitted", paper="accepted")
    bureau = make_bureau()

    desk.post(act(case, "ready"))
    desk.post(act(case, "filing"), {"filing-bureau": bureau.pk, "filing-filed_on": "2026-11-20"})
    desk.post(
        act(case, "grant"),
        {
            "grant-decided_on": "2026-11-22",
            "grant-permission_number": "東京 8-12",
            "grant-valid_until": "2027-03-31",
        },
    )
    desk.post(act(case, "gate"))

    case.refresh_from_db()
    case.placement.refresh_from_db()
    assert (case.state, case.waits_for) == ("granted", "nobody")
    assert (case.placement.state, case.placement.gate_opened_by) == ("cleared", desk.user)
    kinds = set(Letter.objects.values_list("kind", flat=True))
    assert kinds == {"permit_ready", "permit_filed", "permit_granted", "permit_gate_open"}


def test_a_permission_that_ends_too_early_does_not_open_the_gate(desk):
    case = make_case(state="granted", valid_until=TODAY + timedelta(days=1), paper="accepted")
    workflow.settle(case, desk.user)

    answer = desk.post(act(case, "gate"), follow=True, headers=EN)

    case.placement.refresh_from_db()
    assert "The permission lasts to the last day" in answer.text
    assert case.placement.state == "planned"


@pytest.mark.parametrize(
    ("answer", "opens"), [("may_start", True), ("needs_permission", False), ("not_possible", False)]
)
def test_the_gate_opens_on_the_answer_that_no_permission_is_needed(desk, answer, opens):
    case = make_case(
        kind="confirm",
        state="submitted",
        paper="uploaded",
        answer=answer,
        answered_on=TODAY,
        bureau=make_bureau(),
        answer_from="Desk 3",
        answer_text="So it is.",
    )

    desk.post(act(case, "confirm-answer"))
    desk.post(act(case, "gate"))

    case.placement.refresh_from_db()
    assert case.placement.gate_open is opens


@pytest.mark.parametrize(
    ("until", "opens"), [(None, False), ("2027-03-11", False), ("2027-03-12", True)]
)
def test_a_permission_held_already_has_to_last_to_the_last_day(desk, until, opens):
    """The placement ends on 12 March 2027."""
    case = make_case(
        kind="papers", outcome="V_COVERED", state="submitted", paper="accepted",
        codes=["O_PERMISSION_COPY"],
    )  # fmt: skip

    desk.post(act(case, "confirm-papers"), {"confirm-papers-valid_until": until or ""})
    desk.post(act(case, "gate"))

    case.placement.refresh_from_db()
    assert case.placement.gate_open is opens


def test_two_reviewers_at_once_the_second_is_told_what_the_first_did(desk):
    case = make_case(state="submitted", paper="accepted")
    colleague = make_user(roles=["reviewer"])
    workflow.mark_ready_to_file(case, by=colleague)

    answer = desk.post(act(case, "ready"), follow=True, headers=EN)

    assert colleague.name_romaji in answer.text
    assert "marked as ready to file" in answer.text
    assert Event.objects.filter(verb="marked ready to file").count() == 1


def test_undo_on_the_page_brings_the_case_back(desk):
    case = make_case(state="submitted", paper="accepted")
    answer = desk.post(act(case, "ready"), follow=True, headers=EN)
    event = workflow.history_of(case).first()
    undo = reverse("case_undo", args=[case.pk, event.pk])

    assert undo in answer.text
    desk.post(undo)

    case.refresh_from_db()
    assert case.state == "submitted"
    assert Letter.objects.get().state == "cancelled"


def test_opening_a_paper_is_in_the_log_and_in_who_opened_my_record(desk):
    case = make_case(state="submitted", paper="uploaded")
    version = DocumentVersion.objects.filter(requirement__case=case).first()

    response = desk.get(reverse("case_file", args=[case.pk, version.pk]))
    b"".join(response)

    opened = Event.objects.get(verb="opened file")
    assert (opened.actor, opened.about) == (desk.user, case.student.user)
    assert response["Cache-Control"] == "private, no-store"


def test_opening_a_case_is_in_the_log_once_a_visit(desk):
    case = make_case(state="submitted")

    desk.get(page(case))
    desk.get(page(case))

    assert Event.objects.filter(verb="opened", about=case.student.user).count() == 1


SECRETS = ["Because", "View version", "東京 123", "Desk 3", "It is said."]


@pytest.mark.parametrize(("role", "sees"), [("advisor", False), ("reviewer", True)])
def test_papers_and_reasons_are_for_reviewers_and_states_for_advisors(client, role, sees):
    told = {
        "bureau": make_bureau(),
        "answer": "may_start",
        "answered_on": TODAY,
        "answer_from": "Desk 3",
        "answer_text": "It is said.",
    }
    case = make_case(state="granted", paper="returned", **told)
    client.force_login(make_user(roles=[role]))

    text = client.get(reverse("case_detail", args=[case.pk]), follow=True, headers=EN).text

    assert [one in text for one in SECRETS] == [sees] * len(SECRETS)
    assert "returned" in text


@pytest.mark.parametrize("role", ["approver", "administrator"])
def test_the_event_log_and_other_offices_learn_nothing_of_a_case(client, role):
    case = make_case(state="submitted", paper="uploaded")
    client.force_login(make_user(roles=[role], approves_for=[case.student.faculty]))

    assert client.get(reverse("case_detail", args=[case.pk])).status_code == 404
    assert client.get(page(case)).status_code == 403


def test_the_admin_shows_cases_to_look_at_with_a_way_to_the_desk(desk):
    case = make_case(state="submitted")
    row = reverse("admin:permits_permitcase_change", args=[case.pk])

    answer = desk.get(row, headers=EN)
    refused = desk.post(row, {"state": "granted"})

    assert page(case) in answer.text
    assert ">None<" not in answer.text  # no bureau yet
    assert refused.status_code == 403
    assert desk.get(reverse("admin:permits_permitcase_changelist")).status_code == 200


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_letter_is_in_the_readers_language_and_names_nothing_private(
    desk, mailoutbox, language
):
    student = make_student(user=make_user(roles=["student"], language=language))
    case = make_case(student=student, state="submitted", paper="uploaded")
    paper = case.requirements.order_by("position").first()
    workflow.return_paper(paper, by=desk.user, reason=("Torn.", "破れています。"), correct_by=TODAY)

    letters.send_due(NOW + timedelta(days=1))

    mail = mailoutbox[0]
    assert mail.extra_headers["Content-Language"] == language
    assert reverse("case_detail", args=[case.pk]) in mail.body
    for private in ("Torn", "破れ", "在留", "visa", "permission", "許可", paper.name):
        assert private not in mail.subject + mail.body


def test_every_letter_can_be_written_in_both_languages(desk, mailoutbox):
    kinds = {verb.letter for verb in VERBS.values()} - {""}
    case = make_case(state="submitted", due=TODAY)
    for kind in kinds | {"permit_reopened", "permit_lapsed"}:
        for language in ("ja", "en"):
            letters.write(
                kind, case.student.user, case, language=language,
                context={"number": case.number, "due": TODAY.isoformat(), "link": page(case)},
            )  # fmt: skip

    letters.send_due(NOW + timedelta(days=1))

    assert len(mailoutbox) == 2 * (len(kinds) + 2)
    assert all(mail.subject for mail in mailoutbox)


def test_a_reviewer_finds_what_waits_for_her_at_home(desk):
    make_case(state="submitted", due=TODAY)
    make_case(state="submitted", owner=make_user(roles=["reviewer"]))

    text = desk.get(reverse("home"), headers=EN).text

    assert "1 thing needs you" in text
    assert "Check a permission case" in text


def test_the_page_of_a_case_costs_the_same_however_many_papers(desk, assert_same_queries):
    case = make_case(state="submitted", paper="uploaded")
    codes = iter([code for code in DOCUMENTS if code not in APPLYING])

    def make_row():
        make_paper(case, next(codes), "uploaded", by=desk.user)

    assert_same_queries(lambda: desk.get(page(case)), make_row, rows=(1, 3, 20))


@pytest.mark.parametrize(
    ("role", "sees"), [("advisor", True), ("reviewer", True), ("administrator", False)]
)
def test_the_page_of_a_student_lists_her_cases_for_those_who_see_their_states(client, role, sees):
    case = make_case(state="submitted")
    client.force_login(make_user(roles=[role]))

    text = client.get(reverse("student_detail", args=[case.student.pk]), headers=EN).text

    assert (case.number in text) is sees
