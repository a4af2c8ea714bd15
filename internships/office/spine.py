"""What stands in the spine for whom. A place that has no address yet is left out."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from careers.desk.tasks import count_of


@dataclass(frozen=True)
class Place:
    url_name: str
    icon: str
    words: str
    # Pages that belong here though their address lies below another place.
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Item:
    icon: str
    words: str
    url: str
    current: bool
    waiting: int


HOME = Place("home", "home", _("Home"))
TODAY = Place("home", "home", _("Today"))
_EDITOR = frozenset({"posting_new", "posting_edit", "posting_withdraw", "posting_return"})
POSTINGS = Place("posting_staff_list", "postings", _("Postings"), _EDITOR)
BOARD = Place("posting_list", "board", _("Board"))
PERMISSIONS = Place("desk_queue", "permissions", _("Permissions"))
CHECK = Place("wizard", "check", _("Check"))
SOURCES = Place("directory", "sources", _("Sources"))
SIGN_IN = Place("account_login", "sign-in", _("Sign in"))
ADMIN = Place("admin:index", "admin", _("Admin"))

# Beside these stands how many things wait for the person.
AT_HOME = (HOME, TODAY)
# The bar at the bottom of a phone has room for five.
MOST = 5


def places_for(user) -> list[Place]:
    if not user.is_authenticated:
        return [BOARD, CHECK, SOURCES, SIGN_IN]
    if user.has_perm("board.change_posting") and user.has_perm("permits.review_case"):
        return [TODAY, POSTINGS, PERMISSIONS, BOARD, ADMIN]
    if user.has_perm("board.change_posting"):
        return [TODAY, POSTINGS, BOARD, CHECK, ADMIN if user.is_staff else SOURCES]
    if user.has_perm("permits.review_case"):
        return [TODAY, PERMISSIONS, BOARD, CHECK, ADMIN]
    if user.has_perm("people.view_staff_pages"):
        return [TODAY, BOARD, CHECK, SOURCES] + ([ADMIN] if user.is_staff else [])
    return [HOME, BOARD, CHECK, SOURCES]


def spine_for(user, path: str) -> list[Item]:
    found = [(place, url) for place in places_for(user)[:MOST] if (url := _address(place))]
    inside = [url for _place, url in found if path.startswith(url)]
    name = _name_of(path)
    owner = next((url for place, url in found if name in place.pages), None)
    nearest = owner or max(inside, key=len, default=None)
    waiting = count_of(user)
    return [
        Item(place.icon, place.words, url, url == nearest, waiting if place in AT_HOME else 0)
        for place, url in found
    ]


def _address(place: Place) -> str:
    try:
        return reverse(place.url_name)
    except NoReverseMatch:
        return ""


def _name_of(path: str) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None
