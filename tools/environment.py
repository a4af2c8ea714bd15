"""The environment of `make run` and `make manage`: what production gets from its operator."""

import os
import secrets
from contextlib import contextmanager
from pathlib import Path

from tools.postgres import cluster_in_use
from tools.words import ROOT, need_space, stop

ELSEWHERE = "Put the data elsewhere: SHIRUBE_DATA=/another/folder"


def data_folder() -> Path:
    folder = ROOT / os.environ.get("SHIRUBE_DATA", ".data")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(
            f"the folder for the data cannot be made: {folder} ({error.strerror}).",
            ELSEWHERE,
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        stop(
            f"the folder for the data cannot be written to: {folder}",
            ELSEWHERE,
        )
    return folder


def port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        stop(f"PORT={text} is no port number.", "Name one from 1024 to 65535: make run PORT=8001")
    return int(text)


@contextmanager
def development():
    """Fill in what the environment leaves out; keep a database running while inside."""
    data = data_folder()
    defaults = {
        "DJANGO_SETTINGS_MODULE": "careers.settings",
        "DEMO": "1",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_ADDRESS": f"http://localhost:{port()}",
        "SECRET_KEY": secret_key(data),
        "PRIVATE_FILES": str(data / "files"),
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    need_space(data, 150, "the database", ELSEWHERE)
    with cluster_in_use(data / "postgres") as cluster:
        os.environ["DATABASE_URL"] = cluster.url
        yield cluster


def secret_key(data: Path) -> str:
    """Kept, so that sessions outlive a restart."""
    file = data / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()
