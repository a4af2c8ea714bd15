"""One of everybody and one of everything, for tables that ask each page as each person.

A room adds its rows to `World` (as cached properties: only what a line asks for is made) and,
for an address with parts, a line to `ARGUMENTS`.
"""

from functools import cached_property
from uuid import uuid4

from careers.desk import links, workflow
from careers.desk.models import Enquiry, EnquiryMessage, Letter
from careers.law import Facts
from careers.people.models import Job, Student, User
from internships.board import organisations, uploads
from internships.board import workflow as workflow_of_postings
from internships.board.following import feeds
from internships.board.following.models import LetterChoices, SavedSearch
from internships.board.models import ImportFile, Organisation, Posting
from internships.credits.models import CreditRequest
from internships.office import workflow as workflow_of_the_bench
from internships.office.models import WorkedCase
from internships.permits.models import DocumentVersion, PermitCase
from internships.placements.models import Placement
from tests.credits.rows import add_evidence, make_credit
from tests.factories import (
    NOW,
    make_enquiry,
    make_faculty,
    make_organisation,
    make_placement,
    make_posting,
    make_student,
    make_user,
)
from tests.permits.rows import make_case, pdf
from tests.placements.slips import make_checked_placement

PEOPLE = [
    "anonymous",
    "owner",
    "other_student",
    "advisor",
    "reviewer",
    "approver_own",
    "approver_other",
    "administrator",
]


class World:
    def __init__(self):
        self.faculty = make_faculty()

    def person(self, name: str) -> User | None:
        return None if name == "anonymous" else getattr(self, name)

    @cached_property
    def student(self) -> Student:
        return make_student(faculty=self.faculty)

    @cached_property
    def owner(self) -> User:
        return self.student.user

    @cached_property
    def other_student(self) -> User:
        return make_student(faculty=self.faculty).user

    @cached_property
    def advisor(self) -> User:
        return make_user(roles=["advisor"])

    @cached_property
    def reviewer(self) -> User:
        return make_user(roles=["reviewer"])

    @cached_property
    def approver_own(self) -> User:
        return make_user(roles=["approver"], approves_for=[self.faculty])

    @cached_property
    def approver_other(self) -> User:
        return make_user(roles=["approver"], approves_for=[make_faculty()])

    @cached_property
    def administrator(self) -> User:
        return make_user(roles=["administrator"])

    @cached_property
    def posting(self) -> Posting:
        return make_posting()

    @cached_property
    def draft(self) -> Posting:
        return make_posting(state="draft", opens_at=None, closes_at=None)

    @cached_property
    def in_review(self) -> Posting:
        return make_posting(state="in_review")

    @cached_property
    def merged_away(self) -> Organisation:
        old = make_organisation()
        organisations.merge(old, self.posting.organisation, by=self.advisor)
        return old

    @cached_property
    def import_file(self) -> ImportFile:
        """The advisor's own: with one good line and one that is refused."""
        content = "ref,organisation_ja,title_ja\nI26-9001,株式会社みなと,港の調査\n,,題名だけ\n"
        return uploads.keep(
            content.encode(), name="postings.csv", publish=False, by=self.advisor, key=uuid4()
        )

    @cached_property
    def closed(self) -> Posting:
        return make_posting(closes_at=NOW)

    @cached_property
    def attached(self) -> Posting:
        posting = make_posting()
        workflow_of_postings.attach(posting, pdf("leaflet.pdf"), by=self.advisor, seen=0)
        posting.refresh_from_db()
        return posting

    @cached_property
    def changed(self) -> Posting:
        """On the board, with a change of it that waits for approval."""
        change = {"pending": {"title_en": "Another title"}, "pending_state": "in_review"}
        return make_posting(**change, pending_by=make_user(roles=["advisor"]))

    @cached_property
    def placement(self) -> Placement:
        return make_placement(student=self.student)

    @cached_property
    def case(self) -> PermitCase:
        """Ready to file: the state in which the student and the desk both have something to do."""
        return make_case(student=self.student, state="ready_to_file", paper="uploaded")

    @cached_property
    def open_case(self) -> PermitCase:
        return make_case(student=self.student, kind="confirm", state="open", paper="uploaded")

    @cached_property
    def checked(self) -> Placement:
        return make_checked_placement(self.student)

    @cached_property
    def credit(self) -> CreditRequest:
        return make_credit(student=self.student, state="submitted")

    @cached_property
    def credit_draft(self) -> CreditRequest:
        return make_credit(student=self.student)

    @cached_property
    def credit_due(self) -> CreditRequest:
        """Its last day is over; the papers are there."""
        credit = make_credit(student=self.student, state="evidence_due")
        add_evidence(credit)
        return credit

    @cached_property
    def credit_to_mark(self) -> CreditRequest:
        return make_credit(student=self.student, state="evidence_submitted")

    @cached_property
    def job(self) -> Job:
        return Job.objects.create(student=self.student, name="Café", weekly_hours=10)

    @cached_property
    def worked_case(self) -> WorkedCase:
        return workflow_of_the_bench.add_case(
            Facts(venue="fueiho"), None, "V_PROHIBITED", "By the list.", actor=self.advisor
        )

    @cached_property
    def enquiry(self) -> Enquiry:
        return make_enquiry(asker=self.owner)

    @cached_property
    def answer(self) -> EnquiryMessage:
        """The advisor's own answer: nobody else may take it back."""
        return workflow.answer(self.enquiry, "Yes.", by=self.advisor, form_key=uuid4())

    @cached_property
    def visitors_link(self) -> str:
        asked = make_enquiry(asker=None, email="visitor@example.com")
        return links.make("enquiry", Enquiry._meta.label, str(asked.pk))

    @cached_property
    def saved_search(self) -> SavedSearch:
        return SavedSearch.objects.create(student=self.student, name="Paid", query="pay=paid")

    @cached_property
    def feed_key(self) -> str:
        return feeds.renew(self.saved_search)

    @property
    def calendar_key(self) -> str:
        return feeds.renew_bookmarks(self.student)

    def stop_link(self, purpose: str) -> str:
        choices, _made = LetterChoices.objects.get_or_create(student=self.student)
        return links.make(purpose, LetterChoices._meta.label, str(choices.pk))

    @cached_property
    def letter(self) -> Letter:
        return Letter.objects.create(
            kind="enquiry_answered",
            to_user=self.owner,
            language="en",
            object_kind=Enquiry._meta.label,
            object_id=str(self.enquiry.pk),
            send_after=NOW,
        )


def version_of(case: PermitCase) -> DocumentVersion:
    return DocumentVersion.objects.filter(requirement__case=case).order_by("pk").first()


# The changing parts of an address, by the name in tests/access.txt.
ARGUMENTS = {
    "api_nothing": lambda world: {"rest": "organisations"},
    "api_posting": lambda world: {"ref": world.posting.ref},
    "api_posting@draft": lambda world: {"ref": world.draft.ref},
    "account_reset_password_from_key": lambda world: {"uidb36": "1", "key": "no-such-key"},
    "case_answer": lambda world: {"pk": world.open_case.pk},
    "case_close": lambda world: {"pk": world.open_case.pk},
    "case_detail": lambda world: {"pk": world.case.pk},
    "case_file": lambda world: {"pk": world.case.pk, "version": version_of(world.case).pk},
    "case_filing": lambda world: {"pk": world.case.pk},
    "case_open": lambda world: {"pk": world.placement.pk},
    "case_submit": lambda world: {"pk": world.case.pk},
    "case_undo": lambda world: {"pk": world.case.pk, "event": 1},
    "credit_decide": lambda world: {"number": world.credit.number},
    "credit_detail": lambda world: {"number": world.credit.number},
    "credit_detail@draft": lambda world: {"number": world.credit_draft.number},
    "credit_edit": lambda world: {"number": world.credit_draft.number},
    "credit_evidence": lambda world: {"number": world.credit_due.number},
    "credit_file": lambda world: {
        "number": world.credit_due.number,
        "pk": world.credit_due.evidence.order_by("pk").first().pk,
    },
    "credit_new": lambda world: {"pk": world.placement.pk},
    "credit_new_posting": lambda world: {"ref": make_posting(credit_bearing=True).ref},
    "credit_result": lambda world: {"number": world.credit_to_mark.number},
    "credit_undo": lambda world: {"number": world.credit.number, "event": 1},
    "credit_withdraw": lambda world: {"number": world.credit.number},
    "demo_sign_in": lambda world: {"pk": world.owner.pk},
    "desk_act": lambda world: {"pk": world.case.pk, "deed": "filing"},
    "desk_case": lambda world: {"pk": world.case.pk},
    "desk_paper": lambda world: {"pk": world.case.pk, "code": "D_APP", "deed": "return"},
    "desk_paper_accept": lambda world: {"pk": world.case.pk, "code": "D_APP"},
    "enquiry_by_link": lambda world: {"token": world.visitors_link},
    "enquiry_by_link@guessed": lambda world: {"token": "guessed"},
    "enquiry_close": lambda world: {"pk": world.enquiry.pk},
    "enquiry_undo": lambda world: {"pk": world.answer.pk},
    "enquiry_take": lambda world: {"pk": world.enquiry.pk},
    "enquiry_detail": lambda world: {"pk": world.enquiry.pk},
    "job_edit": lambda world: {"pk": world.job.pk},
    "job_end": lambda world: {"pk": world.job.pk},
    "letter_detail": lambda world: {"pk": world.letter.pk},
    "letter_send_again": lambda world: {"pk": world.letter.pk},
    "organisation_detail": lambda world: {"pk": world.posting.organisation_id},
    "placement_change": lambda world: {"pk": world.placement.pk},
    "organisation_detail@merged": lambda world: {"pk": world.merged_away.pk},
    "organisation_edit": lambda world: {"pk": world.posting.organisation_id},
    "organisation_merge": lambda world: {
        "pk": world.posting.organisation_id,
        "other": world.in_review.organisation_id,
    },
    "placement_cancel": lambda world: {"pk": world.placement.pk},
    "placement_detail": lambda world: {"pk": world.placement.pk},
    "placement_override": lambda world: {"pk": world.checked.pk},
    "placement_override_confirm": lambda world: {"pk": world.checked.pk},
    "placement_override_withdraw": lambda world: {"pk": world.checked.pk},
    "placement_pdf": lambda world: {"pk": world.checked.pk},
    "placement_restore": lambda world: {"pk": world.placement.pk},
    "posting_care": lambda world: {"ref": world.posting.ref},
    "posting_confirm": lambda world: {"ref": world.posting.ref},
    "posting_extend": lambda world: {"ref": world.posting.ref},
    "posting_outcome": lambda world: {"ref": world.posting.ref},
    "posting_outcome@closed": lambda world: {"ref": world.closed.ref},
    "posting_change": lambda world: {"ref": world.posting.ref},
    "posting_change@waiting": lambda world: {"ref": world.changed.ref},
    "posting_deadline": lambda world: {"ref": world.posting.ref},
    "posting_detail": lambda world: {"ref": world.posting.ref},
    "posting_detail@draft": lambda world: {"ref": world.draft.ref},
    "posting_edit": lambda world: {"ref": world.posting.ref},
    "posting_file": lambda world: {"ref": world.posting.ref, "pk": 1},
    "posting_file@attached": lambda world: {
        "ref": world.attached.ref,
        "pk": world.attached.attachments[0],
    },
    "posting_files": lambda world: {"ref": world.posting.ref},
    "posting_forget": lambda world: {"ref": world.posting.ref},
    "posting_save": lambda world: {"ref": world.posting.ref},
    "posting_import_file": lambda world: {"key": world.import_file.key},
    "posting_import_refused": lambda world: {"key": world.import_file.key, "kind": "csv"},
    "posting_restore": lambda world: {"ref": world.posting.ref, "number": 1},
    "posting_return": lambda world: {"ref": world.posting.ref},
    "posting_return@in_review": lambda world: {"ref": world.in_review.ref},
    "posting_section": lambda world: {"ref": world.posting.ref, "key": "pay"},
    "posting_section@other": lambda world: {"ref": world.posting.ref, "key": "nothing"},
    "posting_list_export": lambda world: {"kind": "csv"},
    "organisation_export": lambda world: {"kind": "csv"},
    "credit_export": lambda world: {"kind": "csv"},
    "student_export": lambda world: {"kind": "csv"},
    "enquiry_export": lambda world: {"kind": "csv"},
    "desk_export": lambda world: {"kind": "xlsx"},
    "posting_staff_export": lambda world: {"kind": "csv"},
    "posting_staff_export@other": lambda world: {"kind": "pdf"},
    "posting_undo": lambda world: {"ref": world.posting.ref, "event": 1},
    "posting_versions": lambda world: {"ref": world.posting.ref},
    "posting_withdraw": lambda world: {"ref": world.posting.ref},
    "rule_case_withdraw": lambda world: {"pk": world.worked_case.pk},
    "feed_atom": lambda world: {"token": world.feed_key},
    "feed_atom@guessed": lambda world: {"token": "guessed"},
    "feed_calendar": lambda world: {"token": world.feed_key},
    "feed_calendar@guessed": lambda world: {"token": "guessed"},
    "saved_feed": lambda world: {"token": world.calendar_key},
    "saved_feed@guessed": lambda world: {"token": "guessed"},
    "search_delete": lambda world: {"pk": world.saved_search.pk},
    "search_edit": lambda world: {"pk": world.saved_search.pk},
    "search_feed": lambda world: {"pk": world.saved_search.pk},
    "search_feed_stop": lambda world: {"pk": world.saved_search.pk},
    "stop_new_by_link": lambda world: {"token": world.stop_link("stop_new")},
    "stop_deadlines_by_link": lambda world: {"token": world.stop_link("stop_deadlines")},
    "stop_deadlines_by_link@guessed": lambda world: {"token": "guessed"},
    "student_detail": lambda world: {"pk": world.student.pk},
}
