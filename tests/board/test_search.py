import csv
import unicodedata
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from careers.prefectures import PREFECTURES
from internships.board import query, search
from internships.board.folding import pieces_of, singular
from internships.board.marking import Marker
from internships.board.models import Organisation, Posting, SynonymGroup
from internships.board.reference import load_reference_data
from internships.board.rows import rows_of as rows_of_the_board
from tests.factories import make_organisation, make_posting

SAMPLE = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.django_db


def rows_of(name):
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refs(text):
    return set(query.search(text, scope=query.ALL).values_list("ref", flat=True))


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
    load_reference_data()  # the synonyms that ship must not spoil a search


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


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_row_of_the_sample_shows_each_word_that_found_it(sample, language):
    unmarked = []

    with override(language):
        for line in rows_of("search_queries.csv"):
            marker = Marker(query.Search.for_text(line["query"]).words)
            postings = query.search(line["query"], scope=query.ALL).select_related("organisation")
            unmarked += [
                (line["query"], row.posting.ref)
                for row in rows_of_the_board(postings, {}, marker=marker)
                if row.body.words.count("<mark>") < len(marker.words)
            ]

    assert unmarked == []


def texts_of(posting):
    """Give each text that is searched, folded: its Japanese, and its words and numbers."""
    host = posting.organisation
    names = [host.name_ja, host.name_en, host.name_kana, *PREFECTURES.get(posting.prefecture, ())]
    said = [getattr(posting, field) for field in search.FIELDS if field != "prefecture"]
    texts = []
    for text in filter(None, [*said, *names]):
        pieces = list(pieces_of(text))
        words = {piece[0] for piece in pieces if not piece["japanese"]}
        runs = [piece[0] for piece in pieces if piece["japanese"]]
        texts.append((text, runs, words | set(map(singular, words))))
    return texts


def says(texts, word):
    """The rules of searching once more, as plainly as can be: each piece stands somewhere."""
    for piece in pieces_of(word):
        if piece["japanese"]:
            found = any(piece[0] in run for _text, runs, _words in texts for run in runs)
        elif piece["number"] or (piece["latin"] and len(singular(piece[0])) <= 3):
            found = any(singular(piece[0]) in words for _text, _runs, words in texts)
        else:
            begins = singular(piece[0])
            found = any(w.startswith(begins) for _text, _runs, words in texts for w in words)
        if not found:
            return False
    return True


def some_words(dice, texts, most=2):
    """Give words cut at random out of what postings say, as somebody might type them."""
    while True:
        cuts = []
        for _word in range(dice.randint(1, most)):
            text = dice.choice(dice.choice(texts))[0]
            start = dice.randrange(len(text))
            cuts.append(text[start : start + dice.choice([1, 2, 2, 3, 4, 6, 9])])
        words = search.read(" ".join(cuts).replace('"', " "))
        by_accident = any(place in word.text for word in words for place in ("京都", "大分"))
        if words and not by_accident and all(w.query() and not w.excluded for w in words):
            return words


HALF_WIDTH = {
    unicodedata.normalize("NFKC", typed): typed
    for code in range(0xFF66, 0xFF9E)
    for typed in (chr(code), chr(code) + "ﾞ", chr(code) + "ﾟ")
    if len(unicodedata.normalize("NFKC", typed)) == 1
}


def disguised(dice, text):
    """Give a text in other widths, cases and kana."""
    return "".join(
        dice.choice(
            [
                letter,
                letter.swapcase(),
                chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter,
                chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter,
                chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter,
                HALF_WIDTH.get(letter, letter),
            ]
        )
        for letter in text
    )


def test_what_is_found_is_what_says_every_word(sample):
    SynonymGroup.objects.update(is_used=False)
    postings = Posting.objects.select_related("organisation")
    known = {posting.ref: texts_of(posting) for posting in postings}
    dice, wrong = Random(22), {}

    for _query in range(150):
        words = some_words(dice, list(known.values()))
        typed = " ".join(word.text for word in words)
        expected = {
            ref for ref, texts in known.items() if all(says(texts, word.text) for word in words)
        }
        if refs(typed) != expected:
            wrong[typed] = refs(typed) ^ expected

    assert wrong == {}


def test_words_narrow_a_minus_takes_away_and_spelling_is_nothing(sample):
    known = [texts_of(posting) for posting in Posting.objects.select_related("organisation")]
    everything, dice = set(Posting.objects.values_list("ref", flat=True)), Random(41)

    for _query in range(40):
        one, other = (some_words(dice, known, most=1)[0].text for _word in range(2))
        first, second = refs(one), refs(other)
        assert refs(f"{one} {other}") == refs(f"{other}　{one}") == first & second
        assert refs(f"{one} -{other}") == first - second
        assert refs(f"-{one}") == everything - first
        assert refs(f'"{one}"') <= refs(f'{one} -"{other}"') | second
        assert refs(disguised(dice, one)) == first, one


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_posting_is_found_by_its_title(sample, language):
    SynonymGroup.objects.update(is_used=False)
    field = f"title_{language}"

    missed = {
        posting.ref: getattr(posting, field)
        for posting in Posting.objects.exclude(**{field: ""})
        if posting.ref not in refs(getattr(posting, field)) & refs(f'"{getattr(posting, field)}"')
    }

    assert missed == {}


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("サーバーの運用", "サーバ"),
        ("サーバの運用", "サーバー"),
        ("ヴァイオリン工房", "バイオリン"),
        ("らーめん", "ﾗｰﾒﾝ"),
        ("オープン・カンパニー", "オープンカンパニー"),
        ("髙瀨と﨑山", "高瀬 崎山"),
        ("髙﨑𠮷鷗瀨麴邉邊", "高崎吉鴎瀬麹辺辺"),
        ("ヴァヴィヴヴェヴォ", "ばびぶべぼ"),
        ("𠮷津川", "吉津川"),
        ("𩸽の加工", "𩸽"),
        ("時給1,500円", "１５００"),
        ("GPSの調整", "gps"),
        ("Translations", "translation"),
        ("one company", "companies"),
        ("batches and caches", "batch cache"),
        ("analyses of databases", "anal data"),
        ("one analysis", "analysis"),
        ("companies", "compan companie"),
        ("counterrevolutionaries", "counterrevolutionary"),
        ("counterrevolutionaries", "counterrevolutionari"),
        ("internationalisation offices", "internationalisation"),
        ("Node.js", "node.j"),
        ("C++ and C#", "c++ c#"),
        ("Kōbe, São Paulo", "kobe sao"),
        ("京", "京"),
        ("東京都", "京"),
        ("部署の拡大分", "大"),
        ("仕事は東京都庁で", "東京都庁"),
        ("大分野の研究", "大分野"),
        ("データを 分析", "データ　分析"),
        ("한국어 번역가", "번역"),
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
        ("database", "dat"),
        ("a base of data", "atabase"),
        ("datum", "data"),
        ("21500円", "1500"),
        ("週37.5時間", "37"),
        ("翻訳のみ", "翻訳 英語"),
        ("量子化学とコンピュータ", "量子コンピュータ"),
        ("甲乙丙、戊己庚、庚", "甲乙丙丁戊己庚"),
    ],
)
def test_search_does_not_find_by_accident(text, query):
    # No other number near it, which might be the one that is looked for.
    organisation = make_organisation(name_ja="株式会社みずなら", name_en="Mizunara")
    make_posting(ref="T", title_ja=text, title_en="", organisation=organisation)

    assert refs(query) == set()


SEARCHED = """
    title_ja title_en description_ja description_en requirements_ja requirements_en city_ja city_en
    schedule_note pay_note_ja pay_note_en course_code ref
"""


def test_every_field_that_is_searched_is_found_and_no_other():
    host = {"name_ja": "螺鈿堂", "name_en": "Raden Works", "name_kana": "ラデンドウ"}
    organisation = make_organisation(**host, url="https://elsewhere.example/")
    postings = {
        field: make_posting(**{"ref": f"F{number}", field: "ZQX77"})
        for number, field in enumerate(SEARCHED.split())
    }
    theirs = make_posting(
        organisation=organisation,
        prefecture="26",
        japanese_level="N1",
        faculties=["law"],
        apply_to="https://elsewhere.example/",
    )

    assert refs("zqx77") == {posting.ref for posting in postings.values()}
    for text in (*host.values(), "京都府", "kyoto"):
        assert refs(text) == {theirs.ref}
    for text in ("elsewhere", "26", "n1", "law"):
        assert refs(text) == set()


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


@pytest.mark.parametrize("minus", "-－−ー–ｰ")
def test_a_minus_may_be_typed_on_any_keyboard(minus):
    make_posting(title_ja="翻訳", prefecture="13")
    osaka = make_posting(title_ja="翻訳", prefecture="27", schedule_note="データの日")

    assert refs(f"翻訳　{minus}東京") == {osaka.ref}
    assert refs("翻訳 デーータ") == set()  # within a word it is a letter


@pytest.mark.parametrize(
    ("text", "query", "is_found"),
    [
        ("data analysis in teams", '"data analysis"', True),
        ("analysis of data", '"data analysis"', False),
        ("data. Analysis", '"data analysis"', False),
        ("Data-analyses", '"data analyses"', True),
        ("metadata analysis", '"data analysis"', False),
        ("機械学習の研究", '"機械学習"', True),
        ("機械の学習", '"機械学習"', False),
        ("量子化学とコンピュータ", '"量子コンピュータ"', False),
        ("東京都と京都", '"京都"', True),
        ("東京都で働く", '"京都"', False),
        ("IT企業の見学", '"IT企業"', True),
        ("企業のIT", '"IT企業"', False),
        ("病院の一日（見学）", '"一日(見学)"', True),
        ("病院の一日見学", '"一日(見学)"', False),
        ("翻訳と通訳", '-"通訳と翻訳"', True),
        ("通訳と翻訳", '-"通訳と翻訳"', False),
    ],
)
def test_words_in_quotation_marks_must_stand_together(text, query, is_found):
    posting = make_posting(title_ja=text, title_en="")

    assert refs(query) == ({posting.ref} if is_found else set())


def test_a_phrase_does_not_run_from_one_field_into_the_next():
    make_posting(title_ja="機械", title_en="", description_ja="学習")
    make_posting(description_en="some data", requirements_en="analysis of it")

    assert refs('"機械学習"') == refs('"data analysis"') == set()


@pytest.mark.parametrize("query", ["インターン", "インターンシップ", "就業体験", "ｲﾝﾀｰﾝ"])
def test_each_word_of_a_group_finds_what_the_others_find(query):
    load_reference_data()
    intern = make_posting(title_ja="夏のインターン", title_en="")
    experience = make_posting(title_ja="就業体験の募集", title_en="")
    make_posting(title_ja="見学会", title_en="")

    assert refs(query) == {intern.ref, experience.ref}


@pytest.mark.parametrize("query", ["留学生", "international student", "International students"])
def test_synonyms_may_be_several_words_and_in_another_language(query):
    load_reference_data()
    japanese = make_posting(title_ja="留学生歓迎", title_en="")
    english = make_posting(title_ja="募集", title_en="For international students")
    make_posting(title_ja="募集", title_en="A student of international law")

    assert refs(query) - refs("law") == {japanese.ref, english.ref}
    assert refs('"留学生"') == {japanese.ref}


def test_a_minus_leaves_out_the_whole_group():
    load_reference_data()
    make_posting(title_ja="インターン", title_en="")
    make_posting(title_ja="就業体験", title_en="")
    other = make_posting(title_ja="見学会", title_en="")

    assert refs("-就業体験") == {other.ref}


def test_what_the_office_writes_counts_at_once():
    posting = make_posting(title_ja="バイトの紹介", title_en="")
    assert refs("アルバイト") == set()

    group = SynonymGroup.objects.create(words="アルバイト\nバイト")
    assert refs("アルバイト") == {posting.ref}

    group.is_used = False
    group.save()
    assert refs("アルバイト") == set()


@pytest.mark.parametrize(
    "words",
    ["", "一つ", "one\nOnes", "ｲﾝﾀｰﾝ、インターン", "見学\n！！", "\n".join("abcdefghijklm")],
)
def test_a_group_needs_words_that_search_tells_apart(words):
    with pytest.raises(ValidationError):
        SynonymGroup(words=words).full_clean()


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


def test_many_long_words_can_be_saved_and_found():
    random = Random(7)
    words = ["".join(random.choices("abcdefghij", k=100)) for _ in range(200)]
    posting = make_posting(description_en=" ".join(words), requirements_en=" ".join(words[::-1]))

    assert all(refs(word[:length]) == {posting.ref} for word in words[:3] for length in (8, 20, 99))


def test_how_a_latin_word_starts_is_a_term_of_its_own():
    (word,) = search.read("analysis")
    (quoted,) = search.read('"analysis"')

    # For a prefix the index would read all that was ever stored.
    assert ":*" not in word.query()
    assert word.query() != quoted.query()


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
