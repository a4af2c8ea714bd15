from django.conf import settings
from django.shortcuts import render
from django.urls import is_valid_path
from pghistory.middleware import HistoryMiddleware

from careers.logs import find_route, shown_path


class CachePolicyMiddleware:
    """Pages are for one reader; those of a signed-in one must leave no copy on the machine."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers["Cache-Control"] = "private, no-store"
        else:
            response.headers.setdefault("Cache-Control", "private")
        return response


class FormAddressMiddleware:
    """Tell whoever opens the address of a form by itself where to go instead of an empty page.

    She comes there after signing in again, by a tab brought back, or by the choice of language
    beside a form with a fault.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method != "GET" or response.status_code != 405 or response.content:
            return response
        context = {"page_above": page_above(request.path)}
        page = render(request, "405.html", context, status=405)
        page["Allow"] = response["Allow"]
        return page


def page_above(path: str) -> str:
    """Give the nearest address above this one at which there is a page."""
    parts = path.strip("/").split("/")
    above = ("/".join(["", *parts[:length], ""]) for length in range(len(parts) - 1, 0, -1))
    return next(filter(is_valid_path, above), "/")


class RecordMiddleware(HistoryMiddleware):
    """Tell the field-level history who acts and where, without the secrets of the address."""

    def get_context(self, request):
        find_route(request)
        return {**super().get_context(request), "url": shown_path(request)}
