"""Lists of the board as files. Postings stand as `import_postings` takes them back: sent back as
they are, they change nothing."""

from collections.abc import Iterable

from django.utils import timezone

from careers import spreadsheets
from internships.board.importing.cells import COLUMNS
from internships.board.importing.comparing import texts_of
from internships.board.models import Organisation, PostingQuerySet
from internships.board.viewing import with_views

HOSTS = [
    *("name_ja", "name_en", "name_kana", "url", "industry", "open_postings", "all_postings"),
    *("flag", "agreed_until", "declaration", "declared_on"),
]
HEADERS = [*COLUMNS, "state", "views", "problems"]
# Read from the database so many at a time; no more of a long list is ever in memory.
AT_ONCE = 500


def postings_as_file(kind: str, name: str, postings: PostingQuerySet):
    """Answer with a list of postings as "csv" or "xlsx"."""
    rows = with_views(postings).select_related("organisation").iterator(chunk_size=AT_ONCE)
    day = timezone.localdate().isoformat()
    return spreadsheets.as_file(kind, f"{name}-{day}", HEADERS, map(_line, rows))


def organisations_as_file(kind: str, name: str, rows: Iterable[Organisation]):
    """rows: with the numbers that the list of organisations shows."""
    lines = ([getattr(row, column) for column in HOSTS] for row in rows)
    return spreadsheets.as_file(kind, f"{name}-{timezone.localdate()}", HOSTS, lines)


def _line(posting) -> list[str]:
    texts = texts_of(posting) | {"state": posting.state, "views": str(posting.views)}
    return [texts[name] for name in HEADERS]
