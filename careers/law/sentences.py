"""Print a condition as a sentence in English or Japanese, with the numbers of an edition."""

from datetime import date

from .facts import FIELDS
from .predicates import All, Any, AtLeast, Compare, Is, Named, Not, Predicate
from .texts import TEXTS
from .wording import number, text, value_words


def sentence(predicate: Predicate, language: str, on: date | None = None) -> str:
    """Give the condition in words. Named conditions are told by their phrase."""
    if isinstance(predicate, Named):
        return text(f"condition.{predicate.name}", language, on)
    if isinstance(predicate, Not):
        return _denied(predicate.part, language, on)
    if isinstance(predicate, All):
        return _joined(predicate.parts, "and", "always", language, on)
    if isinstance(predicate, Any):
        parts = _joined(predicate.parts, "between", "never", language, on)
        return _phrase("either", language, parts=parts) if len(predicate.parts) > 1 else parts
    if isinstance(predicate, Compare):
        return _comparison(predicate, language, on)
    if isinstance(predicate, Is):
        return _choice(predicate, language)
    raise TypeError(f"no words for {predicate!r}")


def _denied(part: Predicate, language: str, on: date | None) -> str:
    """Say that something is not so; a few conditions have words of their own for that."""
    if isinstance(part, Named) and f"condition.{part.name}.not" in TEXTS:
        return text(f"condition.{part.name}.not", language, on)
    if isinstance(part, Is) and part.codes == (True,):
        return _phrase("no", language, name=text(f"fact.{part.field}", language))
    return _phrase("not", language, part=sentence(part, language, on))


def _phrase(key: str, language: str, **values: str) -> str:
    return text(f"phrase.{key}", language, None, **values)


def _joined(
    parts: tuple[Predicate, ...], joint: str, empty: str, language: str, on: date | None
) -> str:
    told = [sentence(part, language, on) for part in parts]
    return _phrase(joint, language).join(told) if told else _phrase(empty, language)


def _comparison(compare: Compare, language: str, on: date | None) -> str:
    names = [text(f"fact.{name}", language) for name in compare.amounts]
    limit = number(compare.limit, on)
    if compare.times:
        name = text(f"fact.{compare.times}", language)
        limit = _phrase("times", language, limit=limit, name=name)
    key = "at_least" if isinstance(compare, AtLeast) else "over"
    return _phrase(key, language, amounts=_phrase("plus", language).join(names), limit=limit)


def _choice(predicate: Is, language: str) -> str:
    name = text(f"fact.{predicate.field}", language)
    if predicate.codes == (True,):
        return _phrase("yes", language, name=name)
    values = [
        _phrase("quoted", language, value=_code(predicate.field, code, language))
        for code in predicate.codes
    ]
    return _phrase("is", language, name=name, values=_phrase("or", language).join(values))


def _code(field: str, code: str | bool, language: str) -> str:
    if code == "UNKNOWN":
        return text("status.UNKNOWN", language)
    if field in FIELDS:
        return value_words(field, code, language)
    if field in ("outcome", "kind"):
        return text(f"{field}.{code}", language)
    return str(code)
