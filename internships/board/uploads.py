"""Files of postings sent in the site: keep one, look at it, import it once."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation

from careers.people.models import User
from careers.people.office import office_settings
from careers.record import log
from internships.board.importing import ACTIONS, Result, Summary, import_table, read_table
from internships.board.importing.sheets import Table
from internships.board.models import ImportFile

# The command takes more; a page has to answer.
LARGEST = 5 * 1024 * 1024
MOST_LINES = 2000
# A file that nobody imported, and the refused lines of one that somebody did.
KEPT = timedelta(days=14)
LANGUAGES = ("ja", "en")


class Different(Exception):
    """The file would do something else now than its sender has seen; nothing was written."""


def may_publish(user: User) -> bool:
    """Whether her files may go on the board at once, without a second person's look."""
    return user.has_perm("board.publish_posting") and not office_settings().second_person_publishes


@transaction.atomic
def keep(content: bytes, *, name: str, publish: bool, by: User, key: UUID) -> ImportFile:
    """Keep a readable file until its sender has looked at it. The same form twice keeps one."""
    _must_be_allowed(by)
    ImportFile.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
    file, _made = ImportFile.objects.get_or_create(
        key=key,
        defaults={
            "name": name[-200:],
            "content": content,
            "publish": publish and may_publish(by),
            "sent_by": by,
        },
    )
    return file


def table_of(file: ImportFile) -> Table:
    return read_table(bytes(file.content))


def publishes(file: ImportFile, *, by: User) -> bool:
    """Whether what is good goes on the board; what may be done can change while a file waits."""
    return file.publish and may_publish(by)


def preview(file: ImportFile, *, by: User, force: bool = False) -> Summary:
    """Tell what importing it now would do. Raises Stopped, unless forced."""
    publish = publishes(file, by=by)
    return import_table(table_of(file), publish=publish, dry_run=True, force=force, by=by)


@transaction.atomic
def carry_out(
    file: ImportFile, *, by: User, force: bool = False, seen: str | None = None
) -> ImportFile:
    """Import the lines that are good and keep the others; a second time does nothing.

    seen: the digest of the preview that its sender looked at, where that is asked. Raises
    Different where it would do something else now, and Stopped, unless forced; then nothing
    is written.
    """
    _must_be_allowed(by)
    row = ImportFile.objects.select_for_update().get(pk=file.pk)
    if row.imported_at:
        return row
    summary = import_table(table_of(row), publish=publishes(row, by=by), force=force, by=by)
    if seen is not None and summary.digest != seen:
        raise Different
    row.counts = counts_of(summary)
    row.refused = _refused_lines(summary)
    row.content, row.imported_at = b"", timezone.now()
    row.save()
    if any(summary.count(action) for action in ("created", "updated")):
        log.append("imported", row, actor=by, after=row.counts)
    return row


def counts_of(summary: Summary) -> dict[str, int]:
    return {action: summary.count(action) for action in ACTIONS} | {
        "waiting": summary.waiting,
        "published": summary.published,
        "held": len(summary.held),
    }


def refused_now(file: ImportFile, *, by: User) -> list[dict]:
    """Give the refused lines: as they were when it was imported, or as they would be now."""
    return file.refused if file.imported_at else _refused_lines(preview(file, by=by, force=True))


def _refused_lines(summary: Summary) -> list[dict]:
    return [
        {
            "row": result.line.excel_row,
            "cells": result.line.cells,
            "why": {language: _why(result, language) for language in LANGUAGES},
        }
        for result in summary.refused
    ]


def _why(result: Result, language: str) -> str:
    with translation.override(language):
        return result.why


def _must_be_allowed(by: User) -> None:
    if not by.has_perm("board.add_posting") or not by.has_perm("board.change_posting"):
        raise PermissionDenied
