import csv
from datetime import datetime
from pathlib import Path

import pytest

from internships.board import search
from internships.board.models import Organisation, Posting
from tests.factories import make_organisation, make_posting

SAMPLE = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.django_db


def rows_of(name):
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refs(text):
    return set(Posting.objects.matching(text).values_list("ref", flat=True))


def sample_posting(row, organisations):
    plain = {name: row[name] for name in search.FIELDS}
    return Posting(
        **plain,
        organisation=organisations[row["organisation_ja"], row["organisation_en"]],
        opens_at=datetime.fromisoformat(row["opens_at"]),
        closes_at=datetime.fromisoformat(row["closes_at"]),
    )


@pytest.fixture
def sample():
    """All postings of the sample, written in bulk as an import does."""
    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not there")
    organisations, rows = {}, rows_of("postings.csv")
    for row in rows:
        key = row["organisation_ja"], row["organisation_en"]
        organisations[key] = Organisation.objects.get_or_create(
            name_ja=key[0], name_en=key[1], name_kana=row["organisation_kana"]
        )[0]
    Posting.objects.bulk_create(sample_posting(row, organisations) for row in rows)
    search.refresh(Posting.objects.all())


def test_every_sample_query_finds_what_it_should(sample):
    missed, wrong, found, right = {}, {}, 0, 0
    for row in rows_of("search_queries.csv"):
        expected = set(filter(None, row["expected_refs"].split(";")))
        allowed = expected | set(filter(None, row["also_ok_refs"].split(";")))
        given = refs(row["query"])
        if expected - given:
            missed[row["id"], row["query"]] = expected - given
        if row["match"] == "strict" and given - allowed:
            wrong[row["id"], row["query"]] = given - allowed
        if row["match"] == "normal":
            found, right = found + len(given), right + len(given & allowed)

    assert missed == {}
    assert wrong == {}
    assert right / found >= 0.95


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("サーバーの運用", "サーバ"),
        ("サーバの運用", "サーバー"),
        ("ヴァイオリン工房", "バイオリン"),
        ("らーめん", "ﾗｰﾒﾝ"),
        ("オープン・カンパニー", "オープンカンパニー"),
        ("髙瀨と﨑山", "高瀬 崎山"),
        ("𠮷津川", "吉津川"),
        ("𩸽の加工", "𩸽"),
        ("時給1,500円", "１５００"),
        ("GPSの調整", "gps"),
        ("Translations", "translation"),
        ("one company", "companies"),
        ("batches and caches", "batch cache"),
        ("C++ and C#", "c++ c#"),
        ("Kōbe, São Paulo", "kobe sao"),
        ("京", "京"),
        ("仕事は東京都庁で", "東京都庁"),
        ("大分野の研究", "大分野"),
        ("データを 分析", "データ　分析"),
        ("한국어 번역", "번역"),
    ],
)
def test_search_sees_through_spelling(text, query):
    posting = make_posting(title_ja=text)

    assert refs(query) == {posting.ref}


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("東京都で働く", "京都"),
        ("東京都市大学", "京都市"),
        ("4大分野の研究", "大分"),
        ("maintain the site", "ai"),
        ("GPS", "gp"),
        ("21500円", "1500"),
        ("週37.5時間", "37"),
        ("翻訳のみ", "翻訳 英語"),
        ("量子化学とコンピュータ", "量子コンピュータ"),
    ],
)
def test_search_does_not_find_by_accident(text, query):
    make_posting(title_ja=text, title_en="")

    assert refs(query) == set()


def test_words_may_stand_in_different_fields():
    organisation = make_organisation(name_ja="木霊言語", name_kana="コダマゲンゴ")
    posting = make_posting(organisation=organisation, title_en="Proofreading", prefecture="26")
    make_posting(title_en="Proofreading", prefecture="13")

    assert refs("こだま proofreading 京都") == {posting.ref}


def test_leading_minus_excludes_and_quotes_join():
    tokyo = make_posting(title_ja="翻訳", prefecture="13")
    osaka = make_posting(title_ja="翻訳の研究", prefecture="27")

    assert refs("翻訳 -東京") == {osaka.ref}
    assert refs("-翻訳の研究") == {tokyo.ref}
    assert refs('"翻訳 の 研究"') == {osaka.ref}


@pytest.mark.parametrize("query", ["😀", "!!!", "' | '", "\\", "・", "-", '""'])
def test_signs_alone_find_nothing_and_break_nothing(query):
    make_posting()

    assert refs(query) == set()


@pytest.mark.parametrize("query", ["", "  ", "　"])
def test_an_empty_text_leaves_the_list_whole(query):
    posting = make_posting()

    assert refs(query) == {posting.ref}


def test_text_without_end_can_be_saved_and_found():
    long = "".join(map(chr, range(0x4E00, 0x9F00))) * 3
    posting = make_posting(title_en="short", description_ja=long, description_en="x" * 10_000)

    assert refs("short") == {posting.ref}
    assert refs("一丁丂") == {posting.ref}


def test_saving_a_posting_or_its_organisation_renews_what_search_knows():
    posting = make_posting(title_ja="会計")
    posting.title_ja = "測量"
    posting.save(update_fields=["title_ja"])
    posting.organisation.name_ja = "螺鈿工房"
    posting.organisation.save()

    assert refs("測量 螺鈿") == {posting.ref}
    assert refs("会計") == set()


def test_bulk_changes_are_found_after_a_refresh():
    posting = make_posting(title_ja="会計")
    Posting.objects.update(title_ja="測量")

    rebuilt = search.refresh(Posting.objects.all())

    assert rebuilt == 1
    assert refs("測量") == {posting.ref}
