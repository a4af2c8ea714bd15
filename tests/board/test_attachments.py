"""Files of a posting: told from their content, approved like words, open like the page."""

import io
from datetime import timedelta
from unicodedata import normalize

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from careers.desk import files
from careers.desk.models import PrivateFile
from careers.record.models import Event
from internships.board import versions, workflow
from tests.factories import NOW, make_posting, make_user
from tests.permits.rows import pdf

pytestmark = pytest.mark.django_db


def picture(kind, name):
    content = io.BytesIO()
    Image.new("RGB", (20, 20)).save(content, kind)
    return SimpleUploadedFile(name, content.getvalue())


def attach(client, posting, upload):
    address = reverse("posting_files", args=[posting.ref])
    seen = client.get(address).context["form"]["seen"].value()
    return client.post(address, {"file": upload, "seen": seen}, follow=True)


def opened(client, address):
    """Read the answer to its end, as a browser does: that closes the file."""
    response = client.get(address)
    if response.streaming:
        assert b"".join(response.streaming_content)
    return response


def address_of(posting):
    posting.refresh_from_db()
    return reverse("posting_file", args=[posting.ref, posting.attachments[-1]])


@pytest.mark.parametrize(
    ("upload", "kind"),
    [
        (lambda: pdf("案内.exe"), "application/pdf"),
        (lambda: picture("PNG", "map.pdf"), "image/png"),
        (lambda: picture("JPEG", "map"), "image/jpeg"),
    ],
)
def test_a_file_is_told_from_its_content_and_open_to_whoever_reads_the_posting(
    advisor, upload, kind
):
    posting = make_posting()

    told = attach(advisor, posting, upload())
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    page = visitor.get(posting.get_absolute_url())
    answer = opened(visitor, address_of(posting))

    assert "It stands on the board as it is now." in told.text
    assert address_of(posting) in page.text
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not Event.objects.filter(verb="opened file").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"MZ\x90\x00", "This is no PDF, JPEG or PNG."),
        (b"<html><script>alert(1)</script>", "This is no PDF, JPEG or PNG."),
        (b"%PDF-1.4 broken", "This PDF cannot be opened."),
        (b"%PDF-" + b"0" * files.LIMIT, "This file is 11 MB. Send one of 10 MB or less"),
    ],
    ids=["empty", "program", "page", "broken", "too large"],
)
def test_any_other_file_is_refused_beside_the_field(advisor, content, words):
    posting = make_posting()

    response = attach(advisor, posting, SimpleUploadedFile("leaflet.pdf", content))

    assert words in response.text
    posting.refresh_from_db()
    assert posting.attachments == []
    assert not PrivateFile.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"state": "draft"}, {"opens_at": NOW + timedelta(days=1)}], ids=["draft", "to come"]
)
def test_the_file_of_a_posting_that_is_not_public_is_for_the_office(advisor, fields):
    posting = make_posting(**fields)
    attach(advisor, posting, pdf())

    assert opened(advisor, address_of(posting)).status_code == 200
    assert opened(Client(), address_of(posting)).status_code == 404


def test_no_other_file_is_handed_out_at_the_address_of_a_posting(advisor):
    draft, posting = make_posting(state="draft"), make_posting()
    attach(advisor, draft, pdf())
    draft.refresh_from_db()

    address = reverse("posting_file", args=[posting.ref, draft.attachments[0]])

    assert advisor.get(address).status_code == 404


def test_a_file_waits_for_a_second_person_like_words(advisor, second_person_publishes):
    posting = make_posting()

    attach(advisor, posting, pdf("leaflet.pdf"))
    posting.refresh_from_db()
    address = reverse("posting_file", args=[posting.ref, posting.pending["attachments"][0]])
    change = advisor.get(reverse("posting_change", args=[posting.ref]))
    waiting = opened(Client(), address).status_code, opened(advisor, address).status_code
    seen = workflow.version(posting)
    workflow.approve_change(posting, by=make_user(roles=["advisor"]), seen=seen)

    assert waiting == (404, 200)
    assert "leaflet.pdf" in change.text
    assert opened(Client(), address).status_code == 200


def test_a_file_is_removed_and_comes_back_with_its_version(advisor):
    posting = make_posting()
    attach(advisor, posting, pdf("first.pdf"))
    address, old = reverse("posting_files", args=[posting.ref]), address_of(posting)

    removed = advisor.post(
        address,
        {"remove": posting.attachments[0], "seen": workflow.version(posting)},
        follow=True,
    )
    posting.refresh_from_db()
    gone = opened(Client(), old).status_code
    found = versions.versions_of(posting)
    workflow.restore(
        posting, found[1], by=make_user(roles=["advisor"]), seen=workflow.version(posting)
    )

    assert posting.attachments == []
    assert "No file is attached" in removed.text
    assert gone == 404
    assert opened(Client(), old).status_code == 200


def test_five_files_are_enough_and_nothing_is_kept_of_a_sixth(advisor):
    posting = make_posting()
    for number in range(5):
        attach(advisor, posting, pdf(f"{number}.pdf"))

    response = attach(advisor, posting, pdf("6.pdf"))

    assert "A posting has at most 5 files." in response.text
    assert PrivateFile.objects.count() == 5


def test_two_files_of_one_name_cannot_be_told_apart(advisor):
    posting = make_posting()
    attach(advisor, posting, pdf("募集ガイド.pdf"))

    response = attach(advisor, posting, pdf(normalize("NFD", "募集ガイド.PDF"), title="New"))
    other = attach(advisor, posting, pdf("募集ガイド2.pdf"))

    assert "A file of this name is attached already." in response.text
    assert "募集ガイド2.pdf" in other.text
    posting.refresh_from_db()
    assert len(posting.attachments) == PrivateFile.objects.count() == 2


def test_nothing_is_kept_of_a_file_that_came_after_a_colleagues_change(advisor):
    posting = make_posting()
    address = reverse("posting_files", args=[posting.ref])
    workflow.edit(posting, {"title_en": "Theirs"}, by=make_user(roles=["advisor"]), seen=0)

    response = advisor.post(address, {"file": pdf(), "seen": 0}, follow=True)

    assert "Nothing was changed. Look again, then decide." in response.text
    assert not PrivateFile.objects.exists()


def photo(kind, **options):
    """Give a picture as a telephone takes it: lying on its side, with place and owner."""
    notes = Image.Exif()
    notes[0x0112], notes[0x8298] = 6, "SATO Keiko"  # turned by a quarter; whose it is
    notes.get_ifd(0x8825)[1] = "N"
    content = io.BytesIO()
    picture = Image.new("RGB", (40, 20), "red")
    picture.save(content, kind, exif=notes, **options)
    return SimpleUploadedFile("photo.jpg", content.getvalue())


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_is_kept_upright_without_place_and_owner(advisor, kind):
    posting = make_posting()

    attach(advisor, posting, photo(kind))

    posting.refresh_from_db()
    file = PrivateFile.objects.get(pk=posting.attachments[0])
    with files.storage().open(file.stored_as) as stored, Image.open(stored) as image:
        assert (image.format, image.size) == (kind, (20, 40))
        assert dict(image.getexif()) == {}
        assert "exif" not in image.info
    with files.storage().open(file.stored_as) as stored:
        assert b"SATO" not in stored.read()


def test_the_photo_of_a_telephone_that_holds_two_pictures_is_one_jpeg(advisor):
    content, posting = io.BytesIO(), make_posting()
    second = Image.new("RGB", (20, 20), "blue")
    Image.new("RGB", (20, 20), "red").save(content, "MPO", save_all=True, append_images=[second])

    attach(advisor, posting, SimpleUploadedFile("photo.jpg", content.getvalue()))

    file = PrivateFile.objects.get()
    assert file.content_type == "image/jpeg"
    with files.storage().open(file.stored_as) as stored, Image.open(stored) as image:
        assert (image.format, image.getpixel((5, 5))[0] > 200) == ("JPEG", True)


def test_a_text_in_a_picture_is_not_kept(advisor):
    posting, content, note = make_posting(), io.BytesIO(), PngInfo()
    note.add_text("Author", "SATO Keiko")
    Image.new("RGB", (20, 20)).save(content, "PNG", pnginfo=note)

    attach(advisor, posting, SimpleUploadedFile("leaflet.png", content.getvalue()))

    with files.storage().open(PrivateFile.objects.get().stored_as) as stored:
        assert b"SATO" not in stored.read()
