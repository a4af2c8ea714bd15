"""The rules of an edition as people read them: sentences, sources, numbers, what changed."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from careers.law import RULEBOOK, Citation, Edition, citation, sentence, text
from careers.law.findings import Finding
from careers.law.parameters import Parameter
from careers.law.sources import UNDATED
from careers.law.wording import number

# A source read longer ago than this is marked: somebody should read it again.
FRESH_FOR = timedelta(days=180)
# The letter of the citation component for what our own office decided.
OFFICE_RULE = "design"


@dataclass(frozen=True)
class SourceLine:
    rule: str
    title: str
    strength: str
    dated: str
    checked: date
    url: str
    uncertain: bool

    @property
    def is_office_rule(self) -> bool:
        return self.strength == OFFICE_RULE


@dataclass(frozen=True)
class Named:
    code: str
    words: str
    more: str = ""


@dataclass(frozen=True)
class RuleLine:
    """One rule: when it holds, what follows, and on whose word."""

    number: int
    code: str
    condition: str
    outcome: str
    kind: str
    flags: tuple[Named, ...]
    papers: tuple[Named, ...]
    sources: tuple[SourceLine, ...]
    since: date
    until: date | None

    @property
    def uncertain(self) -> bool:
        return any(source.uncertain for source in self.sources)

    @property
    def office_decides(self) -> bool:
        return any(source.is_office_rule for source in self.sources)


@dataclass(frozen=True)
class NumberLine:
    code: str
    words: str
    value: str
    source: SourceLine


@dataclass(frozen=True)
class NumberChange:
    words: str
    before: str
    after: str
    source: SourceLine


@dataclass(frozen=True)
class EditionLine:
    """One edition, and what it changed against the one before."""

    name: str
    starts: date
    ends: date | None
    digest: str
    numbers: tuple[NumberChange, ...]
    added: tuple[RuleLine, ...]
    ended: tuple[RuleLine, ...]
    is_first: bool


def edition_named(name: str) -> Edition | None:
    return next((edition for edition in RULEBOOK.editions if edition.name == name), None)


def edition_on(day: date) -> Edition:
    """Give the edition of a day; of a day before all rules, the first one."""
    return RULEBOOK.edition_for(max(day, RULEBOOK.editions[0].starts))


@lru_cache
def deciding(edition: Edition, language: str) -> tuple[RuleLine, ...]:
    return _lines(edition.deciding, edition, language)


@lru_cache
def adding(edition: Edition, language: str) -> tuple[RuleLine, ...]:
    return _lines(edition.adding, edition, language)


@lru_cache
def numbers(edition: Edition, language: str) -> tuple[NumberLine, ...]:
    return tuple(
        NumberLine(
            name,
            text(f"parameter.{name}", language),
            number(name, edition.starts),
            source_line(citation(_parameter(name, edition).citation), language),
        )
        for name in edition.parameters
    )


@lru_cache
def editions(language: str) -> tuple[EditionLine, ...]:
    """Give all editions, the newest first."""
    before = (None, *RULEBOOK.editions)
    pairs = zip(before, RULEBOOK.editions, strict=False)
    return tuple(_edition_line(old, new, language) for old, new in pairs)[::-1]


def _edition_line(old: Edition | None, new: Edition, language: str) -> EditionLine:
    rules = (*new.deciding, *new.adding)
    earlier = (*old.deciding, *old.adding) if old else rules
    return EditionLine(
        name=new.name,
        starts=new.starts,
        ends=new.ends,
        digest=new.digest,
        numbers=tuple(_number_changes(old, new, language)) if old else (),
        added=_lines([f for f in rules if f not in earlier], new, language),
        ended=_lines([f for f in earlier if f not in rules], old or new, language),
        is_first=old is None,
    )


def _number_changes(old: Edition, new: Edition, language: str):
    for name, value in new.parameters.items():
        if old.parameters.get(name) != value:
            yield NumberChange(
                text(f"parameter.{name}", language),
                number(name, old.starts) if name in old.parameters else "",
                number(name, new.starts),
                source_line(citation(_parameter(name, new).citation), language),
            )


def _parameter(name: str, edition: Edition) -> Parameter:
    return next(p for p in RULEBOOK.parameters if p.name == name and p.valid_on(edition.starts))


def _lines(findings, edition: Edition, language: str) -> tuple[RuleLine, ...]:
    return tuple(
        _line(place, finding, edition, language) for place, finding in enumerate(findings, start=1)
    )


def _line(place: int, finding: Finding, edition: Edition, language: str) -> RuleLine:
    on = edition.starts
    told = sentence(finding.when, language, on)
    return RuleLine(
        number=place,
        code=finding.id,
        condition=told[:1].upper() + told[1:],
        outcome=finding.outcome,
        kind=_kind(finding, language),
        flags=tuple(
            Named(
                code,
                text(f"flag.{code}", language, on),
                text(f"flag.{code}.sentence", language, on),
            )
            for code in finding.flags
        ),
        papers=tuple(
            Named(code, text(f"document.{code}", language, on)) for code in finding.documents
        ),
        sources=tuple(source_line(citation(one), language) for one in finding.citations),
        since=finding.valid_from,
        until=finding.valid_until,
    )


def source_line(one: Citation, language: str) -> SourceLine:
    source = one.sources[0] if one.sources else None
    named = (source.ja if language == "ja" else source.en) if source else ""
    return SourceLine(
        rule=one.id,
        title=named or one.title(language),
        strength=OFFICE_RULE if one.strength == "D" else one.strength,
        dated="" if one.source_date == UNDATED else one.source_date,
        checked=one.last_checked,
        url=one.address,
        uncertain=one.uncertain,
    )


def _kind(finding: Finding, language: str) -> str:
    """Name the permission that is in question; no kind at all, and "none", are not told."""
    return text(f"kind.{finding.kind}", language) if finding.kind not in ("", "NONE") else ""
