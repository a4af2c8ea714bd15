"""What the student does: send papers, write down the bureau's answer, hand in."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from careers.desk import files
from careers.people.models import User
from careers.record.models import Event
from internships.permits import papers
from internships.permits.models import DocumentVersion, PermitCase, Requirement
from internships.permits.workflow.moving import move, move_paper
from internships.permits.workflow.row import must_be_clear, paper, taken

Paper = Requirement.State


@transaction.atomic
def upload(requirement: Requirement, file: UploadedFile, *, by: User) -> DocumentVersion:
    """Add a version of a paper. The same file sent again at once is the version sent already.

    Raises ValidationError for a file that is not acceptable; then nothing stays of it.
    """
    case = taken(requirement.case, "upload", by)
    row = paper(case, requirement, "upload")
    with files.keep(file, by=by) as kept:
        newest = row.versions.select_related("file").first()
        if newest and row.state == Paper.UPLOADED and newest.file.sha256 == kept.sha256:
            raise _SentAlready(newest)
        version = DocumentVersion.objects.create(
            requirement=row, number=newest.number + 1 if newest else 1, file=kept
        )
        move_paper(
            case, row, "upload", by, seen=False, checked_by_id=None, checked_at=None,
            reason_ja="", reason_en="", told={"version": version.number},
        )  # fmt: skip
    return version


class _SentAlready(Exception):
    def __init__(self, version: DocumentVersion):
        self.version = version


def send(requirement: Requirement, file: UploadedFile, *, by: User) -> DocumentVersion:
    """Upload, or give the version that this very file is already."""
    try:
        return upload(requirement, file, by=by)
    except _SentAlready as already:
        return already.version


@transaction.atomic
def enter_answer(case: PermitCase, answer: dict[str, Any], *, by: User) -> Event:
    """The student writes down what the bureau said: office, day, person or reference, answer."""
    row = taken(case, "enter_answer", by)
    event = move(row, "enter_answer", by, **answer)
    row.requirements.filter(code=papers.ANSWER).update(state=Paper.UPLOADED)
    return event


@transaction.atomic
def submit(case: PermitCase, *, by: User) -> Event:
    row = taken(case, "submit", by)
    must_be_clear(row, "submit")
    return move(row, "submit", by, correct_by=None, reason_ja="", reason_en="")
