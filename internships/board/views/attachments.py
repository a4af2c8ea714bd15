"""The files of a posting: added and removed by the office, read by everybody who may read it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.desk import files
from careers.desk.models import PrivateFile
from internships.board import content, workflow
from internships.board.attachments import files_of, may_be_read
from internships.board.forms.verbs import AttachmentForm
from internships.board.models import Posting
from internships.board.views.verbs import carried_out, find_posting, number_in, tell_conflict


@login_not_required
@require_safe
def posting_file(request, ref, pk):
    """No opening is logged: the file says nothing of anybody, and neither should the log."""
    posting = get_object_or_404(Posting.objects.visible_to(request.user, timezone.now()), ref=ref)
    by_office = request.user.has_perm("board.view_posting")
    if not may_be_read(posting, pk, by_office=by_office):
        raise Http404
    return files.respond(get_object_or_404(PrivateFile, pk=pk), inline=True)


@never_cache
@permission_required("board.change_posting", raise_exception=True)
def posting_files(request, ref):
    posting = find_posting(ref)
    removes = request.POST.get("remove", "")
    data = (request.POST, request.FILES) if request.method == "POST" and not removes else ()
    form = AttachmentForm(*data, initial={"seen": workflow.version(posting)})
    if removes or form.is_valid():
        try:
            carried_out(request, posting, _deed(request, posting, form, removes))
            return redirect("posting_files", ref)
        except workflow.Conflict as conflict:
            tell_conflict(request, conflict, _("Nothing was changed. Look again, then decide."))
            return redirect("posting_files", ref)
        except workflow.Refused as refused:
            messages.warning(request, str(refused))
            return redirect("posting_files", ref)
        except ValidationError as error:  # of the same name, or it could not be stored
            form.add_error("file", error)
    context = {"form": form, "posting": posting, "files": files_of(content.with_pending(posting))}
    return render(request, "board/posting_files.html", context)


def _deed(request, posting, form, removes):
    if removes:
        seen, pk = (number_in(request.POST.get(name, "")) for name in ("seen", "remove"))
        return lambda: workflow.detach(posting, pk, by=request.user, seen=seen)
    data = form.cleaned_data
    return lambda: workflow.attach(posting, data["file"], by=request.user, seen=data["seen"] or 0)
