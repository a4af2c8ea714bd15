from django.utils.functional import SimpleLazyObject

from internships.office.spine import spine_for
from internships.office.theme import theme_of


def shell(request):
    """What every page needs for its frame; nothing is asked of the database until it is shown."""
    return {
        "theme": theme_of(request),
        "spine": SimpleLazyObject(lambda: spine_for(request.user, request.path)),
    }
