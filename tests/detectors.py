"""Faults that any test may stumble on make it fail: see conftest.py, which switches them on."""

import copy
from html.parser import HTMLParser

from django.conf import settings
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.template import base, defaultfilters
from django.template.base import FilterExpression, TokenType, VariableDoesNotExist
from django.templatetags.i18n import BlockTranslateNode
from django.test import Client

# Whoever writes |default says that the variable may be missing.
OPTIONAL = {defaultfilters.default, defaultfilters.default_if_none}


class UndefinedVariable(Exception):
    """A template of ours uses a name that its view does not give."""


def is_ours(origin) -> bool:
    return bool(origin) and str(origin.name).startswith(str(settings.BASE_DIR / "templates"))


class StrictFilterExpression(FilterExpression):
    __slots__ = ("origin", "strict")

    def __init__(self, token, parser):
        super().__init__(token, parser)
        self.origin = getattr(parser, "origin", None)
        named = {function for function, arguments in self.filters}
        self.strict = self.is_var and is_ours(self.origin) and not named & OPTIONAL

    def resolve(self, context, ignore_failures=False):
        if not self.strict or ignore_failures:
            return super().resolve(context, ignore_failures)
        known = copy.copy(self)
        known.strict = known.is_var = False
        try:
            known.var = self.var.resolve(context)
        except VariableDoesNotExist as error:
            raise UndefinedVariable(f"{{{{ {self.token} }}}} in {self.origin}") from error
        return known.resolve(context)


def strict_blocktranslate(render):
    def render_strictly(self, context, nested=False):
        if is_ours(self.origin):
            given = {*context.flatten(), *(self.extra_context or {}), self.countervar}
            tokens = [*self.singular, *self.plural]
            for token in tokens:
                if token.token_type == TokenType.VAR and token.contents not in given:
                    raise UndefinedVariable(f"{{{{ {token.contents} }}}} in {self.origin}")
        return render(self, context, nested)

    return render_strictly


def random_without_order(get_order_by):
    """What nobody has put in order comes in any order, so that no test leans on luck."""

    def get_order_by_or_random(self):
        order = get_order_by(self)
        query = self.query
        is_plain = not (
            query.distinct or query.combinator or query.subquery or query.group_by is not None
        )
        if order or not is_plain or type(self).__name__ != "SQLCompiler":
            return order
        expression = Random().asc().resolve_expression(query)
        return [(expression, (*self.compile(expression), False))]

    return get_order_by_or_random


class InlineCode(HTMLParser):
    """Collects what the content security policy would block in a browser."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        is_data = "json" in (given.get("type") or "")
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self.found.append(f"<{tag} {name}>")
            if (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"<{tag} {name}=javascript:>")


def without_inline_code(request):
    def checked_request(self, **environment):
        response = request(self, **environment)
        is_page = response.get("Content-Type", "").startswith("text/html")
        is_packed = response.has_header("Content-Encoding")
        if is_page and not response.streaming and not is_packed:
            parser = InlineCode()
            parser.feed(response.content.decode())
            assert not parser.found, f"inline code in {environment['PATH_INFO']}: {parser.found}"
        return response

    return checked_request


def switch_on():
    base.FilterExpression = StrictFilterExpression
    BlockTranslateNode.render = strict_blocktranslate(BlockTranslateNode.render)
    SQLCompiler.get_order_by = random_without_order(SQLCompiler.get_order_by)
    Client.request = without_inline_code(Client.request)
