"""Light, dark or as the device says: kept in a cookie, written into the page by the server."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

COOKIE = "theme"
AS_DEVICE = "auto"
THEMES = {"light": _("Light"), "dark": _("Dark"), AS_DEVICE: _("As device")}
KEPT_FOR = timedelta(days=365)


def theme_of(request) -> dict:
    chosen = request.COOKIES.get(COOKIE)
    return {"now": chosen if chosen in THEMES else AS_DEVICE, "all": THEMES}
