"""Check that every string of the program has its Japanese, and that none is left over."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.words import ROOT, say, stop

CATALOGUE = Path("locale/ja/LC_MESSAGES/django.po")
EXTRACT = ["makemessages", "-l", "ja", "--no-location", "--no-wrap", "-i", "tests", "-v", "0"]


def main() -> None:
    if not shutil.which("xgettext"):
        stop("GNU gettext is needed for this check.", "On Debian: apt-get install gettext")
    with tempfile.TemporaryDirectory() as folder:
        wanted = keys(extracted(Path(folder)))
    catalogue = polib.pofile(str(ROOT / CATALOGUE))
    faults = [
        *(f"not in the catalogue (or uncertain): {key}" for key in wanted - keys(catalogue)),
        *(f"no longer used: {key}" for key in keys(catalogue) - wanted),
        *(f"without Japanese: {entry.msgid}" for entry in catalogue if not entry.translated()),
        *(f"left over: {entry.msgid}" for entry in catalogue.obsolete_entries()),
    ]
    if faults or not is_well_formed():
        stop("the Japanese catalogue is not complete.\n" + "\n".join(sorted(faults)))
    say(f"{len(wanted)} strings have their Japanese.")


def extracted(folder: Path) -> polib.POFile:
    """Extract in a copy, so that checking changes nothing."""
    for name in tracked_files():
        if (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
    subprocess.run([sys.executable, "manage.py", *EXTRACT], cwd=folder, check=True)
    return polib.pofile(str(folder / CATALOGUE))


def tracked_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "*.py", "*.html", "*.txt", "*.po"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [name for name in listed.stdout.split("\0") if name]


def keys(catalogue: polib.POFile) -> set[tuple[str | None, str, str]]:
    current = (entry for entry in catalogue if not entry.obsolete)
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in current}


def is_well_formed() -> bool:
    """Placeholders must be the same on both sides."""
    command = ["msgfmt", "--check", "--output-file=/dev/null", str(ROOT / CATALOGUE)]
    return subprocess.call(command) == 0


if __name__ == "__main__":
    main()
