import io
import os

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

from careers.desk import files
from careers.desk.models import PrivateFile
from careers.record.models import Event
from tests.factories import NOW, make_enquiry, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path / "files"
    return tmp_path / "files"


def pdf(password=""):
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def picture(kind):
    content = io.BytesIO()
    Image.new("RGB", (20, 20)).save(content, kind)
    return content.getvalue()


def upload(content, name="証明書.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(), "application/pdf"),
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
    ],
)
def test_a_file_is_known_by_its_content_whatever_its_name(content, kind):
    assert files.check(upload(content, "photo.exe")) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7" + b"0" * files.LIMIT, "too_large"),
        (b"<html>hello</html>", "kind"),
        (picture("GIF"), "kind"),
        (b"%PDF-1.7 and nothing more", "broken"),
        (picture("JPEG")[:300], "broken"),
        (pdf(password="secret"), "encrypted"),
    ],
)
def test_what_is_no_paper_is_refused_with_a_reason_and_leaves_nothing(content, code, folder):
    with pytest.raises(ValidationError) as refusal, files.keep(upload(content), by=None):
        pass

    assert refusal.value.code == code
    assert not folder.exists()
    assert not PrivateFile.objects.exists()


def test_a_kept_file_is_private_on_disk(folder):
    with files.keep(upload(pdf()), by=make_user()) as kept:
        pass

    [path] = folder.iterdir()
    assert (kept.name, kept.content_type) == ("証明書.pdf", "application/pdf")
    assert path.name == kept.stored_as
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == pdf()


def test_a_file_goes_away_with_the_deed_that_failed(folder):
    with pytest.raises(LookupError), files.keep(upload(pdf()), by=None):
        raise LookupError

    assert not list(folder.iterdir())
    assert not PrivateFile.objects.exists()


def test_a_full_disk_is_said_and_nothing_is_kept(settings, tmp_path):
    settings.PRIVATE_FILES = tmp_path / "a-file"
    settings.PRIVATE_FILES.write_text("no folder can be made here")

    with pytest.raises(ValidationError) as refusal, files.keep(upload(pdf()), by=None):
        pass

    assert refusal.value.code == "storage"
    assert not PrivateFile.objects.exists()


def test_handing_out_is_logged_and_never_shown_as_a_page():
    reader, owner, enquiry = make_user(), make_user(), make_enquiry()
    with files.keep(upload(pdf()), by=owner) as kept:
        pass

    response = files.hand_out(kept, to=reader, about=owner, obj=enquiry)

    event = Event.objects.get(verb="opened file")
    assert (event.actor, event.about) == (reader, owner)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response) == pdf()
    response.close()


def test_files_that_a_killed_process_left_are_swept(folder):
    with files.keep(upload(pdf()), by=None) as kept:
        pass
    orphan = folder / "left-behind.pdf"
    orphan.write_bytes(b"x")
    os.utime(orphan, (NOW.timestamp() - 3600,) * 2)

    young = files.sweep(older_than=3601)
    old = files.sweep(older_than=3599)

    assert (young, old) == (0, 1)
    assert [path.name for path in folder.iterdir()] == [kept.stored_as]
