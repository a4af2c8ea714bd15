"""The tables of the board, a module for each thing they are about."""

from internships.board.following.models import (
    Bookmark,
    BookmarkCalendar,
    LetterChoices,
    SavedSearch,
    Told,
)
from internships.board.models.import_file import ImportFile
from internships.board.models.organisation import Agreement, Industry, Organisation
from internships.board.models.posting import (
    SENT_BACK,
    TO_REVIEW,
    Posting,
    PostingQuerySet,
    stale,
)
from internships.board.models.reference import (
    Bureau,
    MinimumWage,
    Resource,
    SynonymGroup,
    highest_on_days,
    synonyms,
)
from internships.board.models.view_count import ViewCount

__all__ = [
    "SENT_BACK",
    "TO_REVIEW",
    "Agreement",
    "Bookmark",
    "BookmarkCalendar",
    "Bureau",
    "ImportFile",
    "Industry",
    "LetterChoices",
    "MinimumWage",
    "Organisation",
    "Posting",
    "PostingQuerySet",
    "Resource",
    "SavedSearch",
    "SynonymGroup",
    "Told",
    "ViewCount",
    "highest_on_days",
    "stale",
    "synonyms",
]
