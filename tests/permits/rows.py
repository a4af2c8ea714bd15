"""Cases in any state, made by rows and not by verbs, so that each test starts where it wants."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from careers.desk import files
from internships.board.models import Bureau
from internships.permits.models import DocumentVersion, PermitCase, Requirement
from internships.placements import workflow as placements
from internships.placements.models import Condition
from tests.factories import NOW, TODAY, make_student
from tests.placements.slips import SLIP, both, make_checked_placement

OUTCOME_OF = {
    "papers": "V_NOT_NEEDED",
    "blanket": "V_NEED_BLANKET",
    "individual": "V_NEED_INDIVIDUAL",
    "both": "V_NEED_INDIVIDUAL",
    "confirm": "V_FLAG_CONFIRM",
    "change_of_status": "V_CHANGE_STATUS",
    "certificate_of_eligibility": "V_STATUS_DA9",
    "visa": "V_STATUS_TEMP_VISITOR",
}
CODES = {
    "papers": ["O_UNPAID_CONFIRMATION"],
    "confirm": ["O_UNPAID_CONFIRMATION", "O_BUREAU_CONFIRMATION"],
}
APPLYING = ["D_APP", "D_PASSPORT", "D_HOST_STATEMENT"]


def pdf(name="paper.pdf", *, title=""):
    """A page without a word on it; another title makes it another file."""
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=99, height=99)
    writer.add_metadata({"/Title": title})
    writer.write(content)
    return SimpleUploadedFile(name, content.getvalue())


def slip_with(codes):
    papers = [{"code": code, "name": both(code), "who": both("You")} for code in codes]
    return SLIP | {"papers": [{"title": both("Papers"), "papers": papers}]}


def make_placement_for(student, *, kind="individual", outcome="", codes=None, **changes):
    codes = CODES.get(kind, APPLYING) if codes is None else codes
    law = {"law": {"kind": "BLANKET_PLUS_INDIVIDUAL"}} if kind == "both" else {}
    return make_checked_placement(
        student,
        outcome=outcome or OUTCOME_OF[kind],
        assessment={"slip": slip_with(codes)} | law,
        **changes,
    )


def make_bureau(**fields):
    defaults = {
        "code": f"office-{Bureau.objects.count()}",
        "name_ja": "東京出入国在留管理局",
        "name_en": "Tokyo Regional Immigration Services Bureau",
        "takes_residence_applications": True,
        "prefectures": ["13"],
        "checked_on": TODAY,
    }
    return Bureau.objects.create(**defaults | fields)


def make_case(*, student=None, kind="individual", state="open", paper="missing", **fields):
    """A case whose papers are all in one state, with what the database wants of that state."""
    student = student or make_student()
    outcome, codes = fields.pop("outcome", ""), fields.pop("codes", None)
    placement = fields.pop("placement", None) or make_placement_for(
        student, kind=kind, outcome=outcome, codes=codes
    )
    by = fields.pop("checked_by", None) or student.user
    waits_for = {"filed": "bureau", "refused": "nobody", "closed": "nobody"}.get(state, "office")
    if state in ("open", "returned", "ready_to_file"):
        waits_for = "student"
    if state in ("filed", "granted", "refused"):
        fields.setdefault("filed_on", TODAY - timedelta(days=20))
    if state == "granted":
        fields = {
            "decided_on": TODAY,
            "permission_number": "東京 123",
            "valid_until": placement.ends_on,
        } | fields
    case = PermitCase.objects.create(
        placement=placement,
        verdict=placement.verdicts.first(),
        kind=kind,
        state=state,
        waits_for=fields.pop("waits_for", waits_for),
        waits_since=NOW,
        **fields,
    )
    codes = [one["code"] for one in case.verdict.assessment["slip"]["papers"][0]["papers"]]
    for number, code in enumerate(codes):
        make_paper(case, code, paper, by=by, position=number)
    if state in ("granted", "answered"):
        placements.meet(placement, Condition.PERMISSION, actor=by)
    elif state not in ("refused", "closed"):
        placements.leave_open(placement, Condition.PERMISSION, in_hand=True)
    return case


def make_paper(case, code, state, *, by, position=0):
    checked = state in ("accepted", "not_applicable")
    why = state in ("returned", "not_applicable")
    row = Requirement.objects.create(
        case=case,
        code=code,
        position=position,
        state=state,
        reason_ja="理由" if why else "",
        reason_en="Because" if why else "",
        checked_by=by if checked else None,
        checked_at=NOW if checked else None,
    )
    if state in ("uploaded", "accepted", "returned"):
        add_version(row)
    return row


def add_version(row, number=1):
    by = row.case.student.user
    with files.keep(pdf(title=f"{row.pk}-{number}"), by=by) as kept:
        return DocumentVersion.objects.create(requirement=row, number=number, file=kept)
