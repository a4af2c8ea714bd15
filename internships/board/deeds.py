"""What was done to a posting, in words: by whom, when, and what changed."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careers.desk.dates import long_day, near_day
from careers.record.models import Event
from internships.board import content, organisations
from internships.board.models import Organisation, Posting
from internships.board.problems import WORDS
from internships.board.versions import content_at
from internships.board.workflow import Conflict, ReasonNeeded, last_deed

# %(who)s, %(when)s
_TOLD = {
    "drafted": gettext_lazy("%(who)s wrote this posting (%(when)s)."),
    "imported": gettext_lazy("An import wrote this posting (%(when)s)."),
    "edited": gettext_lazy("%(who)s has changed this posting (%(when)s)."),
    "marked still right": gettext_lazy("%(who)s has marked the words as still right (%(when)s)."),
    "proposed": gettext_lazy("%(who)s has written a change that waits for approval (%(when)s)."),
    "approved change": gettext_lazy("%(who)s has approved a change (%(when)s)."),
    "returned change": gettext_lazy("%(who)s has returned a change (%(when)s)."),
    "resubmitted change": gettext_lazy("%(who)s has sent a change for approval again (%(when)s)."),
    "dropped change": gettext_lazy("%(who)s has dropped a change (%(when)s)."),
    "submitted": gettext_lazy("%(who)s has sent this posting for approval (%(when)s)."),
    "published": gettext_lazy("%(who)s has put this posting on the board (%(when)s)."),
    "returned": gettext_lazy("%(who)s has returned this posting (%(when)s)."),
    "withdrawn": gettext_lazy("%(who)s has closed this posting (%(when)s)."),
    "republished": gettext_lazy("%(who)s has put this posting back on the board (%(when)s)."),
    "extended": gettext_lazy("%(who)s has extended this posting (%(when)s)."),
    "relisted": gettext_lazy("%(who)s has put this posting back on the board (%(when)s)."),
    "noted outcome": gettext_lazy("%(who)s has noted what came of it (%(when)s)."),
    "confirmed": gettext_lazy("%(who)s has confirmed that it is up to date (%(when)s)."),
    "assigned": gettext_lazy("%(who)s has changed who looks after it (%(when)s)."),
    "labelled": gettext_lazy("%(who)s has changed its labels (%(when)s)."),
    "undone": gettext_lazy("%(who)s has undone the last change (%(when)s)."),
}
_DONE = {
    "edited": gettext_lazy("Saved."),
    "marked still right": gettext_lazy("Saved. The words count as read today."),
    "approved change": gettext_lazy("Approved. The change stands on the page now."),
    "returned change": gettext_lazy("Returned, with your reason. The page stays as it is."),
    "resubmitted change": gettext_lazy("Sent for approval. A colleague looks at it."),
    "dropped change": gettext_lazy("Dropped. The page stays as it is."),
    "submitted": gettext_lazy("Sent for approval. A colleague looks at it."),
    "returned": gettext_lazy("Returned, with your reason."),
    "confirmed": gettext_lazy("Confirmed. It counts as updated today."),
    "assigned": gettext_lazy("Saved who looks after it."),
    "labelled": gettext_lazy("The labels are saved."),
    "withdrawn": gettext_lazy("Closed. Its page stays and says so."),
}


def told(event: Event | None) -> str:
    """Tell somebody who came too late what has happened."""
    if event is None:
        return _("This posting is in another state now. Nothing was changed.")
    words = _TOLD.get(event.verb, _("%(who)s has changed this posting (%(when)s)."))
    return words % {"who": who(event), "when": when(event)}


def doubts(needed: ReasonNeeded) -> str:
    """Name what somebody has to answer for."""
    codes = ", ".join(str(WORDS[code]) for code in needed.codes)
    return _("To be answered for: %(doubts)s.") % {"doubts": codes}


def returned(posting: Posting) -> Event | None:
    """Give the deed that returned it, or its change, while that stands returned."""
    if posting.pending_state == Posting.PendingState.RETURNED:
        return last_deed(posting, "returned change")
    if posting.state == Posting.State.RETURNED:
        return last_deed(posting, "returned")
    return None


def who(event: Event) -> str:
    return str(event.actor) if event.actor else _("The system")


def when(event: Event) -> str:
    at = timezone.localtime(event.at)
    return f"{near_day(at)} {at:%H:%M}"


def done(event: Event | None, posting: Posting) -> str:
    """Say what the person herself has just done."""
    if event is None:
        if posting.state == Posting.State.DRAFT:
            return _("The draft is saved. Only the office sees it.")
        return _("Saved. Nothing was different.")
    if event.object_kind == Organisation._meta.label:
        return _("The notes on the organisation are saved.")
    if event.verb == "extended":
        about = {"title": posting.title, "day": long_day(posting.closes_at)}
        return _("“%(title)s” is open until %(day)s.") % about
    if event.verb == "noted outcome":
        return _("The outcome of “%(title)s” is noted.") % {"title": posting.title}
    if event.verb in ("published", "republished", "relisted"):
        return _published(posting)
    if event.verb == "edited" and posting.state == Posting.State.PUBLISHED:
        return _("Saved. It stands on the board as it is now.")
    if event.verb == "proposed":
        return _proposed(posting)
    return str(_DONE[event.verb])


def _proposed(posting: Posting) -> str:
    if posting.pending is None:
        return _("Saved. Nothing differs any more from what is on the board.")
    return _("Saved. The page stays as it is until a second person has approved the change.")


def _published(posting: Posting) -> str:
    if posting.state != Posting.State.PUBLISHED:
        return _("Sent for approval. A colleague looks at it.")
    if posting.opens_at > timezone.now():
        return _("It comes on the board on %(day)s.") % {"day": long_day(posting.opens_at)}
    return _("The posting is on the board.")


def older_words(language: str, days: int) -> str:
    if language == "en":
        words = ngettext(
            "Older than the Japanese by %(days)s day.",
            "Older than the Japanese by %(days)s days.",
            days,
        )
    else:
        words = ngettext(
            "Older than the English by %(days)s day.",
            "Older than the English by %(days)s days.",
            days,
        )
    return words % {"days": days}


@dataclass
class Changes:
    """What colleagues did while somebody was writing.

    taken: fields she had not touched, which now hold the colleague's value.
    differing: (label, the colleague's value) of those that both wrote; hers stands in the form.
    """

    events: list[str]
    taken: list[tuple[str, str]] = field(default_factory=list)
    differing: list[tuple[str, str]] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)


def what_changed(conflict: Conflict, form, seen: int) -> Changes:
    """Compare what colleagues wrote since `seen` with what stands in a form that is valid."""
    values, pending = content_at(conflict.posting, seen)
    base = values | pending
    theirs = content.of(content.with_pending(conflict.posting))
    changes = Changes([told(event) for event in conflict.events])
    _compare_hosts(changes, base, theirs, form)
    for name, value in theirs.items():
        if base[name] == value or (name == "organisation_id" and form.has_host):
            continue
        label = form.fields[name].label if name in form.fields else content.label(name)
        shown = label, content.as_words(name, value)
        if name not in form.stored_names:  # of another section
            changes.taken.append(shown)
        elif form.cleaned_data[name] == base[name]:
            changes.untouched.append(name)
            changes.taken.append(shown)
        elif form.cleaned_data[name] != value:
            changes.differing.append(shown)
    return changes


def _compare_hosts(changes: Changes, base, theirs, form) -> None:
    if not form.has_host or theirs["organisation_id"] == base["organisation_id"]:
        return
    names = ("organisation_ja", "organisation_en")
    mine = organisations.find(*(form.cleaned_data[name] for name in names))
    host = Organisation.objects.get(pk=theirs["organisation_id"])
    if mine and mine.pk == base["organisation_id"]:
        changes.untouched += names
        changes.taken.append((_("Organisation"), str(host)))
    elif mine != host:
        changes.differing.append((_("Organisation"), str(host)))
