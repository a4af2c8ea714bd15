"""The office's own choices, read once a request."""

from careers.people.kept import kept_for_the_request
from careers.people.models import OfficeSettings


@kept_for_the_request
def office_settings() -> OfficeSettings:
    return OfficeSettings.load()
