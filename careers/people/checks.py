from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def demo_is_off(app_configs, **_kwargs):
    """In demo mode anybody signs in as anybody on the list."""
    if not settings.DEMO:
        return []
    return [Error("DEMO is on: everybody can sign in without a password.", id="people.E001")]
