from django.utils.functional import SimpleLazyObject

from careers.people.office import office_settings


def office(request):
    """Give every template `office`: who we are, in one query a request and only where asked."""
    return {"office": SimpleLazyObject(office_settings)}
