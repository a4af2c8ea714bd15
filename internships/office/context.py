from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from careers import law
from careers.law.citations import LAST_CHECKED
from internships.office.spine import spine_for
from internships.office.theme import theme_of


def shell(request):
    """What every page needs for its frame; nothing is asked of the database until it is shown."""
    return {
        "rules_edition": law.edition_for(timezone.localdate()).starts,
        "rules_checked": LAST_CHECKED,
        "demo": settings.DEMO,
        "theme": theme_of(request),
        # Where a change of language or colours comes back to. Error pages leave out the query.
        "here": request.get_full_path(),
        "spine": SimpleLazyObject(lambda: spine_for(request.user, request.path)),
    }
