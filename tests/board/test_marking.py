"""Words that were looked for are marked, and nothing else of a text is changed."""

import re

import pytest
from django.utils.html import escape
from hypothesis import example, given, settings
from hypothesis import strategies as st

from internships.board import search
from internships.board.folding import fold, fold_with_places, pieces_of
from internships.board.marking import Marker

LETTERS = st.text(alphabet="ｶﾞﾊﾟｰーサバヴァィゔぁかが・1,0Aaéé髙𠮷 ﾞ㈱①<>&\"'xs京都東")


def marked(query, text, synonyms=None):
    return Marker(search.read(query, synonyms)).text(text)


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("翻訳", "技術翻訳と翻訳", "技術<mark>翻訳</mark>と<mark>翻訳</mark>"),
        ("サーバ", "サーバーの運用", "<mark>サーバー</mark>の運用"),
        ("データ", "ﾃﾞｰﾀ分析", "<mark>ﾃﾞｰﾀ</mark>分析"),
        ("らーめん", "ラーメン店", "<mark>ラーメン</mark>店"),
        ("オープンカンパニー", "オープン・カンパニー", "<mark>オープン・カンパニー</mark>"),
        ("高瀬", "髙瀨さん", "<mark>髙瀨</mark>さん"),
        ("バイオリン", "ヴァイオリン", "<mark>ヴァイオリン</mark>"),
        ("そば", "ソヴァ屋", "<mark>ソヴァ</mark>屋"),
        ("データ", "データベース", "<mark>データ</mark>ベース"),
        ("Ｐｙｔｈ", "Python3とＰＹＴＨＯＮ", "<mark>Python3</mark>と<mark>ＰＹＴＨＯＮ</mark>"),
        ("it", "IT企業のIT", "<mark>IT</mark>企業の<mark>IT</mark>"),
        ('"IT企業"', "IT企業の見学", "<mark>IT企業</mark>の見学"),
        ("번역", "한국어번역 번역가", "한국어번역 <mark>번역가</mark>"),
        ("c", "C++とC", "C++と<mark>C</mark>"),
        ('"R&D"', "an R&D team", "an <mark>R&amp;D</mark> team"),
        ('"a <b"', "a <b> c", "<mark>a &lt;b</mark>&gt; c"),
        ("1500", "時給1,500円", "時給<mark>1,500</mark>円"),
        ("1500", "21500円", "21500円"),
        ("company", "Companies & co", "<mark>Companies</mark> &amp; co"),
        ("companies", "one company", "one <mark>company</mark>"),
        ("trans", "Translation", "<mark>Translation</mark>"),
        ("IT", "IT, with it in city", "<mark>IT</mark>, with <mark>it</mark> in city"),
        ("京都", "東京都と京都", "東京都と<mark>京都</mark>"),
        ("京", "東京都と京都", "東<mark>京</mark>都と<mark>京</mark>都"),
        ("大分", "4大分野、大分県", "4大分野、<mark>大分</mark>県"),
        ('"data analysis"', "analysis of data", "analysis of data"),
        ('"data analysis"', "Data-analysis", "<mark>Data-analysis</mark>"),
        ('"一日(見学)"', "病院の一日（見学）", "病院の<mark>一日（見学</mark>）"),
        ("-翻訳 通訳", "翻訳と通訳", "翻訳と<mark>通訳</mark>"),
        ("翻訳 英語", "英語の翻訳", "<mark>英語</mark>の<mark>翻訳</mark>"),
        ("<b>", "a <b>", "a &lt;<mark>b</mark>&gt;"),
        ("😀", "😀 text", "😀 text"),
    ],
)
def test_what_was_looked_for_is_marked(query, text, shown):
    assert marked(query, text) == shown


def test_words_of_the_same_meaning_are_marked():
    synonyms = {("留学生",): ("留学生", "international student")}

    shown = marked("留学生", "For international students only", synonyms)

    assert shown == "For <mark>international students</mark> only"


def test_tags_and_addresses_stay_whole():
    markup = '<p>See <a href="https://example.jp/data">data &amp; more</a></p>'

    shown = Marker(search.read("data amp")).html(markup)

    assert shown == (
        '<p>See <a href="https://example.jp/data"><mark>data</mark> &amp; more</a></p>'
    )


def test_an_excerpt_shows_where_a_word_stands():
    text = "あ" * 100 + "翻訳" + "い" * 100

    shown = Marker(search.read("翻訳")).around(text)

    assert shown == "…" + "あ" * 40 + "翻訳" + "い" * 40 + "…"


@settings(max_examples=300)
@given(st.one_of(LETTERS, st.text(), st.text(alphabet=st.characters(max_codepoint=0x11FF))))
@example("\u00b4\u0655")
@example("\u0627\u0301\u0655")
@example("\u1100\u1161\u11a8")
def test_a_letter_is_found_where_it_was_written(text):
    folded = fold_with_places(text)

    assert folded.text == fold(text)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))


@settings(max_examples=300)
@given(LETTERS, LETTERS)
def test_marks_add_nothing_to_a_text_but_marks(query, text):
    shown = marked(query, text)

    assert re.sub("</?mark>", "", shown) == escape(text)
    assert shown.count("<mark>") == shown.count("</mark>")


@pytest.mark.parametrize("shape", ["{}", '"{}"'])
def test_each_word_that_finds_a_text_is_marked_in_it(shape):
    text = "Python3でIT企業のR&D体験（週3日・2.5時間）。サーバー、ﾃﾞｰﾀ分析 & C++ and batches"
    words = [piece[0] for piece in pieces_of(text)]

    unmarked = [word for word in words if "<mark>" not in marked(shape.format(word), text)]

    assert (len(words), unmarked) == (17, [])
