"""The drawings in docs/law are those of the rules as they are: `make diagrams` draws them."""

from html import unescape
from xml.etree import ElementTree

import pytest

from careers.law import OUTCOMES, RULEBOOK, text
from careers.law.diagram import WIDTH, diagram
from tools.law_diagrams import FOLDER, drawings

SVG = "{http://www.w3.org/2000/svg}"
EDITIONS = RULEBOOK.editions
LANGUAGES = ["en", "ja"]


def drawn(edition, language):
    return ElementTree.fromstring(diagram(edition, language))


def test_the_committed_drawings_are_those_of_the_rules():
    committed = {file.name: file.read_text("utf-8") for file in FOLDER.glob("*.svg")}

    assert committed == drawings(), "the rules have changed: run `make diagrams`, look, commit"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_every_decision_is_drawn_in_its_order_with_its_outcome(edition, language):
    posts = [each for each in drawn(edition, language).iter(f"{SVG}path") if each.get("data-kind")]

    looks = [OUTCOMES[finding.outcome].look for finding in edition.deciding]
    assert [post.get("data-kind") for post in posts] == looks


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_whole_and_stay_inside_the_page(language):
    root = drawn(EDITIONS[-1], language)
    words = " ".join(unescape(each.text) for each in root.iter(f"{SVG}text"))

    assert "{" not in words
    for outcome in {finding.outcome for finding in EDITIONS[-1].deciding}:
        assert text(f"outcome.{outcome}", language).split()[0] in words
    assert all(float(each.get("x")) < WIDTH for each in root.iter(f"{SVG}text"))


def test_nothing_in_a_drawing_needs_a_style_or_a_script():
    for content in drawings().values():
        assert not {"style", "script", "href"} & {
            name
            for each in ElementTree.fromstring(content).iter()
            for name in (each.tag.removeprefix(SVG), *each.attrib)
        }
