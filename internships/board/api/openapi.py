"""The OpenAPI 3.1 document. Its parameters are the board's own filters, read from their table."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from internships.board.api.shape import SCHEMA
from internships.board.filters import DEFAULT_SORT, FILTERS, SORT, Amount, Choices, Day
from internships.board.search import LONGEST_QUERY

PAGE_SIZE, MOST_ON_A_PAGE = 25, 200
# What only means something for a student who has signed in.
NOT_HERE = ("mine",)


def document(absolute) -> dict[str, Any]:
    with override("en"):
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "Internship board",
                "version": "1",
                "description": (
                    "Open postings, for everybody, without a key. Words are given in Japanese and "
                    "English. Answers carry an ETag: send it back as If-None-Match."
                ),
            },
            "servers": [{"url": absolute("/").rstrip("/")}],
            "paths": {
                reverse("api_postings"): {"get": _list()},
                reverse("api_posting", args=["REF"]).replace("REF", "{ref}"): {"get": _one()},
            },
            "components": {"schemas": {"Posting": SCHEMA, "Page": PAGE, "Error": ERROR}},
        }


PAGE: dict[str, Any] = {
    "type": "object",
    "required": ["count", "page", "pages", "next", "prev", "query", "results"],
    "properties": {
        "count": {"type": "integer", "description": "How many postings are found."},
        "page": {"type": "integer"},
        "pages": {"type": "integer"},
        "next": {"type": ["string", "null"], "description": "Address of the next page."},
        "prev": {"type": ["string", "null"], "description": "Address of the page before."},
        "query": {
            "type": "string",
            "description": "The search as it was understood; a value nobody knows is left out.",
        },
        "results": {"type": "array", "items": {"$ref": "#/components/schemas/Posting"}},
    },
}
ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "message", "parameters"],
            "properties": {
                "status": {"type": "integer"},
                "message": {"type": "string"},
                "parameters": {
                    "type": "object",
                    "description": "What is wrong, by the name of the parameter.",
                    "additionalProperties": {"type": "string"},
                },
            },
        }
    },
}


def parameters() -> list[dict[str, Any]]:
    """Give the parameters of the list, in the order of the board."""
    made = [_parameter(found) for name, found in FILTERS.items() if name not in NOT_HERE]
    sorts = "; ".join(f"{name}: {order.label}" for name, order in SORT.items())
    return [
        *made,
        _query("sort", sorts, {"type": "string", "enum": list(SORT), "default": DEFAULT_SORT}),
        _query("page", _("Page, from 1."), {"type": "integer", "minimum": 1, "default": 1}),
        _query(
            "page_size",
            _("Postings a page."),
            {"type": "integer", "minimum": 1, "maximum": MOST_ON_A_PAGE, "default": PAGE_SIZE},
        ),
        _language(),
    ]


def _language():
    return _query(
        "lang",
        _("Language of messages; the postings themselves carry both."),
        {"type": "string", "enum": ["ja", "en"], "default": "en"},
    )


def _parameter(found) -> dict[str, Any]:
    label = str(found.label)
    if isinstance(found, Choices):
        words = "; ".join(f"{value}: {option.label}" for value, option in found.options.items())
        # A list of nothing allows nothing: an office without faculties names none.
        one = {"type": "string"} | ({"enum": list(found.options)} if found.options else {})
        schema = {"type": "array", "items": one} if found.many else one
        which = _("All of them count.") if found.all_of else _("Any of them will do.")
        told = [f"{label}:", which, words] if found.many else [f"{label}:", words]
        return _query(found.name, " ".join(told), schema)
    if isinstance(found, Amount):
        return _query(found.name, label, {"type": "number", "minimum": 0, "maximum": found.most})
    if isinstance(found, Day):
        return _query(found.name, label, {"type": "string", "format": "date"})
    return _query(
        found.name,
        _("Words, all of them required; a phrase in quotation marks; a minus excludes a word."),
        {"type": "string", "maxLength": LONGEST_QUERY},
    )


def _query(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    many = {"style": "form", "explode": True} if schema["type"] == "array" else {}
    return {"name": name, "in": "query", "description": description, "schema": schema, **many}


def _list() -> dict[str, Any]:
    return {
        "operationId": "listPostings",
        "summary": "Open postings",
        "description": "The same search, in the same order, as the board itself.",
        "parameters": parameters(),
        "responses": {
            "200": _answer("Found", "Page"),
            "304": {"description": "Nothing has changed since the ETag you sent."},
            "400": _answer("A parameter makes no sense", "Error"),
            "404": _answer("There is no such page", "Error"),
        },
    }


def _one() -> dict[str, Any]:
    ref = {"name": "ref", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "operationId": "getPosting",
        "summary": "One open posting",
        "parameters": [ref, _language()],
        "responses": {
            "200": _answer("Found", "Posting"),
            "304": {"description": "Nothing has changed since the ETag you sent."},
            "404": _answer("There is none, or it is not open now", "Error"),
        },
    }


def _answer(description: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}
