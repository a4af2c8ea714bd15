"""Files that everybody who reads a posting may open."""

from careers.desk.models import PrivateFile
from internships.board import content
from internships.board.models import Posting


def files_of(posting: Posting) -> list[PrivateFile]:
    """Give its files in the order of the page."""
    if not posting.attachments:
        return []
    found = PrivateFile.objects.in_bulk(posting.attachments)
    return [found[pk] for pk in posting.attachments if pk in found]


def may_be_read(posting: Posting, file_id: int, *, by_office: bool) -> bool:
    """What stands on the page is for its readers; what waits for approval for the office."""
    known = set(posting.attachments)
    if by_office:
        known.update(content.with_pending(posting).attachments)
    return file_id in known
