"""Postings from a file: send it, see what it would do, import it, take back what was refused."""

from dataclasses import dataclass
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from careers import spreadsheets
from careers.people.models import in_language
from internships.board import uploads
from internships.board.importing import Stopped, Unreadable, read_table
from internships.board.importing.cells import COLUMNS
from internships.board.models import ImportFile
from internships.board.problems import BLOCKING, WORDS

PAGE = 50
# Of a longer text that changes only its column is named.
MOST_SHOWN = 60
# How an action is shown: kind of word, words.
ACTIONS = {
    "created": ("ok", pgettext_lazy("import line", "new")),
    "updated": ("ok", pgettext_lazy("import line", "changed")),
    "waits": ("wait", pgettext_lazy("import line", "change to approve")),
    "leaves_board": ("stop", pgettext_lazy("import line", "leaves the board")),
    "unchanged": ("plain", pgettext_lazy("import line", "as it was")),
    "refused": ("stop", pgettext_lazy("import line", "refused")),
}


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={"required": gettext_lazy("Choose a file.")},
        allow_empty_file=True,  # told in the same words as a file of blanks
        help_text=gettext_lazy(
            "CSV or Excel (.xlsx), at most 5 MB and 2,000 lines, with the columns of the "
            "postings file. Nothing is written before you have seen what it would do."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    publish = forms.BooleanField(
        label=gettext_lazy(
            "Publish what has no blocking problem; otherwise everything waits for review"
        ),
        required=False,
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        if not uploads.may_publish(by):
            del self.fields["publish"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > uploads.LARGEST:
            raise ValidationError(
                _("This file is %(size)s MB. Send one of %(limit)s MB or less.")
                % {"size": -(-file.size // 1024**2), "limit": uploads.LARGEST // 1024**2}
            )
        try:
            self.content = file.read()
            lines = len(read_table(self.content).lines)
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        if lines > uploads.MOST_LINES:
            raise ValidationError(
                _("The file has %(lines)s lines. Send at most %(limit)s at once.")
                % {"lines": lines, "limit": uploads.MOST_LINES}
            )
        return file


@dataclass(frozen=True)
class Told:
    """One line of the preview, in words."""

    row: int
    ref: str
    title: str
    organisation: str
    kind: str
    action: str
    why: list[str]
    changes: list[str]


@never_cache
@permission_required("board.add_posting", raise_exception=True)
def posting_import(request):
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, by=request.user, initial={"form_key": uuid4()})
    if form.is_valid():
        file = uploads.keep(
            form.content,
            name=form.cleaned_data["file"].name,
            publish=form.cleaned_data.get("publish", False),
            by=request.user,
            key=form.cleaned_data["form_key"] or uuid4(),
        )
        return redirect(file)
    mine = ImportFile.objects.filter(sent_by=request.user).defer("content", "refused")
    context = {"form": form, "files": mine[:10], "columns": COLUMNS}
    return render(request, "board/posting_import.html", context)


@never_cache
@permission_required("board.add_posting", raise_exception=True)
def posting_import_file(request, key):
    """What a file would do, with the button that does it; afterwards, what it has done."""
    file = _own(request, key)
    if request.method == "POST":
        seen, force = request.POST.get("seen"), "force" in request.POST
        try:
            uploads.carry_out(file, by=request.user, force=force, seen=seen)
        except uploads.Different:
            messages.warning(
                request,
                _(
                    "Nothing was imported: something was written since you looked. "
                    "This is what the file would do now."
                ),
            )
        except Stopped:
            pass  # the preview says why, and asks
        return redirect(file)
    if file.imported_at:
        return render(request, "board/posting_imported.html", _done(request, file))
    try:
        summary, stopped = uploads.preview(file, by=request.user), ""
    except Stopped as error:
        summary, stopped = uploads.preview(file, by=request.user, force=True), str(error)
    context = _shown(request, file, summary) | {"stopped": stopped}
    return render(request, "board/posting_import_file.html", context)


@never_cache
@permission_required("board.add_posting", raise_exception=True)
def posting_import_refused(request, key, kind):
    """The refused lines as they were sent, each with its reason, to be mended and sent again."""
    file = _own(request, key)
    lines = uploads.refused_now(file, by=request.user)
    if kind not in spreadsheets.KINDS or not lines:
        raise Http404
    # A column that the file did not have would say here that it is to be emptied.
    sent = [column for column in COLUMNS if any(column in line["cells"] for line in lines)]
    rows = (
        [line["row"], line["why"][_language()], *(line["cells"].get(c, "") for c in sent)]
        for line in lines
    )
    return spreadsheets.as_file(kind, f"refused-{key}", ["row", "note", *sent], rows)


def _own(request, key):
    return get_object_or_404(ImportFile, key=key, sent_by=request.user)


def _shown(request, file, summary):
    told = [_told(result) for result in summary.results]
    # What somebody has to look at comes first, what stays as it is last; within that, the order
    # of the file.
    told.sort(key=lambda line: (line.kind != "stop", line.kind == "plain", not line.why))
    return {
        "file": file,
        "seen": summary.digest,
        "counts": _counts(uploads.counts_of(summary)),
        "refused": summary.count("refused"),
        "writes": summary.count("created") + summary.count("updated"),
        "publish": uploads.publishes(file, by=request.user),
        "published": summary.published,
        "held": len(summary.held),
        "unknown": uploads.table_of(file).unknown_headers,
        "page": Paginator(told, PAGE).get_page(request.GET.get("page")),
    }


def _done(request, file):
    return {
        "file": file,
        "counts": _counts(file.counts),
        "lines": [(line["row"], line["why"][_language()]) for line in file.refused],
    }


def _counts(counts):
    words = {
        "created": ngettext("%(n)s new posting", "%(n)s new postings", counts["created"]),
        "updated": ngettext("%(n)s changed", "%(n)s changed", counts["updated"]),
        "unchanged": ngettext("%(n)s as it was", "%(n)s as they were", counts["unchanged"]),
        "refused": ngettext("%(n)s line refused", "%(n)s lines refused", counts["refused"]),
    }
    told = {action: words[action] % {"n": counts[action]} for action in words}
    if waiting := counts.get("waiting"):
        told["updated"] += " " + ngettext(
            "(%(n)s waits for approval)", "(%(n)s wait for approval)", waiting
        ) % {"n": waiting}
    return list(told.values())


def _told(result) -> Told:
    values, posting = result.values, result.posting
    kind, action = ACTIONS[_becomes(result)]
    problems = [
        f"{WORDS[code]} ({code})"
        for code in result.problems
        if code in BLOCKING or result.action == "refused"
    ]
    return Told(
        row=result.line.excel_row,
        ref=posting.ref if posting and result.action != "created" else values["ref"],
        title=in_language(values["title_ja"], values["title_en"]),
        organisation=in_language(values["organisation_ja"], values["organisation_en"]),
        kind=kind,
        action=action,
        why=[*result.notes, *problems],
        changes=[
            _change(column, *texts)
            for column, texts in result.changes.items()
            if column != "problems"  # they follow from the others and stand above
        ],
    )


def _change(column: str, before: str, after: str) -> str:
    if max(len(before), len(after)) > MOST_SHOWN:
        return column
    return f"{column}: {before or '–'} → {after or '–'}"


def _becomes(result) -> str:
    if result.leaves_board:
        return "leaves_board"
    return "waits" if result.waits else result.action


def _language():
    return "ja" if (get_language() or "").startswith("ja") else "en"
