"""Draw the order of decisions of each edition into docs/law: `make diagrams`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from careers.law import RULEBOOK
from careers.law.diagram import diagram

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "law"
LANGUAGES = ("en", "ja")


def drawings() -> dict[str, str]:
    """Give the name and the content of each file."""
    return {
        f"decisions-{edition.name}.{language}.svg": diagram(edition, language)
        for edition in RULEBOOK.editions
        for language in LANGUAGES
    }


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, content in drawings().items():
        FOLDER.joinpath(name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
