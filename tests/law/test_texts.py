import re
import string
from datetime import date

import pytest

from careers.law import (
    CITATIONS,
    DOCUMENTS,
    FIELDS,
    FLAGS,
    KINDS,
    OUTCOMES,
    QUESTIONS,
    RULEBOOK,
    Facts,
    assess,
    edition_for,
    reason_text,
    sentence,
    text,
)
from careers.law.citations import STRENGTHS
from careers.law.facts import STATUSES
from careers.law.findings import ADDING, DECIDING, FACTS_MISSING
from careers.law.outcomes import STEPS
from careers.law.parameters import PARAMETERS
from careers.law.predicates import Named
from careers.law.sources import SOURCES
from careers.law.texts import TEXTS
from tests.law.worked import ROWS

ON = date(2026, 11, 22)
FINDINGS = (*DECIDING, *ADDING, FACTS_MISSING)


def expected_keys():
    """Name every text that a page may ask for."""
    for code in OUTCOMES:
        yield from (f"outcome.{code}{part}" for part in ("", ".sentence", ".plain", ".strip"))
    for code in FLAGS:
        yield from (f"flag.{code}{part}" for part in ("", ".sentence", ".plain"))
    for code in DOCUMENTS:
        yield from (f"document.{code}{part}" for part in ("", ".what", ".issuer", ".time"))
    for code in STEPS:
        yield from (f"step.{code}{part}" for part in ("", ".who"))
    yield from (f"kind.{code}" for code in KINDS)
    yield from (f"status.{code}" for code in (*STATUSES, "UNKNOWN"))
    yield from (f"strength.{letter}" for letter in STRENGTHS)
    yield from (f"fact.{name}" for name in FIELDS)
    for question in QUESTIONS:
        yield from (f"question.{question.key}{part}" for part in ("", ".help", ".why"))
        if question.where:
            yield f"question.{question.key}.where"
        if question.kind == "choice":
            yield from (f"answer.{question.key}.{option.code}" for option in question.options)


@pytest.mark.parametrize("key", sorted(set(expected_keys())))
def test_a_page_finds_its_words_in_both_languages(key):
    assert text(key, "en") and text(key, "ja")
    assert "{" not in text_without_facts(key)


def text_without_facts(key):
    return text(key, "en") + text(key, "ja")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_text_has_a_digit_of_its_own(language):
    with_digits = [k for k, t in TEXTS.items() if re.search(r"\d", t.in_language(language))]

    assert with_digits == []


def test_both_languages_of_a_text_are_filled_with_the_same_numbers():
    def names(words):
        return {name for _, name, _, _ in string.Formatter().parse(words) if name}

    numbers = {parameter.name for parameter in PARAMETERS}
    for key, words in TEXTS.items():
        if not key.startswith(("status.DA_", "answer.status")):
            assert names(words.en) & numbers == names(words.ja) & numbers or key.endswith(
                (".plain", ".where")
            ), key


def test_japanese_texts_are_japanese_and_english_ones_are_not():
    for key, words in TEXTS.items():
        if key.startswith("phrase."):
            continue
        assert re.search(r"[぀-ヿ一-鿿]", words.ja), key
        assert not re.search(r"[぀-ヿ]", words.en) or key.endswith(".where"), key


def test_each_text_is_asked_for_by_something():
    asked = set(expected_keys())
    asked |= {f"reason.{finding.id}" for finding in FINDINGS}
    asked |= {
        key for key in TEXTS if key.startswith(("phrase.", "fact.", "problem.", "condition."))
    }
    asked |= {f"parameter.{parameter.name}" for parameter in PARAMETERS}
    asked |= {f"answer.{name}" for name in ("yes", "no", "unknown", "private", "blank")}
    asked |= {f"answer.status_of_residence.{code}" for code in (*STATUSES, "UNKNOWN")}

    assert {key for key in TEXTS if key not in asked and not key.endswith(".help")} == set()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_reason_of_every_worked_case_can_be_told(language):
    for row in ROWS:
        answer = assess(Facts.parse(row.cells), ON)
        for reason in answer.reasons:
            told = reason_text(reason, answer, language)
            assert told and "{" not in told


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_condition_can_be_printed_as_a_sentence(language):
    for finding in (*DECIDING, *ADDING):
        assert sentence(finding.when, language)
        for part in getattr(finding.when, "parts", ()):
            if isinstance(part, Named):
                assert sentence(part.part, language)


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2025, 5, 31), "3 years or ¥3,000,000"), (date(2025, 6, 1), "5 years or ¥5,000,000")],
)
def test_paid_work_that_has_to_wait_is_told_the_penalty_of_its_day_and_last(day, told):
    cells = {"institution": "japan", "status_of_residence": "STUDENT", "hours_per_week": "20"}

    waits = assess(Facts.parse(cells | {"pay_kind": "wage"}), day)
    unpaid = assess(Facts.parse(cells | {"pay_kind": "none"}), day)

    last = reason_text(waits.reasons[-1], waits, "en")
    assert "up to 1 year or a fine of up to ¥2,000,000" in last
    assert told in last
    assert "penalty" not in [reason.finding for reason in unpaid.reasons]


def test_the_customers_flag_is_told_in_the_agreed_words():
    assert text("outcome.V_FLAG_CONFIRM.sentence", "en") == (
        "You are not paid, and the Immigration Services Agency's guidance asks for no permission "
        "for unpaid internships. Our office still treats every placement above 28 hours a week as "
        "needing it. Confirm with your regional bureau and enter its answer here before you start."
    )
    assert text("outcome.V_FLAG_CONFIRM.sentence", "ja") == (
        "無報酬のため、入管庁の案内では許可は求められていません。"
        "ただし本学では、週28時間を超える計画はすべて許可が必要なものとして扱います。"
        "地方出入国在留管理局に確認し、回答を記録してから開始してください。"
    )


def test_every_finding_and_parameter_cites_a_rule_we_hold():
    cited = {c for finding in FINDINGS for c in finding.citations}
    cited |= {parameter.citation for parameter in PARAMETERS}

    assert cited <= set(CITATIONS)
    assert all(finding.citations for finding in FINDINGS)


def test_every_citation_has_titles_a_strength_and_sources_or_is_the_offices_own():
    for citation in CITATIONS.values():
        assert citation.en and citation.ja
        assert set(citation.confidence) <= set(STRENGTHS)
        assert citation.sources or citation.strength == "D"


def test_every_source_is_cited_and_has_an_address():
    used = {source.key for citation in CITATIONS.values() for source in citation.sources}

    assert used == set(SOURCES)
    assert all(source.links and source.date for source in SOURCES.values())


def test_words_of_an_older_day_have_the_numbers_of_that_day():
    assert "¥4,000" in text("document.D_CHANGE_APP.what", "en", date(2025, 3, 31))
    assert "¥6,000" in text("document.D_CHANGE_APP.what", "en", date(2025, 4, 1))
    assert "¥10,000" in text("document.D_CHANGE_APP.what", "en", date(2026, 10, 1))


def test_every_edition_can_tell_every_text():
    for edition in RULEBOOK.editions:
        for key in set(expected_keys()):
            assert text(key, "en", edition.starts)
    assert edition_for(ON).digest
