"""What the developer scripts say and when they give up. Standard library only."""

import shutil
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def stop(problem: str, remedy: str = "") -> NoReturn:
    """End with words for people instead of a traceback."""
    sys.stdout.flush()
    sys.stderr.write(f"\nShirube: {problem}\n" + (f"{remedy}\n" if remedy else ""))
    sys.exit(1)


def need_space(folder: Path, megabytes: int, purpose: str, remedy: str = "") -> None:
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < megabytes:
        stop(
            f"not enough space on the disk of {folder}: {purpose} needs about "
            f"{megabytes} MB, {free} MB are free.",
            f"Free some space. {remedy}".strip(),
        )
