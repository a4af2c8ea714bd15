"""`make check`: all that CI runs, stage by stage; `make lint`: the quick stages only."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.environment import data_folder
from tools.postgres import cluster_in_use
from tools.words import ROOT, say, stop

PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]
DEBIAN_15 = "/usr/lib/postgresql/15/bin"
LAW_CASES = ROOT.parent / "shared" / "law" / "cases.csv"
HOURS_CASES = ROOT.parent / "shared" / "data" / "hours_cases.json"
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "careers.settings",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "DEBUG": "0",
    "DEMO": "0",
    "ALLOWED_HOSTS": "careers.example.ac.jp",
    "SITE_ADDRESS": "https://careers.example.ac.jp",
    "EMAIL_URL": "smtp://localhost:25",
}

TESTS = {
    "all tests": ["make", "test"],
    "tests on PostgreSQL 15": ["make", "test", "ARGS=-n 2 -m 'not browser'", f"PG_BIN={DEBIAN_15}"],
}
LINT = {
    "style": [PYTHON, "-m", "ruff", "check", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "templates": [PYTHON, "-m", "djlint", "templates", "--lint", "--quiet"],
    "order of imports between rooms": [PYTHON, "tools/import_order.py"],
    "types of the law": [PYTHON, "-m", "mypy"],
}
WHOLE = {
    "migrations complete": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "settings of production": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "static files of production": [*MANAGE, "collectstatic", "--noinput", "--clear", "-v", "0"],
    "translations complete": [PYTHON, "tools/check_words.py"],
}


def main() -> None:
    os.chdir(ROOT)
    stages = dict(LINT)
    if sys.argv[1:] != ["lint"]:
        stages = tests() | LINT | WHOLE | cases()
    failed = [name for name, command in stages.items() if not passes(name, command)]
    if failed:
        stop(f"failed: {', '.join(failed)}")
    say(f"\n{len(stages)} stages are fine.")


def tests() -> dict[str, list[str]]:
    """PostgreSQL 15 is the oldest that we promise; CI has it, a developer need not."""
    if Path(DEBIAN_15).exists() or os.environ.get("CI") == "true":
        return TESTS
    say("There is no PostgreSQL 15 here (apt-get install postgresql-15): its stage is left out.")
    return {"all tests": TESTS["all tests"]}


def cases() -> dict[str, list[str]]:
    """The office's own files of cases, where they lie beside the project."""
    found = {}
    if LAW_CASES.exists():
        found["cases of the law"] = [*MANAGE, "assess", str(LAW_CASES), "--check"]
    if HOURS_CASES.exists() and has_command("check_hours"):
        found["cases of the hours"] = [*MANAGE, "check_hours", str(HOURS_CASES), "--check"]
    return found


def has_command(name: str) -> bool:
    return any(ROOT.glob(f"*/*/management/commands/{name}.py"))


def passes(name: str, command: list[str]) -> bool:
    say(f"\n=== {name}")
    started = time.monotonic()
    if command[0] == "make":
        good = subprocess.call(command, stdin=subprocess.DEVNULL) == 0
    else:
        good = passes_in_production(command)
    say(f"=== {name}: {'fine' if good else 'FAILED'} ({time.monotonic() - started:.0f} s)")
    return good


def passes_in_production(command: list[str]) -> bool:
    with cluster_in_use(data_folder() / "test-postgres", fast=True) as cluster:
        environment = {**os.environ, **PRODUCTION, "DATABASE_URL": cluster.url}
        return subprocess.call(command, env=environment, stdin=subprocess.DEVNULL) == 0


if __name__ == "__main__":
    main()
