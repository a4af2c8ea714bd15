"""Private files: checked by their content when they come, handed out by checked views only."""

import hashlib
import io
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import models, transaction
from django.http import FileResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from careers.desk.models import PrivateFile
from careers.people.models import User
from careers.record import log

LIMIT = 10 * 1024 * 1024
# How a picture is saved anew, and what of its own notes its colours hang on.
_SAVED_AS: dict[str, dict[str, Any]] = {
    "image/jpeg": {"format": "JPEG", "quality": 92},
    "image/png": {"format": "PNG"},
}
_LOOKS = ("icc_profile", "transparency")
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def storage() -> FileSystemStorage:
    return FileSystemStorage(location=settings.PRIVATE_FILES, file_permissions_mode=0o600)


def check(upload: UploadedFile) -> str:
    """Tell the kind of an uploaded file from its content.

    Gives one of ENDINGS. Raises ValidationError, in the reader's language, for an empty or
    too large file, another kind, a broken one, or a PDF with a password.
    """
    if not upload.size:
        raise ValidationError(_("This file is empty. Choose it again."), code="empty")
    if upload.size > LIMIT:
        raise ValidationError(
            _("This file is %(size)s MB. Send one of %(limit)s MB or less, PDF or photo."),
            code="too_large",
            params={"size": -(-upload.size // 1024**2), "limit": LIMIT // 1024**2},
        )
    content = upload.read()
    upload.seek(0)
    if content.startswith(b"%PDF-"):
        _check_pdf(content)
        return "application/pdf"
    return _check_image(content)


def _check_pdf(content: bytes) -> None:
    locked = ValidationError(
        _("This PDF is locked with a password. Send one without a password."), code="encrypted"
    )
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise locked
        pages = len(reader.pages)
    except DependencyError as error:  # a cipher that only a password would need
        raise locked from error
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValidationError(
            _("This PDF cannot be opened. Save it again and send it once more."), code="broken"
        ) from error
    if not pages:
        raise ValidationError(_("This PDF has no page."), code="broken")


def _check_image(content: bytes) -> str:
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as image:
            # Some telephones put a second picture behind the first and call the whole MPO.
            kind = "image/png" if image.format == "PNG" else "image/jpeg"
            image.load()
    except UnidentifiedImageError as error:
        raise ValidationError(
            _("This is no PDF, JPEG or PNG. Send the paper as a PDF or a photo."), code="kind"
        ) from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This picture cannot be opened. Take it again and send it once more."),
            code="broken",
        ) from error
    return kind


def without_metadata(upload: UploadedFile) -> UploadedFile:
    """Give a picture anew without what a camera writes beside it: place, time, device, owner.

    It stands as the camera meant it, for its note on which side is up goes too. A PDF is given
    as it is. Raises ValidationError as `check`.
    """
    kind = check(upload)
    if kind not in _SAVED_AS:
        return upload
    anew = io.BytesIO()
    with Image.open(upload, formats=["JPEG", "PNG"]) as image:
        upright = ImageOps.exif_transpose(image)
        known = {name: image.info[name] for name in _LOOKS if name in image.info}
        upright.info = known
        upright.save(anew, exif=b"", **_SAVED_AS[kind], **known)
    return SimpleUploadedFile(upload.name or "", anew.getvalue(), kind)


@contextmanager
def keep(upload: UploadedFile, *, by: User | None) -> Iterator[PrivateFile]:
    """Save an uploaded file for the body of a `with`; nothing stays if the body fails.

    Raises ValidationError when the file is not acceptable or cannot be stored.
    """
    content_type = check(upload)
    name = f"{secrets.token_hex(16)}{ENDINGS[content_type]}"
    content = upload.read()
    try:
        storage().save(name, io.BytesIO(content))
    except OSError as error:
        with suppress(OSError):
            storage().delete(name)
        raise ValidationError(
            _("The file could not be stored on our side. Nothing was changed; try again later."),
            code="storage",
        ) from error
    try:
        with transaction.atomic():
            yield PrivateFile.objects.create(
                stored_as=name,
                name=Path(upload.name or "").name[-200:],
                content_type=content_type,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                uploaded_by=by,
            )
    except BaseException:
        storage().delete(name)
        raise


def hand_out(
    file: PrivateFile, *, to: User, about: User | None, obj: models.Model, inline: bool = False
) -> FileResponse:
    """Give the file to somebody whose right was checked, and log the opening."""
    with transaction.atomic():
        log.append(log.OPENED_FILE, obj, actor=to, about=about, after={"file": file.pk})
    return respond(file, inline=inline)


def respond(file: PrivateFile, *, inline: bool = False) -> FileResponse:
    """Give a file that says nothing of anybody, such as the leaflet of a posting."""
    response = FileResponse(
        storage().open(file.stored_as),
        content_type=file.content_type,
        as_attachment=not (inline and file.content_type.startswith("image/")),
        filename=file.name,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def sweep(older_than: float = 86_400) -> int:
    """Remove files that no row names, left by a process that was killed; give how many."""
    root = Path(settings.PRIVATE_FILES)
    if not root.is_dir():
        return 0
    known = set(PrivateFile.objects.values_list("stored_as", flat=True))
    orphans = [
        path
        for path in root.iterdir()
        if path.name not in known and path.stat().st_mtime < time.time() - older_than
    ]
    for path in orphans:
        path.unlink()
    return len(orphans)
