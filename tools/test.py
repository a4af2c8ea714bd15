"""`make test`: every test, the browser's included."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.words import ROOT, say

CHROMIUM = ["chromium", "fonts-noto-cjk"]


def main() -> int:
    if not Path("/usr/bin/chromium").exists():
        install_browser()
    arguments = sys.argv[1:] or ["-n", "2"]
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT)


def install_browser() -> None:
    """As root on Debian we can; elsewhere the end of the run says what was left out."""
    if os.geteuid() or not shutil.which("apt-get"):
        return
    say("Installing Chromium for the browser tests (once) ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", *CHROMIUM]):
        subprocess.call(["apt-get", "-qq", *step], env=quiet, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
