"""The student's pages: from a saved placement to a submitted case, and what may go wrong."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter

from careers.desk.models import Letter, PrivateFile
from careers.record.models import Event
from internships.permits import workflow
from internships.permits.models import DocumentVersion, PermitCase
from tests.factories import TODAY, make_student, make_user
from tests.permits.rows import make_bureau, make_case, make_placement_for, pdf

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


def page(case):
    return reverse("case_detail", args=[case.pk])


@pytest.fixture
def case(student):
    return make_case(student=student)


def test_from_a_saved_placement_she_opens_one_case_however_often_she_clicks(
    student_client, student
):
    placement = make_placement_for(student)
    shown = student_client.get(placement.get_absolute_url(), headers=EN)
    address = reverse("case_open", args=[placement.pk])

    first = student_client.post(address)
    second = student_client.post(address)

    case = PermitCase.objects.get()
    assert "Open my case" in shown.text
    assert first.url == second.url == page(case)
    assert (case.kind, case.state, case.waits_for) == ("individual", "open", "student")
    codes = list(case.requirements.values_list("code", flat=True))
    assert codes == ["D_APP", "D_PASSPORT", "D_HOST_STATEMENT"]
    assert Event.objects.filter(verb="case opened").count() == 1


@pytest.mark.parametrize("outcome", ["V_PROHIBITED", "V_NOT_POSSIBLE_AS_PLANNED"])
def test_on_a_plan_that_is_not_possible_there_is_no_case(student_client, student, outcome):
    placement = make_placement_for(student, outcome=outcome, codes=[])

    shown = student_client.get(placement.get_absolute_url(), headers=EN)
    answer = student_client.post(reverse("case_open", args=[placement.pk]))

    assert "Open my case" not in shown.text
    assert answer.url == placement.get_absolute_url()
    assert not PermitCase.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        ("V_NO_RESTRICTION", "papers"),
        ("V_NOT_NEEDED", "papers"),
        ("V_WITHIN_STATUS", "papers"),
        ("V_COVERED", "papers"),
        ("V_NEED_BLANKET", "blanket"),
        ("V_NEED_INDIVIDUAL", "individual"),
        ("V_NEED_INDIVIDUAL_CASE", "individual"),
        ("V_REDUCE_OR_CONSULT", "confirm"),
        ("V_FLAG_CONFIRM", "confirm"),
        ("V_CHECK_SCOPE", "confirm"),
        ("V_BUREAU", "confirm"),
        ("V_CHANGE_STATUS", "change_of_status"),
        ("V_STATUS_DA9", "certificate_of_eligibility"),
        ("V_STATUS_DA12", "certificate_of_eligibility"),
        ("V_STATUS_CULTURAL", "certificate_of_eligibility"),
        ("V_STATUS_TEMP_VISITOR", "visa"),
    ],
)
def test_each_outcome_opens_its_kind_of_case(student, outcome, kind):
    placement = make_placement_for(student, outcome=outcome, codes=["O_STATUS_COPY"])

    assert workflow.open_case(placement, by=student.user).kind == kind


def test_an_internship_beside_another_job_opens_a_case_for_both_permissions(student):
    placement = make_placement_for(student, kind="both")

    assert workflow.open_case(placement, by=student.user).kind == "both"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["It is your turn", "Latest safe filing date", "Passport, shown", "Start gate"]),
        ("ja", ["旅券（提示）", "資格外活動許可申請書"]),
    ],
)
def test_the_page_explains_each_paper_and_says_who_has_the_ball(
    student_client, case, language, words
):
    shown = student_client.get(page(case), headers={"accept-language": language})

    assert [one for one in words if one not in shown.text] == []


def test_good_files_are_kept_where_another_one_has_a_fault(student_client, case):
    photo = io.BytesIO()
    Image.new("RGB", (9, 9)).save(photo, "PNG")
    files = {
        "D_APP": pdf("申請書.pdf"),
        "D_PASSPORT": SimpleUploadedFile("passport.pdf", photo.getvalue()),
        "D_HOST_STATEMENT": SimpleUploadedFile("paper.pdf", b"MZ not a paper"),
    }

    shown = student_client.post(page(case), files, headers=EN)

    states = dict(case.requirements.values_list("code", "state"))
    assert states == {"D_APP": "uploaded", "D_PASSPORT": "uploaded", "D_HOST_STATEMENT": "missing"}
    assert "This is no PDF, JPEG or PNG" in shown.text
    assert "2 papers are sent." in shown.text
    assert "Error:" in shown.text
    assert set(PrivateFile.objects.values_list("content_type", flat=True)) == {
        "application/pdf",
        "image/png",
    }


def locked():
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=9, height=9)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", {"en": "This file is empty", "ja": "空"}),
        (b"%PDF-1.7" + b"0" * 10 * 1024**2, {"en": "10 MB or less", "ja": "10"}),
        (b"%PDF-1.7 broken", {"en": "cannot be opened", "ja": "PDF"}),
        (b"GIF89a", {"en": "no PDF, JPEG or PNG", "ja": "JPEG"}),
        (locked(), {"en": "locked with a password", "ja": "パスワード"}),
    ],
    ids=["empty", "too large", "broken", "other kind", "encrypted"],
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_bad_file_is_told_beside_its_field_and_nothing_stays(
    student_client, case, folder, content, words, language
):
    files = {"D_APP": SimpleUploadedFile("application.pdf", content)}

    shown = student_client.post(page(case), files, headers={"accept-language": language})

    assert shown.status_code == 200
    assert words[language] in str(shown.context["form"].errors["D_APP"])
    assert not PrivateFile.objects.exists() and not DocumentVersion.objects.exists()
    assert not folder.exists() or not list(folder.iterdir())
    assert case.requirements.get(code="D_APP").state == "missing"


def test_the_same_file_sent_twice_is_one_version_and_another_is_the_next(student_client, case):
    for title in ("first", "first", "second"):
        student_client.post(page(case), {"D_APP": pdf(title=title)})

    versions = case.requirements.get(code="D_APP").versions.values_list("number", flat=True)
    assert list(versions) == [2, 1]
    assert PrivateFile.objects.count() == 2


def test_a_version_can_be_neither_changed_nor_deleted(student_client, case):
    student_client.post(page(case), {"D_APP": pdf()})
    for deed in (
        lambda rows: rows.update(number=7),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed(DocumentVersion.objects.all())


def test_an_accepted_paper_is_not_sent_again(student_client, student):
    case = make_case(student=student, state="submitted", paper="accepted")

    student_client.post(page(case), {"D_APP": pdf(title="another")})

    assert case.requirements.get(code="D_APP").versions.count() == 1


def test_submitting_waits_for_the_papers_she_has_to_send(student_client, case):
    address = reverse("case_submit", args=[case.pk])
    refused = student_client.post(address, follow=True, headers=EN)
    student_client.post(page(case), {"D_APP": pdf(title="a"), "D_HOST_STATEMENT": pdf(title="b")})

    done = student_client.post(address, follow=True, headers=EN)
    again = student_client.post(address, follow=True, headers=EN)

    case.refresh_from_db()
    assert "These must be cleared first" in refused.text
    assert "Your case is with us." in done.text
    assert "you have done something here since" in again.text
    assert (case.state, case.waits_for) == ("submitted", "office")
    assert Letter.objects.get().to_email  # nobody looks after it yet: to the office
    assert Event.objects.filter(verb="submitted").count() == 1


def test_undo_takes_the_submission_back_and_its_letter(student_client, case):
    student_client.post(page(case), {"D_APP": pdf(title="a"), "D_HOST_STATEMENT": pdf(title="b")})
    student_client.post(reverse("case_submit", args=[case.pk]))
    event = workflow.history_of(case).first()

    shown = student_client.post(
        reverse("case_undo", args=[case.pk, event.pk]), follow=True, headers=EN
    )

    case.refresh_from_db()
    assert "It is taken back." in shown.text
    assert case.state == "open"
    assert Letter.objects.get().state == "cancelled"


def bureau_said(**changes):
    return {
        "bureau": make_bureau().pk,
        "answered_on": "2026-11-20",
        "answer_from": "Desk 3",
        "answer": "may_start",
        "answer_text": "No permission is needed.",
    } | changes


def test_she_enters_the_bureaus_answer_and_submits(student_client, student):
    case = make_case(student=student, kind="confirm", paper="missing")

    student_client.post(reverse("case_answer", args=[case.pk]), bureau_said())
    student_client.post(reverse("case_submit", args=[case.pk]))

    case.refresh_from_db()
    assert (case.state, case.answer, case.answer_from) == ("submitted", "may_start", "Desk 3")
    assert case.requirements.get(code="O_BUREAU_CONFIRMATION").state == "uploaded"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("answered_on", "2026-11-23"),
        ("answered_on", "yesterday"),
        ("answer_from", ""),
        ("answer", "perhaps"),
        ("answer_text", "   "),
        ("bureau", "999999"),
    ],
)
def test_an_answer_that_is_not_whole_is_told_beside_the_field_and_the_rest_kept(
    student_client, student, name, value
):
    case = make_case(student=student, kind="confirm")
    address = reverse("case_answer", args=[case.pk])
    kept = "Ask <b>again</b> 🎌" if name != "answer_text" else ""

    shown = student_client.post(
        address, bureau_said(**({"answer_text": kept} if kept else {}) | {name: value}), headers=EN
    )

    case.refresh_from_db()
    assert list(shown.context["form"].errors) == [name]
    assert case.answer == ""
    assert not kept or "Ask &lt;b&gt;again&lt;/b&gt; 🎌" in shown.text


def test_she_says_that_she_has_filed(student_client, student):
    case = make_case(student=student, state="ready_to_file", paper="accepted")
    filing = {"bureau": make_bureau().pk, "filed_on": "２０２６/11/20", "receipt": "R-77"}

    student_client.post(reverse("case_filing", args=[case.pk]), filing)

    case.refresh_from_db()
    assert (case.state, case.waits_for, str(case.filed_on)) == ("filed", "bureau", "2026-11-20")


def test_her_papers_are_hers_and_another_student_finds_none(client, student):
    student_case = make_case(student=student, paper="uploaded", state="submitted")
    version = DocumentVersion.objects.filter(requirement__case=student_case).first()
    address = reverse("case_file", args=[student_case.pk, version.pk])
    answers = {}
    for person in (student.user, make_student().user, make_user(roles=["advisor"])):
        client.force_login(person)
        response = client.get(address)
        b"".join(response)
        answers[person.roles[0], person == student.user] = response.status_code

    assert answers == {("student", True): 200, ("student", False): 404, ("advisor", False): 404}


def test_a_version_of_another_case_is_not_given_out_by_hers(student_client, case):
    other = make_case(paper="uploaded")
    version = DocumentVersion.objects.filter(requirement__case=other).first()

    answer = student_client.get(reverse("case_file", args=[case.pk, version.pk]))

    assert answer.status_code == 404


def test_after_the_answer_that_a_permission_is_needed_she_opens_the_next_case(
    student_client, student
):
    first = make_case(
        student=student,
        kind="confirm",
        state="answered",
        answer="needs_permission",
        answered_on=TODAY,
        bureau=make_bureau(),
        answer_from="Desk 3",
        answer_text="Apply.",
        waits_for="student",
    )

    shown = student_client.get(page(first), headers=EN)
    student_client.post(reverse("case_open", args=[first.placement_id]))

    second = PermitCase.objects.first()
    assert "Open a new case" in shown.text
    assert (second.kind, second.placement) == ("individual", first.placement)


def test_the_home_page_names_what_the_case_needs_and_counts_it_once(student_client, student):
    make_case(student=student, due=TODAY + timedelta(days=3))

    shown = student_client.get(reverse("home"), headers=EN)

    assert "1 thing needs you" in shown.text
    assert "Send your papers, then submit the case" in shown.text


def test_closing_asks_once(student_client, case):
    address = reverse("case_close", args=[case.pk])

    asked = student_client.get(address)
    student_client.post(address)

    case.refresh_from_db()
    assert asked.status_code == 200
    assert case.state == "closed"
    condition = case.placement.conditions.get()
    assert condition.state == "open"


def test_her_page_says_where_the_case_stands_in_each_state(student_client, student):
    for state in PermitCase.State.values:
        case = make_case(student=student, state=state, placement=make_placement_for(
            student, facts={"state": state}
        ))  # fmt: skip
        assert student_client.get(page(case), headers=EN).status_code == 200
        assert student_client.get(case.placement.get_absolute_url()).status_code == 200
    assert student_client.get(reverse("home")).status_code == 200


def test_her_own_last_step_can_be_taken_back_from_her_page_as_long_as_its_letter_waits(
    student_client, student, frozen_moment
):
    case = make_case(student=student, paper="uploaded")
    workflow.submit(case, by=student.user)

    soon = student_client.get(page(case), headers=EN)
    frozen_moment.shift(timedelta(minutes=11))
    late = student_client.get(page(case), headers=EN)

    assert "Undo your last step" in soon.text
    assert "Undo your last step" not in late.text
