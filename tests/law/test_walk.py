"""The walk of docs/law.md, made on a copy of the rules exactly as it is written there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/law.md").read_text("utf-8")
WALK = GUIDE.partition("## Adding a finding in half an hour")[2].partition("\n## ")[0]
STEPS = re.findall(r"`(careers/law/\S+\.py)`, table `(\w+)`:\n\n```python\n(.*?)```", WALK, re.S)
IMPORTS = re.findall(
    r"`(careers/law/\S+\.py)`, among the imports:\n\n```python\n(.*?)```", WALK, re.S
)
[CASES] = re.findall(r"```csv\n(.*?)```", WALK, re.S)
ENVIRONMENT = {"SECRET_KEY": "x", "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Give a copy of the product on which every step of the walk has been made."""
    folder = tmp_path_factory.mktemp("walk")
    for name in ("careers", "internships"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", folder)
    for file, block in IMPORTS:
        text = (folder / file).read_text("utf-8")
        (folder / file).write_text(text.replace("\nfrom ", f"\n{block}from ", 1), "utf-8")
    for file, table, block in STEPS:
        add_to_table(folder / file, table, block)
    folder.joinpath("cases.csv").write_text(CASES, "utf-8")
    return folder


def add_to_table(file, table, block):
    """Put the block before the bracket that closes the table."""
    text = file.read_text("utf-8")
    begins = re.search(rf"^{table}\b.*?[({{]$", text, re.M).end()
    ends = re.compile(r"^[)}]", re.M).search(text, begins).start()
    file.write_text(text[:ends] + block + text[ends:], "utf-8")


def run(folder, *command):
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True
    )


def test_the_walk_has_a_step_for_citation_number_words_and_finding():
    assert [Path(file).name for file, _table, _block in STEPS] == [
        "citations.py",
        "parameters.py",
        "parameters.py",
        "reasons.py",
        "adding.py",
    ]


def test_after_the_walk_the_new_cases_pass(copy):
    done = run(copy, "manage.py", "assess", "cases.csv", "--check")

    assert done.stdout.splitlines()[-1] == "3 passed, 0 failed", done.stdout + done.stderr


def test_before_the_walk_they_do_not(copy):
    done = run(ROOT, "manage.py", "assess", str(copy / "cases.csv"), "--check")

    assert done.stdout.splitlines()[-1] == "2 passed, 1 failed"


def test_after_the_walk_a_new_edition_tells_the_rule_in_both_languages(copy):
    told = run(
        copy,
        "-c",
        "from datetime import date\n"
        "from careers.law import *\n"
        "facts = Facts(institution='japan', status_of_residence='JAPANESE', hours_per_day=13)\n"
        "answer = assess(facts, date(2027, 4, 1))\n"
        "reason = answer.reasons[-1]\n"
        "print(answer.edition, citation(reason.citations[0]).strength)\n"
        "print(reason_text(reason, answer, 'en'))\n"
        "print(reason_text(reason, answer, 'ja'))\n"
        "print(sentence(RULEBOOK.editions[-1].finding('very_long_day').when, 'en'))\n",
    )

    assert told.stdout.splitlines() == [
        "2027-04-01 D",
        "13 hours a day are over 12. Show us how they are planned.",
        "一日13時間は12時間を超えています。計画を見せてください。",
        "Hours on the longest day is over 12",
    ], told.stderr
