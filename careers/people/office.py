"""The office's own choices, read again only when somebody has changed them."""

from careers.law import Policy
from careers.people.kept import kept_until_changed
from careers.people.models import OfficeSettings


@kept_until_changed("office")
def office_settings() -> OfficeSettings:
    return OfficeSettings.read()


def policy() -> Policy:
    """Give the choices of the office that change verdicts."""
    office = office_settings()
    return Policy(
        flag_unpaid_over28_in_vacation=office.flag_unpaid_over28_in_vacation,
        bureau_lead_days=office.bureau_lead_days,
        mixed_week_reading=office.mixed_week_reading,
    )
