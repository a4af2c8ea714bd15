"""Whether a posting is there already: same organisation, same title, same days."""

from internships.board.folding import name_key
from internships.board.models import Posting


def duplicates_of(posting: Posting) -> list[Posting]:
    """Give what is not closed early and says the same in either language, whatever its width.

    Without days nothing is a duplicate: a copy has none until somebody writes them.
    """
    if not posting.organisation_id or not posting.starts_on:
        return []
    same = Posting.objects.filter(
        organisation=posting.organisation_id, starts_on=posting.starts_on, ends_on=posting.ends_on
    )
    others = same.exclude(pk=posting.pk).exclude(state=Posting.State.WITHDRAWN).order_by("pk")
    return [other for other in others if _same_title(posting, other)]


def _same_title(one: Posting, other: Posting) -> bool:
    pairs = ((one.title_ja, other.title_ja), (one.title_en, other.title_en))
    return any(mine and name_key(mine) == name_key(theirs) for mine, theirs in pairs)
