"""The addresses of the API: open postings, one of them, and the document; and a page for people."""

import functools
import hashlib
import json

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from internships.board.api import openapi
from internships.board.api.shape import posting_json
from internships.board.models import Posting
from internships.board.query import ask, search
from internships.board.tally import Counts

# A minute: a posting closes to the second, and nobody should be shown it for long after.
FRESH = 60
LANGUAGES = ("ja", "en")


class Fault(Exception):
    """What is answered instead of postings; parameters: what is wrong, by name."""

    def __init__(self, status: int, message: str, **parameters: str):
        super().__init__(message)
        self.status, self.message, self.parameters = status, message, parameters


def answers_json(view):
    """Make an address of the API of a function that gives what is to be told, or raises Fault.

    The language hangs on the address alone, so that one kept answer is right for everybody.
    """

    @csrf_exempt  # nothing can be changed here
    @login_not_required
    @functools.wraps(view)
    def answer(request, **parts):
        wanted = request.GET.get("lang", "en")
        language = wanted if wanted in LANGUAGES else "en"
        with override(language):
            try:
                _look_over(request, wanted)
                response = _json(view(request, **parts))
            except Fault as fault:
                response = _fault(fault)
        response["Content-Language"] = language
        response["Access-Control-Allow-Origin"] = "*"
        response["X-Content-Type-Options"] = "nosniff"
        return get_conditional_response(request, response.get("ETag"), response=response)

    return answer


def _look_over(request, language) -> None:
    if request.method not in ("GET", "HEAD"):
        raise Fault(405, _("Only GET is answered here."))
    if language not in LANGUAGES:
        raise Fault(400, _("A parameter makes no sense."), lang=_("It is one of: ja, en."))


def _json(body, status: int = 200) -> HttpResponse:
    content = json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
    response = HttpResponse(content, content_type="application/json", status=status)
    if status == 200:
        response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        response["Cache-Control"] = f"public, max-age={FRESH}"
    else:
        response["Cache-Control"] = "no-store"
    return response


def _fault(fault: Fault) -> HttpResponse:
    told = {
        "status": fault.status,
        "message": fault.message,
        "parameters": fault.parameters,
    }
    response = _json({"error": told}, fault.status)
    if fault.status == 405:
        response["Allow"] = "GET, HEAD"
    return response


@answers_json
def api_postings(request):
    asked = ask(request.GET)
    if asked.errors:
        wrong = {name: " ".join(errors) for name, errors in asked.errors.items()}
        raise Fault(400, _("A parameter makes no sense."), **wrong)
    now, page_size = timezone.now(), _whole(request, "page_size", openapi.PAGE_SIZE)
    if page_size > openapi.MOST_ON_A_PAGE:
        words = _("At most %(most)s.") % {"most": openapi.MOST_ON_A_PAGE}
        raise Fault(400, _("A parameter makes no sense."), page_size=words)
    paginator = Paginator(search(asked.search, at=now).select_related("organisation"), page_size)
    paginator.count = Counts(asked.search, now, None).found
    number = _whole(request, "page", 1)
    if number > paginator.num_pages:
        raise Fault(
            404,
            _("There is no such page."),
            page=_("At most %(most)s.") % {"most": paginator.num_pages},
        )
    page = paginator.page(number)
    return {
        "count": paginator.count,
        "page": number,
        "pages": paginator.num_pages,
        "next": _page_address(request, number + 1) if page.has_next() else None,
        "prev": _page_address(request, number - 1) if page.has_previous() else None,
        "query": asked.search.query,
        "results": [posting_json(row, request.build_absolute_uri) for row in page.object_list],
    }


@answers_json
def api_posting(request, ref):
    found = Posting.objects.open(timezone.now()).select_related("organisation")
    posting = found.filter(ref=ref).first()
    if posting is None:
        raise Fault(404, _("There is no open posting of this number."))
    return posting_json(posting, request.build_absolute_uri)


@answers_json
def api_document(request):
    return openapi.document(request.build_absolute_uri)


@answers_json
def api_nothing(request, rest):
    raise Fault(404, _("There is nothing at this address."))


@login_not_required
@require_safe
def api_page(request):
    """What a programmer reads first."""
    example = search("").select_related("organisation").first()
    shown = posting_json(example, request.build_absolute_uri) if example else None
    return render(
        request,
        "board/api.html",
        {
            "base": request.build_absolute_uri(reverse("api_postings")),
            "parameters": openapi.parameters(),
            "example": json.dumps(shown, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2),
            "has_example": example is not None,
            "most": openapi.MOST_ON_A_PAGE,
        },
    )


def _whole(request, name: str, default: int) -> int:
    text = request.GET.get(name, str(default))
    if not (text.isdecimal() and text.isascii() and len(text) <= 9 and int(text) >= 1):
        words = _("Write a whole number, 1 or more.")
        raise Fault(400, _("A parameter makes no sense."), **{name: words})
    return int(text)


def _page_address(request, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
