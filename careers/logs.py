"""What the site says of itself: one JSON object a line, on stdout, with nothing personal in it.

Left out on purpose: query strings (the wizard's answers), referrers, addresses of visitors,
posted data, local variables, and the messages of exceptions, which quote what people typed.
"""

import json
import logging
import time
import traceback
from datetime import UTC, datetime

from django.conf import settings
from django.urls import Resolver404, resolve

logger = logging.getLogger("careers.access")

# Parts of an address that name a row of ours. Anything else (keys, tokens) is not shown.
SHOWN_PARTS = {"ref", "pk", "slug", "object_id"}


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        request = getattr(record, "request", None)
        if hasattr(request, "resolver_match"):
            # Django's own message holds the whole path, so it is not used.
            line |= {"message": "request failed", **described(request)}
        else:
            line["message"] = record.getMessage()
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = told(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def told(error: BaseException) -> list[str]:
    """Say where an error came from: types, files and lines of source, no values."""
    lines = []
    for each in chain_of(error):
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}{shown_message(each)}")
        lines.extend(
            f"  {frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
            for frame in traceback.extract_tb(each.__traceback__)
        )
    return lines


def shown_message(error: BaseException) -> str:
    """The message helps, and is harmless, before anybody is served and where nobody is real."""
    if settings.configured and not (settings.DEBUG or settings.DEMO):
        return ""
    return f": {error}"


def chain_of(error: BaseException | None):
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def described(request) -> dict[str, str | None]:
    match = request.resolver_match
    return {
        "method": request.method,
        "path": shown_path(request),
        "route": match.view_name if match else None,
    }


def shown_path(request) -> str | None:
    """The path with secrets masked; nothing for an address that is not ours."""
    match = request.resolver_match
    if match is None:
        return None
    path = request.path
    for name, value in match.kwargs.items():
        if name not in SHOWN_PARTS and value:
            path = path.replace(str(value), f"<{name}>")
    for value in match.args:
        path = path.replace(str(value), "<…>")
    return path


class AccessLogMiddleware:
    """One line for each answered request; pages only, not their static files."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            find_route(request)
            milliseconds = round((time.perf_counter() - started) * 1000)
            fields = {**described(request), "status": response.status_code, "ms": milliseconds}
            logger.info("request", extra={"fields": fields})
        return response


def find_route(request) -> None:
    """A middleware that answers before the view is known leaves the route unsaid."""
    if request.resolver_match is None:
        try:
            request.resolver_match = resolve(request.path_info)
        except Resolver404:
            return


def configuration(level: str) -> dict:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "careers.logs.JsonFormatter"}},
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "json",
            }
        },
        "root": {"handlers": ["stdout"], "level": "WARNING"},
        "loggers": {
            "careers": {"level": level},
            "internships": {"level": level},
            # Django logs through handlers of its own (and mails administrators) unless told not to.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # A page not found or refused is in the access line; only failures are told once more.
            "django.request": {"level": "ERROR"},
        },
    }
