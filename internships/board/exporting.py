"""Postings as a file that `import_postings` takes back: sent back as it is, it changes nothing."""

from django.http import Http404
from django.utils import timezone

from careers.desk import spreadsheets
from internships.board.importing.cells import COLUMNS
from internships.board.importing.saving import texts_of
from internships.board.models import PostingQuerySet
from internships.board.viewing import with_views

HEADERS = [*COLUMNS, "state", "views", "problems"]
# Read from the database so many at a time; no more of a long list is ever in memory.
AT_ONCE = 500


def postings_as_file(kind: str, name: str, postings: PostingQuerySet):
    """Answer with a list of postings as "csv" or "xlsx"."""
    if kind not in spreadsheets.KINDS:
        raise Http404
    rows = with_views(postings).select_related("organisation").iterator(chunk_size=AT_ONCE)
    day = timezone.localdate().isoformat()
    return spreadsheets.as_file(kind, f"{name}-{day}", HEADERS, map(_line, rows))


def _line(posting) -> list[str]:
    texts = texts_of(posting) | {"state": posting.state, "views": str(posting.views)}
    return [texts[name] for name in HEADERS]
