"""What stands in the spine for whom. A place that has no address yet is left out."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from careers.desk.tasks import count_of


# Equal only to itself: the hash of its words would change with the language.
@dataclass(frozen=True, eq=False)
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
    # On a phone the bar has room for the first few; the menu of the person has the others.
    on_phone: bool


HOME = Place("home", "home", _("Home"))
TODAY = Place("home", "home", _("Today"))
_AROUND = ("section", "change", "versions", "extend", "outcome", "care", "files", "bulk")
_EDITOR = frozenset(f"posting_{page}" for page in ("new", "edit", "withdraw", "return", *_AROUND))
_FILES = frozenset({"posting_import", "posting_import_file"})
_HOSTS = frozenset({"organisation_list", "organisation_edit", "organisation_merge"})
POSTINGS = Place("posting_staff_list", "postings", _("Postings"), _EDITOR | _FILES | _HOSTS)
ENQUIRIES = Place("enquiry_list", "ask", _("Enquiries"), frozenset({"enquiry_detail"}))
STUDENTS = Place("student_list", "people", _("Students"))
_SAVED = frozenset(
    {"saved_list", "letter_choices", "search_list", "search_edit", "search_delete", "search_feed"}
)
BOARD = Place("posting_list", "board", _("Board"), _SAVED)
PERMISSIONS = Place("desk_queue", "permissions", _("Permissions"))
CHECK = Place("wizard", "check", _("Check"))
SOURCES = Place("directory", "sources", _("Sources"))
_CREDITS = frozenset({"credit_detail", "credit_edit", "credit_evidence", "credit_result"})
MY_CREDIT = Place("credit_list", "credits", _("Credits"), _CREDITS)
CREDITS = Place("credit_approvals", "credits", _("Credits"), _CREDITS)
CREDIT_ADMIN = Place("admin:credits_creditrequest_changelist", "credits", _("Credits"))
SIGN_IN = Place("account_login", "sign-in", _("Sign in"))
ADMIN = Place("admin:index", "admin", _("Admin"))

STAFF = [
    TODAY,
    PERMISSIONS,
    POSTINGS,
    CREDITS,
    CREDIT_ADMIN,
    ENQUIRIES,
    STUDENTS,
    ADMIN,
    BOARD,
    CHECK,
    SOURCES,
]
NEEDS = {
    PERMISSIONS: "permits.review_case",
    POSTINGS: "board.change_posting",
    CREDIT_ADMIN: "credits.record_result",
    CREDITS: "credits.view_creditrequest",
    ENQUIRIES: "desk.answer_enquiry",
    STUDENTS: "people.view_student",
    ADMIN: "people.use_admin",
}
# Beside these stands how many things wait for the person.
AT_HOME = (HOME, TODAY)
# The bar at the bottom of a phone has room for five.
MOST = 5


def places_for(user) -> list[Place]:
    """Give the places of a person; the most used first, as a phone shows only these."""
    if not user.is_authenticated:
        return [BOARD, CHECK, SOURCES, SIGN_IN]
    if not user.has_perm("people.view_staff_pages"):
        return [HOME, BOARD, CHECK, MY_CREDIT, SOURCES]
    found = [place for place in STAFF if _is_for(user, place)]
    # Whoever has the list of the admin needs no shorter one.
    return [place for place in found if place != CREDITS or CREDIT_ADMIN not in found]


def _is_for(user, place: Place) -> bool:
    may = NEEDS.get(place)
    return user.has_perm(may) if may else True


def spine_for(user, path: str) -> list[Item]:
    found = [(place, url) for place in places_for(user) if (url := _address(place))]
    inside = [url for _place, url in found if path.startswith(url)]
    name = _name_of(path)
    owner = next((url for place, url in found if name in place.pages), None)
    nearest = owner or max(inside, key=len, default=None)
    waiting = count_of(user)
    return [
        Item(
            icon=place.icon,
            words=place.words,
            url=url,
            current=url == nearest,
            waiting=waiting if place in AT_HOME else 0,
            on_phone=number < MOST,
        )
        for number, (place, url) in enumerate(found)
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
