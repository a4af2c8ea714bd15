"""The log in words: its verbs are codes in English, its kinds the names of models."""

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

# One line for each verb that any room appends; a test finds the missing ones.
VERBS = {
    "accepted": pgettext_lazy("event", "accepted"),
    "added": pgettext_lazy("event", "added"),
    "answered": pgettext_lazy("event", "answered"),
    "approved a step": pgettext_lazy("event", "approved a step"),
    "approved": pgettext_lazy("event", "approved"),
    "asked": pgettext_lazy("event", "asked"),
    "cancelled": pgettext_lazy("event", "cancelled"),
    "changed": pgettext_lazy("event", "changed"),
    "gate closed": pgettext_lazy("event", "closed the start gate"),
    "closed": pgettext_lazy("event", "closed"),
    "confirmed the answer": pgettext_lazy("event", "confirmed the bureau's answer"),
    "confirmed the papers": pgettext_lazy("event", "confirmed that all papers are in order"),
    "confirmed": pgettext_lazy("event", "confirmed"),
    "corrected": pgettext_lazy("event", "corrected"),
    "deleted": pgettext_lazy("event", "deleted"),
    "drafted": pgettext_lazy("event", "drafted"),
    "edited": pgettext_lazy("event", "edited"),
    "ended with its placement": pgettext_lazy("event", "withdrawn with its placement"),
    "entered the answer": pgettext_lazy("event", "entered the bureau's answer"),
    "exported": pgettext_lazy("event", "exported"),
    "filed": pgettext_lazy("event", "recorded the filing"),
    "got its placement": pgettext_lazy("event", "saved the placement of the request"),
    "granted": pgettext_lazy("event", "recorded the permission"),
    "granted credit": pgettext_lazy("event", "granted credit"),
    "gave no credit": pgettext_lazy("event", "gave no credit"),
    "handed over": pgettext_lazy("event", "handed the case over"),
    "imported": pgettext_lazy("event", "imported"),
    "invited": pgettext_lazy("event", "invited"),
    "lapsed": pgettext_lazy("event", "closed by a change of the plan"),
    "marked not needed": pgettext_lazy("event", "marked as not needed"),
    "marked ready to file": pgettext_lazy("event", "marked as ready to file"),
    "marked still right": pgettext_lazy("event", "marked still right"),
    "case opened": pgettext_lazy("event", "opened the case"),
    "moved with its placement": pgettext_lazy("event", "returned: the placement has other days"),
    "merged away": pgettext_lazy("event", "merged into another"),
    "merged": pgettext_lazy("event", "took another in"),
    "moved": pgettext_lazy("event", "moved to another organisation"),
    "opened file": pgettext_lazy("event", "opened file"),
    "gate opened": pgettext_lazy("event", "opened the start gate"),
    "opened": pgettext_lazy("event", "opened"),
    "overridden": pgettext_lazy("event", "overridden"),
    "proposed": pgettext_lazy("event", "proposed a change"),
    "published": pgettext_lazy("event", "published"),
    "recorded the answer": pgettext_lazy("event", "recorded the bureau's answer"),
    "redacted": pgettext_lazy("event", "redacted"),
    "refused": pgettext_lazy("event", "recorded that it was not granted"),
    "rejected": pgettext_lazy("event", "rejected"),
    "reopened papers": pgettext_lazy("event", "asked for papers again, because the plan changed"),
    "republished": pgettext_lazy("event", "republished"),
    "restored": pgettext_lazy("event", "restored"),
    "returned": pgettext_lazy("event", "returned"),
    "returned the evidence": pgettext_lazy("event", "returned the evidence"),
    "saved": pgettext_lazy("event", "saved"),
    "saw": pgettext_lazy("event", "saw the paper at the counter"),
    "sent": pgettext_lazy("event", "sent"),
    "sent again": pgettext_lazy("event", "sent again"),
    "sent the evidence": pgettext_lazy("event", "handed in the evidence"),
    "set password": pgettext_lazy("event", "set password"),
    "submitted": pgettext_lazy("event", "submitted"),
    "took": pgettext_lazy("event", "took on"),
    "undone": pgettext_lazy("event", "undone"),
    "withdrawn": pgettext_lazy("event", "withdrawn"),
    "withdrew answer": pgettext_lazy("event", "took an answer back"),
    "wrote again": pgettext_lazy("event", "wrote again"),
}


def verb_words(verb: str) -> str:
    return str(VERBS.get(verb, verb))


def kinds() -> list[tuple[str, str]]:
    """Give (kind, words) of the rows the log may speak of: ours, without the field history."""
    ours = [
        model
        for model in apps.get_models()
        if model.__module__.startswith(("careers.", "internships."))
        and not hasattr(model, "pgh_tracked_model")
    ]
    return sorted(
        ((model._meta.label, kind_words(model._meta.label)) for model in ours), key=_words
    )


def _words(kind: tuple[str, str]) -> str:
    return kind[1]


def kind_words(kind: str) -> str:
    """Give the name of a kind; one that is no more keeps its code."""
    try:
        return capfirst(apps.get_model(kind)._meta.verbose_name)
    except LookupError:
        return kind
