"""What letters say: what, by when and where to look; never what the office knows of a person."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import loader
from django.utils import translation

from careers.desk import letters
from careers.desk.flags import CANNOT_TELL, FLAGS
from careers.people.models import StatusOfResidence

FOLDER = settings.BASE_DIR / "templates" / "letters"
KINDS = sorted(path.stem for path in FOLDER.glob("*.txt") if path.stem != "base")


def kinds_written():
    """Give the kind of every letter: `letters.write("kind", …)`, or `letter="kind"` in a table."""
    for folder in ("careers", "internships"):
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from (kind for node in ast.walk(tree) for kind in kinds_in(node))


def kinds_in(node):
    if not isinstance(node, ast.Call):
        return
    if ast.unparse(node.func) in {"letters.write", "write_letter"} and node.args:
        named = [node.args[0]]
    else:
        named = [word.value for word in node.keywords if word.arg == "letter"]
    for one in named:
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value:
            yield one.value


def test_every_letter_that_code_writes_has_its_template():
    assert set(kinds_written()) <= set(KINDS)
    assert "enquiry_answered" in set(kinds_written())


def names_in(kind):
    source = Path(loader.get_template(f"letters/{kind}.txt").origin.name).read_text("utf-8")
    return set(re.findall(r"[{=( ]\s*([a-z_]+)(?=[|.\s}])", source))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_names_no_status_flag_or_verdict(kind, language):
    context = dict.fromkeys(names_in(kind), "2026-12-01")
    office = {"office": letters.OfficeSettings.load(), "address": "http://localhost/here/"}

    subject, body = letters.written(kind, language, context | office)

    assert subject
    assert "http://localhost/here/" in body
    said = f"{subject} {body}".casefold()
    assert not {word for word in forbidden_words(language) if word.casefold() in said}


def forbidden_words(language):
    with translation.override(language):
        statuses = {str(status.label) for status in StatusOfResidence} - {"Student", "留学"}
        flags = {str(flag.words) for flag in (*FLAGS.values(), CANNOT_TELL)}
        seals = {flag.seal for flag in FLAGS.values()}
    return {word for word in statuses | flags | seals if word}
