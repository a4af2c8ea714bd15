from django.conf import settings
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


class RecordMiddleware(HistoryMiddleware):
    """Tell the field-level history who acts and where, without the secrets of the address."""

    def get_context(self, request):
        find_route(request)
        return {**super().get_context(request), "url": shown_path(request)}
