"""Make .venv as the lock file says. Runs on the system's Python: standard library only."""

import hashlib
import os
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036  (an old Python runs this line)
    sys.exit(
        "\nShirube: Python 3.11 or newer is needed; this is Python {}.{}.\n"
        "If a newer one is installed, name it: make setup PYTHON=python3.11".format(
            *sys.version_info
        )
    )

import fcntl
import shutil
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.words import ROOT, need_space, say, stop

VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / "shirube-lock"
LOCK = ROOT / "requirements-dev.txt"
UV_LOCK = ROOT / "tools" / "uv.txt"
# uv trusts its own certificate roots unless told to use the machine's.
ENVIRONMENT = {**os.environ, "UV_SYSTEM_CERTS": "true", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def main() -> None:
    if not is_current():
        need_space(ROOT, 800, "installing")
        with setup_lock():
            if not is_current():
                install()
    if VENV_PYTHON.exists():
        compile_words()


def wanted() -> str:
    return hashlib.sha256(LOCK.read_bytes() + UV_LOCK.read_bytes()).hexdigest()


def is_current() -> bool:
    return VENV_PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted()


def setup_lock():
    """Two commands started together must not fill one environment at once."""
    try:
        held = (ROOT / ".setup-lock").open("w")
    except PermissionError:
        stop(f"this folder cannot be written to: {ROOT}", "Copy it to a folder of yours.")
    fcntl.flock(held, fcntl.LOCK_EX)
    return held


def install() -> None:
    say("Installing what Shirube needs into .venv (once; about half a minute) ...")
    if not has_pip():
        make_environment()
    if pip("--require-hashes", "-r", str(UV_LOCK)):
        done = run(VENV_PYTHON, "-m", "uv", "pip", "sync", "-q", "--require-hashes", LOCK)
    else:
        say("uv cannot be installed here; going on with pip, which is slower.")
        done = pip("--require-hashes", "-r", str(LOCK))
    if not done:
        stop(
            "the packages could not be installed (the reason stands above).",
            "They come from the Python package index: is the network reachable? "
            "Then run make setup again.",
        )
    STAMP.write_text(wanted())


def has_pip() -> bool:
    if not VENV_PYTHON.exists():
        return False
    asked = [VENV_PYTHON, "-m", "pip", "--version"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    if not (find_spec("venv") and find_spec("ensurepip")):
        stop(
            f"this Python ({sys.executable}) cannot make virtual environments.",
            "On Debian and Ubuntu: apt-get install python3-venv    (then run make again)",
        )
    if VENV.exists() and not VENV.is_symlink():
        shutil.rmtree(VENV)
    if not run(sys.executable, "-m", "venv", VENV):
        stop("the virtual environment could not be made (the reason stands above).")


def pip(*arguments: str) -> bool:
    return run(VENV_PYTHON, "-m", "pip", "install", "-q", *arguments)


def run(*command: object) -> bool:
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env=ENVIRONMENT, check=False).returncode == 0


def compile_words() -> None:
    """Compile the translations without GNU gettext, which few machines have."""
    stale = [
        str(po)
        for po in ROOT.glob("locale/*/LC_MESSAGES/*.po")
        if not po.with_suffix(".mo").exists()
        or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
    ]
    if stale and not run(VENV_PYTHON, ROOT / "tools" / "compile_words.py", *stale):
        stop("the translations could not be compiled (the reason stands above).")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
